import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { rowWindow } from '../model/row-window';

/** A column of a table. */
export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** A class, such as `wide` for a column that narrow windows leave out. */
  readonly kind?: string;
}

interface VirtualTableProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
}

/** The height of a row in the style sheet. */
const ROW_HEIGHT = 40;
/** Fewer rows are all in the document. */
const MAX_WHOLE = 100;

/** A table of many rows, of which only the visible ones are in the document. */
export function VirtualTable<Row>({ label, rows, columns, keyOf }: VirtualTableProps<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ top: 0, height: 600 });
  const measure = () => { if (scroller.current) setPlace({ top: scroller.current.scrollTop, height: scroller.current.clientHeight }); };
  useLayoutEffect(measure, [rows.length > MAX_WHOLE]);
  const isWhole = rows.length <= MAX_WHOLE;
  const whole = { from: 0, to: rows.length, before: 0, after: 0 };
  const { from, to, before, after } = isWhole ? whole : rowWindow(rows.length, ROW_HEIGHT, place.top, place.height);
  return (
    <div
      class={isWhole ? 'scroll' : 'scroll tall'} ref={scroller} onScroll={isWhole ? undefined : measure} tabIndex={0} role="region" aria-label={label}
    >
      <table aria-label={label} aria-rowcount={rows.length + 1}>
        <thead><tr aria-rowindex={1}>{columns.map(({ title, kind }) => <th key={title} scope="col" class={kind}>{title}</th>)}</tr></thead>
        <tbody>
          {before > 0 && <tr aria-hidden="true"><td colSpan={columns.length} class="space" style={{ height: `${before}px` }} /></tr>}
          {rows.slice(from, to).map((row, index) => (
            <tr key={keyOf(row)} aria-rowindex={from + index + 2}>
              {columns.map(({ title, kind, cell }) => <td key={title} class={kind}>{cell(row)}</td>)}
            </tr>
          ))}
          {after > 0 && <tr aria-hidden="true"><td colSpan={columns.length} class="space" style={{ height: `${after}px` }} /></tr>}
        </tbody>
      </table>
    </div>
  );
}
