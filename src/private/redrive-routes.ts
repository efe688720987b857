import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, type IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { isQueueConsumer, type DirectConsumer, type QueueConsumer } from './pipeline-part';
import type { DeadLetterQueueOptions } from '../dead-letter-queue-options';

/** A dead-letter queue and the destination of its messages: the source queue, or the consumer of a stream. */
export interface RedriveRoute extends DeadLetterQueueOptions {
  readonly consumer?: IFunction;
  readonly notRedrivable?: string;
  readonly groupIsOrder?: boolean;
}

/** Returns the route for the dead letters of a consumer. */
export function routeOf(consumer: QueueConsumer | DirectConsumer): RedriveRoute {
  const { name, deadLetterQueue } = consumer;
  if (isQueueConsumer(consumer)) return { name, deadLetterQueue, sourceQueue: consumer.queue, groupIsOrder: consumer.groupIsOrder };
  return { name, deadLetterQueue, ...(consumer.notRedrivable ? { notRedrivable: consumer.notRedrivable } : { consumer: consumer.function }) };
}

/**
 * Serializes the routes for the handler. Queue names are shorter than URLs: the environment of a function and a parameter are limited to 4 KB.
 *
 * @param more the names of the parameters with further routes.
 */
export function routesSetting(scope: Construct, routes: readonly RedriveRoute[], more: readonly string[] = []): string {
  const stack = Stack.of(scope);
  const isLocal = ({ env }: IQueue) => isSame(env.account, stack.account) && isSame(env.region, stack.region);
  const nameOrUrl = (queue: IQueue) => (isLocal(queue) ? queue.queueName : queue.queueUrl);
  return stack.toJsonString({
    at: routes.map(({ deadLetterQueue }) => deadLetterQueue).find(isLocal)?.queueUrl,
    routes: routes.map(({ name, deadLetterQueue, sourceQueue, consumer, notRedrivable, groupIsOrder }) => ({
      name,
      from: nameOrUrl(deadLetterQueue),
      to: sourceQueue && nameOrUrl(sourceQueue),
      call: consumer?.functionName,
      notRedrivable,
      fifo: deadLetterQueue.fifo || undefined,
      groupIsOrder,
      tries: maxReceiveCountOf(sourceQueue, deadLetterQueue),
    })),
    more: more.length > 0 ? more : undefined,
  });
}

const isSame = (one: string, other: string): boolean =>
  [TokenComparison.SAME, TokenComparison.BOTH_UNRESOLVED].includes(Token.compareStrings(one, other));

/** The maximum receive count of a source queue. Undefined for an imported queue. */
const maxReceiveCountOf = (queue: IQueue | undefined, deadLetterQueue: IQueue): number | undefined =>
  (queue instanceof Queue && queue.deadLetterQueue?.queue === deadLetterQueue ? queue.deadLetterQueue.maxReceiveCount : undefined);
