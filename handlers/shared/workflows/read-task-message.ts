import * as z from 'zod/mini';
import { answerSchema, TASK_NAME_PATTERN, type TaskAnswer } from './task-answer';
import { EVENT_TYPE, MAX_ANSWER_SIZE } from '../../../src/private/contract';
import { metadataSchema } from '../events/event';
import { PoisonMessage } from '../messaging/errors';
import { parseMessage, parseShape } from '../messaging/parse-message';
import { assertTenant, orderKey, type OrderKey } from '../orders/order-identity';

/** The answer of another system. */
export interface AnswerMessage {
  readonly orderId: OrderKey;
  readonly task: string;
  readonly answer: TaskAnswer;
}

/** A reminder of a task, from its schedule. */
export interface ReminderMessage {
  readonly orderId: OrderKey;
  readonly task: string;
  readonly token: string;
  /** 1 for the first one. */
  readonly reminder: number;
}

const reminderSchema = z.object({ reminder: z.object({ orderId: z.string(), task: z.string(), token: z.string(), reminder: z.int() }) });

const eventSchema = z.object({
  'detail-type': z.literal(EVENT_TYPE.ORDER_TASK_ANSWERED),
  'detail': z.object({
    metadata: z.looseObject({ orderId: metadataSchema.shape.orderId, tenant: metadataSchema.shape.tenant }),
    data: z.looseObject({ task: z.string().check(z.regex(TASK_NAME_PATTERN)) }),
  }),
});

/**
 * Reads a message of the task queue: an event with the answer of another system, or a reminder.
 *
 * @throws PoisonMessage when it is neither, or has no tenant where orders belong to tenants.
 */
export function readTaskMessage(body: string, hasTenants: boolean): AnswerMessage | ReminderMessage {
  const message = parseMessage(body, z.looseObject({}));
  if ('reminder' in message) return parseShape(message, reminderSchema).reminder;
  const { detail: { metadata, data: { task, ...given } } } = parseShape(message, eventSchema);
  assertTenant(metadata.tenant, hasTenants, '/detail/metadata/tenant');
  // The schema includes "detail", so that the paths of its errors begin there.
  const { detail: { data: answer } } = parseShape({ detail: { data: given } }, z.object({ detail: z.object({ data: answerSchema }) }));
  if (Buffer.byteLength(JSON.stringify(answer)) > MAX_ANSWER_SIZE) throw new PoisonMessage(`the answer must have at most ${MAX_ANSWER_SIZE} bytes as JSON`);
  return { orderId: orderKey(metadata), task, answer };
}
