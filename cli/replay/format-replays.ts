import type { Replay } from './event-replays';
import { isOver, replayProgress } from './follow-replay';

/** Formats the last known state of a replay. */
export function formatReplay(replay: Replay): string {
  const reason = replay.stateReason ? ` (${replay.stateReason})` : '';
  const hint = isOver(replay) ? '' : `The replay goes on. "replay --list" shows its state, "aws events cancel-replay --replay-name ${replay.name}" ends it.\n`;
  return `${replayProgress(replay)}${reason}\n${hint}`;
}

/** Formats past replays: one line each. */
export const formatReplays = (replays: readonly Replay[]): string =>
  (replays.length > 0 ? replays.map((replay) => `${periodOf(replay)}  ${formatReplay(replay).split('\n')[0]}\n`).join('') : 'There are no replays of this archive in the last 90 days.\n');

const periodOf = ({ from, to }: Replay): string => `${from?.toISOString() ?? '?'} to ${to?.toISOString() ?? '?'}`;
