import type { FileOutcome } from '../commands/file-outcome';
import type { FieldError } from '../json/field-error';

/** An order of a file that was rejected after it was sent, in the files table. */
export interface RejectedFileOrder {
  readonly fileId: string;
  /** The index of the order in the file, from 0. */
  readonly index: number;
  readonly orderId: string;
  readonly code: string;
  readonly reason: string;
  readonly errors: readonly FieldError[];
  readonly rejectedAt: string;
  /** Unix time in seconds: that of the file. */
  readonly expiresAt: number;
}

/** The outcome of an order of a file, with the ID of the order. */
export interface RecordedOutcome extends FileOutcome {
  readonly orderId: string;
}

/** Returns the items for the rejected among some orders. */
export const rejectedOrders = (outcomes: readonly RecordedOutcome[], expiresAt: number): RejectedFileOrder[] =>
  outcomes.flatMap(({ fileId, index, orderId, at, rejection }) =>
    (rejection ? [{ fileId, index, orderId, ...rejection, rejectedAt: at, expiresAt }] : []));

/** Returns a rejected order as the API shows it. */
export const rejectedOrderView = ({ fileId, expiresAt, ...view }: RejectedFileOrder): Record<string, unknown> => view;

/** A page of rejected orders, and the index of the last one if more may follow. */
export interface RejectedOrderPage {
  readonly orders: readonly RejectedFileOrder[];
  readonly next?: number;
}

/** Truncates a page to a size as JSON. At least one order remains. */
export function truncateRejectedOrders({ orders, next }: RejectedOrderPage, maxBytes: number): RejectedOrderPage {
  let bytes = 0;
  const count = orders.findIndex((order) => (bytes += Buffer.byteLength(JSON.stringify(rejectedOrderView(order)))) > maxBytes);
  if (count < 0) return { orders, next };
  const shown = orders.slice(0, Math.max(count, 1));
  return { orders: shown, next: shown.length < orders.length ? shown.at(-1)!.index : next };
}
