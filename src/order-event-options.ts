import type { IRuleTarget } from 'aws-cdk-lib/aws-events';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/**
 * How an order, a change or a cancellation came.
 */
export enum OrderChannel {
  /** Over the REST API. */
  API = 'api',

  /** In a file. */
  FILE = 'file',

  /** On the event bus, from another system. */
  BUS = 'bus',
}

/**
 * A subscription to events of the pipeline.
 */
export interface EventSubscriptionOptions {
  /**
   * Who gets the events.
   */
  readonly target: IRuleTarget;

  /**
   * What the subscription is for.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * Where events go that EventBridge cannot deliver: a standard queue of the same region. Its policy is opened to the rule; an
   * imported queue's cannot be, and a warning then says what it must allow. Not together with a target that has a
   * dead-letter queue of its own.
   *
   * @default - the target's own, or else a new queue that keeps them for 14 days
   */
  readonly deadLetterQueue?: IQueue;

  /**
   * A construct to put the rule and its new dead-letter queue into, when the target lives in another stack of the same account and
   * region. An `SqsQueue` of another stack needs it: the queue's policy names the rule, so both have to be in one stack.
   *
   * @default - they live in the `OrderEventBus`
   */
  readonly crossStackScope?: Construct;
}

/**
 * A subscription to events about orders.
 */
export interface OrderEventOptions extends EventSubscriptionOptions {
  /**
   * Only what came this way.
   *
   * @default - every channel
   */
  readonly channels?: OrderChannel[];
}

/**
 * A subscription to events that say whose order it is.
 */
export interface CustomerOrderEventOptions extends OrderEventOptions {
  /**
   * Only orders of these customers, 1 to 64 characters each. A rejected order whose customer could not be read is nobody's.
   *
   * @default - every customer
   */
  readonly customerIds?: string[];
}

/**
 * A subscription to events that show the order.
 */
export interface OrderContentEventOptions extends CustomerOrderEventOptions {
  /**
   * Only orders in these currencies, by their codes of ISO 4217.
   *
   * @default - every currency
   */
  readonly currencies?: string[];

  /**
   * Only orders of at least this total, in the currency's minor unit: 10000 is 100 euros. Give it together with one currency, because
   * totals of different currencies do not compare; a warning says so.
   *
   * EventBridge compares numbers up to 5000000000 and no others: an order whose total is above that does not match, however big it is.
   *
   * @default - every total
   */
  readonly minimumTotal?: number;
}
