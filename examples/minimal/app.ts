import { App, Stack } from 'aws-cdk-lib';
import { OrderPipeline } from 'cdk-order-pipeline';

const app = new App();
const stack = new Stack(app, 'MinimalOrders');
new OrderPipeline(stack, 'Orders');
