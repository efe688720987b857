import * as z from 'zod/mini';

const timeSchema = z.iso.datetime({ offset: true });

/**
 * A time of RFC 3339, whatever its offset and precision, as it is told everywhere here: in UTC, with milliseconds. Times in this form
 * compare as text. What is finer than a millisecond is left out.
 *
 * @returns undefined for anything else, and for a time that is not in the years 0000 to 9999 in UTC.
 */
export function utcTime(value: unknown): string | undefined {
  const time = timeSchema.safeParse(value).data;
  const utc = time === undefined ? '' : new Date(time).toISOString();
  return /^\d{4}-/.test(utc) ? utc : undefined;
}
