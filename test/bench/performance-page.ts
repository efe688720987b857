import { readFileSync, writeFileSync } from 'node:fs';
import type { BenchReport } from './run';
import { formatTable } from './table';
import { withGeneratedSection } from '../../scripts/generated-section';

const PAGE = 'docs/performance.md';

/** Writes the figures of a run into the page about performance. An area that did not run keeps the figures that it has. */
export function writePerformancePage({ date, machine, areas }: BenchReport): void {
  let page = readFileSync(PAGE, 'utf8');
  for (const { name, method, tables, targets } of areas) {
    page = withGeneratedSection(page, name, [
      `${method} Measured on ${date.slice(0, 10)}, Node.js ${machine.node.slice(1)}, ${machine.parallelism} cores.`,
      ...tables.map((table) => `**${table.title}**\n\n${formatTable(table)}`),
      ...(targets.length > 0 ? [targets.map(({ description, figure, isReached }) => `- ${isReached ? 'Reached' : '**Not reached**'}: ${figure.toFixed(2)} (${description})`).join('\n')] : []),
    ].join('\n\n'));
  }
  writeFileSync(PAGE, page);
}
