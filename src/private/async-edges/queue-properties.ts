import { isIntrinsicFunction, valueAt, type Json } from './template';
import type { IndexedResource } from './template-index';

/** Whether a queue or topic is FIFO; undefined if the value is resolved at deployment. */
export function isFifo({ properties }: IndexedResource): boolean | undefined {
  const fifo = properties.FifoQueue ?? properties.FifoTopic;
  return isIntrinsicFunction(fifo) ? undefined : [true, 'true'].includes(fifo);
}

/** The ARN of the dead-letter queue in a redrive policy. The policy is an object or JSON text. */
export const deadLetterQueueArn = (redrivePolicy: Json): Json => (typeof redrivePolicy === 'string'
  ? /"deadLetterTargetArn"\s*:\s*"([^"]+)"/.exec(redrivePolicy)?.[1]
  : valueAt(redrivePolicy, 'deadLetterTargetArn'));
