import { parseAge } from '../age';

/** ISO 8601 with a time zone: without one, the time would depend on the machine. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

/** Parses a time such as `2026-11-26T12:00:00Z`, or an age such as `2h` before now; returns undefined for any other text. */
export function parseTime(text: string, now: Date): Date | undefined {
  const age = parseAge(text);
  if (age !== undefined) return new Date(now.getTime() - age * 1000);
  const time = TIME.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(time) ? undefined : new Date(time);
}
