import { JsonPath, Parallel, Pass, type IChainable } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { OrderWorkflowCommand } from '../../order-workflow-command';
import type { OrderWorkflowProps } from '../../order-workflow-options';
import type { PipelineEvents } from '../claimed-events';
import { jsonata } from './expressions';
import { eventOfType, publishState, WORKFLOW_FIELDS, type WorkflowEvent } from './publish-state';
import { EVENT_TYPE, WORKFLOW_FAILED } from '../contract';

/**
 * Wraps the definition of a workflow: sets the variables that its states use, and ends it with its event and its command. A failure of the workflow
 * is the error of a saga that is compensated; other errors are not caught, so that the execution can be redriven from the state that failed.
 */
export function wrapDefinition(
  scope: Construct, name: string, { definition, onSuccess, onFailure }: OrderWorkflowProps, events: PipelineEvents, openTaskFunction: string,
): IChainable {
  const { eventBus: { eventBusName }, eventSource, pipelineId } = events;
  const start = Pass.jsonata(scope, 'Start workflow', { assign: { workflow: { name, eventBusName, eventSource, pipeline: pipelineId, openTaskFunction } } });
  const succeeded = publishState(scope, 'Workflow succeeded', [
    eventOfType(EVENT_TYPE.ORDER_WORKFLOW_SUCCEEDED, 'succeeded', `{${WORKFLOW_FIELDS}}`), ...commandEvents(onSuccess, false),
  ], jsonata('{"outcome": "SUCCEEDED"}'));
  const failed = publishState(scope, 'Workflow failed', [
    eventOfType(EVENT_TYPE.ORDER_WORKFLOW_FAILED, 'failed', `$merge([{${WORKFLOW_FIELDS}}, $states.input.workflowFailure])`), ...commandEvents(onFailure, true),
  ], jsonata('{"outcome": "FAILED", "failure": $states.input.workflowFailure}'));
  const readFailure = Pass.jsonata(scope, 'Read failure', {
    outputs: jsonata('$merge([$states.input, {"workflowFailure": $parse($states.input.workflowError.Cause)}])'),
  });
  // The output of the definition would double the size of the state, which is limited to 256 KiB.
  return start.next(Parallel.jsonPath(scope, 'Run workflow', { resultPath: JsonPath.DISCARD })
    .branch(definition)
    .addCatch(readFailure.next(failed), { errors: [WORKFLOW_FAILED], resultPath: '$.workflowError' })
    .next(succeeded));
}

const commandEvents = (command: OrderWorkflowCommand | undefined, hasFailed: boolean): WorkflowEvent[] =>
  (command ? [command._event(hasFailed)] : []);
