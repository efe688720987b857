import type { EdgeDescription } from './validate-edges';

const HEADER = ['edge', 'from', 'to', 'dead-letter queue', 'alarm'];

/** Formats edges as a Markdown table with aligned columns. */
export function edgeTable(edges: readonly EdgeDescription[]): string {
  const rows = [HEADER, ...edges.map(({ kind, source, target, deadLetterQueue = '–', alarm = '–' }) => [kind, source, target, deadLetterQueue, alarm])];
  const widths = HEADER.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const [header, ...body] = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`);
  return [header, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...body].join('\n');
}
