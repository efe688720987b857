import { alarmOn } from './alarm-on';
import type { DeadLetters, Edge } from './edge';
import { isFifo } from './mapping-edges';
import { queueFaults } from './reach';
import { listOf, type Json } from './template';
import type { Place, TemplateIndex } from './template-index';
import { QUEUE_RETENTION } from '../queue-with-dead-letter-queue';

/** Tells of a dead-letter queue, by its logical id, whether it needs an alarm. */
export type RequireAlarm = (deadLetterQueue: string) => boolean;

/** What is wrong with the dead-letter queue of an edge. */
export function deadLetterFaults({ source, target, deadLetters }: Edge, index: TemplateIndex, requireAlarm: RequireAlarm): string[] {
  if (!deadLetters) return [];
  if (!deadLetters.arn) return [`has no dead-letter queue, so what fails is lost; ${deadLetters.mend}`];
  const queue = index.queueAt(deadLetters.arn);
  if (!queue) return [];
  if ([source, target].some((end) => index.queueAt(end) === queue)) return [`is its own dead-letter queue, so what fails is lost; ${deadLetters.mend}`];
  const name = index.nameOf(deadLetters.arn);
  return [
    ...typeFaults(queue, name, deadLetters),
    ...(deadLetters.sender ? queueFaults(queue, deadLetters.sender, index) : redriveFaults(queue, name, index.queueAt(source), index)),
    ...(!requireAlarm(queue.id) || alarmOn(queue, index) ? [] : [`has no alarm on ${name}; give its metricApproximateNumberOfMessagesVisible an alarm`]),
  ];
}

function typeFaults(queue: Place, name: string, { fifo }: DeadLetters): string[] {
  if ([fifo, undefined].includes(isFifo(queue)) || fifo === undefined) return [];
  return [fifo
    ? `needs a FIFO dead-letter queue, like its source, but ${name} is a standard one; make it FIFO`
    : `needs a standard dead-letter queue, but ${name} is a FIFO one, which gets nothing; make it a standard queue`];
}

/** SQS moves messages by itself, unless the dead-letter queue refuses, and for as long as it keeps them. */
function redriveFaults(queue: Place, name: string, source: Place | undefined, index: TemplateIndex): string[] {
  if (!source) return [];
  const [kept, before] = [queue, source].map(({ properties }) => Number(properties.MessageRetentionPeriod ?? QUEUE_RETENTION.toSeconds()));
  return [
    ...(kept <= before ? [`drops what fails: ${name} keeps messages for ${kept} s and the queue for ${before} s; make the retentionPeriod of ${name} longer`] : []),
    ...(isAllowed(queue.properties.RedriveAllowPolicy, source, index) ? [] : [`cannot reach ${name}, whose redriveAllowPolicy shuts it out; allow the queue there`]),
  ];
}

function isAllowed(policy: Json, source: Place, index: TemplateIndex): boolean {
  const { redrivePermission, sourceQueueArns } = policy ?? {};
  if (redrivePermission === 'denyAll') return false;
  return redrivePermission !== 'byQueue' || listOf(sourceQueueArns).some((arn) => [source, undefined].includes(index.at(arn)));
}
