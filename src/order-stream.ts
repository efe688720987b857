import { Names } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { Stream, StreamEncryption, StreamMode, type IStream } from 'aws-cdk-lib/aws-kinesis';
import type { IDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { CommonOptions, EventAcceptanceOptions } from './options';
import { OrderStreamConsumer } from './order-stream-consumer';
import type { OrderStreamConsumerOptions } from './order-stream-consumer-options';
import { STREAM_RETENTION, validateStreamOptions, type OrderStreamOptions } from './order-stream-options';
import { acknowledge } from './private/acknowledge';
import { BundledFunction, serviceNameOf } from './private/bundled-function';
import { grantPutRecords, grantSendMessages } from './private/grants';
import { grantKeyToEventBridge } from './private/key-policy';
import { acceptedEvents, pipelineEvents, warnOfEventsWithoutPipeline } from './private/pipeline-events';
import { describePart, type AppConsumer } from './private/pipeline-part';
import { QueueWithDeadLetterQueue } from './private/queue-with-dead-letter-queue';
import { removalPolicyOf } from './private/removal';
import { restrictEventTargetsToAccount, routeEvents } from './private/route-events';
import { EventDelivery } from './private/stream/event-delivery';
import { EventTable } from './private/stream/event-table';
import { EventsBucket } from './private/stream/events-bucket';
import { NamedQueries } from './private/stream/named-queries';
import { streamPrefixes } from './private/stream/prefixes';
import { appConsumerOf, delayedDeliveryAlarm, delayedDeliveryGraph } from './private/stream/stream-alarms';
import { assertProps } from './private/validate';
import { validateCommon } from './private/validate-common';

/**
 * Properties of `OrderStream`.
 */
export interface OrderStreamProps extends CommonOptions, EventAcceptanceOptions, OrderStreamOptions {
  /**
   * The bus of the pipeline's events.
   */
  readonly eventBus: IEventBus;
}

/**
 * Streams all events of the pipeline for analysis: bus → stream queue → `publish-to-stream` → Kinesis data stream → consumers of the app, and
 * Firehose → bucket, with a Glue table and named queries of Athena.
 *
 * The partition key is the order, so that a consumer receives all events of an order from one shard. Delivery is at least once, and events can arrive
 * in another sequence than they occurred: `eventId` identifies duplicates, and `sequence` and `version` in the metadata sort the events of an order.
 */
export class OrderStream extends Construct {
  /** The Kinesis data stream: the existing one of the props, or a new one. */
  public readonly dataStream: IStream;

  /** The queue of events. */
  public readonly streamQueue: Queue;

  /** The dead-letter queue of the stream queue, also for events that EventBridge cannot deliver to it. */
  public readonly streamDeadLetterQueue: Queue;

  /** Consumes the stream queue: puts events into the stream. */
  public readonly publishToStreamFunction: LambdaFunction;

  /** The bucket of the events: the existing one of the props, or a new one. */
  public readonly bucket: IBucket;

  /** Firehose, which writes the stream to the bucket. */
  public readonly deliveryStream: IDeliveryStream;

  /** The name of the Glue database with the table `order_events`. */
  public readonly databaseName: string;

  /** The name of the Athena workgroup with the named queries. Undefined when `queries` is false. */
  public readonly workGroupName?: string;

  private readonly props: OrderStreamProps;
  private readonly appConsumers: AppConsumer[] = [];

  constructor(scope: Construct, id: string, props: OrderStreamProps) {
    super(scope, id);
    assertProps(this, [...validateStreamOptions(this, props), ...validateCommon(props)]);
    restrictEventTargetsToAccount(this);
    const events = pipelineEvents(this, props);
    warnOfEventsWithoutPipeline(this, events, props);
    this.props = props;
    const { encryptionKey, removalPolicy } = props;

    this.dataStream = props.dataStream ?? this.createStream(props);
    if (encryptionKey) grantKeyToEventBridge(encryptionKey, this);
    const queue = new QueueWithDeadLetterQueue(this, 'Stream', { ...props.publishToStream, fifo: false, encryptionKey, removalPolicy });
    [this.streamQueue, this.streamDeadLetterQueue] = [queue.queue, queue.deadLetterQueue];
    this.publishToStreamFunction = new BundledFunction(this, 'PublishToStream', {
      ...props,
      ...props.publishToStream,
      handler: 'publish-to-stream',
      description: 'Puts the events of the pipeline into the stream',
    });
    grantPutRecords(this.publishToStreamFunction, this.dataStream);
    grantSendMessages(this.publishToStreamFunction, this.streamDeadLetterQueue, 'DEAD_LETTER_QUEUE_URL');
    queue.addConsumer(this.publishToStreamFunction);
    routeEvents(this, 'Events', props.eventBus, queue, acceptedEvents(events, props));

    const prefixes = streamPrefixes(props.prefix);
    const bucket = props.bucket ?? new EventsBucket(this, 'Bucket', props, prefixes);
    this.bucket = bucket;
    this.deliveryStream = new EventDelivery(this, 'Delivery', { ...props, dataStream: this.dataStream, bucket, prefixes }).deliveryStream;
    const name = props.databaseName ?? Names.uniqueResourceName(this, { maxLength: 128, separator: '_', allowedSpecialCharacters: '_' }).toLowerCase();
    const { databaseName } = new EventTable(this, 'Catalog', { bucket, prefixes, databaseName: name });
    this.databaseName = databaseName;
    if (props.queries ?? true) {
      const queries = new NamedQueries(this, 'Queries', { bucket, prefixes, databaseName, workGroupName: name, encryptionKey: bucket.encryptionKey });
      this.workGroupName = queries.workGroupName;
    }
    this.describe(props);
  }

  /**
   * Adds a function that consumes the events, independently of other consumers.
   *
   * @param id      the construct id of the consumer.
   * @param options the function, and which events it receives.
   */
  public addConsumer(id: string, options: OrderStreamConsumerOptions): OrderStreamConsumer {
    const { encryptionKey, removalPolicy, dataStream, streamRetention } = this.props;
    const consumer = new OrderStreamConsumer(this, id, {
      ...options,
      dataStream: this.dataStream,
      streamRetention: dataStream ? undefined : streamRetention ?? STREAM_RETENTION,
      encryptionKey,
      removalPolicy,
    });
    this.appConsumers.push(appConsumerOf(consumer));
    return consumer;
  }

  private createStream(props: OrderStreamProps): Stream {
    const { encryptionKey, shardCount } = props;
    const stream = new Stream(this, 'DataStream', {
      ...(shardCount === undefined ? { streamMode: StreamMode.ON_DEMAND } : { streamMode: StreamMode.PROVISIONED, shardCount }),
      retentionPeriod: props.streamRetention ?? STREAM_RETENTION,
      ...(encryptionKey ? { encryption: StreamEncryption.KMS, encryptionKey } : { encryption: StreamEncryption.MANAGED }),
      removalPolicy: removalPolicyOf(props),
    });
    if (encryptionKey) acknowledge(stream, [{ id: 'AwsSolutions-KDS3', reason: 'The app sets a customer-managed key instead of the AWS managed one.' }]);
    return stream;
  }

  private describe(props: OrderStreamProps): void {
    describePart(this, {
      name: 'Stream',
      serviceName: serviceNameOf(this, props),
      consumers: [{ name: 'event-stream', queue: this.streamQueue, deadLetterQueue: this.streamDeadLetterQueue, function: this.publishToStreamFunction }],
      appConsumers: this.appConsumers,
      appAlarmKinds: ['delayedStreamConsumers'],
      outcomes: [{ graph: 'Events', metric: 'EventStreamed', label: 'put into the stream' }],
      alarms: [delayedDeliveryAlarm(this.deliveryStream, this.bucket)],
      graphs: [delayedDeliveryGraph(this.deliveryStream)],
    });
  }
}
