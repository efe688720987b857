import { addsUp, filesAddUp, lifeAddsUp, type Counts, type FileCounts, type LifeCounts } from './account';
import type { Breakage } from './break-things';
import type { SettledFile } from './files';
import type { SettledAsk } from './life';
import type { Settled } from './requests';
import { inWords, talliesOf } from './tally';
import type { DeployedQueue } from '../test/support/deployed-queues';

/** Lines up rows in columns under a heading. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heading.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)));
  const line = (cells: readonly string[]) => `  ${cells.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd()}`;
  return [line(heading), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n');
}

/** Every request, what it was and what became of it. */
export const requestTable = (settled: readonly Settled[]): string => table(
  ['request', 'what', 'HTTP', 'order', 'outcome', 'why'],
  settled.map(({ correlationId, request, status, orderId, outcome, reason }) =>
    [correlationId, request.what, String(status), orderId ?? '–', outcome ?? 'LOST', reason ?? '']),
);

/** What is shown of an order in the table. */
export interface OrderRow {
  readonly orderId: string;
  readonly status: string;
  readonly version: number;
  readonly customerId?: string;
  readonly currency?: string;
  readonly total?: number;
}

/** Every order in the table and its state. */
export const orderTable = (orders: readonly OrderRow[]): string => table(
  ['order', 'status', 'version', 'customer', 'total in minor units'],
  orders.map(({ orderId, status, version, customerId, currency, total }) =>
    [orderId, status, String(version), customerId ?? '', total === undefined ? '' : `${total} ${currency}`]),
);

/** Everything that was asked of orders, and what became of it. */
export const lifeTable = (settled: readonly SettledAsk[]): string => table(
  ['request', 'order', 'what', 'HTTP', 'outcome', 'why'],
  settled.map(({ correlationId, ask, status, outcome, reason }) =>
    [correlationId, ask.orderId, ask.what, status === undefined ? 'bus' : String(status), outcome ?? 'LOST', reason ?? '']),
);

/** An event of an order's history, as the API shows it. */
export interface HistoryRow {
  readonly occurredAt: string;
  readonly type: string;
  readonly version?: number;
  readonly correlationId?: string;
  readonly data: { readonly code?: string; readonly reason?: string; readonly changed?: readonly string[] };
}

/** Everything that happened to an order, oldest first. */
export const timeline = (events: readonly HistoryRow[]): string => table(
  ['when', 'what happened', 'version', 'request', 'in detail'],
  events.map(({ occurredAt, type, version, correlationId, data }) =>
    [occurredAt, type, version ? String(version) : '', correlationId ?? '', data.code ?? data.changed?.join(', ') ?? data.reason ?? '']),
);

/** Every file and what became of its orders. */
export const fileTable = (files: readonly SettledFile[]): string => table(
  ['file', 'what', 'state', 'orders', 'confirmed', 'repeated', 'invalid', 'why'],
  files.map(({ file, view, orders, confirmed, repeated, invalid }) => [
    file.name, file.what, view.state, String(orders), String(confirmed), String(repeated), String(invalid),
    view.reason ? `${view.reason.code}: ${view.reason.message}` : [...new Set((view.errors as { code: string }[]).map(({ code }) => code))].join(', '),
  ]),
);

/** Everything that met trouble, before and after the redrive. */
export function breakageTable({ before, after }: Breakage): string {
  const [first, last] = [talliesOf(before), talliesOf(after)];
  return table(['what', 'before the redrive', 'after it'], [...first].map(([what, tally]) => [what, inWords(tally), inWords(last.get(what)!)]));
}

/** Every queue and what is left in it. */
export const queueTable = (queues: readonly DeployedQueue[]): string => table(
  ['queue', 'messages'],
  queues.map(({ name, depth }) => [name, String(depth)]),
);

/** The line that counts. */
export const countingLine = (counts: Counts, what = 'accepted'): string =>
  `${what} ${counts.accepted} ${addsUp(counts) ? '=' : '≠'} confirmed ${counts.confirmed} + repeated ${counts.repeated} + rejected ${counts.rejected} + dead-lettered ${counts.deadLettered}`;

/** The same for what was asked of orders. */
export const lifeCountingLine = (counts: LifeCounts): string =>
  `asked ${counts.asked} ${lifeAddsUp(counts) ? '=' : '≠'} done ${counts.done} + repeated ${counts.repeated} + refused ${counts.refused}`
  + ` + waiting ${counts.waiting} + dead-lettered ${counts.deadLettered}`;

/** The same for files. */
export const fileCountingLine = (counts: FileCounts): string =>
  `in files ${counts.orders} ${filesAddUp(counts) ? '=' : '≠'} confirmed ${counts.confirmed} + repeated ${counts.repeated} + invalid ${counts.invalid}`
  + ` + rejected ${counts.rejected} + dead-lettered ${counts.deadLettered}`;
