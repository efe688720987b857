import { PipelineState } from './pipeline-state';
import type { StepTimer } from './step-timer';
import { deployExample } from '../test/support/deploy-example';
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
  const outputs = await timer.step('deploy', 'deploying examples/full with the CDK CLI', () => deployExample('full', STACK, local, {}));
  const api = await OrdersApi.of(local, outputs);
  const { EventLogQueueUrl: eventLogQueueUrl, AlertsQueueUrl: alertsQueueUrl, LargeOrdersQueueUrl: largeOrdersQueueUrl } = outputs;
  const state = new PipelineState({ local, stackName: STACK, eventLogQueueUrl, alertsQueueUrl, largeOrdersQueueUrl });
  const [bus, files] = [new OrdersBus(local, outputs.EventBusName), DeployedFiles.of(local, outputs, api)];
  return { local, api, state, bus, files, liveUpdatesUrl: outputs.OrdersLiveUpdatesUrl, partnerQueueUrl: outputs.PartnerQueueUrl };
}
