import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { LOCAL_PIPELINE_PROPS } from '../../support/local-pipeline-props';
import { OrderConfirmation, OrderPipeline } from 'cdk-order-pipeline';

/** A pipeline whose orders a function confirms, rejects or leaves to another system, as their notes say. */
const stack = new Stack(new App(), 'ConfirmedOrders');
const confirmOrders = new Function(stack, 'ConfirmOrders', {
  runtime: Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: Code.fromInline(`exports.handler = async ({ orders }) => ({
    results: orders.map(({ order: { notes } }) => {
      if (notes === 'reject') return { decision: 'REJECT', reasons: [{ code: 'CARD_DECLINED', message: 'the card was declined' }] };
      return { decision: notes === 'later' ? 'LATER' : 'CONFIRM' };
    }),
  })`),
});
const { events } = new OrderPipeline(stack, 'Orders', {
  confirmation: OrderConfirmation.function(confirmOrders, { timeout: Duration.minutes(1) }),
  ...LOCAL_PIPELINE_PROPS,
  autoDeleteObjects: false,
});
const eventLog = new Queue(stack, 'EventLog');
events.onOrderEvent('AllEvents', { target: new SqsQueue(eventLog) });
new CfnOutput(stack, 'EventBusName', { value: events.eventBus.eventBusName });
new CfnOutput(stack, 'EventLogQueueUrl', { value: eventLog.queueUrl });
