import { Problem } from '../../../handlers/shared/http/problem';
import { redriveQueue } from '../../../handlers/shared/redrive/redrive-queue';
import type { ListedMessage, QueueReport } from '../../../handlers/shared/redrive/redrive-response';
import type { RedriveRoute } from '../../../handlers/shared/redrive/redrive-routes';
import type { DeadLetter, DeadLetterList } from '../console-api';
import type { ConsoleContext } from '../console-context';

/** Messages that are listed of each queue. */
const MAX_LISTED = 200;
/** Seconds for which listed messages are invisible at most: they are released when the list is complete. */
const VISIBILITY_TIMEOUT = 30;
/** Seconds after which a list of a queue ends. */
const MAX_SECONDS = 20;

type QueueList = DeadLetterList['queues'][number];

/** Lists the messages in the dead-letter queues, without contents. */
export async function listDeadLetters(context: ConsoleContext): Promise<DeadLetterList> {
  return { queues: await Promise.all(context.pipeline.routes.map((route) => listQueue(route, context))) };
}

/** The messages about one order. */
export async function deadLettersOf(orderId: string, tenant: string | undefined, context: ConsoleContext): Promise<DeadLetter[]> {
  const { queues } = await listDeadLetters(context);
  return queues.flatMap(({ messages }) => messages).filter((message) => message.orderId === orderId && message.tenant === tenant);
}

async function listQueue(route: RedriveRoute, { aws: { deadLetterQueues } }: ConsoleContext): Promise<QueueList> {
  const { name, notRedrivable, deadLetterQueueUrl } = route;
  const list = { queue: name, redrivable: notRedrivable === undefined, ...(notRedrivable ? { notRedrivable } : {}) };
  const { visible, inFlight } = await deadLetterQueues.count(deadLetterQueueUrl);
  if (visible + inFlight === 0) return { ...list, count: 0, messages: [], hasMore: false };
  const report = await readQueue(route, deadLetterQueues);
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

/** Receives the messages as the list of `redrive-dead-letters` does, with the credentials of the operator. */
export function readQueue(route: RedriveRoute, queues: ConsoleContext['aws']['deadLetterQueues']): Promise<QueueReport> {
  const startedAt = Date.now();
  return redriveQueue(route, {
    request: { action: 'list', dryRun: true, limit: MAX_LISTED, maxPerSecond: 1 },
    startedAt,
    queues,
    timeIsUp: () => Date.now() > startedAt + MAX_SECONDS * 1000,
    visibilityTimeout: () => VISIBILITY_TIMEOUT,
    limitRate: () => Promise.resolve(),
    move: () => { throw new Error('a list moves nothing'); },
    recordMoved: () => Promise.resolve(),
  });
}
