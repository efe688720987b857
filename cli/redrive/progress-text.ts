import { formatDuration } from '../format-duration';

/** How far a redrive is. */
export interface Progress {
  readonly queue: string;
  /** The number of messages moved, of all queues. */
  readonly moved: number;
  /** The approximate number of messages to move. Undefined when filters select some of them. */
  readonly expected?: number;
  readonly seconds: number;
}

const formatNumber = (number: number): string => number.toLocaleString('en-US');

/** Describes the progress: how many messages were moved of about how many, the rate, and the time left. */
export function progressText({ queue, moved, expected, seconds }: Progress): string {
  const rate = seconds > 0 ? moved / seconds : 0;
  const ofExpected = expected === undefined ? '' : ` of about ${formatNumber(Math.max(expected, moved))}`;
  const left = expected !== undefined && rate > 0 ? `, about ${formatDuration(Math.max(0, expected - moved) / rate)} left` : '';
  return `${queue}: moved ${formatNumber(moved)}${ofExpected}, ${rate.toFixed(rate < 10 ? 1 : 0)} a second${left}`;
}
