import { App } from 'aws-cdk-lib';
import { FullOrdersStack } from './full-orders-stack';

const app = new App();
new FullOrdersStack(app, 'FullOrders', {
  // A local AWS is a place to try things: no archive there, and nothing to keep.
  local: process.env.AWS_ENDPOINT_URL !== undefined,
});
