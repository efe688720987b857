import type { Edge, EdgeDeadLetterQueue } from './edge';
import { findAlarm } from './find-alarm';
import { isFifo } from './queue-properties';
import { asList, type Json } from './template';
import type { IndexedResource, TemplateIndex } from './template-index';
import { validateQueueAccess } from './validate-queue-access';
import { QUEUE_RETENTION } from '../retries';

/** Returns whether a dead-letter queue, given by its logical id, needs an alarm. */
export type AlarmRequirement = (deadLetterQueueId: string) => boolean;

/** Validates the dead-letter queue of an edge: it exists, has the right type, is reachable and, if required, has an alarm. */
export function validateDeadLetterQueue({ source, target, deadLetterQueue }: Edge, index: TemplateIndex, requireAlarm: AlarmRequirement): string[] {
  if (!deadLetterQueue) return [];
  if (!deadLetterQueue.arn) return [`has no dead-letter queue, so failures are lost. ${deadLetterQueue.fix}`];
  const queue = index.findQueue(deadLetterQueue.arn);
  if (!queue) return [];
  const name = index.displayName(deadLetterQueue.arn);
  if ([source, target].some((end) => index.findQueue(end) === queue)) {
    return [`uses ${name} as its own dead-letter queue, but that must be a different queue. ${deadLetterQueue.fix}`];
  }
  return [
    ...validateType(queue, name, deadLetterQueue),
    ...(deadLetterQueue.sender
      ? validateQueueAccess(queue, deadLetterQueue.sender, index)
      : validateSqsRedrive(queue, name, index.findQueue(source), index)),
    ...validateAlarm(queue, name, index, requireAlarm),
  ];
}

function validateType(queue: IndexedResource, name: string, { fifo }: EdgeDeadLetterQueue): string[] {
  if ([fifo, undefined].includes(isFifo(queue)) || fifo === undefined) return [];
  return [fifo
    ? `needs a FIFO dead-letter queue because its source is FIFO, but ${name} is a standard queue. Make ${name} a FIFO queue.`
    : `needs a standard dead-letter queue, but ${name} is a FIFO queue and would receive no messages. Make ${name} a standard queue.`];
}

/** SQS needs no permission to move messages to a dead-letter queue. A moved message keeps its age, so it expires earlier than a new one. */
function validateSqsRedrive(queue: IndexedResource, name: string, source: IndexedResource | undefined, index: TemplateIndex): string[] {
  if (!source) return [];
  const [retention, sourceRetention] = [queue, source].map(retentionOf);
  return [
    ...(retention <= sourceRetention ? [
      `can lose failed messages: ${name} must retain messages longer than the source queue, but retains them for ${retention} s `
      + `and the source queue for ${sourceRetention} s. Increase the \`retentionPeriod\` of ${name}.`,
    ] : []),
    ...(allowsSource(queue.properties.RedriveAllowPolicy, source, index) ? [] : [
      `cannot move failed messages to ${name}: its \`redriveAllowPolicy\` does not allow the source queue. Add the source queue to that policy.`,
    ]),
  ];
}

const retentionOf = ({ properties }: IndexedResource): number => Number(properties.MessageRetentionPeriod ?? QUEUE_RETENTION.toSeconds());

function allowsSource(redriveAllowPolicy: Json, source: IndexedResource, index: TemplateIndex): boolean {
  const { redrivePermission, sourceQueueArns } = redriveAllowPolicy ?? {};
  if (redrivePermission === 'denyAll') return false;
  return redrivePermission !== 'byQueue' || asList(sourceQueueArns).some((arn) => index.canBe(arn, source));
}

function validateAlarm(queue: IndexedResource, name: string, index: TemplateIndex, requireAlarm: AlarmRequirement): string[] {
  if (!requireAlarm(queue.id) || findAlarm(queue, index)) return [];
  return [`has no alarm on its dead-letter queue ${name}. Create an alarm on its \`metricApproximateNumberOfMessagesVisible()\`.`];
}
