/** A table of figures: text is aligned left in the first column, everything else right. */
export interface Table {
  readonly title: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The table as Markdown, aligned, so that it also reads well in a terminal. */
export function formatTable({ header, rows }: Omit<Table, 'title'>): string {
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column].length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(header), rule, ...rows.map(line)].join('\n');
}

/** A figure with some decimals, or a dash. */
export const fixed = (figure: number | undefined, decimals = 0): string => (figure === undefined ? '–' : figure.toFixed(decimals));
