import { App } from 'aws-cdk-lib';
import { HardenedOrdersStack } from './hardened-orders-stack';

const app = new App();
// A customer-managed key needs a stack with a region.
new HardenedOrdersStack(app, 'HardenedOrders', { env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION ?? 'eu-central-1' } });
