/** The beginnings of the keys in the bucket of a stream. */
export interface StreamPrefixes {
  /** Events by the day on which they arrived: `events/day=2026-11-27/`. */
  readonly events: string;
  /** Records that Firehose could not write under `events`. */
  readonly errors: string;
  /** Results of queries of Athena. */
  readonly results: string;
}

/** The prefixes of a stream, under the prefix of the app. */
export const streamPrefixes = (prefix = ''): StreamPrefixes =>
  ({ events: `${prefix}events/`, errors: `${prefix}errors/`, results: `${prefix}query-results/` });

/** The partition of the events of a day, and the part of their keys. */
export const DAY_PARTITION = 'day';
