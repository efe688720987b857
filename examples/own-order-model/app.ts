import { App } from 'aws-cdk-lib';
import { FlowerOrdersStack } from './flower-orders-stack';

const app = new App();
new FlowerOrdersStack(app, 'FlowerOrders', { local: process.env.AWS_ENDPOINT_URL !== undefined });
