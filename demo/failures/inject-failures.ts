import { duringOutage } from './during-outage';
import { publishPoisonEvent, sendPoisonMessage } from './poison-messages';
import { BURST, ORDERS_AT_END_OF_OUTAGE, ORDERS_BESIDE_POISON, ORDERS_DURING_OUTAGE, type FailureRequest } from './scenario';
import { eventually } from '../../cli/local/system/eventually';
import { redriveCommand } from '../../test/support/run-command-line';
import { awaitOutcomes } from '../await-outcomes';
import { STACK, type DeployedExample } from '../deployed-example';
import { resolveOrder, type OrderResult } from '../orders/outcomes';
import { sendOrders, type SentOrder } from '../orders/requests';
import type { StepTimer } from '../step-timer';

/** The outcomes of all requests sent while failures were injected, and the output of the command `redrive`. */
export interface FailureResults {
  readonly beforeRedrive: readonly OrderResult<FailureRequest>[];
  readonly afterRedrive: readonly OrderResult<FailureRequest>[];
  /** The output of `redrive --list`. */
  readonly listOutput: string;
  /** The output of `redrive --execute`. */
  readonly executeOutput: string;
}

/** Fourth part of the demo: a burst of repeated orders, poison messages, and a DynamoDB outage; then a redrive of the dead-letter queues. */
export async function injectFailures(example: DeployedExample, timer: StepTimer): Promise<FailureResults> {
  const run = new FailureRun(example);
  await timer.step('burst', `sending a burst of repeated orders: ${BURST.length} requests`, () => run.burst());
  await timer.step('poison', 'sending poison messages to a queue and to the bus, and valid orders beside them', () => run.poison());
  const beforeRedrive = await timer.step('outage', 'throttling the orders table until orders are in the dead-letter queue', () => run.outage());
  const listOutput = await timer.step('list', `npx cdk-order-pipeline redrive --stack ${STACK} --list`, () => redrive(example, '--list'));
  return timer.step('redrive', `npx cdk-order-pipeline redrive --stack ${STACK} --execute, and waiting for the outcomes`, async () => {
    const executeOutput = await redrive(example, '--execute');
    return { beforeRedrive, listOutput, executeOutput, afterRedrive: await run.awaitOutcomes() };
  });
}

class FailureRun {
  private readonly sent: SentOrder<FailureRequest>[] = [];

  constructor(private readonly example: DeployedExample) {}

  public async burst(): Promise<void> {
    await this.send(BURST);
    await this.awaitOutcomes();
  }

  public async poison(): Promise<void> {
    this.sent.push(await sendPoisonMessage(this.example), await publishPoisonEvent(this.example));
    await this.send(ORDERS_BESIDE_POISON);
    await this.awaitOutcomes();
  }

  public async outage(): Promise<OrderResult<FailureRequest>[]> {
    return duringOutage(this.example, async (dynamoDb) => {
      await this.send(ORDERS_DURING_OUTAGE);
      await this.awaitOutcomes();
      await this.send(ORDERS_AT_END_OF_OUTAGE);
      const ids = ORDERS_AT_END_OF_OUTAGE.map(({ order }) => (order as { orderId: string }).orderId);
      await eventually('the first attempts', async () => ids.every((orderId) => dynamoDb.hasThrottled(orderId)) || undefined);
      dynamoDb.recover();
      return this.awaitOutcomes();
    });
  }

  public awaitOutcomes(): Promise<OrderResult<FailureRequest>[]> {
    return awaitOutcomes(this.example.state, this.sent, (each) => resolveOrder(this.example, each));
  }

  private async send(requests: readonly FailureRequest[]): Promise<void> {
    this.sent.push(...await sendOrders(this.example.api, requests, 'failure', this.sent.length + 1));
  }
}

async function redrive({ local }: DeployedExample, action: string): Promise<string> {
  const { status, output, errors } = await redriveCommand(local, '--stack', STACK, action);
  if (status !== 0) throw new Error(`cdk-order-pipeline redrive ${action} exited with status ${status}: ${errors || output}`);
  return output;
}
