import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { QueueConsumerOptions } from '../options';
import { durationAbove, durationBetween, integerBetween, type Finding } from './validate';

/** Timeout of a handler behind a queue or stream. */
const TIMEOUT = Duration.seconds(30);
const RETENTION = Duration.days(4);
/** The longest that SQS keeps a message. */
const DEAD_LETTER_RETENTION = Duration.days(14);

export interface QueueWithDeadLettersProps extends QueueConsumerOptions {
  readonly fifo: boolean;
  readonly encryptionKey?: IKey;
}

/** What is wrong with a queue's options. `prefix` is where the user wrote them. */
export const queueFindings = (prefix: string, options: QueueConsumerOptions): Finding[] => [
  ...handlerFindings(prefix, options),
  integerBetween(`${prefix}batchSize`, options.batchSize, 1, 10),
  integerBetween(`${prefix}maxConcurrency`, options.maxConcurrency, 2, 1000),
  integerBetween(`${prefix}maxReceiveCount`, options.maxReceiveCount, 1, 1000),
  durationBetween(`${prefix}retentionPeriod`, options.retentionPeriod, Duration.minutes(1), DEAD_LETTER_RETENTION),
  durationBetween(`${prefix}deadLetterRetentionPeriod`, options.deadLetterRetentionPeriod, Duration.minutes(1), DEAD_LETTER_RETENTION),
  durationAbove(
    `${prefix}deadLetterRetentionPeriod`, options.deadLetterRetentionPeriod ?? DEAD_LETTER_RETENTION,
    `${prefix}retentionPeriod`, options.retentionPeriod ?? RETENTION,
  ),
];

/** What is wrong with a handler's sizes. */
export const handlerFindings = (prefix: string, { memorySize, timeout }: QueueConsumerOptions): Finding[] => [
  integerBetween(`${prefix}memorySize`, memorySize, 128, 10_240),
  durationBetween(`${prefix}timeout`, timeout, Duration.seconds(1), Duration.minutes(15)),
];

/** A queue of the road, with the queue of what failed on it. Encrypted, TLS only, FIFO ones in high-throughput mode. */
export class QueueWithDeadLetters {
  public readonly queue: Queue;
  public readonly deadLetterQueue: Queue;

  constructor(scope: Construct, name: string, private readonly props: QueueWithDeadLettersProps) {
    const common = queueDefaults(props.fifo, props.encryptionKey);
    this.deadLetterQueue = new Queue(scope, `${name}DeadLetterQueue`, {
      ...common,
      retentionPeriod: props.deadLetterRetentionPeriod ?? DEAD_LETTER_RETENTION,
    });
    this.queue = new Queue(scope, `${name}Queue`, {
      ...common,
      retentionPeriod: props.retentionPeriod ?? RETENTION,
      // Six times the function's timeout, so that a batch cannot come back while it is still worked on.
      visibilityTimeout: Duration.seconds((props.timeout ?? TIMEOUT).toSeconds() * 6),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: props.maxReceiveCount ?? 5 },
    });
  }

  /** Lets a handler consume the queue, batch by batch. */
  public feed(handler: LambdaFunction): void {
    handler.addEventSource(new SqsEventSource(this.queue, {
      batchSize: this.props.batchSize ?? 10,
      maxConcurrency: this.props.maxConcurrency ?? 50,
      reportBatchItemFailures: true,
    }));
  }
}

/** Settings that every queue shares. Message groups of a FIFO queue get their full throughput by two settings together. */
export const queueDefaults = (fifo: boolean, encryptionKey?: IKey): QueueProps => ({
  ...(encryptionKey ? { encryption: QueueEncryption.KMS, encryptionMasterKey: encryptionKey } : { encryption: QueueEncryption.SQS_MANAGED }),
  enforceSSL: true,
  ...(fifo ? {
    fifo: true,
    contentBasedDeduplication: false,
    deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
    fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
  } : {}),
});
