import { formatAge } from './age';
import type { QueueReport, RedriveResponse, ListedMessage, StopReason } from '../handlers/shared/redrive/redrive-response';

const STATES: Record<ListedMessage['state'], string> = {
  LISTED: 'listed', WOULD_MOVE: 'would be moved', MOVED: 'moved', FAILED: 'failed', NOT_ATTEMPTED: 'not attempted', NOT_REDRIVABLE: 'not redrivable',
};

const STOP_REASONS: Record<StopReason, string> = {
  TIME_IS_UP: 'stopped before the function timed out; run again to continue',
  LIMIT: 'stopped at the limit',
  TOO_MANY: 'more messages remain; run again to continue',
  ERROR: 'stopped by an error of this queue',
  NOT_VISIBLE: 'other messages are not visible: they are in flight with another consumer, or behind these in their message group',
};

/** Formats the answer as text: one table per queue that has messages, then a summary. */
export function formatAnswer(answer: RedriveResponse): string {
  const reported = answer.queues.filter(({ count, received, sentDuringRun, stopReason }) => count + received + sentDuringRun > 0 || stopReason);
  const lines = reported.flatMap(queueLines);
  return [...lines.length > 0 ? lines : ['The dead-letter queues are empty.', ''], ...summaryLines(answer)].join('\n');
}

function queueLines(report: QueueReport): string[] {
  const { queue, count, matching, messages, sentDuringRun, stopReason, error } = report;
  const total = Math.max(count, report.received);
  const more = matching - messages.length;
  return [
    `${queue}: ${total} message${total === 1 ? '' : 's'}${matching === total ? '' : `, ${matching} matching`}`,
    ...table(messages),
    ...(more > 0 ? [`  … and ${more} more`] : []),
    ...(sentDuringRun > 0 ? [`  ${sentDuringRun} arrived during the redrive; most are redriven messages that failed again`] : []),
    ...(stopReason ? [`  ${STOP_REASONS[stopReason]}${error ? ` (${error})` : ''}`] : []),
    '',
  ];
}

const HEADING = ['', 'ORDER OR FILE', 'TYPE', 'CORRELATION ID', 'AGE', 'RECEIVED', 'REASON'];

function table(messages: readonly ListedMessage[]): string[] {
  if (messages.length === 0) return [];
  const rows = [HEADING, ...messages.map(cells)];
  const widths = HEADING.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd()}`);
}

const cells = ({ state, orderId, fileId, type, correlationId, age, receiveCount, reason, stateReason }: ListedMessage): string[] => [
  STATES[state], orderId ?? fileId ?? '?', type ?? '?', correlationId ?? '?', formatAge(age), String(receiveCount),
  printable(stateReason ? `${reason} (${stateReason})` : reason),
];

/** Replaces line breaks and control characters: a reason may contain any text, terminal escape sequences included. */
const printable = (text: string): string => text.replace(/[^\x20-\x7E\xA0-\uFFFF]+/g, ' ');

function summaryLines({ action, dryRun, queues }: RedriveResponse): string[] {
  const sum = (field: 'moved' | 'failed') => queues.reduce((total, report) => total + report[field], 0);
  if (action === 'list') return [];
  if (!dryRun) return [`moved ${sum('moved')}, failed ${sum('failed')}`, ''];
  const movable = queues.flatMap(({ messages }) => messages).filter(({ state }) => state === 'WOULD_MOVE').length;
  return movable > 0 ? ['Nothing was moved. Run again with --execute to move them.', ''] : [];
}
