import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { sampleOf } from '../../../src/private/contracts/examples';
import { loadModel } from '../../../src/private/order-model/load-model';
import { LOCAL_PIPELINE_PROPS } from '../../support/local-pipeline-props';
import { orderModels } from '../../support/order-models';
import { LOCAL_DIR } from '../../support/python-tool';
import { OrderModel, OrderPipeline } from 'cdk-order-pipeline';

/** A stack for each model, with a queue of the orders of one customer, and the contracts beside the templates. */
const app = new App();
const schemas = join(LOCAL_DIR, 'order-models');
mkdirSync(schemas, { recursive: true });

orderModels.forEach(({ schema, pointers }, index) => {
  const path = join(schemas, `${index}.schema.json`);
  writeFileSync(path, JSON.stringify(schema));
  const stack = new Stack(app, `Model${index}`);
  const orders = new OrderPipeline(stack, 'Orders', {
    orderModel: OrderModel.fromJsonSchema(path, pointers as never),
    redrive: false,
    ...LOCAL_PIPELINE_PROPS,
    autoDeleteObjects: false,
  });
  orders.writeContracts();
  const { facts } = sampleOf(loadModel(path, pointers));
  const [customer, all] = [new Queue(stack, 'CustomerQueue'), new Queue(stack, 'EventsQueue')];
  orders.events.onOrderConfirmed('Customer', {
    target: new SqsQueue(customer),
    customerIds: [facts.customerId as string],
    ...(facts.currency === undefined ? {} : { currencies: [facts.currency as string] }),
    ...(facts.total === undefined ? {} : { minimumTotal: Math.floor(facts.total as number) }),
  });
  orders.events.onOrderEvent('Events', { target: new SqsQueue(all) });
  new CfnOutput(stack, 'CustomerQueueUrl', { value: customer.queueUrl });
  new CfnOutput(stack, 'EventsQueueUrl', { value: all.queueUrl });
});
