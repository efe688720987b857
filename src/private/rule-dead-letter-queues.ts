import { Annotations, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import type { IRuleTarget, Rule, RuleTargetConfig } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import { grantKeyToEventBridge } from './key-policy';
import { createDeadLetterQueue, type DeadLetterQueueProps } from './queue-with-dead-letter-queue';

/** The dead-letter queue of a rule, for targets without one. It is created for the first such target. */
export class RuleDeadLetterQueues {
  /** By rule: CDK creates a copy of the rule for a target in another account or region. */
  private readonly queues = new Map<IConstruct, IQueue>();

  constructor(private readonly owner: Rule, private readonly given?: IQueue, private readonly newQueue: DeadLetterQueueProps = {}) {}

  public get queue(): IQueue | undefined {
    return this.queues.get(this.owner) ?? this.queues.values().next().value;
  }

  /** Adds a dead-letter queue to a target without one. */
  public addTo(target: IRuleTarget): IRuleTarget {
    return {
      bind: (rule, id): RuleTargetConfig => {
        const config = target.bind(rule, id);
        if (config.deadLetterConfig || isElsewhere(rule, config.targetResource)) return config;
        return { ...config, deadLetterConfig: { arn: this.queueFor(rule as Rule).queueArn } };
      },
    };
  }

  private queueFor(rule: Rule): IQueue {
    const queue = this.queues.get(rule) ?? this.given ?? this.createQueue(rule);
    if (!this.queues.has(rule)) grantSendMessages(rule, queue);
    this.queues.set(rule, queue);
    return queue;
  }

  private createQueue(rule: Rule): Queue {
    // A key is usable only in its account and region.
    const encryptionKey = rule === this.owner ? this.newQueue.encryptionKey : undefined;
    return createDeadLetterQueue(rule, 'DeadLetterQueue', { ...this.newQueue, encryptionKey });
  }
}

/** Whether CDK creates a copy of the rule in the account and region of the target. It binds the target again there. */
function isElsewhere(rule: IConstruct, target?: IConstruct): boolean {
  if (!target) return false;
  const [from, to] = [Stack.of(rule), Stack.of(target)];
  const differ = (one: string, other: string) => Token.compareStrings(one, other) === TokenComparison.DIFFERENT;
  return differ(from.account, to.account) || differ(from.region, to.region);
}

/** Grants a rule to send to a queue. In another stack, the policy names the account, because the rule depends on the queue. */
function grantSendMessages(rule: Rule, queue: IQueue): void {
  const conditions = Stack.of(rule) === Stack.of(queue)
    ? { ArnEquals: { 'aws:SourceArn': rule.ruleArn } }
    : { StringEquals: { 'aws:SourceAccount': Stack.of(rule).account } };
  const { statementAdded } = queue.addToResourcePolicy(new PolicyStatement({
    principals: [new ServicePrincipal('events.amazonaws.com')], actions: ['sqs:SendMessage'], resources: [queue.queueArn], conditions,
  }));
  if (queue.encryptionMasterKey) grantKeyToEventBridge(queue.encryptionMasterKey, rule);
  if (!statementAdded) {
    Annotations.of(rule).addWarningV2(
      'cdk-order-pipeline:importedDeadLetterQueue',
      'the policy of the imported `deadLetterQueue` cannot be changed by this stack; it must allow events.amazonaws.com sqs:SendMessage, or undelivered events are lost',
    );
  }
}
