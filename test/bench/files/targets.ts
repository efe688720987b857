import type { Summary } from './summarise';

/** What is to be reached, and what was. */
export interface Target {
  readonly what: string;
  readonly figure: number;
  readonly isReached: boolean;
}

const READING = ['ours', 'ours-ndjson'];
const LOOPS = ['extraction', 'checking'];
/** The handlers' loops make more garbage, and a tenth of a smaller file ends before the heap has its size: a ratio would tell of that. */
const FILLS_THE_HEAP = 1e9;

/** The targets of the reader, each a ratio within one run or a number of megabytes. */
export function targetsOf(summaries: Summary[], size: number): Target[] {
  const of = (name: string) => summaries.find((summary) => summary.name === name)!;
  const speed = (name: string, by: string) => of(name).ordersPerSecond! / of(by).ordersPerSecond!;
  const atLeast = (what: string, figure: number, limit: number) => ({ what: `${what} ≥ ${limit}`, figure, isReached: figure >= limit });
  const atMost = (what: string, figure: number, limit: number) => ({ what: `${what} ≤ ${limit}`, figure, isReached: figure <= limit });
  return [
    atLeast('array, of the pre-split limit', speed('ours', 'limit'), 0.6),
    atLeast('array, times clarinet', speed('ours', 'clarinet'), 2),
    atLeast("extraction's own loop, of the pre-split limit", speed('extraction', 'limit'), 0.5),
    ...(size < FILLS_THE_HEAP ? READING : [...READING, ...LOOPS]).map((name) =>
      atMost(`${name}: peak RSS, times that of a tenth of the file`, of(name).peakRssMb! / of(name).tenthPeakRssMb!, 1.2)),
    ...[...READING, ...LOOPS].map((name) => atMost(`${name}: peak RSS in MB`, of(name).peakRssMb!, 200)),
  ];
}

export function printTargets(targets: Target[]): void {
  for (const { what, figure, isReached } of targets) process.stdout.write(`${isReached ? 'reached    ' : 'not reached'}  ${figure.toFixed(2).padStart(7)}  ${what}\n`);
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
