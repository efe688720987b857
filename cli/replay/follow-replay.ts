import type { EventReplays, Replay } from './event-replays';
import type { CommandContext } from '../command-context';
import { ProgressLine } from '../progress-line';

/** The seconds between two requests for the state of a replay. */
const INTERVAL = 5;
/** Requests in succession that may fail. */
const MAX_FAILURES = 5;

/** Shows the progress of a replay until it ends or the command is interrupted. Returns its last known state. */
export async function followReplay(started: Replay, replays: EventReplays, context: CommandContext): Promise<Replay> {
  const interruption = context.catchInterruption();
  const line = new ProgressLine(context);
  let replay = started;
  for (let failures = 0; !isOver(replay) && !interruption.aborted;) {
    line.update(() => replayProgress(replay));
    await context.clock.sleep(INTERVAL * 1000, interruption);
    try {
      replay = await replays.describe(replay.name);
      failures = 0;
    } catch (error) {
      if (++failures > MAX_FAILURES) throw error;
    }
  }
  line.end();
  return replay;
}

export const isOver = ({ state }: Replay): boolean => ['COMPLETED', 'FAILED', 'CANCELLED'].includes(state);

/** Describes how far a replay is: the share of its period, which is not the share of its events. */
export function replayProgress({ name, state, from, to, lastReplayedAt }: Replay): string {
  const [start, end, last] = [from, to, lastReplayedAt].map((time) => time?.getTime() ?? NaN);
  const share = (last - start) / (end - start);
  const progress = Number.isNaN(share) ? '' : `: events up to ${lastReplayedAt!.toISOString()}, ${Math.round(100 * Math.min(1, Math.max(0, share)))} % of the period`;
  return `${name} ${state.toLowerCase()}${progress}`;
}
