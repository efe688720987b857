const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;
type Unit = keyof typeof SECONDS;

/** `2h` in seconds; undefined where it is no age. */
export function ageInSeconds(age: string): number | undefined {
  const [, number, unit] = /^(\d{1,6})([smhd])$/.exec(age) ?? [];
  return number === undefined ? undefined : Number(number) * SECONDS[unit as Unit];
}

/** Seconds as people say them, in one unit: `2h`. */
export function ageOf(seconds: number): string {
  const unit = (['d', 'h', 'm'] as const).find((each) => seconds >= SECONDS[each]) ?? 's';
  return `${Math.floor(seconds / SECONDS[unit])}${unit}`;
}
