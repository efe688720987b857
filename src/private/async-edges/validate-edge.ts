import type { Edge } from './edge';
import { allowsInvocation } from './function-permissions';
import { isFifo } from './queue-properties';
import { asList, isIntrinsicFunction, type Json } from './template';
import type { TemplateIndex } from './template-index';
import { validateDeadLetterQueue, type AlarmRequirement } from './validate-dead-letter-queue';
import { validateQueueAccess } from './validate-queue-access';
import { VISIBILITY_FACTOR } from '../retries';

/** Default visibility timeout of an SQS queue, in seconds. */
const DEFAULT_VISIBILITY_TIMEOUT = 30;
/** Default timeout of a Lambda function, in seconds. */
const DEFAULT_FUNCTION_TIMEOUT = 3;

/**
 * Validates an edge: its target, its event source mapping and its dead-letter queue. Each error states how to fix it. Resources outside the template
 * are not validated.
 */
export const validateEdge = (edge: Edge, index: TemplateIndex, requireAlarm: AlarmRequirement): string[] => [
  ...validateTarget(edge, index),
  ...validateEventSourceMapping(edge, index),
  ...validateDeadLetterQueue(edge, index, requireAlarm),
];

function validateTarget({ kind, target, sender }: Edge, index: TemplateIndex): string[] {
  const queue = index.findQueue(target);
  const name = index.displayName(target);
  if (queue && sender) {
    const typeErrors = kind === 'bucket → queue' && isFifo(queue)
      ? [`cannot send messages to ${name}: S3 does not support FIFO queues as a destination. Use a standard queue.`]
      : [];
    return [...typeErrors, ...validateQueueAccess(queue, sender, index)];
  }
  if (!sender || !index.findFunction(target) || allowsInvocation(target, sender, index)) return [];
  return [`cannot invoke ${name}: ${sender.service} lacks lambda:InvokeFunction. Allow it with an AWS::Lambda::Permission.`];
}

function validateEventSourceMapping({ source, target, mapping }: Edge, index: TemplateIndex): string[] {
  if (!mapping) return [];
  const reportsItemFailures = asList(mapping.FunctionResponseTypes).some((type) => type === 'ReportBatchItemFailures' || isIntrinsicFunction(type));
  return [
    ...(reportsItemFailures ? [] : ['retries the whole batch when one item fails. Set `reportBatchItemFailures: true` on the event source.']),
    ...validateVisibilityTimeout(index.findQueue(source)?.properties, index.findFunction(target)?.properties, mapping),
  ];
}

function validateVisibilityTimeout(queue: Json, handler: Json, { MaximumBatchingWindowInSeconds: window = 0 }: Json): string[] {
  if (!queue || !handler) return [];
  const [visibility, timeout] = [queue.VisibilityTimeout ?? DEFAULT_VISIBILITY_TIMEOUT, handler.Timeout ?? DEFAULT_FUNCTION_TIMEOUT].map(Number);
  const needed = VISIBILITY_FACTOR * timeout + Number(window);
  // A value that is resolved at deployment is NaN here, and every comparison with NaN is false.
  if (!(visibility < needed)) return [];
  return [
    `makes a message visible again after ${visibility} s, while the function may still be processing it. `
    + `Set the \`visibilityTimeout\` of the queue to at least ${needed} s, `
    + `${VISIBILITY_FACTOR} times the timeout of the function${Number(window) ? ' plus the batching window' : ''}.`,
  ];
}
