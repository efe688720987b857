import type { DeadLetterLists } from './dead-letter-lists';
import { Problem } from '../../../handlers/shared/http/problem';
import type { OrderIdentity } from '../../../handlers/shared/orders/order-identity';
import type { ListedMessage } from '../../../handlers/shared/redrive/redrive-response';
import type { RedriveRoute } from '../../../handlers/shared/redrive/redrive-routes';
import type { DeadLetter, DeadLetterList } from '../console-api';
import type { ConsoleContext } from '../console-context';

type QueueList = DeadLetterList['queues'][number];

/** Lists the messages in the dead-letter queues, without contents. */
export async function listDeadLetters(context: ConsoleContext, lists: DeadLetterLists): Promise<DeadLetterList> {
  return { queues: await Promise.all(context.pipeline.routes.map((route) => listQueue(route, context, lists))) };
}

/** The messages about one order. */
export async function deadLettersOf({ orderId, tenant }: OrderIdentity, context: ConsoleContext, lists: DeadLetterLists): Promise<DeadLetter[]> {
  const { queues } = await listDeadLetters(context, lists);
  return queues.flatMap(({ messages }) => messages).filter((message) => message.orderId === orderId && message.tenant === tenant);
}

async function listQueue(route: RedriveRoute, { aws: { deadLetterQueues } }: ConsoleContext, lists: DeadLetterLists): Promise<QueueList> {
  const { name, notRedrivable, deadLetterQueueUrl } = route;
  const list = { queue: name, redrivable: notRedrivable === undefined, ...(notRedrivable ? { notRedrivable } : {}) };
  const { visible, inFlight } = await deadLetterQueues.count(deadLetterQueueUrl);
  if (visible + inFlight === 0) return { ...list, count: 0, messages: [], hasMore: false };
  const report = await lists.read(route, visible + inFlight);
  if (report.stopReason === 'ERROR') throw new Problem(502, 'queue-not-read', `the dead-letter queue ${name} could not be read: ${report.error ?? 'unknown error'}`);
  const messages = report.messages.map((message) => toDeadLetter(message, name));
  return { ...list, count: Math.max(report.count, messages.length), messages, hasMore: messages.length < report.count };
}

const toDeadLetter = ({ id, orderId, tenant, correlationId, age, receiveCount, reason }: ListedMessage, queue: string): DeadLetter => ({
  queue,
  messageId: id,
  ...(orderId ? { orderId } : {}),
  ...(tenant ? { tenant } : {}),
  ...(correlationId ? { correlationId } : {}),
  age,
  receiveCount,
  reason,
});
