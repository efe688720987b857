/** Digits of the largest safe integer. */
const DIGITS = 16;

/** The fields of an event by which the history is sorted. */
export interface HistoryPosition {
  readonly eventId: string;
  readonly occurredAt: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/**
 * Returns the sort key of an event in the history of its order: the time, then the sequence number of the command, then the version of the
 * order. Many events of an order happen in the same millisecond. Events without these numbers, as other systems publish them, come first in
 * their millisecond. The ID makes the key unique.
 */
export const historyListKey = ({ eventId, occurredAt, metadata: { sequence, version } }: HistoryPosition): string =>
  [occurredAt, digits(sequence), digits(version), eventId].join('#');

const digits = (value: unknown): string => String(Number.isSafeInteger(value) && Number(value) > 0 ? value : 0).padStart(DIGITS, '0');
