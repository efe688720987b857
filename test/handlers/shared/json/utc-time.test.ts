import * as fc from 'fast-check';
import { utcTime } from '#shared';

test.each([
  ['2026-01-31T12:00:00.000Z', '2026-01-31T12:00:00.000Z'],
  ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.000Z'],
  ['2026-01-31T12:00:00.5Z', '2026-01-31T12:00:00.500Z'],
  ['2026-01-31T12:00:00.1239Z', '2026-01-31T12:00:00.123Z'],
  ['2026-01-31T12:00:00+02:00', '2026-01-31T10:00:00.000Z'],
  ['2026-01-31T23:30:00-01:00', '2026-02-01T00:30:00.000Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
])('%s is %s', (time, utc) => {
  expect(utcTime(time)).toBe(utc);
});

test.each([
  undefined, null, 0, {}, '', 'x', '2026-01-31', '2026-01-31T12:00:00', '2026-01-31 12:00:00Z', '2026-02-29T00:00:00Z', '2026-13-01T00:00:00Z',
  '2026-01-31T24:00:00Z', '2026-01-31T12:00:60Z', '2026-01-31T12:00:00Z\n', ' 2026-01-31T12:00:00Z', '12026-01-31T12:00:00Z',
])('%j is not a time', (value) => {
  expect(utcTime(value)).toBeUndefined();
});

test.each(['9999-12-31T23:59:59-01:00', '0000-01-01T00:00:00+01:00'])('%s, which has no year of four digits in UTC, would not compare as text', (time) => {
  expect(utcTime(time)).toBeUndefined();
});

test('times compare as text', () => {
  const time = fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9998-12-31T00:00:00Z'), noInvalidDate: true });
  fc.assert(fc.property(time, time, fc.integer({ min: -840, max: 840 }), (one, other, offset) => {
    const [first, second] = [utcTime(one.toISOString())!, utcTime(withOffset(other, offset))!];
    expect(first < second).toBe(one < other);
    expect(first === second).toBe(one.getTime() === other.getTime());
  }));
});

/** The same time in another time zone. */
function withOffset(time: Date, minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((part) => String(part).padStart(2, '0'));
  return `${new Date(time.getTime() + minutes * 60_000).toISOString().slice(0, -1)}${minutes < 0 ? '-' : '+'}${hours}:${rest}`;
}

test('the short way for plain times is right: every day from 2023 to 2025, and those that do not exist', () => {
  for (let day = 0; day < 3 * 372; day++) {
    const [year, month, date] = [2023 + Math.floor(day / 372), 1 + (Math.floor(day / 31) % 12), 1 + (day % 31)];
    const time = `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}T23:59:59`;
    const exists = new Date(Date.UTC(year, month - 1, date)).getUTCDate() === date;
    expect([utcTime(`${time}Z`), utcTime(`${time}.123Z`)]).toEqual(exists ? [`${time}.000Z`, `${time}.123Z`] : [undefined, undefined]);
  }
});
