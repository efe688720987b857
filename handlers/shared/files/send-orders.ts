import type { SendMessageBatchCommandInput, SendMessageBatchCommandOutput } from '@aws-sdk/client-sqs';
import type { OrderMessage } from './order-message';
import { RetryableError } from '../messaging/errors';
import { pack } from '../messaging/pack';
import { retryFailedEntries } from '../messaging/retry-failed-entries';

/** Sends one SendMessageBatch request. */
export type SendMessageBatchRequest = (entries: SendMessageBatchCommandInput['Entries']) => Promise<SendMessageBatchCommandOutput>;

/** SQS quotas of SendMessageBatch: 10 entries and, in all regions, at least 256 KiB. */
const LIMIT = { count: 10, bytes: 256 * 1024 };
/** Concurrent requests. At about 10 ms each, this is 3000 batches a second, the quota of a FIFO queue. */
const MAX_CONCURRENCY = 32;
const RETRY = { attempts: 5, pauseMs: 100 };

/**
 * Sends orders to the orders queue with concurrent requests.
 *
 * @throws RetryableError with the number and the error codes of the orders that were not sent after all attempts. The others are sent.
 */
export async function sendOrders(messages: readonly OrderMessage[], sendBatch: SendMessageBatchRequest): Promise<void> {
  const batches = pack(messages, LIMIT, ({ MessageBody }) => Buffer.byteLength(MessageBody!)).values();
  const failures: string[] = [];
  const worker = async () => {
    for (const batch of batches) failures.push(...(await retryFailedEntries(batch, (some) => sendOnce(some, sendBatch), RETRY)).values());
  };
  await Promise.all(Array.from({ length: MAX_CONCURRENCY }, worker));
  if (failures.length > 0) {
    throw new RetryableError(`SendMessageBatch.${failures[0]}`, `${failures.length} of ${messages.length} orders not sent (${[...new Set(failures)].join(', ')})`);
  }
}

/** Sends one request; returns the messages that failed, each with the error code. */
async function sendOnce(batch: readonly OrderMessage[], sendBatch: SendMessageBatchRequest): Promise<Map<OrderMessage, string>> {
  try {
    const { Successful = [], Failed = [] } = await sendBatch(batch.map((message, index) => ({ ...message, Id: String(index) })));
    const sent = new Set(Successful.map(({ Id }) => Id));
    const codes = new Map(Failed.map(({ Id, Code }) => [Id, Code]));
    return new Map(batch.flatMap((message, index) => (sent.has(String(index)) ? [] : [[message, codes.get(String(index)) ?? 'no result for this entry']])));
  } catch (error) {
    return new Map(batch.map((message) => [message, (error as Error).name]));
  }
}
