import { table } from './table';
import { formatAge } from '../../age';
import type { DeadLetterList, EventList, FileDetails, FileList, FileSummary, OrderDetails, OrderList, OrderSummary, OrderTotals, PipelineStatus } from '../console-api';

const lines = (...texts: readonly (string | undefined)[]): string => `${texts.filter((text) => text !== undefined).join('\n')}\n`;

/** Formats the status of a pipeline: the totals, the queues that are not empty, and what needs attention. */
export function formatStatus({ totals, queues, inFlight, deadLettered, attention }: PipelineStatus): string {
  const filled = Object.entries(queues).filter(([, { visible, inFlight: received, delayed }]) => visible + received + delayed > 0);
  return lines(
    totals && formatTotals(totals),
    `${inFlight} messages in flight, ${deadLettered} in dead-letter queues`,
    filled.length > 0 ? table(['QUEUE', 'VISIBLE', 'IN FLIGHT', 'DELAYED'], filled.map(([name, each]) => [name, each.visible, each.inFlight, each.delayed])) : undefined,
    attention.length > 0 ? `Needs attention:\n${attention.map(({ text }) => `  ${text}`).join('\n')}` : undefined,
  );
}

/** Formats the equation of orders, with `≠` when they do not add up. */
export const formatTotals = ({ accepted, confirmed, repeated, rejected, pending, deadLettered, unaccounted, since }: OrderTotals): string =>
  `accepted ${accepted} ${unaccounted === 0 ? '=' : '≠'} confirmed ${confirmed} + repeated ${repeated} + rejected ${rejected} + pending ${pending} + dead-lettered ${deadLettered}`
  + `${unaccounted === 0 ? '' : `: ${unaccounted} unaccounted`}${since === undefined ? '' : `, since ${since}`}`;

const more = (cursor: string | undefined): string | undefined => (cursor === undefined ? undefined : `More: --cursor ${cursor}`);

const orderRow = ({ orderId, tenant, status, customerId, version, total, currency, updatedAt, reason }: OrderSummary) =>
  [tenant === undefined ? orderId : `${tenant}/${orderId}`, status, version, customerId, total === undefined ? undefined : `${total} ${currency ?? ''}`.trim(), updatedAt, reason];

const ORDER_COLUMNS = ['ORDER', 'STATUS', 'VERSION', 'CUSTOMER', 'TOTAL', 'UPDATED', 'REASON'];

/** Formats a list of orders. */
export const formatOrders = ({ orders, cursor }: OrderList): string =>
  lines(orders.length > 0 ? table(ORDER_COLUMNS, orders.map(orderRow)) : 'No orders.', more(cursor));

/** Formats one order with its history. */
export const formatOrder = ({ summary, order, timeline, pendingCommands, deadLetters }: OrderDetails): string => lines(
  table(ORDER_COLUMNS, [orderRow(summary)]),
  `\nOrder:\n${JSON.stringify(order, undefined, 2)}`,
  `\nHistory:\n${timeline.length > 0 ? formatRows(timeline) : '  no events'}`,
  pendingCommands.length > 0 ? `\nPending commands:\n${table(['COMMAND', 'SEQUENCE', 'UNTIL'], pendingCommands.map(({ command, sequence, until }) => [command, sequence, until]))}` : undefined,
  deadLetters.length > 0 ? `\nIn dead-letter queues:\n${table(['QUEUE', 'AGE', 'RECEIVED', 'REASON'], deadLetters.map(({ queue, age, receiveCount, reason }) => [queue, formatAge(age), receiveCount, reason]))}` : undefined,
);

const formatRows = (events: EventList['events']): string =>
  table(['TIME', 'EVENT', 'ORDER', 'BY', 'REASON'], events.map(({ at, type, orderId, tenant, by, reason }) => [at, type, tenant === undefined ? orderId : `${tenant}/${orderId ?? ''}`, by, reason]));

/** Formats the latest events. */
export const formatEvents = ({ events, note }: EventList): string => lines(events.length > 0 ? formatRows(events) : 'No events.', note);

const FILE_COLUMNS = ['FILE', 'STATE', 'RECEIVED', 'ORDERS', 'INVALID', 'SENT', 'KEY'];
const fileRow = ({ fileId, state, receivedAt, counts, sent, key }: FileSummary) =>
  [fileId, state, receivedAt, counts?.total, counts?.invalid, sent, key];

/** Formats a list of files. */
export const formatFiles = ({ files, cursor }: FileList): string => lines(files.length > 0 ? table(FILE_COLUMNS, files.map(fileRow)) : 'No files.', more(cursor));

/** Formats one file with its errors and the outcomes of its orders. */
export const formatFile = ({ summary, reason, errors, rejectedOrders }: FileDetails): string => lines(
  table(FILE_COLUMNS, [fileRow(summary)]),
  reason === undefined ? undefined : `Rejected: ${reason}`,
  summary.outcomes && `Outcomes: ${Object.entries(summary.outcomes).map(([outcome, count]) => `${outcome} ${count}`).join(', ')}`,
  errors.length > 0 ? `\nErrors:\n${table(['LINE', 'ORDER', 'PATH', 'ERROR'], errors.map(({ line, orderId, path, message }) => [line, orderId, path, message]))}` : undefined,
  rejectedOrders.length > 0 ? `\nRejected orders:\n${table(['ORDER', 'REASON'], rejectedOrders.map((each) => [each.orderId, each.reason]))}` : undefined,
);

/** Formats the messages in the dead-letter queues. */
export function formatDeadLetters({ queues }: DeadLetterList): string {
  const filled = queues.filter(({ count }) => count > 0);
  if (filled.length === 0) return lines('The dead-letter queues are empty.');
  return lines(...filled.map(({ queue, count, messages, hasMore }) => `${queue}: ${count} message${count === 1 ? '' : 's'}${hasMore ? `, of which ${messages.length} are listed` : ''}\n${
    table(['MESSAGE', 'ORDER', 'AGE', 'RECEIVED', 'REASON'], messages.map((each) => [each.messageId, each.tenant === undefined ? each.orderId : `${each.tenant}/${each.orderId ?? ''}`, formatAge(each.age), each.receiveCount, each.reason]))}`));
}
