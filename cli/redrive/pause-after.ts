import type { QueueReport } from '../../handlers/shared/redrive/redrive-response';

type Result = Pick<QueueReport, 'moved' | 'failed' | 'stopReason'>;

/** Invocations in succession that move nothing, after which a queue cannot progress. */
const MAX_STALLED = 4;
/**
 * The same when its messages are in flight with another consumer. With the pauses, this is longer than they are in flight after an invocation
 * that ended early: five minutes, the timeout of the function by default.
 */
const MAX_STALLED_IN_FLIGHT = 11;
const MAX_PAUSE = 60;

/**
 * Returns how many seconds to wait before the next invocation for a queue; undefined when the queue is done, or cannot progress.
 *
 * @param stalled the number of invocations in succession that moved nothing, the last one included.
 */
export function pauseAfter(result: Result, stalled: number): number | undefined {
  const { stopReason, failed, moved } = result;
  const isDone = stopReason === 'LIMIT' || (stopReason === undefined && failed === 0);
  if (isDone) return undefined;
  if (moved > 0) return 0;
  return stalled < maxStalled(result) ? Math.min(2 ** (stalled - 1), MAX_PAUSE) : undefined;
}

function maxStalled({ failed, stopReason }: Result): number {
  if (failed === 0 && stopReason === 'IN_FLIGHT') return MAX_STALLED_IN_FLIGHT;
  // The others stay behind messages that are not moved, or there are too many of those.
  const isFinal = failed === 0 && (stopReason === 'NOT_VISIBLE' || stopReason === 'TOO_MANY');
  return isFinal ? 0 : MAX_STALLED;
}
