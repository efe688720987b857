import { App, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { LOCAL_PIPELINE_PROPS } from '../../support/local-pipeline-props';
import { OrderPipeline, OrderSource } from 'cdk-order-pipeline';

/** A pipeline with every kind of source that the local AWS has. */
const stack = new Stack(new App(), 'Sources');
const stream = new Stream(stack, 'Stream', { shardCount: 1, removalPolicy: RemovalPolicy.DESTROY });
const topic = new Topic(stack, 'Topic');
const queue = new Queue(stack, 'Queue', {
  visibilityTimeout: Duration.minutes(3),
  deadLetterQueue: { queue: new Queue(stack, 'QueueDeadLetters', { retentionPeriod: Duration.days(14) }), maxReceiveCount: 1000 },
});

const orders = new OrderPipeline(stack, 'Orders', {
  sources: [OrderSource.kinesis(stream), OrderSource.queue(queue), OrderSource.topic(topic)],
  fileIngest: false,
  orderPlacements: false,
  orderChanges: false,
  orderCancellations: false,
  orderFulfillments: false,
  history: false,
  ...LOCAL_PIPELINE_PROPS,
});

new CfnOutput(stack, 'StreamName', { value: stream.streamName });
new CfnOutput(stack, 'QueueUrl', { value: queue.queueUrl });
new CfnOutput(stack, 'TopicArn', { value: topic.topicArn });
new CfnOutput(stack, 'RedriveFunction', { value: orders.redrive!.redriveDeadLettersFunction.functionName });
orders.sources.forEach((source, index) => {
  new CfnOutput(stack, `DeadLetters${index}Url`, { value: source.deadLetterQueue.queueUrl });
});
