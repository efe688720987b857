import type { EventPattern } from 'aws-cdk-lib/aws-events';
import { OrderWorkflowTrigger, type OrderWorkflowOptions } from '../../order-workflow-options';
import type { PipelineEvents } from '../claimed-events';
import { ownEvents } from '../pipeline-events';

/** The pattern of the events that start a workflow. */
export function triggerPattern(events: PipelineEvents, { trigger, salesChannels }: OrderWorkflowOptions): EventPattern {
  const { detail, ...own } = ownEvents(events);
  const facts = salesChannels && { facts: { salesChannel: salesChannels } };
  return { ...own, ...(detail || facts ? { detail: { ...detail, ...facts } } : {}), detailType: [trigger ?? OrderWorkflowTrigger.ORDER_CONFIRMED] };
}
