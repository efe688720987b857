import type { DeadLetterMessage } from './dead-letter-message';
import type { RedriveRequest } from './redrive-request';
import type { DescribedMessage } from './redrive-response';
import type { RedriveRoute } from './redrive-routes';

/** Operations on dead-letter queues. */
export interface DeadLetterQueues {
  /** Returns the approximate numbers of visible messages and of messages in flight. */
  count(url: string): Promise<{ readonly visible: number; readonly inFlight: number }>;
  /** Receives messages with a visibility timeout in seconds. An empty result means that no message is visible. */
  receive(url: string, visibilityTimeout: number): Promise<DeadLetterMessage[]>;
  delete(url: string, message: DeadLetterMessage): Promise<unknown>;
  /** Makes messages visible again, by their receipt handles. */
  release(url: string, receiptHandles: readonly string[]): Promise<unknown>;
}

/** The context of one invocation. */
export interface RedriveRun {
  readonly request: RedriveRequest;
  /** Unix time in milliseconds. */
  readonly startedAt: number;
  readonly queues: DeadLetterQueues;
  readonly timeIsUp: () => boolean;
  /** Returns the visibility timeout in seconds for messages received now: until after the end of the invocation. */
  readonly visibilityTimeout: () => number;
  /** Waits until the rate limit allows another message. */
  readonly limitRate: () => Promise<void>;
  /** Sends a message to its source, publishes the event about it, and then deletes it. */
  readonly move: (message: DeadLetterMessage, described: DescribedMessage, route: RedriveRoute) => Promise<void>;
}
