import { randomBytes, randomUUID } from 'node:crypto';
import { ChangedEnvironment } from './changed-environment';
import { ThrottlingDynamoDb } from './throttling-dynamodb';
import { Problem } from '../../../handlers/shared/http/problem';
import { stepsOf, withValueAt } from '../../../handlers/shared/json/value-at';
import type { OrderDocument } from '../../../handlers/shared/orders/order-document';
import { EVENT_TYPE } from '../../../src/private/contract';
import type { Fault, FaultList } from '../console-api';
import type { ConsoleContext } from '../console-context';
import { sendCommand } from '../data/commands';

/** How long orders are retried while a fault lasts. A day, the default, is too long to watch. */
const RETRY_SECONDS = '10';
const BURST_ORDERS = 10;
const BURST_REPETITIONS = 6;

const DESCRIPTIONS: readonly Omit<FaultList['faults'][number], 'active'>[] = [
  {
    fault: 'throttle-orders-table',
    label: 'Throttle the orders table',
    description: 'DynamoDB throttles process-order. Orders wait in the processing queue, and after 10 seconds of retries they are in its dead-letter queue. End it, and redrive them.',
    lasts: true,
  },
  {
    fault: 'fail-process-order',
    label: 'Make process-order fail',
    description: 'process-order ends at its start. Lambda retries its messages, and SQS moves them to the dead-letter queue. End it, and redrive them.',
    lasts: true,
  },
  {
    fault: 'poison-messages',
    label: 'Send poison messages',
    description: 'A message that is not JSON in the orders queue, and an event without an order on the bus. Both go to dead-letter queues; orders beside them are processed.',
    lasts: false,
  },
  {
    fault: 'duplicate-burst',
    label: 'Send a burst of duplicates',
    description: `${BURST_ORDERS} orders, each sent ${BURST_REPETITIONS} times at once. Each is confirmed once; the others are repeated.`,
    lasts: false,
  },
];

/** What "break it" does to a pipeline on a local AWS. Faults that last are undone when the console ends. */
export class Faults {
  private readonly active = new Set<Fault>();
  private readonly environment?: ChangedEnvironment;
  private throttling?: ThrottlingDynamoDb;

  /**
   * @param endpoint the local AWS; undefined with AWS itself, which has no faults.
   * @param example an order of the pipeline.
   */
  constructor(private readonly context: ConsoleContext, private readonly endpoint: string | undefined, private readonly example: OrderDocument) {
    const { pipeline: { processFunction }, aws } = context;
    if (processFunction !== undefined) this.environment = new ChangedEnvironment(processFunction, aws);
  }

  list(): FaultList {
    this.assertLocal();
    return { faults: DESCRIPTIONS.map((each) => ({ ...each, active: this.active.has(each.fault) })) };
  }

  /** Starts a fault. One that is active stays so. */
  async start(fault: Fault): Promise<FaultList> {
    const { lasts } = this.describe(fault);
    if (this.active.has(fault)) return this.list();
    if (fault === 'throttle-orders-table') await this.throttle();
    if (fault === 'fail-process-order') await this.changeEnvironment(fault, { ORDERS_TABLE_NAME: undefined });
    if (fault === 'poison-messages') await this.sendPoison();
    if (fault === 'duplicate-burst') await this.sendBurst();
    if (lasts) this.active.add(fault);
    return this.list();
  }

  /** Ends a fault. */
  async end(fault: Fault): Promise<FaultList> {
    this.describe(fault);
    if (this.active.delete(fault)) await this.undo(fault);
    return this.list();
  }

  /** Ends all faults. */
  async close(): Promise<void> {
    for (const fault of [...this.active]) await this.end(fault);
  }

  private async throttle(): Promise<void> {
    this.throttling = await ThrottlingDynamoDb.start(this.endpoint!);
    await this.changeEnvironment('throttle-orders-table', { ...this.throttling.environment, RETRY_DURATION: RETRY_SECONDS });
  }

  private async undo(fault: Fault): Promise<void> {
    this.throttling?.recover();
    await this.environment?.restore(fault);
    if (fault === 'throttle-orders-table') this.throttling?.stop();
  }

  private async changeEnvironment(fault: Fault, changes: Readonly<Record<string, string | undefined>>): Promise<void> {
    if (!this.environment) throw new Problem(409, 'no-function', 'the pipeline has no function process-order');
    await this.environment.change(fault, changes);
  }

  private async sendPoison(): Promise<void> {
    const { pipeline: { ordersQueueUrl, bus, eventSource, id }, aws } = this.context;
    const correlationId = `poison-${randomBytes(4).toString('hex')}`;
    if (ordersQueueUrl !== undefined) await aws.sendMessage(ordersQueueUrl, { body: `"${correlationId}", "orderId": `, group: correlationId, deduplicationId: correlationId });
    if (bus === undefined || eventSource === undefined) return;
    const detail = { metadata: { correlationId, pipeline: id }, data: {} };
    await aws.publish(bus, { source: eventSource, type: EVENT_TYPE.ORDER_VALIDATED, detail });
  }

  private async sendBurst(): Promise<void> {
    const { model, hasTenants } = this.context.pipeline;
    if (hasTenants) throw new Problem(409, 'tenants', 'a burst of duplicates is not available in a pipeline with tenants');
    const prefix = `burst-${randomUUID().slice(0, 8)}`;
    const steps = stepsOf(model?.orderId ?? '/orderId');
    const orders = Array.from({ length: BURST_ORDERS * BURST_REPETITIONS }, (_, index) => withValueAt(this.example, steps, `${prefix}-${index % BURST_ORDERS}`));
    const results = await Promise.all(orders.map((order) => sendCommand({ command: 'place', order }, this.context)));
    const refused = results.find(({ status }) => status >= 300);
    if (refused) throw new Problem(502, 'burst-refused', `the API refused an order of the burst: ${refused.problem?.title ?? refused.status}`);
  }

  private describe(fault: Fault): (typeof DESCRIPTIONS)[number] {
    this.assertLocal();
    const found = DESCRIPTIONS.find((each) => each.fault === fault);
    if (!found) throw new Problem(404, 'unknown-fault', `there is no fault "${String(fault)}"`);
    return found;
  }

  private assertLocal(): void {
    if (this.endpoint === undefined) throw new Problem(404, 'local-only', 'faults are available on a local AWS only');
  }
}
