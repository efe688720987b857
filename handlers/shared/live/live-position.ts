import { LIVE_DELIVERY_SECONDS } from '../../../src/private/contract';

/** The position of an event among those of its topic: the time at which it was stored, and its ID. Positions sort as text. */
export type LivePosition = string;

/** The form of a position: 24 characters of a time in UTC, and a suffix. */
export const LIVE_POSITION_PATTERN = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[\x21-\x7E]{0,128}$/;

export const positionAt = (now: Date, eventId = ''): LivePosition => `${now.toISOString()}#${eventId}`;

/**
 * Deliveries are retried, and clocks differ: an event can be delivered after others that were stored later. A client that resumes gets the events from
 * so many seconds before its last one, and ignores those that it has.
 */
const RESUME_OVERLAP_SECONDS = LIVE_DELIVERY_SECONDS + 300;

/** Returns the time of a position in milliseconds; NaN for an impossible date. */
export const timeOfPosition = (position: LivePosition): number => Date.parse(position.slice(0, position.indexOf('#')));

/** Returns the position from which the events for a client that resumes are read. */
export const resumeFrom = (after: LivePosition): LivePosition => positionAt(new Date(timeOfPosition(after) - RESUME_OVERLAP_SECONDS * 1000));

/** The most events that are sent to a client that resumes. */
export const LIVE_REPLAY_LIMIT = 500;
