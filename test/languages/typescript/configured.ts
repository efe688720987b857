import { App, CfnOutput, Duration, Size, Stack } from 'aws-cdk-lib';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { CsvColumn, ExistingOrderPolicy, OrderApi, OrderAuthentication, OrderListKey, OrderPipeline } from 'cdk-order-pipeline';

const app = new App();
const stack = new Stack(app, 'Configured');
const orders = new OrderPipeline(stack, 'Orders', {
  api: OrderApi.http(),
  authentication: OrderAuthentication.iam(),
  maxOrderSize: Size.kibibytes(64),
  historyRetention: Duration.days(30),
  processOrder: { maxConcurrency: 20 },
  listOrdersBy: [OrderListKey.CUSTOMER, OrderListKey.STATUS],
  csv: { columns: { Number: CsvColumn.orderId(), Customer: CsvColumn.text('/customerId'), SKU: CsvColumn.text('/items/-/sku') }, decimalSeparator: ',' },
  onExistingOrder: ExistingOrderPolicy.CHANGE,
  monitoring: { alarmTopic: new Topic(stack, 'Alarms'), rejectedOrders: { enabled: false } },
});
const rule = orders.events.onOrderConfirmed('Shipping', {
  target: new SqsQueue(new Queue(stack, 'ShippingQueue')),
  currencies: ['EUR'],
  minimumTotal: 10000,
});
orders.addDeadLetterQueue({ name: 'shipping', deadLetterQueue: rule.deadLetterQueue! });
orders.ingest.grantInvokeApi(new Role(stack, 'ShopRole', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') }), 'POST /orders');
new CfnOutput(stack, 'Url', { value: orders.ingest.url });
app.synth();
