import { Observer } from './observe';
import type { Stopwatch } from './stopwatch';
import { deployExample } from '../test/support/deploy-example';
import { DeployedFiles } from '../test/support/deployed-files';
import type { LocalAws } from '../test/support/local-aws';
import { OrdersApi } from '../test/support/orders-api';
import { OrdersBus } from '../test/support/orders-bus';

export const STACK = 'FullOrders';

/** `examples/full`, deployed, and the ways in and out of it. */
export interface Deployed {
  readonly local: LocalAws;
  readonly api: OrdersApi;
  readonly bus: OrdersBus;
  readonly files: DeployedFiles;
  readonly observer: Observer;
}

/** Deploys the example with the real CDK CLI. */
export async function deploy(local: LocalAws, stopwatch: Stopwatch): Promise<Deployed> {
  const outputs = await stopwatch.step('deploy', 'deploying examples/full with the CDK CLI', () => deployExample('full', STACK, local));
  const api = await OrdersApi.of(local, outputs);
  const { EventLogQueueUrl: eventLogQueueUrl, AlertsQueueUrl: alertsQueueUrl, LargeOrdersQueueUrl: largeOrdersQueueUrl } = outputs;
  const observer = new Observer({ local, stackName: STACK, eventLogQueueUrl, alertsQueueUrl, largeOrdersQueueUrl, api });
  return { local, api, observer, bus: new OrdersBus(local, outputs.EventBusName), files: new DeployedFiles(local, outputs.FilesBucketName, api) };
}
