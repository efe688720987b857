import { ageOf } from './age';
import type { QueueReport, RedriveResponse, ListedMessage, StopReason } from '../handlers/shared/redrive/redrive-response';

const STATES: Record<ListedMessage['state'], string> = {
  LISTED: 'listed', WOULD_MOVE: 'would be moved', MOVED: 'moved', FAILED: 'not moved', NOT_ATTEMPTED: 'not attempted', NOT_REDRIVABLE: 'not redrivable',
};

const STOPS: Record<StopReason, string> = {
  TIME_IS_UP: 'the time was up; run the command again',
  LIMIT: 'the limit was reached',
  TOO_MANY: 'there are more messages; run the command again',
  ERROR: 'the queue could not be read',
  NOT_VISIBLE: 'other messages are not visible: they are in flight with another consumer, or behind these in their message group',
};

/** The answer for people. */
export function printed(answer: RedriveResponse): string {
  const lines = answer.queues.filter(({ count, received, sentDuringRun, stopReason }) => count > 0 || received > 0 || sentDuringRun > 0 || stopReason).flatMap(queueLines);
  return [...lines.length > 0 ? lines : ['The dead-letter queues are empty.', ''], ...closing(answer)].join('\n');
}

function queueLines(report: QueueReport): string[] {
  const { queue, count, received, matching, messages, sentDuringRun, stopReason, error } = report;
  const known = Math.max(count, received);
  const title = `${queue}: ${known} message${known === 1 ? '' : 's'}${matching === known ? '' : `, ${matching} matching`}`;
  const more = matching - messages.length;
  return [
    title,
    ...table(messages),
    ...(more > 0 ? [`  … and ${more} more`] : []),
    ...(sentDuringRun > 0 ? [`  ${sentDuringRun} arrived during the run, probably messages that failed again after the redrive`] : []),
    ...(stopReason ? [`  ${STOPS[stopReason]}${error ? ` (${error})` : ''}`] : []),
    '',
  ];
}

const HEAD = ['', 'ORDER OR FILE', 'WHAT', 'CORRELATION', 'AGE', 'RECEIVED', 'REASON'];

function table(messages: readonly ListedMessage[]): string[] {
  if (messages.length === 0) return [];
  const rows = [HEAD, ...messages.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd()}`);
}

const cells = ({ state, orderId, fileId, type, correlationId, age, receiveCount, reason, stateReason }: ListedMessage): string[] => [
  STATES[state], orderId ?? fileId ?? '?', type ?? '?', correlationId ?? '?', ageOf(age), String(receiveCount), oneLine(stateReason ? `${reason} (${stateReason})` : reason),
];

/** What others wrote may hold anything, commands to a terminal as well. */
const oneLine = (text: string): string => text.replace(/[^\x20-\x7E\xA0-\uFFFF]+/g, ' ');

function closing({ action, dryRun, queues }: RedriveResponse): string[] {
  const sum = (field: 'matching' | 'moved' | 'failed') => queues.reduce((total, report) => total + report[field], 0);
  if (action === 'list') return [];
  if (!dryRun) return [`moved ${sum('moved')}, failed ${sum('failed')}`, ''];
  const movable = queues.flatMap(({ messages }) => messages).filter(({ state }) => state === 'WOULD_MOVE').length;
  return movable > 0 ? ['Nothing was moved. Say --execute to move them.', ''] : [];
}
