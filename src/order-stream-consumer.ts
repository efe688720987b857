import { Names, type Duration, type RemovalPolicy } from 'aws-cdk-lib';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { StreamConsumer, type IStream } from 'aws-cdk-lib/aws-kinesis';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping, StartingPosition, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { MAX_RECORD_AGE, validateStreamConsumer, type OrderStreamConsumerOptions } from './order-stream-consumer-options';
import { createDeadLetterQueue } from './private/queue-with-dead-letter-queue';
import { consumerFilters } from './private/stream/consumer-filters';
import { assertProps } from './private/validate';

/**
 * Properties of `OrderStreamConsumer`.
 */
export interface OrderStreamConsumerProps extends OrderStreamConsumerOptions {
  /**
   * The stream of events, such as `OrderStream.dataStream`.
   */
  readonly dataStream: IStream;

  /**
   * How long the stream keeps events. `maxRecordAge` must be shorter.
   *
   * @default - `maxRecordAge` is not compared with it
   */
  readonly streamRetention?: Duration;

  /**
   * A customer-managed key that encrypts the dead-letter queue.
   *
   * @default - SSE-SQS
   */
  readonly encryptionKey?: IKey;

  /**
   * The removal policy of the dead-letter queue: DESTROY, or RETAIN, which a failed first deployment does not leave behind.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * A function that consumes a stream of events, independently of other consumers. `OrderStream.addConsumer` creates it.
 *
 * The function receives events of Kinesis; `data` of a record is the JSON of the event with `eventId`, `partitionKey`, `occurredAt` and
 * `acceptedAt`. It can report batch item failures. After an error, Lambda halves the batch and retries until the events are older than `maxRecordAge`; their position in
 * the stream then goes to the dead-letter queue, and the next events follow.
 */
export class OrderStreamConsumer extends Construct {
  /** The function. */
  public readonly consumerFunction: IFunction;

  /** Holds the shard and the sequence numbers of events that the function could not process. */
  public readonly deadLetterQueue: Queue;

  /** The registration for enhanced fan-out. Undefined when `enhancedFanOut` is false. */
  public readonly streamConsumer?: StreamConsumer;

  constructor(scope: Construct, id: string, props: OrderStreamConsumerProps) {
    super(scope, id);
    assertProps(this, validateStreamConsumer(this, props));
    const { dataStream, consumerFunction, encryptionKey, removalPolicy } = props;
    this.consumerFunction = consumerFunction;
    this.deadLetterQueue = createDeadLetterQueue(this, 'DeadLetterQueue', { encryptionKey, removalPolicy });
    if (props.enhancedFanOut ?? false) {
      const streamConsumerName = Names.uniqueResourceName(this, { maxLength: 128 });
      this.streamConsumer = new StreamConsumer(this, 'StreamConsumer', { stream: dataStream, streamConsumerName });
    }
    const grant = (this.streamConsumer ?? dataStream).grantRead(consumerFunction);
    const mapping = new EventSourceMapping(this, 'Mapping', {
      target: consumerFunction,
      eventSourceArn: this.streamConsumer?.streamConsumerArn ?? dataStream.streamArn,
      startingPosition: props.startingPosition ?? StartingPosition.TRIM_HORIZON,
      batchSize: props.batchSize ?? 100,
      maxBatchingWindow: props.maxBatchingWindow,
      parallelizationFactor: props.parallelizationFactor,
      maxRecordAge: props.maxRecordAge ?? MAX_RECORD_AGE,
      retryAttempts: props.retryAttempts,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      onFailure: new SqsDlq(this.deadLetterQueue),
      filters: consumerFilters(props.eventTypes),
    });
    // Lambda validates these permissions when it creates the mapping.
    grant.applyBefore(mapping);
  }

  /**
   * The age of the oldest event that the function has not processed, in milliseconds. Of a function that consumes several streams, that of all of
   * them.
   */
  public metricIteratorAge(options?: MetricOptions): Metric {
    return this.consumerFunction.metric('IteratorAge', { statistic: Stats.MAXIMUM, ...options });
  }
}

