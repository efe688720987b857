import { Duration, Names, Stack, Token } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { CfnQueue, Queue, type IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { sameAs } from './kinesis-source';
import type { ConnectedSource, SourceKind, SourceTarget } from './source-kind';
import type { CommonOptions } from '../../options';
import type { QueueSourceOptions } from '../../order-source-options';
import { acknowledge } from '../acknowledge';
import { CONSUMER_TIMEOUT, createDeadLetterQueue } from '../queue-with-dead-letter-queue';
import { MAX_RETRY_DURATION, minMessageAge, QUEUE_RETENTION, retriesOf, VISIBILITY_FACTOR } from '../retries';
import { setEnv } from '../set-env';
import { durationBetween, durationKnown, integerBetween, type ValidationError } from '../validate';
import { validateHandler } from '../validate-consumer';
import { sameEnvironment } from '../validate-environment';

/** The visibility timeout of SQS by default, in seconds. */
const VISIBILITY_TIMEOUT = 30;

/** A queue of the app. */
export class QueueSource implements SourceKind {
  public readonly defaultName = 'queue';
  public readonly defaultTimeout = CONSUMER_TIMEOUT;
  public readonly hasHeaders = true;

  constructor(private readonly queue: IQueue, public readonly options: QueueSourceOptions) {}

  public validate(scope: Construct, prefix: string): ValidationError[] {
    const { batchSize, maxConcurrency, retryDuration, timeout } = this.options;
    const errors = [
      ...validateHandler(prefix.slice(0, -1), this.options),
      durationKnown(`${prefix}timeout`, timeout, 'the visibility timeout of the queue must be six times as long'),
      integerBetween(`${prefix}batchSize`, batchSize, 1, 10),
      integerBetween(`${prefix}maxConcurrency`, maxConcurrency, 2, 1000),
      durationKnown(`${prefix}retryDuration`, retryDuration, 'the maximum age of a message follows from it'),
      durationBetween(`${prefix}retryDuration`, retryDuration, Duration.minutes(1), MAX_RETRY_DURATION),
      sameEnvironment(`${prefix}queue`, scope, this.queue, 'account and region', 'create the pipeline where the queue is'),
    ];
    return errors.some((error) => error !== undefined) ? errors
      : [this.validateType(scope, prefix), this.validateVisibility(prefix), this.validateRetention(prefix)];
  }

  public createQueues = (scope: Construct, id: string, common: CommonOptions) =>
    ({ deadLetterQueue: createDeadLetterQueue(scope, id, { fifo: this.queue.fifo, ...sameAs(common) }) });

  public connect({ handler }: SourceTarget): ConnectedSource {
    const { retryDuration, maxMessageAge } = this.retries;
    setEnv(handler, 'QUEUE_URL', this.queue.queueUrl);
    setEnv(handler, 'RETRY_DURATION', String(retryDuration.toSeconds()));
    setEnv(handler, 'MAX_MESSAGE_AGE', String(maxMessageAge.toSeconds()));
    const { batchSize = 10, maxConcurrency = 50 } = this.options;
    handler.addEventSource(new SqsEventSource(this.queue, { batchSize, maxConcurrency, reportBatchItemFailures: true }));
    acknowledge(handler.node.findChild(`SqsEventSource:${Names.nodeUniqueId(this.queue.node)}`), [
      { id: 'Serverless-LambdaEventSourceMappingDestination', reason: 'Lambda has no on-failure destinations for SQS; failed messages go to the dead-letter queue.' },
    ]);
    return { queue: this.queue };
  }

  /** CDK takes an imported queue for a standard one if its ARN has tokens, such as that of the partition. */
  private validateType(scope: Construct, prefix: string): ValidationError {
    const isFifo = /\.fifo"[\]}]*$/.test(JSON.stringify(Stack.of(scope).resolve(this.queue.queueArn)));
    return isFifo && !this.queue.fifo
      ? `\`${prefix}queue\` is a FIFO queue whose ARN is known only at deployment; import it by Queue.fromQueueAttributes() with \`fifo: true\``
      : undefined;
  }

  private validateVisibility(prefix: string): ValidationError {
    const given = this.setting('visibilityTimeout', VISIBILITY_TIMEOUT);
    const needed = VISIBILITY_FACTOR * (this.options.timeout ?? CONSUMER_TIMEOUT).toSeconds();
    return given === undefined || given >= needed ? undefined
      : `\`${prefix}queue\` must have a visibilityTimeout of at least ${needed} seconds, ${VISIBILITY_FACTOR} times the timeout of receive-source-orders, got ${given}`;
  }

  private validateRetention(prefix: string): ValidationError {
    const { maxMessageAge, retention } = this.retries;
    return maxMessageAge.toSeconds() >= minMessageAge(this.retries).toSeconds() ? undefined
      : `\`${prefix}retryDuration\` must be less than half the retentionPeriod of the queue, ${retention.toHumanString()}, got ${this.retries.retryDuration.toHumanString()}`;
  }

  private get retries() {
    const retention = this.setting('messageRetentionPeriod', QUEUE_RETENTION.toSeconds());
    const retentionPeriod = retention === undefined ? QUEUE_RETENTION : Duration.seconds(retention);
    return retriesOf({ ...this.options, retentionPeriod }, CONSUMER_TIMEOUT);
  }

  /** A setting of a queue that the app creates. Undefined for an imported queue, and for a value that is known only at deployment. */
  private setting(name: 'visibilityTimeout' | 'messageRetentionPeriod', byDefault: number): number | undefined {
    const resource = this.queue instanceof Queue ? this.queue.node.defaultChild : undefined;
    if (!(resource instanceof CfnQueue)) return undefined;
    const value = resource[name] ?? byDefault;
    return Token.isUnresolved(value) ? undefined : value;
  }
}
