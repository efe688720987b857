import type { ListedMessage, StopReason } from '../../handlers/shared/redrive/redrive-response';

/** What was moved from one dead-letter queue. */
export interface QueueResult {
  readonly queue: string;
  /** The approximate number of messages when the command started. */
  readonly count: number;
  readonly moved: number;
  /** The number of messages that could not be moved in the last invocation. */
  readonly failed: number;
  /** The approximate number of messages that are still to be moved, including those that failed. */
  readonly left: number;
  /** The number of messages in the queue that arrived after the command started. Most of them were moved, and failed again. */
  readonly sentDuringRun: number;
  /** Why the queue is not done: `ENDED_EARLY` when the command ended before. Undefined for one that is done, or at its limit. */
  readonly stopReason?: StopReason | 'ENDED_EARLY';
  /** The error of the queue. */
  readonly error?: string;
  /** Messages that match the filters and were not moved in the last invocation, up to a maximum number. */
  readonly messages: readonly ListedMessage[];
}

/** The result of `redrive --execute`. */
export interface RedriveResult {
  readonly action: 'redrive';
  readonly dryRun: false;
  /** Whether every selected queue is done, or at its limit. */
  readonly complete: boolean;
  /** Whether the command was interrupted. */
  readonly interrupted: boolean;
  /** The error that ended the command. */
  readonly error?: string;
  readonly seconds: number;
  readonly invocations: number;
  /** The number of invocations that returned no response. What they moved is not counted. */
  readonly lostInvocations: number;
  readonly moved: number;
  readonly failed: number;
  readonly left: number;
  /** The number of orders whose `OrderRedriven` event could not be published. */
  readonly unpublished: number;
  readonly queues: readonly QueueResult[];
}
