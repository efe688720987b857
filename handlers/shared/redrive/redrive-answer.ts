import type { MessageIds } from './message-ids';
import type { RedriveRequest } from './redrive-request';

/** What became of a message, or would. */
export type MessageState =
  /** Only looked at. */
  | 'WAITING'
  /** It would be moved without `dryRun`. */
  | 'WOULD_MOVE'
  | 'MOVED'
  /** It was tried, and is still there. */
  | 'FAILED'
  /** It was not tried: the time was up, or a message before it in its group failed. */
  | 'NOT_ATTEMPTED'
  /** It cannot be put back. */
  | 'NOT_REDRIVABLE';

/** A message as it is told of: nothing of what is in an order. */
export interface ListedMessage extends MessageIds {
  readonly id: string;
  /** Seconds. */
  readonly age: number;
  readonly receiveCount: number;
  readonly reason: string;
  readonly state: MessageState;
  /** Why it is in that state, where it could be in a better one. */
  readonly why?: string;
}

/** Why not all of a queue was worked on. */
export type StopReason =
  | 'TIME_IS_UP'
  | 'LIMIT'
  | 'TOO_MANY'
  | 'ERROR'
  /** Somebody else keeps messages; or, as SQS shows ten messages of a FIFO queue's message group, those behind them can be seen when these are gone. */
  | 'HIDDEN';

/** What is in one dead-letter queue, and what was done about it. */
export interface QueueReport {
  readonly queue: string;
  /** How many messages SQS says there were, about. */
  readonly count: number;
  /** How many were looked at that were there when the run began. */
  readonly seen: number;
  /** How many came since: what this very run moved may have failed again already. They are left alone. */
  readonly arrived: number;
  /** How many of these were asked for. */
  readonly matching: number;
  readonly moved: number;
  readonly failed: number;
  readonly stopped?: StopReason;
  /** The name of the error, where there was trouble with the queue itself. */
  readonly trouble?: string;
  /** Those that were asked for, the first of them where there are many. */
  readonly messages: readonly ListedMessage[];
}

/** What the handler answers. */
export interface RedriveAnswer {
  readonly action: RedriveRequest['action'];
  readonly dryRun: boolean;
  /** Whether every queue was worked on to its end, or to the limit, and nothing failed. */
  readonly complete: boolean;
  readonly queues: readonly QueueReport[];
}

/** A message as it is told of, before anything was done about it. */
export type DescribedMessage = Omit<ListedMessage, 'state' | 'why'>;
