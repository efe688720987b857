import { join } from 'node:path';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { buildSync } from 'esbuild';
import { LOCAL_PIPELINE_PROPS } from '../../support/local-pipeline-props';
import { LOCAL_DIR } from '../../support/python-tool';
import { OrderPipeline } from 'cdk-order-pipeline';

/** A pipeline with a stream and three consumers, each of which copies what it receives to a queue. */
const stack = new Stack(new App(), 'Streamed');
const orders = new OrderPipeline(stack, 'Orders', {
  // The local AWS has no named queries of Athena.
  stream: { queries: false, autoDeleteObjects: false },
  fileIngest: false,
  redrive: false,
  ...LOCAL_PIPELINE_PROPS,
});

const folder = join(LOCAL_DIR, 'order-stream-consumer');
buildSync({ entryPoints: [join(__dirname, 'consumer.ts')], outfile: join(folder, 'index.js'), bundle: true, platform: 'node', format: 'cjs', target: 'node24' });

const addConsumer = (id: string, eventTypes?: string[]): void => {
  const queue = new Queue(stack, `${id}Queue`);
  const consumerFunction = new Function(stack, `${id}Function`, {
    runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromAsset(folder), environment: { COPIES_QUEUE_URL: queue.queueUrl },
  });
  queue.grantSendMessages(consumerFunction);
  orders.stream!.addConsumer(id, { consumerFunction, eventTypes });
  new CfnOutput(stack, `${id}QueueUrl`, { value: queue.queueUrl });
  new CfnOutput(stack, `${id}FunctionName`, { value: consumerFunction.functionName });
};
addConsumer('Forecast');
addConsumer('Fraud');
addConsumer('Confirmations', ['OrderConfirmed']);

new CfnOutput(stack, 'BucketName', { value: orders.stream!.bucket.bucketName });
new CfnOutput(stack, 'StreamQueueUrl', { value: orders.stream!.streamQueue.queueUrl });
new CfnOutput(stack, 'EventBusName', { value: orders.events.eventBus.eventBusName });
