import type { OrderTotals, PipelineStatus, QueueStatus } from '../console-api';

/** An older message or placement should be processed by now. */
const OLD_SECONDS = 15 * 60;

/** The number of messages in a dead-letter queue. */
export interface DeadLetterCount {
  /** The name in redrive commands. */
  readonly name: string;
  readonly count: number;
  /** The logical ID; absent for a queue of the app. */
  readonly resource?: string;
}

/** A queue from which a function consumes. */
export interface ConsumedQueue extends QueueStatus {
  /** The logical ID. */
  readonly id: string;
  readonly label: string;
}

/** What is known about a pipeline. */
export interface Observations {
  readonly totals?: OrderTotals;
  readonly deadLetters: readonly DeadLetterCount[];
  readonly queues: readonly ConsumedQueue[];
  /** Files that should be processed by now. */
  readonly stuckFiles: number;
  readonly now: number;
}

/** Lists what needs attention, the most urgent first. */
export const attention = ({ totals, deadLetters, queues, stuckFiles, now }: Observations): PipelineStatus['attention'] => [
  ...(totals && totals.unaccounted !== 0 ? [{ text: `${plural(totals.unaccounted, 'accepted order')} without a known outcome`, view: 'orders' as const }] : []),
  ...deadLetters.filter(({ count }) => count > 0).map(({ name, count, resource }) =>
    ({ text: `${plural(count, 'message')} in the dead-letter queue "${name}"`, view: 'dead-letters' as const, ...(resource ? { resource } : {}) })),
  ...queues.filter(({ oldestMessageAge = 0 }) => oldestMessageAge > OLD_SECONDS).map(({ id, label, oldestMessageAge }) =>
    ({ text: `a message waits for ${minutes(oldestMessageAge!)} in the ${label}`, view: 'pipeline' as const, resource: id })),
  ...pendingOrders(totals, now),
  ...(stuckFiles > 0 ? [{ text: `${plural(stuckFiles, 'file')} not processed after 15 minutes`, view: 'files' as const }] : []),
];

function pendingOrders(totals: OrderTotals | undefined, now: number): PipelineStatus['attention'] {
  if (totals?.oldestPending === undefined) return [];
  const seconds = (now - Date.parse(totals.oldestPending)) / 1000;
  return seconds > OLD_SECONDS ? [{ text: `${plural(totals.pending, 'accepted order')} pending, the oldest for ${minutes(seconds)}`, view: 'orders' }] : [];
}

const minutes = (seconds: number): string => plural(Math.floor(seconds / 60), 'minute');
const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
