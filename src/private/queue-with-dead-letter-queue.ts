import { Duration, Names, type RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { removalPolicyOf } from './removal';
import { MAX_RECEIVE_COUNT, retriesOf, type Retries } from './retries';
import { setEnv } from './set-env';
import type { QueueConsumerOptions } from '../options';

/** Default timeout of a consumer of a queue or stream. */
export const CONSUMER_TIMEOUT = Duration.seconds(30);
/** The maximum of SQS. */
export const DEAD_LETTER_RETENTION = Duration.days(14);

export interface QueueWithDeadLetterQueueProps extends QueueConsumerOptions {
  readonly fifo: boolean;
  readonly encryptionKey?: IKey;
  readonly removalPolicy?: RemovalPolicy;
}

/** A queue with its dead-letter queue. Encrypted, TLS only; a FIFO queue in high-throughput mode. */
export class QueueWithDeadLetterQueue {
  public readonly queue: Queue;
  public readonly deadLetterQueue: Queue;
  private readonly retries: Retries;

  constructor(scope: Construct, name: string, private readonly props: QueueWithDeadLetterQueueProps) {
    this.retries = retriesOf(props, CONSUMER_TIMEOUT);
    this.deadLetterQueue = createDeadLetterQueue(scope, `${name}DeadLetterQueue`, { ...props, retentionPeriod: props.deadLetterRetentionPeriod });
    this.queue = new Queue(scope, `${name}Queue`, {
      ...queueDefaults(props.fifo, props.encryptionKey, props.removalPolicy),
      retentionPeriod: this.retries.retention,
      visibilityTimeout: this.retries.visibilityTimeout,
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: MAX_RECEIVE_COUNT },
    });
  }

  /** Adds the queue as event source of a handler. Its permissions include `sqs:ChangeMessageVisibility`, which retries use. */
  public addConsumer(handler: LambdaFunction): void {
    setEnv(handler, 'QUEUE_URL', this.queue.queueUrl);
    setEnv(handler, 'RETRY_DURATION', String(this.retries.retryDuration.toSeconds()));
    setEnv(handler, 'MAX_MESSAGE_AGE', String(this.retries.maxMessageAge.toSeconds()));
    handler.addEventSource(new SqsEventSource(this.queue, {
      batchSize: this.props.batchSize ?? 10,
      maxConcurrency: this.props.maxConcurrency ?? 50,
      reportBatchItemFailures: true,
    }));
    acknowledge(handler.node.findChild(`SqsEventSource:${Names.nodeUniqueId(this.queue.node)}`), [
      { id: 'Serverless-LambdaEventSourceMappingDestination', reason: 'Lambda has no on-failure destinations for SQS; failed messages go to the dead-letter queue.' },
    ]);
  }
}

export interface DeadLetterQueueProps {
  readonly fifo?: boolean;
  readonly encryptionKey?: IKey;
  readonly removalPolicy?: RemovalPolicy;
  /** The maximum of SQS by default. */
  readonly retentionPeriod?: Duration;
}

/** Creates a dead-letter queue. */
export function createDeadLetterQueue(
  scope: Construct, id: string, { fifo = false, encryptionKey, removalPolicy, retentionPeriod }: DeadLetterQueueProps,
): Queue {
  const defaults = queueDefaults(fifo, encryptionKey, removalPolicy);
  const queue = new Queue(scope, id, { ...defaults, retentionPeriod: retentionPeriod ?? DEAD_LETTER_RETENTION });
  const reason = 'It is a dead-letter queue itself.';
  acknowledge(queue, [{ id: 'AwsSolutions-SQS3', reason }, { id: 'Serverless-SQSRedrivePolicy', reason }]);
  return queue;
}

/** Properties of all queues. High throughput of a FIFO queue needs both FIFO settings. */
const queueDefaults = (fifo: boolean, encryptionKey?: IKey, removalPolicy?: RemovalPolicy): QueueProps => ({
  removalPolicy: removalPolicyOf({ removalPolicy }),
  ...(encryptionKey ? { encryption: QueueEncryption.KMS, encryptionMasterKey: encryptionKey } : { encryption: QueueEncryption.SQS_MANAGED }),
  enforceSSL: true,
  ...(fifo ? {
    fifo: true,
    contentBasedDeduplication: false,
    deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
    fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
  } : {}),
});
