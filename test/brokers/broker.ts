/** A message to publish. */
export interface Message {
  /** Unique among the messages. */
  readonly id: string;
  readonly orderId: string;
  readonly value: Buffer;
}

/** Invokes the function with an event. It throws if the function failed, or if the poller is to crash before it commits. */
export type Invoke = (event: object, records: number) => Promise<void>;

/** A real broker. */
export interface Broker {
  /** The name of the source. */
  readonly name: string;
  start(): Promise<void>;
  /** Kills it and starts it again with the messages that it stored. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  /** Publishes messages and waits until the broker has stored them. */
  publish(messages: readonly Message[]): Promise<void>;
  /**
   * Polls as the event source mapping of Lambda does, until the signal: reads batches, invokes the function with the shape of its event, and commits a
   * batch after a successful invocation only. It ends with an error when the connection does.
   */
  poll(invoke: Invoke, signal: AbortSignal): Promise<void>;
}

export const BATCH_SIZE = 100;

/** Waits for the end of a poll: an error of the connection, or the signal. */
export const ended = (signal: AbortSignal, onError: (reject: (error: Error) => void) => void): Promise<void> => new Promise((resolve, reject) => {
  signal.addEventListener('abort', () => resolve());
  onError(reject);
});
