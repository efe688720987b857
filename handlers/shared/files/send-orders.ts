import type { SendMessageBatchCommandInput, SendMessageBatchCommandOutput } from '@aws-sdk/client-sqs';
import type { OrderMessage } from './order-message';
import { RetryableError } from '../messaging/errors';
import { packForSqs, sendSqsBatch } from '../messaging/send-sqs-batch';

/** Sends one SendMessageBatch request. */
export type SendMessageBatchRequest = (entries: SendMessageBatchCommandInput['Entries']) => Promise<SendMessageBatchCommandOutput>;

/** Concurrent requests. At about 10 ms each, this is 3000 batches a second, the quota of a FIFO queue. */
const MAX_CONCURRENCY = 32;
const RETRY = { attempts: 5, pauseMs: 100 };

/**
 * Sends orders to the orders queue with concurrent requests.
 *
 * @throws RetryableError with the number and the error codes of the orders that were not sent after all attempts. The others are sent.
 */
export async function sendOrders(messages: readonly OrderMessage[], sendBatch: SendMessageBatchRequest): Promise<void> {
  const batches = packForSqs(messages, ({ MessageBody }) => Buffer.byteLength(MessageBody!)).values();
  const failures: string[] = [];
  const send = (batch: readonly OrderMessage[]) => sendBatch(batch.map((message, index) => ({ ...message, Id: String(index) })));
  const worker = async () => {
    for (const batch of batches) failures.push(...(await sendSqsBatch(batch, send, RETRY)).values());
  };
  await Promise.all(Array.from({ length: MAX_CONCURRENCY }, worker));
  if (failures.length > 0) {
    throw new RetryableError(`SendMessageBatch.${failures[0]}`, `${failures.length} of ${messages.length} orders not sent (${[...new Set(failures)].join(', ')})`);
  }
}
