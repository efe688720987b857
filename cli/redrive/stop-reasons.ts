import type { QueueResult } from './redrive-result';

/** Why a queue is not done, as text. */
export const STOP_REASONS: Record<NonNullable<QueueResult['stopReason']>, string> = {
  TIME_IS_UP: 'stopped before the function timed out',
  LIMIT: 'stopped at the limit',
  TOO_MANY: 'more messages remain behind those that are not moved: 100,000 of a queue are received at most',
  ERROR: 'stopped by an error of this queue',
  IN_FLIGHT: 'other messages are in flight with another consumer',
  NOT_VISIBLE: 'other messages are behind these in their message group',
  ENDED_EARLY: 'the command ended before this queue was done',
};
