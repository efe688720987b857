import { App } from 'aws-cdk-lib';
import { JwtBrowserShopStack } from './jwt-browser-shop-stack';

const app = new App();
new JwtBrowserShopStack(app, 'JwtBrowserShop', {
  siteOrigin: app.node.tryGetContext('siteOrigin') ?? 'http://localhost:8080',
  local: process.env.AWS_ENDPOINT_URL !== undefined,
});
