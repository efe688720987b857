import type { FileSummary } from '../../cli/console/console-api';

/** How far a file is. */
export interface FileProgress {
  /** From 0 to 1. */
  readonly share: number;
  readonly text: string;
  readonly isDone: boolean;
}

const COUNTED = ['confirmed', 'changed', 'unchanged', 'rejected'];

/** Computes the progress of a file: half of it is that its orders are sent, half that their outcomes are known. */
export function fileProgress({ state, counts, sent, outcomes }: FileSummary): FileProgress {
  if (state === 'REJECTED') return { share: 1, text: 'none of its orders was sent', isDone: true };
  if (!counts) return { share: 0, text: 'being checked', isDone: false };
  if (counts.valid === 0) return { share: 1, text: 'has no valid order', isDone: state === 'COMPLETED' };
  const known = Object.entries(outcomes ?? {}).filter(([name]) => COUNTED.includes(name)).reduce((total, [, count]) => total + count, 0);
  const share = Math.min(1, (sent + Math.min(known, counts.valid)) / (2 * counts.valid));
  if (state !== 'COMPLETED') return { share, text: `${sent} of ${counts.valid} orders sent`, isDone: false };
  if (outcomes === undefined) return { share: 1, text: `${sent} orders sent`, isDone: true };
  return { share, text: `${known} of ${counts.valid} orders processed`, isDone: known >= counts.valid };
}
