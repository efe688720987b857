import { App } from 'aws-cdk-lib';
import { LiveUpdatesStack } from './live-updates-stack';

const app = new App();
new LiveUpdatesStack(app, 'LiveUpdates', {
  siteOrigin: app.node.tryGetContext('siteOrigin') ?? 'http://localhost:8080',
  local: process.env.AWS_ENDPOINT_URL !== undefined,
});
