import { messageTable } from './message-table';
import type { QueueResult, RedriveResult } from './redrive-result';
import { STOP_REASONS } from './stop-reasons';
import { formatDuration } from '../format-duration';

/** Formats the result of `redrive --execute` as text: each queue with the messages that were not moved, then a summary. */
export function formatResult(result: RedriveResult): string {
  const lines = result.queues.filter(({ count, moved, stopReason }) => count + moved > 0 || stopReason).flatMap(queueLines);
  return `${[...(lines.length > 0 || result.error ? lines : ['The dead-letter queues are empty.']), ...summaryLines(result)].join('\n')}\n`;
}

function queueLines({ queue, count, moved, failed, sentDuringRun, stopReason, error, messages }: QueueResult): string[] {
  const total = Math.max(count, moved);
  return [
    `${queue}: ${total} message${total === 1 ? '' : 's'}, ${moved} moved${failed > 0 ? `, ${failed} failed` : ''}`,
    ...messageTable(messages),
    ...(sentDuringRun > 0 ? [`  ${sentDuringRun} arrived during the redrive; most are redriven messages that failed again`] : []),
    ...(stopReason ? [`  ${STOP_REASONS[stopReason]}${error ? ` (${error})` : ''}`] : []),
    '',
  ];
}

function summaryLines({ moved, failed, left, seconds, interrupted, complete, unpublished, lostInvocations, error, queues }: RedriveResult): string[] {
  return [
    ...(queues.some(({ count }) => count > 0) ? [`moved ${moved}, failed ${failed} in ${formatDuration(seconds)}`] : []),
    ...(lostInvocations > 0 ? [`${lostInvocations} invocation${lostInvocations === 1 ? '' : 's'} returned no response; the messages moved by them are not counted.`] : []),
    ...(unpublished > 0 ? [`The redrive is missing in the history of ${unpublished} orders, because OrderRedriven could not be published.`] : []),
    ...(error ? [`The command ended because of an error: ${error}`] : []),
    ...(complete ? [] : [`${interrupted ? 'Interrupted: about' : 'About'} ${left} left. Run the same command again to continue.`]),
  ];
}
