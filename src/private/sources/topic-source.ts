import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { ConnectedSource, SourceKind, SourceQueues, SourceTarget } from './source-kind';
import type { CommonOptions } from '../../options';
import type { TopicSourceOptions } from '../../order-source-options';
import { CONSUMER_TIMEOUT, QueueWithDeadLetterQueue } from '../queue-with-dead-letter-queue';
import type { ValidationError } from '../validate';
import { validateQueueConsumer } from '../validate-consumer';
import { sameEnvironment } from '../validate-environment';

/** An SNS topic: topic → queue → function, so that a failed order is retried for as long as any other. */
export class TopicSource implements SourceKind {
  public readonly defaultName = 'topic';
  public readonly defaultTimeout = CONSUMER_TIMEOUT;
  public readonly hasHeaders = true;

  constructor(private readonly topic: ITopic, public readonly options: TopicSourceOptions) {}

  public validate = (scope: Construct, prefix: string): ValidationError[] => [
    ...validateQueueConsumer(prefix.slice(0, -1), this.options),
    sameEnvironment(`${prefix}topic`, scope, this.topic, 'region', 'create the pipeline where the topic is'),
  ];

  public createQueues(scope: Construct, _id: string, { encryptionKey, removalPolicy }: CommonOptions): SourceQueues {
    const own = new QueueWithDeadLetterQueue(scope, 'Notification', { ...this.options, fifo: this.topic.fifo, encryptionKey, removalPolicy });
    return { own, deadLetterQueue: own.deadLetterQueue };
  }

  /** Without raw delivery, a message has the ID of the notification, which stays the same when SNS delivers it again. */
  public connect({ handler, own, deadLetterQueue }: SourceTarget): ConnectedSource {
    own!.addConsumer(handler);
    this.topic.addSubscription(new SqsSubscription(own!.queue, { rawMessageDelivery: false, deadLetterQueue }));
    return { queue: own!.queue };
  }
}
