import type { SQSRecord } from 'aws-lambda';
import { GROUP_STOPPED, RetriesExhausted } from './errors';
import { ABANDONED_AFTER, MAX_RETRY_DELAY } from '../../../src/private/contract';

/** How long the messages of a queue are retried. Times are in seconds. */
export interface RetryLimits {
  /** From the first receive on. */
  readonly retryDuration: number;
  /** From the sending on, also for messages that waited for others of their group: SQS deletes a message at the end of its retention. */
  readonly maxMessageAge: number;
}

/** The longest delay after the first failed attempt. It doubles with every further one, up to the maximum. */
const FIRST_DELAY_SECONDS = 5;

/**
 * The delay before the next attempt, in seconds: exponential back-off with equal jitter. One half is fixed, so that a dependency gets time to
 * recover; the other is random, so that messages that failed together do not return together.
 */
export function retryDelay(receiveCount: number, random = Math.random()): number {
  const longest = Math.min(FIRST_DELAY_SECONDS * 2 ** (receiveCount - 1), MAX_RETRY_DELAY);
  return Math.ceil((longest * (1 + random)) / 2);
}

/** The error of a message after a failed attempt: the attempt's own, with which it is retried, or the one that ends its retries. */
export function errorAfterAttempt(record: SQSRecord, error: Error, { retryDuration, maxMessageAge }: RetryLimits): Error {
  if (secondsSince(record.attributes.SentTimestamp) >= maxMessageAge) return exhausted(maxMessageAge, error);
  // A message whose group stopped was not attempted.
  const hasFailed = error.name !== GROUP_STOPPED;
  return hasFailed && secondsSince(record.attributes.ApproximateFirstReceiveTimestamp) >= retryDuration ? exhausted(retryDuration, error) : error;
}

/**
 * Rejects a message that is still received long after its retries should have ended: its invocations crash, time out or are throttled, so that
 * none of them sent it to the dead-letter queue.
 *
 * @throws RetriesExhausted
 */
export function assertNotAbandoned({ attributes }: SQSRecord, { retryDuration }: RetryLimits): void {
  const limit = ABANDONED_AFTER * retryDuration;
  if (secondsSince(attributes.ApproximateFirstReceiveTimestamp) >= limit) throw new RetriesExhausted(`no invocation completed within ${describe(limit)}`);
}

/** The error that ends the retries of a record after so many seconds. */
export const exhausted = (seconds: number, { name }: Error): RetriesExhausted => new RetriesExhausted(`retried for ${describe(seconds)}: ${name}`);

const secondsSince = (timestamp: string): number => (Date.now() - Number(timestamp)) / 1000;

function describe(seconds: number): string {
  if (seconds < 120) return `${seconds} seconds`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 3600)} hours`;
}
