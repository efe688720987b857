import { setTimeout as sleep } from 'node:timers/promises';
import type { SendMessageBatchCommandInput, SendMessageBatchCommandOutput } from '@aws-sdk/client-sqs';
import type { OrderEntry } from './order-entry';
import { pack } from '../messaging/pack';
import { RetryableError } from '../messaging/retryable-error';

/** Sends one SendMessageBatch request. */
export type SendBatch = (entries: SendMessageBatchCommandInput['Entries']) => Promise<SendMessageBatchCommandOutput>;

/** SendMessageBatch takes 10 entries a request, and has always taken 256 KiB: quotas of SQS. */
const LIMIT = { count: 10, bytes: 256 * 1024 };
/** Requests at once: at about 10 ms each, 3000 batches a second, which is what a FIFO queue takes. */
const IN_FLIGHT = 32;
/** A batch may fail in part, which the SDK does not retry. Attempts and first pause, with full jitter. */
const ATTEMPTS = 5;
const PAUSE_MS = 100;

/**
 * Sends orders to the orders queue, tens of requests at once.
 *
 * @throws RetryableError naming what kept some of them from being sent, after every attempt, and how many. The others are sent.
 */
export async function sendOrders(entries: readonly OrderEntry[], sendBatch: SendBatch): Promise<void> {
  const batches = pack(entries, LIMIT, ({ MessageBody }) => Buffer.byteLength(MessageBody!)).values();
  const failures: string[] = [];
  const work = async () => {
    for (const batch of batches) failures.push(...await sendPersistently(batch, sendBatch));
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
  if (failures.length > 0) {
    throw new RetryableError(`SendMessageBatch.${failures[0]}`, `${failures.length} of ${entries.length} orders not sent (${[...new Set(failures)].join(', ')})`);
  }
}

/** Codes of the entries that could not be sent. */
async function sendPersistently(batch: readonly OrderEntry[], sendBatch: SendBatch): Promise<string[]> {
  let failed = await sendOnce(batch, sendBatch);
  for (let attempt = 2; failed.length > 0 && attempt <= ATTEMPTS; attempt++) {
    await sleep(Math.random() * PAUSE_MS * 2 ** (attempt - 2));
    failed = await sendOnce(failed.map(({ entry }) => entry), sendBatch);
  }
  return failed.map(({ code }) => code);
}

async function sendOnce(batch: readonly OrderEntry[], sendBatch: SendBatch): Promise<{ entry: OrderEntry; code: string }[]> {
  try {
    const { Successful = [], Failed = [] } = await sendBatch(batch.map((entry, index) => ({ ...entry, Id: String(index) })));
    const sent = new Set(Successful.map(({ Id }) => Id));
    const codes = new Map(Failed.map(({ Id, Code }) => [Id, Code]));
    return batch.flatMap((entry, index) => (sent.has(String(index)) ? [] : [{ entry, code: codes.get(String(index)) ?? 'no answer for this entry' }]));
  } catch (error) {
    return batch.map((entry) => ({ entry, code: (error as Error).name }));
  }
}
