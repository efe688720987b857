import { marshall } from '@aws-sdk/util-dynamodb';
import type { MappingSettings, Pattern } from './deployment';
import type { Write } from './dynamodb';
import { matchesPattern } from '../support/event-matcher';

/** Whether the record of a write passes the filter criteria of a mapping. */
export const passesFilter = ({ filters }: MappingSettings, write: Write): boolean =>
  filters === undefined || filters.some((pattern) => matchesPattern(pattern, recordFor(pattern, write)));

/** The record with the attributes that a pattern names: to marshal whole items takes long. */
function recordFor({ dynamodb }: Pattern, { before, after }: Write) {
  const image = (item: object | undefined, attributes: object | undefined) => (item && attributes
    ? marshall(Object.fromEntries(Object.entries(item).filter(([name]) => name in attributes)), { removeUndefinedValues: true })
    : undefined);
  const eventName = !after ? 'REMOVE' : before ? 'MODIFY' : 'INSERT';
  return { eventName, dynamodb: { NewImage: image(after, dynamodb?.NewImage), OldImage: image(before, dynamodb?.OldImage) } };
}
