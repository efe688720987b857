/** A time of RFC 3339. It may be in lower case, and seconds 60, in a leap second. */
const RFC_3339 = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(\.\d+)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;

/** A time in UTC of a day that certainly exists, with milliseconds or without: most times are such ones. */
export const PLAIN_UTC =
  /^\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?Z$/;

const LENGTH_WITH_MILLISECONDS = 24;

/**
 * Converts an RFC 3339 time with any offset and precision to UTC with milliseconds. Times in this form sort as text. Fractions of a
 * millisecond are truncated, and a leap second becomes the second after it.
 *
 * @returns undefined for any other value, and for a time outside of the years 0000 to 9999 in UTC.
 */
export function utcTime(value: unknown): string | undefined {
  if (typeof value === 'string' && PLAIN_UTC.test(value)) return value.length === LENGTH_WITH_MILLISECONDS ? value : `${value.slice(0, -1)}.000Z`;
  const [, date, hour, minute, second, fraction = '', offset] = (typeof value === 'string' && RFC_3339.exec(value)) || [];
  if (date === undefined || !isDate(date)) return undefined;
  const isLeapSecond = second === '60';
  const time = Date.parse(`${date}T${hour}:${minute}:${isLeapSecond ? '59' : second}${fraction}${offset.toUpperCase()}`) + (isLeapSecond ? 1000 : 0);
  if (Number.isNaN(time)) return undefined;
  const utc = new Date(time).toISOString();
  // A leap second ends a day.
  if (isLeapSecond && !utc.includes('T00:00:00')) return undefined;
  return /^\d{4}-/.test(utc) ? utc : undefined;
}

/** Whether a day exists. JavaScript takes 2026-02-30 for the second of March. */
const isDate = (date: string): boolean => {
  const day = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
};
