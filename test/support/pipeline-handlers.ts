import { HANDLER_ENV, type HandlerName } from '../../src/private/contract';

/** The handlers that a pipeline has only with workflows. */
export const WORKFLOW_HANDLERS = ['start-order-workflow', 'open-order-task', 'answer-order-task', 'receive-order-task-answer'] as const satisfies readonly HandlerName[];

/** The name of a handler that every pipeline can have by its props. */
export type PipelineHandler = Exclude<HandlerName, (typeof WORKFLOW_HANDLERS)[number]>;

/** The handlers that a pipeline without workflows has. */
export const PIPELINE_HANDLERS = (Object.keys(HANDLER_ENV) as HandlerName[])
  .filter((handler): handler is PipelineHandler => !(WORKFLOW_HANDLERS as readonly HandlerName[]).includes(handler));
