import { App, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { LOCAL_PIPELINE_PROPS } from '../../support/local-pipeline-props';
import { OrderPipeline } from 'cdk-order-pipeline';

const app = new App();
const stack = new Stack(app, 'Webhooks');
const destroyed = { removalPolicy: RemovalPolicy.DESTROY };
const alertTopic = new Topic(stack, 'Alerts');
const alerts = new Queue(stack, 'AlertsQueue', destroyed);
alertTopic.addSubscription(new SqsSubscription(alerts));

const orders = new OrderPipeline(stack, 'Orders', {
  webhooks: {
    endpoints: [{ webhookId: 'erp', url: app.node.getContext('erpUrl'), eventTypes: ['OrderChanged'], ordered: true }],
    // The receivers of the test.
    allowHttp: true,
    allowedNetworks: ['127.0.0.0/8'],
    requestTimeout: Duration.seconds(2),
    alertTopic,
    // Every concurrent invocation is a process of this machine.
    createWebhookDeliveries: { maxConcurrency: 2 },
    deliverWebhooks: { maxConcurrency: 6 },
  },
  validateOrder: { maxConcurrency: 2 },
  processOrder: { maxConcurrency: 2 },
  fileIngest: false,
  orderPlacements: false,
  orderChanges: false,
  orderCancellations: false,
  orderFulfillments: false,
  history: false,
  ...LOCAL_PIPELINE_PROPS,
});

const disabled = new Queue(stack, 'DisabledQueue', destroyed);
orders.events.onOrderWebhookDisabled('Disabled', { target: new SqsQueue(disabled) });

const outputs = {
  EventBusName: orders.events.eventBus.eventBusName,
  AlertsQueueUrl: alerts.queueUrl,
  DisabledQueueUrl: disabled.queueUrl,
  FailedDeliveriesUrl: orders.webhooks!.deliveryDeadLetterQueue.queueUrl,
};
for (const [name, value] of Object.entries(outputs)) new CfnOutput(stack, name, { value });
