import type { AsyncEdge } from './prove-edges';

const HEAD = ['edge', 'from', 'to', 'dead-letter queue', 'alarm'];

/** Edges as a Markdown table that people can also read as it stands. */
export function edgeTable(edges: readonly AsyncEdge[]): string {
  const rows = [HEAD, ...edges.map(({ kind, source, target, deadLetterQueue = '–', alarm = '–' }) => [kind, source, target, deadLetterQueue, alarm])];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const [head, ...body] = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`);
  return [head, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...body].join('\n');
}
