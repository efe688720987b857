import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { LOCAL_PIPELINE_PROPS } from '../../support/local-pipeline-props';
import { OrderModel, OrderPipeline, OrderTenants } from 'cdk-order-pipeline';

const stack = new Stack(new App(), 'Shop');
new OrderPipeline(stack, 'Orders', { ...LOCAL_PIPELINE_PROPS, autoDeleteObjects: false });

// The model of examples/own-order-model, and tenants.
new OrderPipeline(stack, 'Flowers', {
  ...LOCAL_PIPELINE_PROPS,
  fileIngest: false,
  tenants: OrderTenants.apiKeys({ tenant: 'acme' }, { tenant: 'globex' }),
  orderModel: OrderModel.fromJsonSchema(join(__dirname, '../../../examples/own-order-model/order.schema.json'), {
    orderId: '/number', customerId: '/buyer/id', currency: '/amounts/currency', total: '/amounts/gross', changeable: ['/lines'],
  }),
});
