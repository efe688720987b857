import type { MessageIds } from './message-ids';
import type { RedriveRequest } from './redrive-request';

/** The state of a message that remains in its queue after the request. */
export type MessageState =
  /** It was listed only. */
  | 'LISTED'
  /** It would be moved without `dryRun`. */
  | 'WOULD_MOVE'
  /** Moving it failed; it remains in the queue. */
  | 'FAILED'
  /** The time was up, or an earlier message of its group failed. */
  | 'NOT_ATTEMPTED'
  /** It cannot be moved back to its source. */
  | 'NOT_REDRIVABLE';

/** A message in the response, without the content of orders. */
export interface ListedMessage extends MessageIds {
  readonly id: string;
  /** Seconds since it was sent. */
  readonly age: number;
  readonly receiveCount: number;
  readonly reason: string;
  readonly state: MessageState;
  /** Why it was not moved. */
  readonly stateReason?: string;
}

/** Why some messages of a queue were not processed. */
export type StopReason =
  | 'TIME_IS_UP'
  /** The `limit` of the request was reached. */
  | 'LIMIT'
  /** The maximum number of messages that are not moved is in flight. */
  | 'TOO_MANY'
  /** The queue could not be read. */
  | 'ERROR'
  /** The other messages are in flight with another consumer. */
  | 'IN_FLIGHT'
  /** The other messages are behind received messages of the same FIFO message group. */
  | 'NOT_VISIBLE';

/** The messages in one dead-letter queue, and the result of processing them. */
export interface QueueReport {
  readonly queue: string;
  /** The approximate number of messages at the start of the run. */
  readonly count: number;
  /** The number of messages received that were sent before the run started. */
  readonly received: number;
  /** The number of messages received that were sent during the run. They are not moved: this run may have moved them, and they failed again. */
  readonly sentDuringRun: number;
  /** The number of received messages that match the filters. */
  readonly matching: number;
  readonly moved: number;
  readonly failed: number;
  readonly stopReason?: StopReason;
  /** The name of the error, if `stopReason` is `ERROR`. */
  readonly error?: string;
  /** The messages that match the filters and were not moved, up to a maximum number. */
  readonly messages: readonly ListedMessage[];
}

/** The response of the handler. */
export interface RedriveResponse {
  readonly action: RedriveRequest['action'];
  readonly dryRun: boolean;
  /** Unix time in milliseconds from which on messages are not moved. */
  readonly startedAt: number;
  /** The number of orders whose `OrderRedriven` event could not be published. */
  readonly unpublished: number;
  /** Whether every queue was processed to its end or to the limit, without failures. */
  readonly complete: boolean;
  readonly queues: readonly QueueReport[];
}

/** A message before it is processed. */
export type DescribedMessage = Omit<ListedMessage, 'state' | 'stateReason'>;
