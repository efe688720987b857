import { Annotations, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import type { IRuleTarget, Rule, RuleTargetConfig } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import { grantKeyToEventBridge } from './key-policy';
import { createDeadLetterQueue } from './queue-with-dead-letter-queue';

/** The dead-letter queue of a rule, for targets that have none of their own. It is made when the first of them comes. */
export class RuleDeadLetterQueues {
  /** By rule: CDK makes a copy of a rule next to a target in another account or region. */
  private readonly queues = new Map<IConstruct, IQueue>();

  constructor(private readonly home: Rule, private readonly given?: IQueue, private readonly encryptionKey?: IKey) {}

  public get queue(): IQueue | undefined {
    return this.queues.get(this.home) ?? this.queues.values().next().value;
  }

  /** The same target, with a dead-letter queue. */
  public behind(target: IRuleTarget): IRuleTarget {
    return {
      bind: (rule, id): RuleTargetConfig => {
        const config = target.bind(rule, id);
        if (config.deadLetterConfig || isElsewhere(rule, config.targetResource)) return config;
        return { ...config, deadLetterConfig: { arn: this.queueOf(rule as Rule).queueArn } };
      },
    };
  }

  private queueOf(rule: Rule): IQueue {
    const queue = this.queues.get(rule) ?? this.given ?? this.createQueue(rule);
    if (!this.queues.has(rule)) grantSendMessages(rule, queue);
    this.queues.set(rule, queue);
    return queue;
  }

  private createQueue(rule: Rule): Queue {
    // A key does not leave its account and region.
    const key = rule === this.home ? this.encryptionKey : undefined;
    return createDeadLetterQueue(rule, 'DeadLetterQueue', { encryptionKey: key });
  }
}

/** Whether CDK gives the target a rule of its own, in its account and region, and binds it again there. */
function isElsewhere(rule: IConstruct, target?: IConstruct): boolean {
  if (!target) return false;
  const [from, to] = [Stack.of(rule), Stack.of(target)];
  const differ = (one: string, other: string) => Token.compareStrings(one, other) === TokenComparison.DIFFERENT;
  return differ(from.account, to.account) || differ(from.region, to.region);
}

/** Lets a rule send to a queue. The policy of a queue in another stack cannot name the rule, which names the queue: it names the account. */
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
      'the policy of the imported deadLetterQueue cannot be changed from here; it must allow events.amazonaws.com sqs:SendMessage, or what cannot be delivered is lost',
    );
  }
}
