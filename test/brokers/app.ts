import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { LOCAL_PIPELINE_PROPS } from '../support/local-pipeline-props';
import { OrderPipeline, OrderSource } from 'cdk-order-pipeline';

/** A pipeline with a source for each broker. The local AWS does not poll brokers, so the tests do that instead of the mappings. */
const stack = new Stack(new App(), 'Brokers', { env: { account: '000000000000', region: 'us-east-1' } });
const secret = Secret.fromSecretCompleteArn(stack, 'Secret', 'arn:aws:secretsmanager:us-east-1:000000000000:secret:broker-AbCdEf');
const brokerArn = 'arn:aws:mq:us-east-1:000000000000:broker:orders:b-1';

const orders = new OrderPipeline(stack, 'Orders', {
  sources: [
    OrderSource.kafka({ bootstrapServers: ['127.0.0.1:9092'], topic: 'orders', secret }),
    OrderSource.rabbitMq(brokerArn, 'orders', secret),
    OrderSource.activeMq(brokerArn, 'orders', secret),
  ],
  fileIngest: false,
  orderPlacements: false,
  orderChanges: false,
  orderCancellations: false,
  orderFulfillments: false,
  history: false,
  ...LOCAL_PIPELINE_PROPS,
});

for (const source of orders.sources) {
  source.node.tryRemoveChild('Mapping');
  const name = source.node.id.replace('Source', '');
  new CfnOutput(stack, `${name}Function`, { value: source.receiveSourceOrdersFunction.functionName });
  new CfnOutput(stack, `${name}DeadLettersUrl`, { value: source.deadLetterQueue.queueUrl });
}
new CfnOutput(stack, 'OrdersTable', { value: orders.processor.ordersTable.tableName });
new CfnOutput(stack, 'SequenceTable', { value: orders.ingest.sequenceTable.tableName });
