import { Duration, Fn } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { StartingPosition, type CfnEventSourceMappingProps } from 'aws-cdk-lib/aws-lambda';
import { AuthenticationMethod } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Construct } from 'constructs';
import { sameAs } from './kinesis-source';
import { sourceBacklogAlarm } from './source-alarms';
import type { ConnectedSource, SourceKind, SourceTarget } from './source-kind';
import { addMapping, allowBrokerNetwork, BATCH_SIZE, consumerGroupOf, failureDestination } from './source-mapping';
import { validateKafka, validateMsk } from './validate-kafka';
import type { CommonOptions } from '../../options';
import type { KafkaSourceOptions, MskSourceOptions } from '../../order-source-options';
import { createDeadLetterQueue } from '../queue-with-dead-letter-queue';
import type { ValidationError } from '../validate';

/** Lambda stops retrying a batch after ten attempts, so each of them takes the longest time that it accepts for brokers. */
export const BROKER_TIMEOUT = Duration.minutes(14);

/** A topic of Kafka. */
abstract class TopicOfKafka<Options extends MskSourceOptions> implements SourceKind {
  public abstract readonly defaultName: string;
  public readonly defaultTimeout = BROKER_TIMEOUT;
  public readonly hasHeaders = true;

  constructor(public readonly options: Options) {}

  public abstract validate(scope: Construct, prefix: string): ValidationError[];

  public createQueues = (scope: Construct, id: string, common: CommonOptions) =>
    ({ deadLetterQueue: createDeadLetterQueue(scope, id, sameAs(common)) });

  protected addTopic(target: SourceTarget, topic: string, own: Partial<CfnEventSourceMappingProps>): ConnectedSource {
    const { batchSize = BATCH_SIZE, startingPosition = StartingPosition.TRIM_HORIZON, secret } = this.options;
    secret?.grantRead(target.handler);
    addMapping(target, { topics: [topic], startingPosition, batchSize, ...failureDestination(target), ...own });
    return { alarms: [sourceBacklogAlarm(target, (period) => target.handler.metric('OffsetLag', { statistic: Stats.MAXIMUM, period }))] };
  }

  public abstract connect(target: SourceTarget): ConnectedSource;
}

/** A topic of a self-managed Kafka cluster. */
export class KafkaSource extends TopicOfKafka<KafkaSourceOptions> {
  public readonly defaultName = 'kafka';

  public validate = (scope: Construct, prefix: string): ValidationError[] => validateKafka(scope, prefix, this.options);

  public connect(target: SourceTarget): ConnectedSource {
    const { bootstrapServers, topic, rootCaCertificate, vpc, consumerGroupId } = this.options;
    rootCaCertificate?.grantRead(target.handler);
    if (vpc) allowBrokerNetwork(target.handler);
    return this.addTopic(target, topic, {
      selfManagedEventSource: { endpoints: { kafkaBootstrapServers: bootstrapServers } },
      selfManagedKafkaEventSourceConfig: { consumerGroupId: consumerGroupOf(target, consumerGroupId) },
      sourceAccessConfigurations: this.access(),
    });
  }

  private access() {
    const { secret, authenticationMethod, rootCaCertificate, vpc, vpcSubnets, securityGroup } = this.options;
    const subnetIds = vpc?.selectSubnets(vpcSubnets).subnetIds ?? [];
    return [
      ...(secret ? [{ type: authenticationMethod ?? AuthenticationMethod.SASL_SCRAM_512_AUTH, uri: secret.secretArn }] : []),
      ...(rootCaCertificate ? [{ type: 'SERVER_ROOT_CA_CERTIFICATE', uri: rootCaCertificate.secretArn }] : []),
      ...subnetIds.map((id) => ({ type: 'VPC_SUBNET', uri: `subnet:${id}` })),
      ...(securityGroup ? [{ type: 'VPC_SECURITY_GROUP', uri: `security_group:${securityGroup.securityGroupId}` }] : []),
    ];
  }
}

/** A topic of an Amazon MSK cluster. */
export class MskSource extends TopicOfKafka<MskSourceOptions> {
  public readonly defaultName = 'msk';

  constructor(private readonly clusterArn: string, private readonly topic: string, options: MskSourceOptions) {
    super(options);
  }

  public validate = (scope: Construct, prefix: string): ValidationError[] => validateMsk(scope, prefix, this.clusterArn, this.topic, this.options);

  public connect(target: SourceTarget): ConnectedSource {
    const { secret } = this.options;
    const consumerGroupId = consumerGroupOf(target, this.options.consumerGroupId);
    target.handler.addToRolePolicy(new PolicyStatement({
      actions: ['kafka:DescribeCluster', 'kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers', ...(secret ? ['kafka:ListScramSecrets'] : [])],
      resources: [this.clusterArn],
    }));
    if (!secret) this.grantConsume(target, consumerGroupId);
    allowBrokerNetwork(target.handler);
    return this.addTopic(target, this.topic, {
      eventSourceArn: this.clusterArn,
      amazonManagedKafkaEventSourceConfig: { consumerGroupId },
      sourceAccessConfigurations: secret ? [{ type: 'SASL_SCRAM_512_AUTH', uri: secret.secretArn }] : undefined,
    });
  }

  /** IAM access control: the ARNs of topics and groups contain the name and the UUID of their cluster. */
  private grantConsume({ handler }: SourceTarget, consumerGroupId: string): void {
    const [prefix, cluster] = [0, 1].map((index) => Fn.select(index, Fn.split(':cluster/', this.clusterArn)));
    const grant = (resource: string, ...actions: string[]) => handler.addToRolePolicy(new PolicyStatement({ actions, resources: [resource] }));
    grant(this.clusterArn, 'kafka-cluster:Connect', 'kafka-cluster:DescribeClusterDynamicConfiguration');
    grant(`${prefix}:topic/${cluster}/${this.topic}`, 'kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData');
    grant(`${prefix}:group/${cluster}/${consumerGroupId}`, 'kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup');
  }
}
