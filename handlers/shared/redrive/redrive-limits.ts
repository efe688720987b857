/** The maximum value of the limit of messages per queue. */
export const MAX_PER_QUEUE = 1_000_000;

/** The maximum rate: a third of the 3,000 messages a second that a FIFO queue accepts in batches. */
export const MAX_PER_SECOND = 1000;

/** The default rate: less than half of what saturates first, EventBridge's deliveries of 250 orders a second in the smallest regions. */
export const DEFAULT_PER_SECOND = 100;

/** The maximum number of messages that a request selects by their IDs. */
export const MAX_MESSAGE_IDS = 500;
