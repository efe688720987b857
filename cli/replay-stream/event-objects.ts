/** An object with the events of a stream. */
export interface EventObject {
  readonly key: string;
  readonly bytes: number;
}

/** The requests to the bucket of a stream. */
export interface EventObjects {
  /** Lists the objects under a prefix, in the sequence in which they were written. */
  list(bucket: string, prefix: string): Promise<EventObject[]>;
  /** Reads the lines of an object, each with one event. */
  readLines(bucket: string, key: string): Promise<string[]>;
}
