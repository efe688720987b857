import { FilterCriteria } from 'aws-cdk-lib/aws-lambda';

/** The filter of an event source mapping for types of events. Other events do not invoke the function. */
export const consumerFilters = (eventTypes?: readonly string[]): Record<string, string>[] | undefined =>
  (eventTypes === undefined ? undefined : [FilterCriteria.filter({ data: { 'detail-type': [...eventTypes] } })]);
