import { Duration, type Environment, type Stack } from 'aws-cdk-lib';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Secret, type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { OrderSource } from 'cdk-order-pipeline';

export type MakeSource = (stack: Stack) => OrderSource;

/** The environment of the resources below. */
export const SOURCE_ENV: Environment = { account: '111122223333', region: 'eu-central-1' };
export const CLUSTER = 'arn:aws:kafka:eu-central-1:111122223333:cluster/shop/0b6ad0b2-1';
export const BROKER = 'arn:aws:mq:eu-central-1:111122223333:broker:shop:b-0b6ad0b2';
export const PUBLIC_KAFKA = { bootstrapServers: ['broker.example.com:9092'], topic: 'orders' };

const SECRET = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:broker-AbCdEf';
export const secretIn = (stack: Stack): ISecret => (stack.node.tryFindChild('Secret') as ISecret | undefined) ?? Secret.fromSecretCompleteArn(stack, 'Secret', SECRET);

export const streamIn = (stack: Stack) => Stream.fromStreamArn(stack, 'Stream', 'arn:aws:kinesis:eu-central-1:111122223333:stream/orders');

/** A queue of the app as a source needs it. */
export const queueIn = (stack: Stack, props: object = {}): Queue => new Queue(stack, 'Queue', {
  visibilityTimeout: Duration.minutes(3),
  deadLetterQueue: { queue: new Queue(stack, 'DeadLetters', { retentionPeriod: Duration.days(14) }), maxReceiveCount: 1000 },
  ...props,
});

/** A source of each kind, with as few options as possible. */
export const SOURCES: Record<string, MakeSource> = {
  'kinesis': (stack) => OrderSource.kinesis(streamIn(stack)),
  'kafka': (stack) => OrderSource.kafka({ ...PUBLIC_KAFKA, secret: secretIn(stack) }),
  'msk': () => OrderSource.msk(CLUSTER, 'orders'),
  'rabbit-mq': (stack) => OrderSource.rabbitMq(BROKER, 'orders', secretIn(stack)),
  'active-mq': (stack) => OrderSource.activeMq(BROKER, 'orders', secretIn(stack)),
  'queue': (stack) => OrderSource.queue(queueIn(stack)),
  'topic': (stack) => OrderSource.topic(new Topic(stack, 'Topic')),
};
