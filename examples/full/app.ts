import { App } from 'aws-cdk-lib';
import { FullOrdersStack } from './full-orders-stack';

const app = new App();
new FullOrdersStack(app, 'FullOrders', {
  // Leaves out the features that a local AWS does not support, and deletes all data with the stack.
  local: process.env.AWS_ENDPOINT_URL !== undefined,
  // `npx cdk deploy --context core=true` leaves out the workflow, webhooks, live updates, the stream, the source and the GraphQL API.
  core: app.node.tryGetContext('core') === 'true',
});
