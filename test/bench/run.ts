/**
 * Measures every area, or those that are named: `npm run bench`, `npm run bench -- cold-start synth`, `npm run bench -- files --size 1GB`.
 * Prints a table for each and writes `bench-report.json`. Exits with 0 only if every target is reached. `--docs` also writes `docs/performance.md`.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import type { Area, AreaReport } from './area';
import { AREAS } from './areas';
import { writePerformancePage } from './performance-page';
import { formatTable } from './table';
import { mapAtMost } from '../../handlers/shared/messaging/map-at-most';

export interface BenchReport {
  readonly date: string;
  readonly machine: { readonly cpu: string; readonly parallelism: number; readonly node: string };
  readonly areas: readonly (Pick<Area, 'name' | 'title'> & AreaReport & { readonly seconds: number })[];
}

const REPORT = 'bench-report.json';

async function main(args: readonly string[]): Promise<void> {
  const names = args.filter((arg) => AREAS.some(({ name }) => name === arg));
  const rest = args.filter((arg) => !names.includes(arg) && arg !== '--docs');
  const areas = names.length > 0 ? AREAS.filter(({ name }) => names.includes(name)) : AREAS;
  if (rest.length > 0 && names.length !== 1) {
    throw new Error(`options are those of one area: name it, one of ${AREAS.map(({ name }) => name).join(', ')}; got ${rest.join(' ')}`);
  }
  const report: BenchReport = {
    date: new Date().toISOString(),
    machine: { cpu: cpus()[0]?.model ?? 'unknown', parallelism: availableParallelism(), node: process.version },
    // One area at a time, so that none is measured under the load of another.
    areas: await mapAtMost(1, areas, (area) => measure(area, rest)),
  };
  writeFileSync(REPORT, `${JSON.stringify(report, null, 2)}\n`);
  if (args.includes('--docs')) writePerformancePage(report);
  printTotal(report);
}

async function measure(area: Area, args: readonly string[]): Promise<BenchReport['areas'][number]> {
  const { name, title } = area;
  process.stdout.write(`\n# ${title}\n`);
  const started = performance.now();
  const report = await area.measure(args);
  process.stdout.write(`${report.method}\n`);
  for (const table of report.tables) process.stdout.write(`\n${table.title}\n\n${formatTable(table)}\n`);
  process.stdout.write('\n');
  for (const { description, figure, isReached } of report.targets) {
    process.stdout.write(`${isReached ? 'reached    ' : 'not reached'}  ${figure.toFixed(2).padStart(8)}  ${description}\n`);
  }
  return { name, title, ...report, seconds: Math.round((performance.now() - started) / 1000) };
}

function printTotal({ areas }: BenchReport): void {
  const targets = areas.flatMap((area) => area.targets);
  const reached = targets.filter(({ isReached }) => isReached);
  const seconds = areas.reduce((sum, area) => sum + area.seconds, 0);
  process.stdout.write(`\n${REPORT}, ${seconds} s\n${reached.length} of ${targets.length} targets reached\n`);
  process.exitCode = reached.length === targets.length ? 0 : 1;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
