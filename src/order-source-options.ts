import type { Duration } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { AuthenticationMethod } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { HandlerOptions, QueueConsumerOptions } from './options';
import type { OrderSourceTenant } from './order-source-tenant';

/**
 * What all sources have in common.
 */
export interface OrderSourceNaming {
  /**
   * Names the source in construct IDs, in redrive commands and on the dashboard: lower-case letters, digits and hyphens, at most 30, unique in the
   * pipeline. Another name replaces the source.
   *
   * @default - the kind of the source: `kinesis`, `kafka`, `msk`, `rabbit-mq`, `active-mq`, `queue` or `topic`
   */
  readonly name?: string;

  /**
   * How the records name their tenant. Required in a pipeline with `tenants`, and only there.
   *
   * @default - none
   */
  readonly tenant?: OrderSourceTenant;
}

/**
 * Options of a source that Lambda reads in batches: a stream or a broker.
 */
export interface BatchSourceOptions extends HandlerOptions, OrderSourceNaming {
  /**
   * Maximum number of records in a batch, 1 to 10000.
   *
   * @default 100
   */
  readonly batchSize?: number;
}

/**
 * Options of a Kinesis stream as a source.
 */
export interface KinesisSourceOptions extends BatchSourceOptions {
  /**
   * Where to begin in the stream: TRIM_HORIZON is the oldest record, LATEST the next one.
   *
   * @default StartingPosition.TRIM_HORIZON
   */
  readonly startingPosition?: StartingPosition;
}

/**
 * Options of an Amazon MSK topic as a source.
 */
export interface MskSourceOptions extends BatchSourceOptions {
  /**
   * Where to begin in the topic: TRIM_HORIZON is the oldest record, LATEST the next one.
   *
   * @default StartingPosition.TRIM_HORIZON
   */
  readonly startingPosition?: StartingPosition;

  /**
   * The consumer group of the source, 1 to 200 characters. It must not be that of another consumer, and Lambda cannot change it later.
   *
   * @default - the path of the source in its app
   */
  readonly consumerGroupId?: string;

  /**
   * The credentials for SASL/SCRAM, as MSK stores them.
   *
   * @default - IAM access control
   */
  readonly secret?: ISecret;
}

/**
 * Options of a topic of a self-managed Kafka cluster as a source.
 */
export interface KafkaSourceOptions extends BatchSourceOptions {
  /**
   * The addresses of brokers, `host:port`, 1 to 10.
   */
  readonly bootstrapServers: string[];

  /**
   * The topic.
   */
  readonly topic: string;

  /**
   * Where to begin in the topic: TRIM_HORIZON is the oldest record, LATEST the next one.
   *
   * @default StartingPosition.TRIM_HORIZON
   */
  readonly startingPosition?: StartingPosition;

  /**
   * The consumer group of the source, 1 to 200 characters. It must not be that of another consumer, and Lambda cannot change it later.
   *
   * @default - the path of the source in its app
   */
  readonly consumerGroupId?: string;

  /**
   * The credentials: `username` and `password`, or the certificate and private key for CLIENT_CERTIFICATE_TLS_AUTH. Required without `vpc`.
   *
   * @default - none
   */
  readonly secret?: ISecret;

  /**
   * How `secret` authenticates the source.
   *
   * @default AuthenticationMethod.SASL_SCRAM_512_AUTH
   */
  readonly authenticationMethod?: AuthenticationMethod;

  /**
   * The root CA certificate of brokers whose certificates a private CA issued.
   *
   * @default - a public CA
   */
  readonly rootCaCertificate?: ISecret;

  /**
   * The VPC of the brokers. Its subnets need a route to the endpoints of Lambda, STS and Secrets Manager.
   *
   * @default - the brokers are public
   */
  readonly vpc?: IVpc;

  /**
   * The subnets from which Lambda connects to the brokers.
   *
   * @default - the private subnets of `vpc`
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * The security group with which Lambda connects to the brokers. Required with `vpc`.
   *
   * @default - none
   */
  readonly securityGroup?: ISecurityGroup;
}

/**
 * Options of a queue of an Amazon MQ broker for RabbitMQ as a source.
 */
export interface RabbitMqSourceOptions extends BatchSourceOptions {
  /**
   * The virtual host of the queue.
   *
   * @default '/'
   */
  readonly virtualHost?: string;
}

/**
 * Options of an SQS queue of the app as a source.
 */
export interface QueueSourceOptions extends HandlerOptions, OrderSourceNaming {
  /**
   * Maximum number of messages in a batch, 1 to 10.
   *
   * @default 10
   */
  readonly batchSize?: number;

  /**
   * Maximum number of concurrent invocations, 2 to 1000.
   *
   * @default 50
   */
  readonly maxConcurrency?: number;

  /**
   * How long a message is retried before it goes to the dead-letter queue of the source, 1 minute to 5 days, and less than half the retention of
   * the queue. The `maxReceiveCount` of the queue must not end the retries earlier.
   *
   * @default Duration.hours(24)
   */
  readonly retryDuration?: Duration;
}

/**
 * Options of an SNS topic as a source: of its queue and of the handler that consumes it.
 */
export interface TopicSourceOptions extends QueueConsumerOptions, OrderSourceNaming {}
