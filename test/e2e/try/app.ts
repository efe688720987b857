import { App, NestedStack, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { OrderApi, OrderAuthentication, OrderPipeline, type OrderPipelineProps } from 'cdk-order-pipeline';

/** The pipeline of examples/minimal without what a local AWS does not have: event archives, and alarms on metric math. */
const LOCAL: OrderPipelineProps = { archive: false, monitoring: { alarms: false }, removalPolicy: RemovalPolicy.DESTROY };

const app = new App();
new OrderPipeline(new Stack(app, 'Shop'), 'Orders', { ...LOCAL, cloudWatchRole: false, autoDeleteObjects: false });

const two = new Stack(app, 'TwoPipelines');
new OrderPipeline(two, 'Web', { ...LOCAL, cloudWatchRole: false, history: false, fileIngest: false });
new OrderPipeline(new NestedStack(two, 'Wholesale'), 'Orders', {
  ...LOCAL, api: OrderApi.http(), authentication: OrderAuthentication.none(), fileIngest: false,
});
