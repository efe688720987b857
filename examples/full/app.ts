import { App } from 'aws-cdk-lib';
import { FullOrdersStack } from './full-orders-stack';

const app = new App();
new FullOrdersStack(app, 'FullOrders', {
  // A local AWS has no archives, and its data is not kept.
  local: process.env.AWS_ENDPOINT_URL !== undefined,
});
