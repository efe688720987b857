import type { Construct } from 'constructs';
import { jsonata, literal, outcomeOf, stepKey } from './expressions';
import { eventOfType, publishState, WORKFLOW_FIELDS } from './publish-state';
import type { WorkflowState } from './workflow-state';
import { EVENT_TYPE } from '../contract';

/** Creates the state that publishes the outcome of a step, and adds `failure` to the state of the execution if the step failed. */
export function publishOutcome(scope: Construct, step: string): WorkflowState {
  const outcome = outcomeOf(step);
  const hasSucceeded = `${outcome}.status = "SUCCEEDED"`;
  return publishState(scope, `Publish outcome of ${step}`, [{
    type: `(${hasSucceeded} ? ${literal(EVENT_TYPE.ORDER_WORKFLOW_STEP_SUCCEEDED)} : ${literal(EVENT_TYPE.ORDER_WORKFLOW_STEP_FAILED)})`,
    eventId: stepKey(step, `(${hasSucceeded} ? ":succeeded" : ":failed")`),
    data: `{${WORKFLOW_FIELDS}, "step": ${literal(step)}, "code": ${outcome}.code, "message": ${outcome}.message}`,
  }], jsonata(`${hasSucceeded} ? $states.input : $merge([$states.input, {"failure": {"step": ${literal(step)}, "code": ${outcome}.code, "message": ${outcome}.message}}])`));
}

/** Creates the state that publishes that a step is compensated. */
export const publishCompensation = (scope: Construct, step: string): WorkflowState => publishState(scope, `Publish compensation of ${step}`, [
  eventOfType(EVENT_TYPE.ORDER_WORKFLOW_STEP_COMPENSATED, `${step}:compensated`, `{${WORKFLOW_FIELDS}, "step": ${literal(step)}}`),
], jsonata('$states.input'));
