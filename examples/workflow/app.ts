import { App } from 'aws-cdk-lib';
import { WorkflowStack } from './workflow-stack';

const app = new App();
new WorkflowStack(app, 'Fulfillment', { local: process.env.AWS_ENDPOINT_URL !== undefined });
