import { Rule, type IRuleTarget } from 'aws-cdk-lib/aws-events';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { validateEventRuleOptions, warnOfMixedTotals, type OrderEventRuleProps } from './order-event-options';
import { orderEventPattern } from './private/event-pattern';
import { validatePatternLength } from './private/pattern-length';
import { subscribedEvents } from './private/pipeline-events';
import { RuleDeadLetterQueues } from './private/rule-dead-letter-queues';
import { assertProps } from './private/validate';
import { sameEnvironment } from './private/validate-environment';

/**
 * A rule that matches one type of the pipeline's events, or all of them. Events that EventBridge cannot deliver go to a dead-letter queue.
 *
 * The `on…` methods of `OrderEventBus` create it.
 */
export class OrderEventRule extends Rule {
  private readonly deadLetterQueues: RuleDeadLetterQueues;

  constructor(scope: Construct, id: string, props: OrderEventRuleProps) {
    super(scope, id, { eventBus: props.eventBus, description: props.description, crossStackScope: props.crossStackScope });
    assertProps(this, [
      ...validateEventRuleOptions(props),
      sameEnvironment('deadLetterQueue', this, props.deadLetterQueue, 'region', 'use a queue of the region, or omit it'),
    ]);
    warnOfMixedTotals(this, props);

    const { encryptionKey, removalPolicy } = props;
    this.deadLetterQueues = new RuleDeadLetterQueues(this, props.deadLetterQueue, { encryptionKey, removalPolicy });
    const pattern = orderEventPattern(subscribedEvents(this, props), props);
    assertProps(this, [validatePatternLength(this, pattern, props.customerIds)]);
    this.addEventPattern(pattern);
    this.addTarget(props.target);
    if (props.deadLetterQueue && !this.deadLetterQueue) {
      assertProps(this, ['`deadLetterQueue` cannot be set when `target` has a dead-letter queue']);
    }
  }

  /** The dead-letter queue for events that EventBridge cannot deliver. Undefined when every target has its own. */
  public get deadLetterQueue(): IQueue | undefined {
    return this.deadLetterQueues.queue;
  }

  /**
   * Adds a target. Events that EventBridge cannot deliver to it go to the same dead-letter queue, unless the target has its own.
   *
   * @param target receives the same events as the other targets.
   */
  public addTarget(target?: IRuleTarget): void {
    super.addTarget(target && this.deadLetterQueues.addTo(target));
  }
}
