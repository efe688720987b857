import { Aws } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { jsonata, literal, stepKey } from './expressions';
import { LASTING_RETRY } from './retry';
import { WorkflowState } from './workflow-state';
import { SCHEMA_VERSION, type EventType } from '../contract';

/** An event that a workflow publishes. All values are JSONata. */
export interface WorkflowEvent {
  readonly type: string;
  readonly eventId: string;
  readonly data: string;
  /** Whether it is a request to the pipeline, like one of another system, and no event about the command that led to the workflow. */
  readonly isRequest?: boolean;
}

/**
 * Creates a state that publishes events with the IDs of the trigger's command. The ID of an event is derived from the name of the execution and from the
 * step, so that a repeated event has the same one. The variable `$workflow` is set at the start of the workflow.
 */
export function publishState(scope: Construct, id: string, events: readonly WorkflowEvent[], output: string): WorkflowState {
  const state = new WorkflowState(scope, id, {
    Type: 'Task',
    Resource: `arn:${Aws.PARTITION}:states:::events:putEvents`,
    Arguments: { Entries: events.map(entryOf) },
    Output: output,
  });
  state.addRetry(LASTING_RETRY);
  return state;
}

const entryOf = (event: WorkflowEvent): object => ({
  EventBusName: jsonata('$workflow.eventBusName'),
  Source: jsonata('$workflow.eventSource'),
  DetailType: jsonata(event.type),
  Detail: jsonata(`$string({"metadata": ${event.isRequest ? requestMetadata(event) : eventMetadata(event)}, ${event.isRequest ? '' : '"facts": $states.input.facts, '}"data": ${event.data}})`),
});

const eventMetadata = ({ type, eventId }: WorkflowEvent): string => '$merge([$states.input.metadata, {'
  + `"eventId": ${eventId}, "eventType": ${type}, "schemaVersion": ${SCHEMA_VERSION}, "causationId": $states.input.metadata.eventId, "occurredAt": $now(), `
  + '"pipeline": $workflow.pipeline}])';

const requestMetadata = ({ eventId }: WorkflowEvent): string =>
  '{"orderId": $states.input.metadata.orderId, "tenant": $states.input.metadata.tenant, "correlationId": $states.input.metadata.correlationId, '
  + `"causationId": $states.input.metadata.eventId, "eventId": ${eventId}, "occurredAt": $now(), "pipeline": $workflow.pipeline}`;

/** An event of one type. */
export const eventOfType = (type: EventType, suffix: string, data: string): WorkflowEvent =>
  ({ type: literal(type), eventId: stepKey(suffix), data });

/** The fields that the data of every event of a workflow has. */
export const WORKFLOW_FIELDS = '"workflow": $workflow.name, "execution": $states.context.Execution.Name';
