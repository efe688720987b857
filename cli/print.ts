import { ageOf } from './age';
import type { QueueReport, RedriveAnswer, ListedMessage, StopReason } from '../handlers/shared/redrive/redrive-answer';

const STATES: Record<ListedMessage['state'], string> = {
  WAITING: 'waits', WOULD_MOVE: 'would be moved', MOVED: 'moved', FAILED: 'not moved', NOT_ATTEMPTED: 'not tried', NOT_REDRIVABLE: 'not redrivable',
};

const STOPS: Record<StopReason, string> = {
  TIME_IS_UP: 'the time was up: run it again',
  LIMIT: 'the limit was reached',
  TOO_MANY: 'there are more: run it again',
  ERROR: 'there was trouble with this queue',
  HIDDEN: 'others could not be seen: they are behind these in their group, or somebody else looks at them',
};

/** The answer for people. */
export function printed(answer: RedriveAnswer): string {
  const lines = answer.queues.filter(({ count, seen, arrived, stopped }) => count > 0 || seen > 0 || arrived > 0 || stopped).flatMap(queueLines);
  return [...lines.length > 0 ? lines : ['The dead-letter queues are empty.', ''], ...closing(answer)].join('\n');
}

function queueLines(report: QueueReport): string[] {
  const { queue, count, matching, messages, arrived, stopped, trouble } = report;
  const known = Math.max(count, report.seen);
  const title = `${queue}: ${known} message${known === 1 ? '' : 's'}${matching === known ? '' : `, ${matching} asked for`}`;
  const more = matching - messages.length;
  return [
    title,
    ...table(messages),
    ...(more > 0 ? [`  … and ${more} more`] : []),
    ...(arrived > 0 ? [`  ${arrived} arrived meanwhile: what was put back and failed again, mostly`] : []),
    ...(stopped ? [`  ${STOPS[stopped]}${trouble ? ` (${trouble})` : ''}`] : []),
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

const cells = ({ state, orderId, fileId, type, correlationId, age, receiveCount, reason, why }: ListedMessage): string[] => [
  STATES[state], orderId ?? fileId ?? '?', type ?? '?', correlationId ?? '?', ageOf(age), String(receiveCount), oneLine(why ? `${reason} (${why})` : reason),
];

/** What others wrote may hold anything, commands to a terminal as well. */
const oneLine = (text: string): string => text.replace(/[^\x20-\x7E\xA0-\uFFFF]+/g, ' ');

function closing({ action, dryRun, queues }: RedriveAnswer): string[] {
  const sum = (field: 'matching' | 'moved' | 'failed') => queues.reduce((total, report) => total + report[field], 0);
  if (action === 'list') return [];
  if (!dryRun) return [`moved ${sum('moved')}, failed ${sum('failed')}`, ''];
  const movable = queues.flatMap(({ messages }) => messages).filter(({ state }) => state === 'WOULD_MOVE').length;
  return movable > 0 ? ['Nothing was moved. Say --execute to move them.', ''] : [];
}
