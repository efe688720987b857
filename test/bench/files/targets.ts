import type { Summary } from './summarise';
import { fixed, type Table } from '../table';
import { atLeast, atMost, type Target } from '../target';

const READING = ['ours', 'ours-ndjson'];
const LOOPS = ['extract-orders', 'validate-file'];
/** The minimum size for memory ratios of the handlers' loops: a tenth of a smaller file ends before the heap reaches its final size. */
const MIN_SIZE_FOR_LOOP_RATIOS = 1e9;

/** Compares the medians with the targets, each a ratio within one run or a number of megabytes. */
export function targetsOf(summaries: Summary[], size: number): Target[] {
  const of = (name: string) => summaries.find((summary) => summary.name === name)!;
  const speed = (name: string, by: string) => of(name).ordersPerSecond! / of(by).ordersPerSecond!;
  return [
    atLeast('ours: orders/s, share of the limit', speed('ours', 'limit'), 0.6),
    atLeast('ours: orders/s, times clarinet', speed('ours', 'clarinet'), 2),
    atLeast('extract-orders: orders/s, share of the limit', speed('extract-orders', 'limit'), 0.5),
    atLeast('validate-file: orders/s, share of reading alone', speed('validate-file', 'ours'), 0.6),
    atLeast('validate-file: MB/s', of('validate-file').mbPerSecond!, 80),
    ...(size < MIN_SIZE_FOR_LOOP_RATIOS ? READING : [...READING, ...LOOPS]).map((name) =>
      atMost(`${name}: peak RSS, times its peak RSS with a tenth of the file`, of(name).peakRssMb! / of(name).tenthPeakRssMb!, 1.2)),
    ...[...READING, ...LOOPS].map((name) => atMost(`${name}: peak RSS in MB`, of(name).peakRssMb!, 200)),
  ];
}

/** The medians of all methods. */
export const tableOf = (title: string, summaries: Summary[]): Table => ({
  title,
  header: ['method', 'MB read', 'MB/s', 'orders/s', 'peak RSS MB', 'of a tenth', 'constant memory'],
  rows: summaries.map(({ label, bytes, mbPerSecond, ordersPerSecond, peakRssMb, tenthPeakRssMb, constantMemory, failed }) => [
    label, fixed(bytes && bytes / 1e6), failed ?? fixed(mbPerSecond), fixed(ordersPerSecond), fixed(peakRssMb), fixed(tenthPeakRssMb), constantMemory,
  ]),
});
