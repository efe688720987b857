import { PipelineState } from './pipeline-state';
import type { StepTimer } from './step-timer';
import { deployWithCdkCli } from '../test/support/deploy-with-cdk-cli';
import { DeployedFiles } from '../test/support/deployed-files';
import type { LocalAws } from '../test/support/local-aws';
import { OrdersApi } from '../test/support/orders-api';
import { OrdersBus } from '../test/support/orders-bus';

export const STACK = 'FullOrders';

/** `examples/full`, deployed to a local AWS, with clients for its API, bus and bucket. */
export interface DeployedExample {
  readonly local: LocalAws;
  readonly api: OrdersApi;
  readonly bus: OrdersBus;
  readonly files: DeployedFiles;
  readonly state: PipelineState;
  /** The URL of the WebSocket API, as the stack has it. */
  readonly liveUpdatesUrl: string;
  readonly partnerQueueUrl: string;
}

/** Deploys the example with the CDK CLI. */
export async function deploy(local: LocalAws, timer: StepTimer): Promise<DeployedExample> {
  return connect(local, await timer.step('deploy', 'deploying examples/full with the CDK CLI', () => deployWithCdkCli('full', STACK, local)));
}

/** Creates the clients for a deployed stack with these outputs. */
export async function connect(local: LocalAws, outputs: Record<string, string>): Promise<DeployedExample> {
  const api = await OrdersApi.of(local, outputs);
  const { EventLogQueueUrl: eventLogQueueUrl, AlertsQueueUrl: alertsQueueUrl, LargeOrdersQueueUrl: largeOrdersQueueUrl } = outputs;
  const state = new PipelineState({ local, stackName: STACK, eventLogQueueUrl, alertsQueueUrl, largeOrdersQueueUrl });
  const [bus, files] = [new OrdersBus(local, outputs.EventBusName), DeployedFiles.of(local, outputs, api)];
  return { local, api, state, bus, files, liveUpdatesUrl: outputs.OrdersLiveUpdatesUrl, partnerQueueUrl: outputs.PartnerQueueUrl };
}
