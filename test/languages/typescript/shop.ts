import { App, Stack } from 'aws-cdk-lib';
import { OrderPipeline } from 'cdk-order-pipeline';

const app = new App();
const stack = new Stack(app, 'Shop');
new OrderPipeline(stack, 'Orders');
app.synth();
