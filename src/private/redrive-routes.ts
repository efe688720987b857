import { Duration, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, type IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { durationBetween, integerBetween, type ValidationError } from './validate';
import type { DeadLetterRoute, OrderRedriveOptions, OrderRedriveProps } from '../order-redrive';

/** An environment has 4 KB. */
const MAX_ROUTES = 16;

/** A route, with what only the pipeline's own have. */
export interface RedriveRoute extends DeadLetterRoute {
  /** Gets the messages back where they are records of a stream. */
  readonly consumer?: IFunction;
  /** Why the messages stay. */
  readonly notRedrivable?: string;
  /** Whether its message groups are orders. */
  readonly groupIsOrder?: boolean;
}

/** What the handler reads: names of queues, which are shorter than their URLs. */
export function routesSetting(scope: Construct, routes: readonly RedriveRoute[]): string {
  const stack = Stack.of(scope);
  const isHere = ({ env }: IQueue) => isSame(env.account, stack.account) && isSame(env.region, stack.region);
  const short = (queue: IQueue) => (isHere(queue) ? queue.queueName : queue.queueUrl);
  return stack.toJsonString({
    at: routes.map(({ deadLetterQueue }) => deadLetterQueue).find(isHere)?.queueUrl,
    routes: routes.map(({ name, deadLetterQueue, queue, consumer, notRedrivable, groupIsOrder }) => ({
      name,
      from: short(deadLetterQueue),
      to: queue && short(queue),
      call: consumer?.functionName,
      notRedrivable,
      fifo: deadLetterQueue.fifo || undefined,
      groupIsOrder,
      tries: triesOf(queue, deadLetterQueue),
    })),
  });
}

const isSame = (one: string, other: string): boolean =>
  [TokenComparison.SAME, TokenComparison.BOTH_UNRESOLVED].includes(Token.compareStrings(one, other));

/** How often SQS lets a message fail before it moves it, where this app says so. */
const triesOf = (queue: IQueue | undefined, deadLetterQueue: IQueue): number | undefined =>
  (queue instanceof Queue && queue.deadLetterQueue?.queue === deadLetterQueue ? queue.deadLetterQueue.maxReceiveCount : undefined);

/** The routes of the parts of a pipeline, in the order in which an order takes them. */
export function routesOf({ ingest, files, processor, lifecycle, history }: OrderRedriveProps): RedriveRoute[] {
  const routes: (Partial<RedriveRoute> & Pick<RedriveRoute, 'name'>)[] = [
    { name: 'orders', deadLetterQueue: ingest?.ordersDeadLetterQueue, queue: ingest?.ordersQueue, groupIsOrder: true },
    { name: 'files', deadLetterQueue: files?.filesDeadLetterQueue, queue: files?.filesQueue },
    { name: 'valid-files', deadLetterQueue: files?.validFilesDeadLetterQueue, queue: files?.validFilesQueue },
    { name: 'processing', deadLetterQueue: processor?.processingDeadLetterQueue, queue: processor?.processingQueue },
    { name: 'change', deadLetterQueue: lifecycle?.changeDeadLetterQueue, queue: lifecycle?.changeQueue },
    { name: 'cancellation', deadLetterQueue: lifecycle?.cancellationDeadLetterQueue, queue: lifecycle?.cancellationQueue },
    { name: 'fulfillment', deadLetterQueue: lifecycle?.fulfillmentDeadLetterQueue, queue: lifecycle?.fulfillmentQueue },
    { name: 'stream', deadLetterQueue: processor?.changesDeadLetterQueue, consumer: processor?.publishOrderChangesFunction },
    { name: 'expiry', deadLetterQueue: processor?.expiryDeadLetterQueue, notRedrivable: 'the next call has done what this one did not' },
    { name: 'history', deadLetterQueue: history?.historyDeadLetterQueue, queue: history?.historyQueue },
  ];
  return routes.filter((route): route is RedriveRoute => route.deadLetterQueue !== undefined);
}

/** What is wrong with the options of `OrderRedrive`. */
export const validateRedriveOptions = ({ redriveDeadLetters }: OrderRedriveOptions): ValidationError[] => [
  integerBetween('redriveDeadLetters.memorySize', redriveDeadLetters?.memorySize, 128, 10_240),
  // Less would be gone before much is done.
  durationBetween('redriveDeadLetters.timeout', redriveDeadLetters?.timeout, Duration.minutes(1), Duration.minutes(15)),
];

/** What is wrong with a route besides those that are there. */
export function validateRoute({ name, deadLetterQueue, queue }: DeadLetterRoute, others: readonly DeadLetterRoute[]): ValidationError[] {
  return [
    /^[a-z0-9-]{1,32}$/.test(name) ? undefined : `name must have 1 to 32 lower-case letters, digits and hyphens, got ${name}`,
    others.some((other) => other.name === name) ? `name must be given once, got ${name} again` : undefined,
    others.length < MAX_ROUTES ? undefined : `there must be at most ${MAX_ROUTES} dead-letter queues`,
    ...others.filter((other) => other.deadLetterQueue === deadLetterQueue)
      .map((other) => `deadLetterQueue must be given once, got ${deadLetterQueue.node.path}, which is the route ${other.name} already`),
    queue === deadLetterQueue ? `queue must be another queue than deadLetterQueue, got ${deadLetterQueue.node.path} for both` : undefined,
    queue && queue.fifo !== deadLetterQueue.fifo ? `queue must be ${deadLetterQueue.fifo ? 'a FIFO queue' : 'a standard queue'}, like deadLetterQueue` : undefined,
  ];
}
