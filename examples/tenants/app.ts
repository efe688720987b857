import { App } from 'aws-cdk-lib';
import { MarketplaceStack } from './marketplace-stack';

const app = new App();
new MarketplaceStack(app, 'Marketplace', { local: process.env.AWS_ENDPOINT_URL !== undefined });
