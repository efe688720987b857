import * as z from 'zod/mini';
import type { OrderTask } from './order-task';
import { EVENT_TYPE, SCHEMA_VERSION, TASK_RETENTION } from '../../../src/private/contract';
import { metadataSchema } from '../events/event';
import { orderKey } from '../orders/order-identity';

const causeSchema = z.object({
  metadata: z.looseObject({ orderId: metadataSchema.shape.orderId, tenant: metadataSchema.shape.tenant, eventId: z.string() }),
  facts: z.optional(z.record(z.string(), z.unknown())),
});

const requestSchema = z.extend(causeSchema, {
  taskToken: z.string().check(z.minLength(1)),
  task: z.string().check(z.minLength(1)),
  workflow: z.string(),
  execution: z.string(),
  /** Seconds until the workflow stops waiting. */
  timeout: z.number(),
  /** Seconds until each reminder. */
  reminders: z.array(z.number()),
});

/** A task that a workflow opens, and when it is to be reminded of. */
export interface TaskRequest {
  readonly task: OrderTask;
  readonly reminders: readonly Date[];
}

/** Reads what a state of a workflow sends to open a task. */
export function readTaskRequest(input: unknown, now: Date): TaskRequest {
  const { taskToken, task, workflow, execution, timeout, reminders, metadata, facts } = requestSchema.parse(input);
  const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  const dueAt = after(timeout);
  return {
    task: {
      orderId: orderKey(metadata),
      task,
      token: taskToken,
      workflow,
      execution,
      dueAt: dueAt.toISOString(),
      cause: JSON.stringify({ metadata, facts }),
      expiresAt: Math.floor(dueAt.getTime() / 1000) + TASK_RETENTION,
    },
    // A reminder after the end would remind of nothing.
    reminders: reminders.filter((seconds) => seconds < timeout).map(after),
  };
}

/** An event of a task. */
export interface TaskRequestedEvent {
  readonly type: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly facts?: object;
  readonly data: object;
}

/** Creates the event that requests an answer, or reminds of it: 0 for the request itself. */
export function taskRequestedEvent({ task, workflow, execution, dueAt, cause }: OrderTask, reminder: number, now: Date): TaskRequestedEvent {
  const { metadata, facts } = causeSchema.parse(JSON.parse(cause));
  return {
    type: EVENT_TYPE.ORDER_TASK_REQUESTED,
    metadata: {
      ...metadata,
      eventId: `${execution}:${task}:requested${reminder === 0 ? '' : `:${reminder}`}`,
      eventType: EVENT_TYPE.ORDER_TASK_REQUESTED,
      schemaVersion: SCHEMA_VERSION,
      causationId: metadata.eventId,
      occurredAt: now.toISOString(),
    },
    facts,
    data: { workflow, execution, task, dueAt, ...(reminder === 0 ? {} : { reminder }) },
  };
}
