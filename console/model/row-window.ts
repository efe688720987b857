/** The rows of a list that are in the document, and the space of the others. */
export interface RowWindow {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  readonly before: number;
  readonly after: number;
}

/** Rows beside the visible ones, so that fast scrolling shows no empty space. */
const OVERSCAN = 8;

/** Selects the rows of a list that are visible: all rows have the same height, in pixels. */
export function rowWindow(count: number, rowHeight: number, scrollTop: number, height: number): RowWindow {
  const first = Math.min(Math.floor(Math.max(0, scrollTop) / rowHeight), Math.max(0, count - 1));
  const from = Math.max(0, first - OVERSCAN);
  const to = Math.min(count, first + Math.ceil(height / rowHeight) + OVERSCAN);
  return { from, to, before: from * rowHeight, after: (count - to) * rowHeight };
}
