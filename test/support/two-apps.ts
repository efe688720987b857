import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOCAL_DIR } from './python-tool';

const EXAMPLES = join(__dirname, '..', '..', 'examples');

/**
 * Writes a CDK app with one pipeline.
 *
 * @param bus the expression of the bus in the app, which can use `stack`.
 * @returns the path of the app.
 */
export function writeApp(stackName: string, bus: string): string {
  const folder = join(LOCAL_DIR, 'apps', stackName);
  mkdirSync(folder, { recursive: true });
  cpSync(join(EXAMPLES, 'minimal', 'cdk.json'), join(folder, 'cdk.json'));
  writeFileSync(join(folder, 'app.js'), `
const { App, CfnOutput, RemovalPolicy, Stack } = require('aws-cdk-lib');
const { EventBus } = require('aws-cdk-lib/aws-events');
const { OrderPipeline } = require('cdk-order-pipeline');
const stack = new Stack(new App(), '${stackName}');
const orders = new OrderPipeline(stack, 'Orders', {
  eventBus: ${bus},
  fileIngest: false,
  redrive: false,
  // The local AWS has no event archives and no alarms on metric math.
  archive: false,
  cloudWatchRole: false,
  monitoring: { alarms: false, dashboard: false },
  removalPolicy: RemovalPolicy.DESTROY,
});
new CfnOutput(stack, 'PipelineId', { value: orders.pipelineId });
`);
  return folder;
}
