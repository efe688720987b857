/** The error of a saga that failed and is compensated, which the definition of a workflow handles. Every other error fails the execution. */
export const WORKFLOW_FAILED = 'OrderWorkflow.Failed';

/** The outcome of a step in the state of an execution, below `steps`. */
export const STEP_STATUS = {
  SUCCEEDED: 'SUCCEEDED',
  /** It had no effect. */
  FAILED: 'FAILED',
  /** It ended with an error or timed out, so it may have taken effect: it is compensated, like a step that succeeded. */
  UNKNOWN: 'UNKNOWN',
  /** Its condition was not met. */
  SKIPPED: 'SKIPPED',
} as const;

/** `outcome` in the response of a function that declines a step, and in the answer to a task. */
export const STEP_OUTCOME = { SUCCEEDED: 'SUCCEEDED', FAILED: 'FAILED' } as const;

/** The longest name of an execution: with the name of a step, it fits into an event ID of 128 characters. */
export const MAX_EXECUTION_NAME = 64;

/** The longest name of a step. */
export const MAX_STEP_NAME = 40;

/** Keys of the table of tasks: what workflows wait for, by order and name. */
export const TASK_KEYS = { partitionKey: 'orderId', sortKey: 'task' } as const;

/** The longest answer to a task as JSON, in bytes. */
export const MAX_ANSWER_SIZE = 64 * 1024;

/** How long a task is kept after its end, in seconds: an answer that comes late is recognized. */
export const TASK_RETENTION = 30 * 86_400;
