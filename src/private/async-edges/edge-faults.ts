import { deadLetterFaults, type RequireAlarm } from './dead-letter-faults';
import type { Edge } from './edge';
import { isFifo } from './mapping-edges';
import { mayInvoke, queueFaults } from './reach';
import { isDecidedLater, listOf, type Json } from './template';
import type { TemplateIndex } from './template-index';
import { VISIBILITY_FACTOR } from '../queue-with-dead-letter-queue';

/** What SQS and Lambda take when nothing is said, in seconds. */
const [VISIBILITY_TIMEOUT, FUNCTION_TIMEOUT] = [30, 3];

/** What is wrong with an edge, each with how to mend it. Of what is outside, nothing is said. */
export const edgeFaults = (edge: Edge, index: TemplateIndex, requireAlarm: RequireAlarm): string[] => [
  ...targetFaults(edge, index),
  ...mappingFaults(edge, index),
  ...deadLetterFaults(edge, index, requireAlarm),
];

function targetFaults({ kind, target, sender }: Edge, index: TemplateIndex): string[] {
  const queue = index.queueAt(target);
  const name = index.nameOf(target);
  if (queue && sender) {
    const refused = kind === 'bucket → queue' && isFifo(queue) ? [`cannot reach ${name}: S3 tells no FIFO queue; use a standard queue`] : [];
    return [...refused, ...queueFaults(queue, sender, index)];
  }
  if (!sender || !index.functionAt(target) || mayInvoke(target, sender, index)) return [];
  return [`cannot reach ${name}: ${sender.service} may not call it; allow it lambda:InvokeFunction with an AWS::Lambda::Permission`];
}

function mappingFaults({ source, target, mapping }: Edge, index: TemplateIndex): string[] {
  if (!mapping) return [];
  const reports = listOf(mapping.FunctionResponseTypes).some((type) => type === 'ReportBatchItemFailures' || isDecidedLater(type));
  return [
    ...(reports ? [] : ['retries a whole batch for one message that fails; set reportBatchItemFailures on the event source']),
    ...visibilityFaults(index.queueAt(source)?.properties, index.functionAt(target)?.properties, mapping),
  ];
}

function visibilityFaults(queue: Json, handler: Json, { MaximumBatchingWindowInSeconds: window = 0 }: Json): string[] {
  if (!queue || !handler) return [];
  const [visibility, timeout] = [queue.VisibilityTimeout ?? VISIBILITY_TIMEOUT, handler.Timeout ?? FUNCTION_TIMEOUT].map(Number);
  const needed = VISIBILITY_FACTOR * timeout + Number(window);
  // What is known only at deployment compares with nothing.
  if (!(visibility < needed)) return [];
  return [
    `shows a message again after ${visibility} s, while it may still be worked on; `
    + `make the visibilityTimeout of the queue at least ${needed} s, ${VISIBILITY_FACTOR} times the timeout of the function${Number(window) ? ' and its batching window' : ''}`,
  ];
}
