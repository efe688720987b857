import { Fn, Token } from 'aws-cdk-lib';
import type { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { BROKER_TIMEOUT } from './kafka-source';
import { sameAs } from './kinesis-source';
import { sourceBacklogAlarm } from './source-alarms';
import type { ConnectedSource, SourceKind, SourceTarget } from './source-kind';
import { addMapping, allowBrokerNetwork, BATCH_SIZE, validateBatchSize } from './source-mapping';
import { LONGEST_BROKER_TIMEOUT, validateArn } from './validate-kafka';
import type { CommonOptions } from '../../options';
import type { BatchSourceOptions, RabbitMqSourceOptions } from '../../order-source-options';
import { acknowledge } from '../acknowledge';
import { createDeadLetterQueue } from '../queue-with-dead-letter-queue';
import type { ValidationError } from '../validate';
import { validateHandler } from '../validate-consumer';

/** A queue of an Amazon MQ broker. */
abstract class BrokerQueue<Options extends BatchSourceOptions> implements SourceKind {
  public abstract readonly defaultName: string;
  public readonly defaultTimeout = BROKER_TIMEOUT;
  public readonly hasHeaders = true;

  constructor(
    protected readonly brokerArn: string, protected readonly queue: string, private readonly secret: ISecret, public readonly options: Options,
  ) {}

  public validate(scope: Construct, prefix: string): ValidationError[] {
    const isName = Token.isUnresolved(this.queue) || /^.{1,1000}$/s.test(this.queue);
    return [
      ...validateHandler(prefix.slice(0, -1), this.options, LONGEST_BROKER_TIMEOUT),
      validateBatchSize(prefix, this.options.batchSize),
      validateArn(scope, `${prefix}brokerArn`, this.brokerArn, /^arn:[^:]+:mq:[^:]+:\d{12}:broker:[^:]+:b-[^:]+$/, 'the ARN of an Amazon MQ broker'),
      isName ? undefined : `\`${prefix}queue\` must have 1 to 1000 characters, got ${this.queue.length}`,
    ];
  }

  public createQueues = (scope: Construct, id: string, common: CommonOptions) =>
    ({ deadLetterQueue: createDeadLetterQueue(scope, id, sameAs(common)) });

  /** Lambda has no failure destination for Amazon MQ. */
  public connect(target: SourceTarget): ConnectedSource {
    target.handler.addToRolePolicy(new PolicyStatement({ actions: ['mq:DescribeBroker'], resources: [this.brokerArn] }));
    this.secret.grantRead(target.handler);
    allowBrokerNetwork(target.handler);
    const mapping = addMapping(target, {
      eventSourceArn: this.brokerArn,
      queues: [this.queue],
      batchSize: this.options.batchSize ?? BATCH_SIZE,
      sourceAccessConfigurations: [{ type: 'BASIC_AUTH', uri: this.secret.secretArn }, ...this.ownAccess()],
    });
    acknowledge(mapping, [
      { id: 'Serverless-LambdaEventSourceMappingDestination', reason: 'Lambda has no on-failure destinations for Amazon MQ; it retries a batch until it succeeds.' },
    ]);
    return { alarms: [sourceBacklogAlarm(target, (period) => this.backlog(period))] };
  }

  protected abstract ownAccess(): { type: string; uri: string }[];

  protected abstract backlog(period: Duration): IMetric;

  protected metric(metricName: string, period: Duration, dimensionsMap: Record<string, string>): Metric {
    return new Metric({ namespace: 'AWS/AmazonMQ', metricName, dimensionsMap, statistic: Stats.MAXIMUM, period });
  }

  /** `arn:aws:mq:<region>:<account>:broker:<name>:<id>` */
  protected get brokerName(): string {
    return Fn.select(6, Fn.split(':', this.brokerArn));
  }
}

/** A queue of RabbitMQ. */
export class RabbitMqSource extends BrokerQueue<RabbitMqSourceOptions> {
  public readonly defaultName = 'rabbit-mq';

  protected ownAccess = () => [{ type: 'VIRTUAL_HOST', uri: this.virtualHost }];

  protected backlog = (period: Duration): IMetric =>
    this.metric('MessageCount', period, { Broker: this.brokerName, VirtualHost: this.virtualHost, Queue: this.queue });

  private get virtualHost(): string {
    return this.options.virtualHost ?? '/';
  }
}

/** A queue of ActiveMQ. */
export class ActiveMqSource extends BrokerQueue<BatchSourceOptions> {
  public readonly defaultName = 'active-mq';

  protected ownAccess = () => [];

  /** One of two instances is active. */
  protected backlog(period: Duration): IMetric {
    const instances = ['1', '2'].map((instance) => [`m${instance}`, this.metric('QueueSize', period, { Broker: `${this.brokerName}-${instance}`, Queue: this.queue })]);
    return new MathExpression({
      expression: 'MAX([FILL(m1, 0), FILL(m2, 0)])', usingMetrics: Object.fromEntries(instances), label: 'messages in the queue', period,
    });
  }
}
