import type { Message } from './message';
import type { RetryLimits } from '../../handlers/shared/messaging/retry-policy';
import { retryDelay } from '../../handlers/shared/messaging/retry-policy';
import { ABANDONED_AFTER } from '../../src/private/contract';
import type { FunctionSettings } from '../simulation/deployment';

/** The retry limits of a consumer, from its environment. */
export const retryLimitsOf = ({ environment: { RETRY_DURATION, MAX_MESSAGE_AGE } }: FunctionSettings): RetryLimits =>
  ({ retryDuration: Number(RETRY_DURATION), maxMessageAge: Number(MAX_MESSAGE_AGE) });

/** Whether a message goes to the dead-letter queue after a failed attempt: `errorAfterAttempt` of the handlers, with another clock. */
export const isExhausted = ({ sentAt, firstReceivedAt }: Message, now: number, { retryDuration, maxMessageAge }: RetryLimits): boolean =>
  now - sentAt >= maxMessageAge * 1000 || now - firstReceivedAt >= retryDuration * 1000;

/** Whether a message goes to the dead-letter queue without an attempt: `assertNotAbandoned` of the handlers. */
export const isAbandoned = ({ firstReceivedAt }: Message, now: number, { retryDuration }: RetryLimits): boolean =>
  now - firstReceivedAt >= ABANDONED_AFTER * retryDuration * 1000;

/** How long a message that failed is invisible, in milliseconds. */
export const delayAfterFailure = ({ receives }: Message, random: number): number => retryDelay(receives, random) * 1000;
