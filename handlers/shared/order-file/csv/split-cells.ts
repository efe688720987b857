/** Splits a row into its cells. Returns the index of the first quote that is out of place instead, if there is one. */
export function splitCells(row: string, delimiter: string): string[] | number {
  return row.includes('"') ? splitQuoted(row, delimiter) : row.split(delimiter);
}

function splitQuoted(row: string, delimiter: string): string[] | number {
  const cells: string[] = [];
  let quote = row.indexOf('"');
  for (let at = 0; ; at++) {
    if (quote === at) {
      const close = closingQuote(row, at);
      if (close < 0) return at;
      cells.push(row.slice(at + 1, close).replaceAll('""', '"'));
      at = close + 1;
      quote = row.indexOf('"', at);
      if (at < row.length && row[at] !== delimiter) return close;
    } else {
      const next = row.indexOf(delimiter, at);
      const end = next < 0 ? row.length : next;
      if (quote >= 0 && quote < end) return quote;
      cells.push(row.slice(at, end));
      at = end;
    }
    if (at === row.length) return cells;
  }
}

/** Returns the index of the quote that closes a cell. Two quotes stand for one. */
function closingQuote(row: string, open: number): number {
  let close = row.indexOf('"', open + 1);
  while (close >= 0 && row[close + 1] === '"') close = row.indexOf('"', close + 2);
  return close;
}
