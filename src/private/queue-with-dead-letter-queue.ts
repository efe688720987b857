import { Duration, Names } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import type { EnvName } from './contract';
import type { QueueConsumerOptions } from '../options';

/** Timeout of a handler behind a queue or stream. */
export const CONSUMER_TIMEOUT = Duration.seconds(30);
/** So many times a function's timeout its messages stay invisible, as AWS advises. */
export const VISIBILITY_FACTOR = 6;
export const MAX_RECEIVE_COUNT = 5;
/** What SQS itself takes when nothing is said. */
export const QUEUE_RETENTION = Duration.days(4);
/** The longest that SQS keeps a message. */
export const DEAD_LETTER_RETENTION = Duration.days(14);

export interface QueueWithDeadLetterQueueProps extends QueueConsumerOptions {
  readonly fifo: boolean;
  readonly encryptionKey?: IKey;
}

/** A queue of the road, with the queue of what failed on it. Encrypted, TLS only, FIFO ones in high-throughput mode. */
export class QueueWithDeadLetterQueue {
  public readonly queue: Queue;
  public readonly deadLetterQueue: Queue;

  constructor(scope: Construct, name: string, private readonly props: QueueWithDeadLetterQueueProps) {
    this.deadLetterQueue = createDeadLetterQueue(scope, `${name}DeadLetterQueue`, { ...props, retentionPeriod: props.deadLetterRetentionPeriod });
    this.queue = new Queue(scope, `${name}Queue`, {
      ...queueDefaults(props.fifo, props.encryptionKey),
      retentionPeriod: props.retentionPeriod ?? QUEUE_RETENTION,
      // So that a batch cannot come back while it is still worked on.
      visibilityTimeout: Duration.seconds((props.timeout ?? CONSUMER_TIMEOUT).toSeconds() * VISIBILITY_FACTOR),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: props.maxReceiveCount ?? MAX_RECEIVE_COUNT },
    });
  }

  /** Lets a handler consume the queue, batch by batch. The event source's permissions include making a message visible sooner. */
  public feed(handler: LambdaFunction, env?: EnvName): void {
    if (env) handler.addEnvironment(env, this.queue.queueUrl);
    handler.addEventSource(new SqsEventSource(this.queue, {
      batchSize: this.props.batchSize ?? 10,
      maxConcurrency: this.props.maxConcurrency ?? 50,
      reportBatchItemFailures: true,
    }));
    acknowledge(handler.node.findChild(`SqsEventSource:${Names.nodeUniqueId(this.queue.node)}`), [
      { id: 'Serverless-LambdaEventSourceMappingDestination', reason: 'Lambda takes none for SQS: what fails goes to the dead-letter queue of the queue.' },
    ]);
  }
}

export interface DeadLetterQueueProps {
  readonly fifo?: boolean;
  readonly encryptionKey?: IKey;
  /** The longest that there is, unless it is said. */
  readonly retentionPeriod?: Duration;
}

/** A dead-letter queue, which has none of its own. */
export function createDeadLetterQueue(scope: Construct, id: string, { fifo = false, encryptionKey, retentionPeriod }: DeadLetterQueueProps): Queue {
  const queue = new Queue(scope, id, { ...queueDefaults(fifo, encryptionKey), retentionPeriod: retentionPeriod ?? DEAD_LETTER_RETENTION });
  const reason = 'It is a dead-letter queue: what is in it waits for people.';
  acknowledge(queue, [{ id: 'AwsSolutions-SQS3', reason }, { id: 'Serverless-SQSRedrivePolicy', reason }]);
  return queue;
}

/** Settings that every queue shares. Message groups of a FIFO queue get their full throughput by two settings together. */
const queueDefaults = (fifo: boolean, encryptionKey?: IKey): QueueProps => ({
  ...(encryptionKey ? { encryption: QueueEncryption.KMS, encryptionMasterKey: encryptionKey } : { encryption: QueueEncryption.SQS_MANAGED }),
  enforceSSL: true,
  ...(fifo ? {
    fifo: true,
    contentBasedDeduplication: false,
    deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
    fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
  } : {}),
});
