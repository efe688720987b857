import * as z from 'zod/mini';

const timeSchema = z.iso.datetime({ offset: true });

/**
 * Converts an RFC 3339 time with any offset and precision to UTC with milliseconds. Times in this form sort as text. Fractions of a
 * millisecond are truncated.
 *
 * @returns undefined for any other value, and for a time outside of the years 0000 to 9999 in UTC.
 */
export function utcTime(value: unknown): string | undefined {
  const time = timeSchema.safeParse(value).data;
  const utc = time === undefined ? '' : new Date(time).toISOString();
  return /^\d{4}-/.test(utc) ? utc : undefined;
}
