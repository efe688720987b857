import { setTimeout as sleep } from 'node:timers/promises';
import type { SendMessageBatchCommandInput, SendMessageBatchCommandOutput } from '@aws-sdk/client-sqs';
import type { OrderMessage } from './order-message';
import { pack } from '../messaging/pack';
import { RetryableError } from '../messaging/retryable-error';

/** Sends one SendMessageBatch request. */
export type SendBatch = (entries: SendMessageBatchCommandInput['Entries']) => Promise<SendMessageBatchCommandOutput>;

/** SQS quotas of SendMessageBatch: 10 entries and, in all regions, at least 256 KiB. */
const LIMIT = { count: 10, bytes: 256 * 1024 };
/** Concurrent requests. At about 10 ms each, this is 3000 batches a second, the quota of a FIFO queue. */
const MAX_CONCURRENCY = 32;
/** The SDK does not retry failed entries of a batch. Attempts, and the first delay, with full jitter. */
const MAX_ATTEMPTS = 5;
const BASE_DELAY_MS = 100;

/**
 * Sends orders to the orders queue with concurrent requests.
 *
 * @throws RetryableError with the number and the error codes of the orders that were not sent after all attempts. The others are sent.
 */
export async function sendOrders(messages: readonly OrderMessage[], sendBatch: SendBatch): Promise<void> {
  const batches = pack(messages, LIMIT, ({ MessageBody }) => Buffer.byteLength(MessageBody!)).values();
  const failures: string[] = [];
  const worker = async () => {
    for (const batch of batches) failures.push(...await sendWithRetries(batch, sendBatch));
  };
  await Promise.all(Array.from({ length: MAX_CONCURRENCY }, worker));
  if (failures.length > 0) {
    throw new RetryableError(`SendMessageBatch.${failures[0]}`, `${failures.length} of ${messages.length} orders not sent (${[...new Set(failures)].join(', ')})`);
  }
}

/** Returns the error codes of the messages that could not be sent. */
async function sendWithRetries(batch: readonly OrderMessage[], sendBatch: SendBatch): Promise<string[]> {
  let failed = await sendOnce(batch, sendBatch);
  for (let attempt = 2; failed.length > 0 && attempt <= MAX_ATTEMPTS; attempt++) {
    await sleep(Math.random() * BASE_DELAY_MS * 2 ** (attempt - 2));
    failed = await sendOnce(failed.map(({ message }) => message), sendBatch);
  }
  return failed.map(({ code }) => code);
}

async function sendOnce(batch: readonly OrderMessage[], sendBatch: SendBatch): Promise<{ message: OrderMessage; code: string }[]> {
  try {
    const { Successful = [], Failed = [] } = await sendBatch(batch.map((message, index) => ({ ...message, Id: String(index) })));
    const sent = new Set(Successful.map(({ Id }) => Id));
    const codes = new Map(Failed.map(({ Id, Code }) => [Id, Code]));
    return batch.flatMap((message, index) => (sent.has(String(index)) ? [] : [{ message, code: codes.get(String(index)) ?? 'no result for this entry' }]));
  } catch (error) {
    return batch.map((message) => ({ message, code: (error as Error).name }));
  }
}
