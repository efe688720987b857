import type { DeadLetterMessage } from './dead-letter-message';
import type { DescribedMessage } from './redrive-answer';
import type { RedriveRequest } from './redrive-request';
import type { RedriveRoute } from './redrive-routes';

/** Dead-letter queues, as the redrive uses them. */
export interface DeadLetterQueues {
  /** How many messages a queue has, about: those that can be received, and those that somebody keeps from others. */
  count(url: string): Promise<{ readonly visible: number; readonly held: number }>;
  /** Takes messages, and keeps them from others for so many seconds; none are left when none come. */
  receive(url: string, seconds: number): Promise<DeadLetterMessage[]>;
  delete(url: string, message: DeadLetterMessage): Promise<unknown>;
  /** Shows messages to others again, by their receipt handles. */
  release(url: string, receiptHandles: readonly string[]): Promise<unknown>;
}

/** What one run has. */
export interface RedriveRun {
  readonly request: RedriveRequest;
  /** Unix milliseconds. */
  readonly startedAt: number;
  readonly queues: DeadLetterQueues;
  readonly timeIsUp: () => boolean;
  /** For how many seconds what is received is kept from others: as long as the run may take. */
  readonly holdFor: () => number;
  readonly turn: () => Promise<void>;
  /** Puts a message back, tells of it, and deletes it then. */
  readonly move: (message: DeadLetterMessage, described: DescribedMessage, route: RedriveRoute) => Promise<void>;
}
