import type { Measured } from './measure';
import type { Method } from './methods';
import { median } from '../statistics';

/** The measurements of one process. */
export type Sample = { readonly method: Method; readonly size: 'big' | 'tenth' } & (Measured | { readonly failed: string });

/** The medians of a method. */
export interface Summary {
  readonly name: string;
  readonly label: string;
  readonly constantMemory: string;
  readonly bytes?: number;
  readonly mbPerSecond?: number;
  readonly ordersPerSecond?: number;
  readonly peakRssMb?: number;
  /** The peak memory with a file of a tenth of the size. */
  readonly tenthPeakRssMb?: number;
  readonly failed?: string;
}

/** Computes the medians of each method. */
export function summarise(samples: Iterable<Sample>): Summary[] {
  const byMethod = new Map<Method, Sample[]>();
  for (const sample of samples) byMethod.set(sample.method, [...(byMethod.get(sample.method) ?? []), sample]);
  return [...byMethod].map(([{ name, label, constantMemory }, all]) => ({ name, label, constantMemory, ...figures(all) }));
}

function figures(samples: Sample[]): Partial<Summary> {
  for (const sample of samples) {
    if ('failed' in sample) return { failed: sample.failed };
  }
  const measured = samples as (Sample & Measured)[];
  const big = measured.filter(({ size }) => size === 'big');
  const tenth = measured.filter(({ size }) => size === 'tenth');
  return {
    bytes: big[0].bytes,
    mbPerSecond: median(big.map(({ bytes, seconds }) => bytes / seconds / 1e6)),
    ordersPerSecond: median(big.map(({ orders, seconds }) => orders / seconds)),
    peakRssMb: median(big.map(({ peakRssMb }) => peakRssMb)),
    tenthPeakRssMb: tenth.length > 0 ? median(tenth.map(({ peakRssMb }) => peakRssMb)) : undefined,
  };
}
