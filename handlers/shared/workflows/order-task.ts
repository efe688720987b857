import type { OrderKey } from '../orders/order-identity';

/** What a workflow waits for: one for each order and name. A workflow that opens it again replaces it. */
export interface OrderTask {
  readonly orderId: OrderKey;
  readonly task: string;
  /** With it, Step Functions continues the execution. Clients do not see it. */
  readonly token: string;
  readonly workflow: string;
  readonly execution: string;
  /** When the workflow stops waiting. */
  readonly dueAt: string;
  /** Metadata and facts of the event that started the workflow, as JSON. */
  readonly cause: string;
  /** The answer as JSON. */
  readonly answer?: string;
  /** In Unix seconds. */
  readonly expiresAt: number;
}

/** The table of tasks. */
export interface OrderTaskStore {
  /** Writes a task that is opened. */
  open(task: OrderTask): Promise<unknown>;
  load(orderId: OrderKey, task: string): Promise<OrderTask | undefined>;
  /** Writes the answer to a task, unless it has one. Returns the task as it then is; undefined if it is another one by now. */
  answer(task: OrderTask, answer: string): Promise<OrderTask | undefined>;
}
