import { Rule, type IEventBus, type IRuleTarget } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { OrderContentEventOptions } from './order-event-options';
import { orderEventPattern } from './private/event-pattern';
import { RuleDeadLetterQueues } from './private/rule-dead-letter-queues';
import { assertProps, notTogether } from './private/validate';
import { validateEventRuleOptions, warnOfMixedTotals } from './private/validate-event-rule';

/**
 * Properties of `OrderEventRule`.
 */
export interface OrderEventRuleProps extends OrderContentEventOptions {
  /**
   * The bus on which the pipeline says what happens.
   */
  readonly eventBus: IEventBus;

  /**
   * The EventBridge `source` of the pipeline's events.
   *
   * @default 'orders'
   */
  readonly eventSource?: string;

  /**
   * The EventBridge `detail-type` to hear, such as `OrderConfirmed`.
   *
   * @default - every event of the pipeline
   */
  readonly eventType?: string;

  /**
   * Encrypts a new dead-letter queue with a customer-managed key, which is opened to EventBridge.
   *
   * @default - SSE-SQS
   */
  readonly encryptionKey?: IKey;
}

/**
 * A rule that hears one kind of the pipeline's events, or all, and loses none: what EventBridge cannot deliver to a target goes to a
 * dead-letter queue.
 *
 * `OrderEventBus` makes them with its `on…` methods.
 */
export class OrderEventRule extends Rule {
  private readonly deadLetters: RuleDeadLetterQueues;

  constructor(scope: Construct, id: string, props: OrderEventRuleProps) {
    super(scope, id, { eventBus: props.eventBus, description: props.description, crossStackScope: props.crossStackScope });
    assertProps(this, validateEventRuleOptions(props));
    warnOfMixedTotals(this, props);

    this.deadLetters = new RuleDeadLetterQueues(this, props.deadLetterQueue, props.encryptionKey);
    this.addEventPattern(orderEventPattern(props));
    this.addTarget(props.target);
    if (!this.deadLetterQueue) assertProps(this, [notTogether('deadLetterQueue', props.deadLetterQueue, 'a target that has its own', props.target)]);
  }

  /** Where events go that EventBridge cannot deliver; undefined when every target has a dead-letter queue of its own. */
  public get deadLetterQueue(): IQueue | undefined {
    return this.deadLetters.queue;
  }

  /**
   * Adds a target. What cannot be delivered to it goes to the same dead-letter queue, unless it has its own.
   *
   * @param target who gets the events, too.
   */
  public addTarget(target?: IRuleTarget): void {
    super.addTarget(target && this.deadLetters.behind(target));
  }
}
