import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { LOCAL_PIPELINE_PROPS } from '../../support/local-pipeline-props';
import { OrderPipeline } from 'cdk-order-pipeline';

/** A pipeline with more dead-letter queues than have room in the environment of a function. */
const stack = new Stack(new App(), 'ManyQueues');
const orders = new OrderPipeline(stack, 'Orders', {
  fileIngest: false,
  ...LOCAL_PIPELINE_PROPS,
});
for (let number = 1; number <= 30; number++) {
  const [deadLetterQueue, sourceQueue] = ['DeadLetterQueue', 'Queue'].map((id) => new Queue(stack, `Subscriber${number}${id}`));
  orders.addDeadLetterQueue({ name: `subscriber-${number}`, deadLetterQueue, sourceQueue });
  if (number < 30) continue;
  new CfnOutput(stack, 'LastDeadLetterQueueUrl', { value: deadLetterQueue.queueUrl });
  new CfnOutput(stack, 'LastQueueUrl', { value: sourceQueue.queueUrl });
}
