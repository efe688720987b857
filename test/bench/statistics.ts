/** The arithmetic mean of some numbers. */
export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The median of some numbers. */
export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** The lowest of some times: what else the machine does only adds to them. */
export const fastest = (times: readonly number[]): number => Math.min(...times);

/** A percentile of some numbers, such as 0.99, by the nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
