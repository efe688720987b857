import { integer, object, oneOf, text, time } from './component';
import { STEP_OUTCOME, type WorkflowEventType } from '../contract';
import type { JsonSchema } from '../order-model/json-schema';

const WORKFLOW = { workflow: text('Name of the workflow.'), execution: text('Name of the execution.') };
const ANSWER = {
  outcome: oneOf(Object.values(STEP_OUTCOME)),
  code: { type: 'string', pattern: '^[A-Z][A-Z0-9_]{0,63}$', description: 'Why the task failed.' },
  message: { type: 'string', minLength: 1, maxLength: 500 },
  result: { description: 'Any JSON; the result of the step.' },
} satisfies Record<string, JsonSchema>;
const FAILURE = { step: text('Name of the step that failed.'), code: text('From the step, or the error of its last attempt.'), message: text('From the step.') };

/** The body of the answer to a task. */
export const TASK_ANSWER = object(ANSWER, ['code', 'message', 'result'], { additionalProperties: false });

/** `data` of the events that workflows publish. */
export const WORKFLOW_EVENT_DATA: Record<WorkflowEventType, JsonSchema> = {
  OrderWorkflowStepSucceeded: object({ ...WORKFLOW, step: text('Name of the step.') }),
  OrderWorkflowStepFailed: object({ ...WORKFLOW, ...FAILURE }, ['message']),
  OrderWorkflowStepCompensated: object({ ...WORKFLOW, step: text('Name of the step.') }),
  OrderWorkflowSucceeded: object(WORKFLOW),
  OrderWorkflowFailed: object({ ...WORKFLOW, ...FAILURE }, ['message']),
  OrderTaskRequested: object({ ...WORKFLOW, task: text('Name of the task.'), dueAt: time('When the workflow stops waiting.'), reminder: integer('1 for the first reminder.') }, ['reminder']),
  OrderTaskAnswered: object({ task: text('Name of the task.'), ...ANSWER }, ['code', 'message', 'result'], { additionalProperties: false }),
};
