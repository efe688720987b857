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
  /** Makes messages visible again, by their receipt handles. */
  release(url: string, receiptHandles: readonly string[]): Promise<unknown>;
}

/** The messages of one dead-letter queue that were moved. */
export type MovedMessages = readonly (readonly [DeadLetterMessage, DescribedMessage])[];

/** The context of one invocation. */
export interface RedriveRun {
  readonly request: RedriveRequest;
  /** Unix time in milliseconds: of the request, or of the start of the invocation. */
  readonly startedAt: number;
  readonly queues: DeadLetterQueues;
  readonly timeIsUp: () => boolean;
  /** Returns the visibility timeout in seconds for messages received now: until after the end of the invocation. */
  readonly visibilityTimeout: () => number;
  /** Waits until the rate limit allows so many further messages. */
  readonly limitRate: (count: number) => Promise<void>;
  /** Sends messages to their source, and then deletes those that were sent; returns those that failed, each with the name of the error. */
  readonly move: (messages: readonly DeadLetterMessage[], route: RedriveRoute) => Promise<ReadonlyMap<DeadLetterMessage, string>>;
  /** Records messages that were moved. */
  readonly recordMoved: (moved: MovedMessages, route: RedriveRoute) => Promise<void>;
}
