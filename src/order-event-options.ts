import { Annotations, Token, type RemovalPolicy } from 'aws-cdk-lib';
import type { IEventBus, IRuleTarget } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { EventAcceptanceOptions } from './options';
import { tenantError } from './private/callers/validate-callers';
import { EVENT_TYPE, EVENTS_WITH_ORDER } from './private/contract';
import { validateRemovalPolicy } from './private/removal';
import { cannotBeSet, integerBetween, type ValidationError } from './private/validate';
import { validateEvents } from './private/validate-common';

/**
 * How an order, a change or a cancellation entered the pipeline.
 */
export enum OrderChannel {
  /** Over the API. */
  API = 'api',

  /** In an order file. */
  FILE = 'file',

  /** As an event of another system. */
  BUS = 'bus',

  /** As a record of an `OrderSource`, such as a Kinesis stream or a Kafka topic. */
  SOURCE = 'source',
}

/**
 * Options of a subscription to events of the pipeline.
 */
export interface EventSubscriptionOptions {
  /**
   * The target that receives the events.
   */
  readonly target: IRuleTarget;

  /**
   * A description of the rule.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * A standard queue in the same region for events that EventBridge cannot deliver. The rule adds itself to the queue policy. It cannot
   * extend the policy of an imported queue; a warning then lists the required permissions. Cannot be set for a target with a dead-letter
   * queue.
   *
   * @default - the dead-letter queue of the target, or a new queue with a retention of 14 days
   */
  readonly deadLetterQueue?: IQueue;

  /**
   * The scope of the rule and of its new dead-letter queue when the target is in another stack of the same account and region. An
   * `SqsQueue` of another stack needs it, because the queue policy names the rule and both must be in one stack.
   *
   * @default - the `OrderEventBus`
   */
  readonly crossStackScope?: Construct;

  /**
   * Matches only events about orders and files of these tenants, in a pipeline with tenants.
   *
   * @default - all tenants
   */
  readonly tenants?: string[];
}

/**
 * Options of a subscription to events about orders.
 */
export interface OrderEventOptions extends EventSubscriptionOptions {
  /**
   * Matches only orders and commands of these channels.
   *
   * @default - all channels
   */
  readonly channels?: OrderChannel[];
}

/**
 * Options of a subscription to the tasks of workflows.
 */
export interface OrderTaskEventOptions extends OrderEventOptions {
  /**
   * Matches only tasks with these names.
   *
   * @default - all tasks
   */
  readonly tasks?: string[];
}

/**
 * Options of a subscription to events with the customer of the order.
 */
export interface CustomerOrderEventOptions extends OrderEventOptions {
  /**
   * Matches only orders of these customers, 1 to 128 characters each. A rejected order without a readable customer never matches.
   *
   * @default - all customers
   */
  readonly customerIds?: string[];
}

/**
 * Options of a subscription to events with the whole order.
 */
export interface OrderContentEventOptions extends CustomerOrderEventOptions {
  /**
   * Matches only orders in these currencies: ISO 4217 codes, or what a model of your own has as its currency.
   *
   * @default - all currencies
   */
  readonly currencies?: string[];

  /**
   * Matches only orders of at least this total, in the unit of the order model. The standard model has minor units: 10000 is 100 euros. Totals of different currencies are
   * not comparable, so set exactly one of `currencies` as well; without it, the rule adds a warning.
   *
   * A token must be at most 5000000000 at deployment, the largest number that EventBridge compares.
   *
   * @default - all totals
   */
  readonly minimumTotal?: number;

  /**
   * Matches only orders of these sales channels.
   *
   * @default - all sales channels, and orders without one
   */
  readonly salesChannels?: string[];

  /**
   * Matches only orders with at least one of these tags.
   *
   * @default - all orders
   */
  readonly tags?: string[];
}

/**
 * Properties of `OrderEventRule`.
 */
export interface OrderEventRuleProps extends OrderContentEventOptions, OrderTaskEventOptions, EventAcceptanceOptions {
  /**
   * The bus of the pipeline's events.
   */
  readonly eventBus: IEventBus;

  /**
   * The EventBridge `source` of the pipeline's events.
   *
   * @default 'orders'
   */
  readonly eventSource?: string;

  /**
   * The pipeline whose events to match, `metadata.pipeline` of its events.
   *
   * @default - the pipeline of this app on the bus; without one, all pipelines with the source
   */
  readonly pipelineId?: string;

  /**
   * The EventBridge `detail-type` to match, such as `OrderConfirmed`.
   *
   * @default - all events of the pipeline
   */
  readonly eventType?: string;

  /**
   * A customer-managed key that encrypts a new dead-letter queue. The construct extends the key policy for EventBridge.
   *
   * @default - SSE-SQS
   */
  readonly encryptionKey?: IKey;

  /**
   * The removal policy of a new dead-letter queue: DESTROY, or RETAIN, which a failed first deployment does not leave behind.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** Validates the options of a subscription. */
export const validateEventRuleOptions = (props: OrderEventRuleProps): ValidationError[] => [
  ...validateEvents(props),
  validateRemovalPolicy(props),
  ...validateList('tenants', props.tenants, tenantError),
  ...validateList('channels', props.channels),
  ...validateList('customerIds', props.customerIds, (id) =>
    (id.length >= 1 && id.length <= 128 ? undefined : `\`customerIds\` must have 1 to 128 characters each, got ${id.length}`)),
  ...validateList('salesChannels', props.salesChannels),
  ...validateList('tags', props.tags),
  ...validateList('currencies', props.currencies, (currency) =>
    (currency.length >= 1 && currency.length <= 16 ? undefined : `\`currencies\` must be codes such as EUR, got ${currency}`)),
  integerBetween('minimumTotal', props.minimumTotal, 0, Number.MAX_SAFE_INTEGER),
  ...validateContentInEvent(props),
  props.deadLetterQueue?.fifo ? '`deadLetterQueue` must be a standard queue, got a FIFO one' : undefined,
];

/** An empty list would match no event. Accepts tokens. */
function validateList(prop: string, values: readonly string[] | undefined, check?: (value: string) => ValidationError): ValidationError[] {
  if (values === undefined || Token.isUnresolved(values)) return [];
  if (values.length === 0) return [`\`${prop}\` must have at least one entry, got none`];
  return values.filter((value) => !Token.isUnresolved(value)).map((value) => check?.(value));
}

/** A pattern cannot match content that the event does not have. */
function validateContentInEvent({ eventType, ...props }: OrderEventRuleProps): ValidationError[] {
  if (eventType === undefined || Token.isUnresolved(eventType) || (EVENTS_WITH_ORDER as readonly string[]).includes(eventType)) return [];
  const ofOrder = ['currencies', 'minimumTotal', 'salesChannels', 'tags'] as const;
  const missing = eventType === EVENT_TYPE.ORDER_REJECTED ? ofOrder : ['customerIds', ...ofOrder] as const;
  return cannotBeSet(props, missing, `for ${eventType}, which does not include it`);
}

/** Warns about a minimum total for orders of several currencies. */
export function warnOfMixedTotals(scope: Construct, { minimumTotal, currencies }: OrderEventRuleProps): void {
  if (minimumTotal === undefined || Token.isUnresolved(currencies) || new Set(currencies).size === 1) return;
  Annotations.of(scope).addWarningV2(
    'cdk-order-pipeline:minimumTotal',
    '`minimumTotal` compares totals of different currencies; set exactly one of `currencies` as well',
  );
}
