const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;
type Unit = keyof typeof SECONDS;

/** Parses an age such as `2h` into seconds; returns undefined for any other text. */
export function parseAge(age: string): number | undefined {
  const [, number, unit] = /^(\d{1,6})([smhd])$/.exec(age) ?? [];
  return number === undefined ? undefined : Number(number) * SECONDS[unit as Unit];
}

/** Formats seconds as an age in its largest whole unit, such as `2h`. */
export function formatAge(seconds: number): string {
  const unit = (['d', 'h', 'm'] as const).find((each) => seconds >= SECONDS[each]) ?? 's';
  return `${Math.floor(seconds / SECONDS[unit])}${unit}`;
}
