import type { DeployedQueue } from '../../test/support/deployed-queues';
import type { AroundResult } from '../around/outcomes';
import type { FailureResults } from '../failures/inject-failures';
import { countByDescription, formatCounts } from '../failures/outcome-counts';
import type { LifecycleResult } from '../lifecycle/requests';
import type { FileResult } from '../order-files/outcomes';
import type { OrderResult } from '../orders/outcomes';

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heading.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)));
  const line = (cells: readonly string[]) => `  ${cells.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd()}`;
  return [line(heading), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n');
}

/** Order requests and their outcomes. */
export const requestTable = (results: readonly OrderResult[]): string => table(
  ['correlation ID', 'request', 'HTTP', 'order', 'outcome', 'reason'],
  results.map(({ correlationId, request, status, orderId, outcome, reason }) =>
    [correlationId, request.description, String(status), orderId ?? '–', outcome ?? 'LOST', reason ?? '']),
);

/** An order of a list, as the API returns it. */
export interface OrderRow {
  readonly orderId: string;
  readonly status: string;
  readonly version: number;
  readonly customerId?: string;
  readonly currency?: string;
  readonly total?: number;
}

/** Stored orders. */
export const orderTable = (orders: readonly OrderRow[]): string => table(
  ['order', 'status', 'version', 'customer', 'total in minor units'],
  orders.map(({ orderId, status, version, customerId, currency, total }) =>
    [orderId, status, String(version), customerId ?? '', total === undefined ? '' : `${total} ${currency}`]),
);

/** Lifecycle requests and their outcomes. */
export const lifecycleTable = (results: readonly LifecycleResult[]): string => table(
  ['correlation ID', 'order', 'request', 'HTTP', 'outcome', 'reason'],
  results.map(({ correlationId, request, status, outcome, reason }) =>
    [correlationId, request.orderId, request.description, status === undefined ? 'bus' : String(status), outcome ?? 'LOST', reason ?? '']),
);

/** An event of an order's history, as the API returns it. */
export interface HistoryRow {
  readonly occurredAt: string;
  readonly type: string;
  readonly version?: number;
  readonly correlationId?: string;
  readonly data: { readonly code?: string; readonly reason?: string; readonly changed?: readonly string[] };
}

/** The events of an order, oldest first. */
export const historyTable = (events: readonly HistoryRow[]): string => table(
  ['time', 'event', 'version', 'correlation ID', 'details'],
  events.map(({ occurredAt, type, version, correlationId, data }) =>
    [occurredAt, type, version ? String(version) : '', correlationId ?? '', data.code ?? data.changed?.join(', ') ?? data.reason ?? '']),
);

/** Files and the outcomes of their orders. */
export const fileTable = (results: readonly FileResult[]): string => table(
  ['file', 'content', 'state', 'orders', 'confirmed', 'repeated', 'invalid', 'reason'],
  results.map(({ file, view, orders, confirmed, repeated, invalid }) => [
    file.name, file.description, view.state, String(orders), String(confirmed), String(repeated), String(invalid),
    view.reason ? `${view.reason.code}: ${view.reason.message}` : [...new Set((view.errors as { code: string }[]).map(({ code }) => code))].join(', '),
  ]),
);

/** Orders with a workflow: its steps, and the events that the webhook and the WebSocket received. */
export const aroundTable = (results: readonly AroundResult[]): string => table(
  ['order', 'scenario', 'outcome', 'steps succeeded', 'failed', 'compensated', 'webhook', 'live'],
  results.map(({ request, outcome, succeeded, failed, compensated, toWebhook, byWebhook, history, live }) => [
    request.order.orderId, request.description, outcome ?? 'LOST', succeeded.join(', '), failed.join(', '), compensated.join(', '),
    `${byWebhook.size} of ${toWebhook.size}`, `${live.size} of ${history.size}`,
  ]),
);

/** Requests sent while failures were injected, and their outcomes before and after the redrive. */
export function failureTable({ beforeRedrive, afterRedrive }: FailureResults): string {
  const [before, after] = [countByDescription(beforeRedrive), countByDescription(afterRedrive)];
  return table(
    ['requests', 'before the redrive', 'after the redrive'],
    [...before].map(([description, counts]) => [description, formatCounts(counts), formatCounts(after.get(description)!)]),
  );
}

/** Queues and their depths. */
export const queueTable = (queues: readonly DeployedQueue[]): string => table(
  ['queue', 'messages'],
  queues.map(({ name, depth }) => [name, String(depth)]),
);
