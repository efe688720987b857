/** The maximum delay between two attempts to process a message, in seconds. The visibility timeout and the retention of queues allow for it. */
export const MAX_RETRY_DELAY = 900;

/** After so many times the retry duration, a message is abandoned: every attempt must have ended with a crash, a timeout or throttling. */
export const ABANDONED_AFTER = 2;

/** The outcomes of messages that handlers send to a dead-letter queue, which are counted at once. */
export const DEAD_LETTERED_OUTCOMES = ['PoisonMessage', 'RetriesExhausted'] as const;
