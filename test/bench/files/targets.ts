import type { Summary } from './summarise';

/** A performance target and its result. */
export interface Target {
  readonly description: string;
  readonly figure: number;
  readonly isReached: boolean;
}

const READING = ['ours', 'ours-ndjson'];
const LOOPS = ['extract-orders', 'validate-file'];
/** The minimum size for memory ratios of the handlers' loops: a tenth of a smaller file ends before the heap reaches its final size. */
const MIN_SIZE_FOR_LOOP_RATIOS = 1e9;

/** Compares the medians with the targets, each a ratio within one run or a number of megabytes. */
export function targetsOf(summaries: Summary[], size: number): Target[] {
  const of = (name: string) => summaries.find((summary) => summary.name === name)!;
  const speed = (name: string, by: string) => of(name).ordersPerSecond! / of(by).ordersPerSecond!;
  const atLeast = (description: string, figure: number, limit: number) => ({ description: `${description} ≥ ${limit}`, figure, isReached: figure >= limit });
  const atMost = (description: string, figure: number, limit: number) => ({ description: `${description} ≤ ${limit}`, figure, isReached: figure <= limit });
  return [
    atLeast('ours: orders/s, share of the limit', speed('ours', 'limit'), 0.6),
    atLeast('ours: orders/s, times clarinet', speed('ours', 'clarinet'), 2),
    atLeast('extract-orders: orders/s, share of the limit', speed('extract-orders', 'limit'), 0.5),
    ...(size < MIN_SIZE_FOR_LOOP_RATIOS ? READING : [...READING, ...LOOPS]).map((name) =>
      atMost(`${name}: peak RSS, times its peak RSS with a tenth of the file`, of(name).peakRssMb! / of(name).tenthPeakRssMb!, 1.2)),
    ...[...READING, ...LOOPS].map((name) => atMost(`${name}: peak RSS in MB`, of(name).peakRssMb!, 200)),
  ];
}

export function printTargets(targets: Target[]): void {
  for (const { description, figure, isReached } of targets) process.stdout.write(`${isReached ? 'reached    ' : 'not reached'}  ${figure.toFixed(2).padStart(7)}  ${description}\n`);
}

export function printTable(summaries: Summary[]): void {
  const rows = summaries.map(({ label, bytes, mbPerSecond, ordersPerSecond, peakRssMb, tenthPeakRssMb, constantMemory, failed }) => [
    label, whole(bytes && bytes / 1e6), failed ?? whole(mbPerSecond), whole(ordersPerSecond), whole(peakRssMb), whole(tenthPeakRssMb), constantMemory,
  ]);
  const header = ['method', 'MB read', 'MB/s', 'orders/s', 'peak RSS MB', 'of a tenth', 'constant memory'];
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column].length)));
  const line = (row: string[]) => `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join(' | ')} |\n`;
  process.stdout.write(`${line(header)}${line(widths.map((width) => '-'.repeat(width)))}${rows.map(line).join('')}\n`);
}

const whole = (figure: number | undefined): string => (figure === undefined ? '–' : String(Math.round(figure)));
