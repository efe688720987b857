type Cell = string | number | undefined;

/** Formats rows as columns of text, indented. Cells without a value are `-`. Control characters, which could change the terminal, are removed. */
export function table(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const texts = [header, ...rows.map((row) => row.map((cell) => printable(String(cell ?? '-'))))];
  const widths = header.map((_, column) => Math.max(...texts.map((row) => row[column].length)));
  return texts.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column])).join('  ')}`.trimEnd()).join('\n');
}

// eslint-disable-next-line no-control-regex -- these are the characters to remove
const printable = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '');
