import type { IStream } from 'aws-cdk-lib/aws-kinesis';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type {
  BatchSourceOptions, KafkaSourceOptions, KinesisSourceOptions, MskSourceOptions, QueueSourceOptions, RabbitMqSourceOptions, TopicSourceOptions,
} from './order-source-options';
import { ActiveMqSource, RabbitMqSource } from './private/sources/broker-source';
import { KafkaSource, MskSource } from './private/sources/kafka-source';
import { KinesisSource } from './private/sources/kinesis-source';
import { QueueSource } from './private/sources/queue-source';
import type { SourceKind } from './private/sources/source-kind';
import { TopicSource } from './private/sources/topic-source';

/**
 * A stream, a topic or a queue of the app whose records are orders.
 *
 * The value of a record is the JSON of an order in the model of the pipeline, or a request as on the bus: `{ metadata, data: { order } }`, or the
 * whole event `OrderPlacementRequested`. It is UTF-8, and may be compressed with gzip. A wrong order is rejected with its reasons. A record that is
 * no order goes to the dead-letter queue of the source with the reason, and delays no other. The orders of one ID stay in the sequence of their
 * records, and a record that is delivered again changes nothing.
 */
export class OrderSource {
  /**
   * A Kinesis stream. Records that the Kinesis Producer Library aggregated go to the dead-letter queue.
   *
   * @param stream the stream, in the region of the stack. The orders of one ID need the same partition key.
   * @param options name, tenant, batch size and function.
   */
  public static kinesis(stream: IStream, options: KinesisSourceOptions = {}): OrderSource {
    return new OrderSource(new KinesisSource(stream, options));
  }

  /**
   * A topic of a self-managed Kafka cluster. The orders of one ID need the same key.
   *
   * @param options the cluster, the topic, and the access to them.
   */
  public static kafka(options: KafkaSourceOptions): OrderSource {
    return new OrderSource(new KafkaSource(options));
  }

  /**
   * A topic of an Amazon MSK cluster. The orders of one ID need the same key.
   *
   * @param clusterArn the ARN of the cluster, in the region of the stack.
   * @param topic the name of the topic.
   * @param options name, tenant, access and function.
   */
  public static msk(clusterArn: string, topic: string, options: MskSourceOptions = {}): OrderSource {
    return new OrderSource(new MskSource(clusterArn, topic, options));
  }

  /**
   * A queue of an Amazon MQ broker for RabbitMQ. Senders should set `message_id`: without it, equal messages with the same timestamp are one.
   *
   * @param brokerArn the ARN of the broker, in the region of the stack.
   * @param queue the name of the queue.
   * @param secret the user: `username` and `password`.
   * @param options name, tenant, virtual host and function.
   */
  public static rabbitMq(brokerArn: string, queue: string, secret: ISecret, options: RabbitMqSourceOptions = {}): OrderSource {
    return new OrderSource(new RabbitMqSource(brokerArn, queue, secret, options));
  }

  /**
   * A queue of an Amazon MQ broker for ActiveMQ: JMS text messages and bytes messages. Others go to the dead-letter queue.
   *
   * @param brokerArn the ARN of the broker, in the region of the stack.
   * @param queue the name of the queue.
   * @param secret the user: `username` and `password`.
   * @param options name, tenant and function.
   */
  public static activeMq(brokerArn: string, queue: string, secret: ISecret, options: BatchSourceOptions = {}): OrderSource {
    return new OrderSource(new ActiveMqSource(brokerArn, queue, secret, options));
  }

  /**
   * An SQS queue of the app, standard or FIFO, which also may receive the notifications of SNS topics. Its visibility timeout must be at least six
   * times the timeout of the function. It needs a dead-letter queue of its own for messages whose invocations never complete.
   *
   * @param queue the queue, in the account and region of the stack. No other consumer may receive from it.
   * @param options name, tenant, batch size, retries and function.
   */
  public static queue(queue: IQueue, options: QueueSourceOptions = {}): OrderSource {
    return new OrderSource(new QueueSource(queue, options));
  }

  /**
   * An SNS topic, standard or FIFO. The source subscribes a queue of its own.
   *
   * @param topic the topic, in the region of the stack.
   * @param options name, tenant, queue and function.
   */
  public static topic(topic: ITopic, options: TopicSourceOptions = {}): OrderSource {
    return new OrderSource(new TopicSource(topic, options));
  }

  private constructor(
    /** @internal */
    public readonly _kind: SourceKind,
  ) {}

  /**
   * Names the source.
   */
  public get name(): string {
    return this._kind.options.name ?? this._kind.defaultName;
  }
}
