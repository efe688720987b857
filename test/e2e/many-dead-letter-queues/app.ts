import { App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { OrderPipeline } from 'cdk-order-pipeline';

/** A pipeline with more dead-letter queues than have room in the environment of a function. */
const stack = new Stack(new App(), 'ManyQueues');
const orders = new OrderPipeline(stack, 'Orders', {
  fileIngest: false,
  // The local AWS has no event archives and no alarms on metric math.
  archive: false,
  cloudWatchRole: false,
  monitoring: { alarms: false, dashboard: false },
  removalPolicy: RemovalPolicy.DESTROY,
});
for (let number = 1; number <= 30; number++) {
  const [deadLetterQueue, sourceQueue] = ['DeadLetterQueue', 'Queue'].map((id) => new Queue(stack, `Subscriber${number}${id}`));
  orders.addDeadLetterQueue({ name: `subscriber-${number}`, deadLetterQueue, sourceQueue });
  if (number < 30) continue;
  new CfnOutput(stack, 'LastDeadLetterQueueUrl', { value: deadLetterQueue.queueUrl });
  new CfnOutput(stack, 'LastQueueUrl', { value: sourceQueue.queueUrl });
}
