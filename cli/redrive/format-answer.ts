import { messageTable } from './message-table';
import { STOP_REASONS } from './stop-reasons';
import type { QueueReport, RedriveResponse } from '../../handlers/shared/redrive/redrive-response';

/** Formats a list or a dry run as text: one table per queue that has messages, then a summary. */
export function formatAnswer(answer: RedriveResponse): string {
  const reported = answer.queues.filter(({ count, received, stopReason }) => count + received > 0 || stopReason);
  const lines = reported.flatMap(queueLines);
  return [...lines.length > 0 ? lines : ['The dead-letter queues are empty.', ''], ...summaryLines(answer)].join('\n');
}

function queueLines({ queue, count, received, matching, messages, stopReason, error }: QueueReport): string[] {
  const total = Math.max(count, received);
  const more = matching - messages.length;
  return [
    `${queue}: ${total} message${total === 1 ? '' : 's'}${matching === total ? '' : `, ${matching} matching`}`,
    ...messageTable(messages),
    ...(more > 0 ? [`  … and ${more} more`] : []),
    ...(stopReason ? [`  ${STOP_REASONS[stopReason]}${error ? ` (${error})` : ''}`] : []),
    '',
  ];
}

function summaryLines({ action, queues }: RedriveResponse): string[] {
  const movable = queues.flatMap(({ messages }) => messages).some(({ state }) => state === 'WOULD_MOVE');
  return action === 'redrive' && movable ? ['Nothing was moved. Run again with --execute to move them.', ''] : [];
}
