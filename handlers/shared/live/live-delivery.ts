import * as z from 'zod/mini';
import { isConnectionOver, type LiveSubscription } from './live-connection';
import type { LiveMessage } from './live-message';
import { LIVE_DELIVERY_SECONDS } from '../../../src/private/contract';
import type { SendMessageBatchRequest } from '../files/send-orders';
import { RetryableError } from '../messaging/errors';
import { packForSqs, sendSqsBatch } from '../messaging/send-sqs-batch';

/** A message for some connections. Without a message, the connections are closed. */
export const deliverySchema = z.object({
  connectionIds: z.array(z.string()),
  message: z.optional(z.record(z.string(), z.unknown())),
  createdAt: z.iso.datetime(),
});
export type LiveDelivery = z.infer<typeof deliverySchema>;

/** Connections for each message of the queue: a delivery that fails is repeated for its connections only. */
const CONNECTIONS_PER_DELIVERY = 50;

/** Makes the deliveries of a message to subscribers. Connections that are over get none: they are closed, and clients open others. */
export function deliveriesTo(subscribers: readonly LiveSubscription[], message: LiveMessage, now: Date): LiveDelivery[] {
  const [over, open] = [true, false].map((isOver) => subscribers.filter((each) => isConnectionOver(each, now) === isOver));
  const createdAt = now.toISOString();
  return [
    ...batchesOf(open).map((connectionIds) => ({ connectionIds, message, createdAt })),
    ...batchesOf(over).map((connectionIds) => ({ connectionIds, createdAt })),
  ];
}

/**
 * Returns the message to send. There is none for a delivery that takes too long: its connections are closed, and their clients resume, because they
 * resume from a limited time before their last event.
 */
export const messageToSend = ({ message, createdAt }: LiveDelivery, now: Date): LiveDelivery['message'] =>
  (now.getTime() - Date.parse(createdAt) > LIVE_DELIVERY_SECONDS * 1000 ? undefined : message);

const batchesOf = (subscribers: readonly LiveSubscription[]): string[][] =>
  Array.from({ length: Math.ceil(subscribers.length / CONNECTIONS_PER_DELIVERY) }, (_, index) =>
    subscribers.slice(index * CONNECTIONS_PER_DELIVERY, (index + 1) * CONNECTIONS_PER_DELIVERY).map(({ connectionId }) => connectionId));

const RETRY = { attempts: 5, pauseMs: 100 };

/**
 * Sends deliveries to their queue.
 *
 * @throws RetryableError when some of them were not sent after all attempts.
 */
export async function sendDeliveries(deliveries: readonly LiveDelivery[], sendBatch: SendMessageBatchRequest): Promise<void> {
  const bodies = deliveries.map((delivery) => JSON.stringify(delivery));
  const send = (batch: readonly string[]) => sendBatch(batch.map((MessageBody, index) => ({ MessageBody, Id: String(index) })));
  for (const batch of packForSqs(bodies, (body) => Buffer.byteLength(body))) {
    const [code] = (await sendSqsBatch(batch, send, RETRY)).values();
    if (code !== undefined) throw new RetryableError(`SendMessageBatch.${code}`, 'SQS did not accept all deliveries');
  }
}
