import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { paginateListExecutions, SFNClient } from '@aws-sdk/client-sfn';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { eventually } from '../../cli/local/system/eventually';
import { mapAtMost } from '../../handlers/shared/messaging/map-at-most';
import { clientConfig } from '../support/client-config';
import { DeployedPipeline } from '../support/deployed-pipeline';
import { postWithRetries } from '../support/post-with-retries';
import { sampleOrder } from '../support/sample-order';

/** `WORKFLOW_ORDERS=200` for a longer run. The local AWS starts a process for each function that runs at the same time. */
const ORDERS = Number(process.env.WORKFLOW_ORDERS ?? 24);
const CONCURRENCY = Number(process.env.WORKFLOW_CONCURRENCY ?? 4);

const STEPS = ['ReserveStock', 'AuthorizePayment', 'CheckFraud', 'CapturePayment', 'ShipOrder'];
const FAILURES = ['DECLINE', 'FAIL', 'FAIL_AFTER_EFFECT', 'FAIL_ONCE'];

/** How an order fails, and how it then ends. */
interface Scenario {
  readonly orderId: string;
  readonly tags: readonly string[];
  readonly hasFraudCheck: boolean;
  readonly status: 'FULFILLED' | 'CANCELLED';
}

/** Every step with every failure, and four orders without one. */
function scenario(index: number): Scenario {
  const variant = index % (STEPS.length * FAILURES.length + 4);
  const position = Math.floor(variant / FAILURES.length);
  const [step, failure] = [STEPS[position], FAILURES[variant % FAILURES.length]];
  // The compensation of the step before fails at first.
  const compensation = position > 0 && step !== undefined && index % 3 === 0 ? [`${STEPS[position - 1]}:FAIL_COMPENSATION_ONCE`] : [];
  return {
    orderId: `w-${index}`,
    tags: step === undefined ? [] : [`${step}:${failure}`, ...compensation],
    hasFraudCheck: step === 'CheckFraud' || index % 2 === 0,
    status: step === undefined || failure === 'FAIL_ONCE' ? 'FULFILLED' : 'CANCELLED',
  };
}
const scenarios = Array.from({ length: ORDERS }, (_, index) => scenario(index));

/** What a service recorded about a step of an order. */
interface Effect {
  readonly orderId: string;
  readonly step: string;
  readonly effects?: number;
  readonly compensations?: number;
}

describe('the example of a workflow, on a local AWS', () => {
  let pipeline: DeployedPipeline;
  const waitScale = process.env.SFN_WAIT_SCALE;
  beforeAll(async () => {
    // Retries of the local AWS wait for a twentieth of their time.
    process.env.SFN_WAIT_SCALE = '0.05';
    pipeline = await DeployedPipeline.start('workflow', 'Fulfillment');
  }, 600_000);
  afterAll(async () => {
    process.env.SFN_WAIT_SCALE = waitScale ?? '1';
    await pipeline?.stop();
  });

  const statusOf = async (orderId: string): Promise<string> => (await pipeline.api.get(orderId)).body.status;
  const ofOrders = <T extends { readonly orderId: string }>(all: readonly T[]) => all.filter(({ orderId }) => orderId.startsWith('w-'));

  /** Places an order and waits for its end. */
  async function runOrder({ orderId, tags, hasFraudCheck }: Scenario): Promise<void> {
    const items = [{ sku: 'coffee-1kg', quantity: 1, unitPrice: hasFraudCheck ? 50_000 : 1890 }];
    const { status } = await postWithRetries(pipeline.api, sampleOrder({ orderId, items, tags }));
    expect(status).toBe(202);
    await eventually(`the end of order ${orderId}`, async () => ['FULFILLED', 'CANCELLED'].includes(await statusOf(orderId)) || undefined, 400);
  }

  async function readEffects(): Promise<Effect[]> {
    const effects: Effect[] = [];
    const pages = paginateScan({ client: new DynamoDBClient(clientConfig(pipeline.local)) }, { TableName: pipeline.outputs.EffectsTableName });
    for await (const { Items = [] } of pages) effects.push(...Items.map((item) => unmarshall(item) as Effect));
    return effects;
  }

  async function executionNames(status?: 'FAILED'): Promise<string[]> {
    const names: string[] = [];
    const client = new SFNClient(clientConfig(pipeline.local));
    const pages = paginateListExecutions({ client }, { stateMachineArn: pipeline.outputs.StateMachineArn, statusFilter: status });
    for await (const { executions = [] } of pages) names.push(...executions.map(({ name }) => name!));
    return names;
  }

  test(`${ORDERS} orders with failures in every step end as fulfilled or as cancelled`, async () => {
    const started = Date.now();
    await mapAtMost(CONCURRENCY, scenarios, runOrder);
    const statuses = await mapAtMost(4, scenarios, async ({ orderId }) => ({ orderId, status: await statusOf(orderId) }));
    expect(statuses).toEqual(scenarios.map(({ orderId, status }) => ({ orderId, status })));
    const count = (status: string) => scenarios.filter((each) => each.status === status).length;
    console.info(`${ORDERS} orders in ${Math.round((Date.now() - started) / 1000)} s: ${count('FULFILLED')} fulfilled, ${count('CANCELLED')} cancelled`);
  }, 1_800_000);

  test('every step that took effect for a cancelled order is compensated exactly once, and none for a fulfilled one', async () => {
    const effects = ofOrders(await readEffects());
    const cancelled = new Set(scenarios.filter(({ status }) => status === 'CANCELLED').map(({ orderId }) => orderId));
    const tally = { effects: 0, compensations: 0 };
    for (const { orderId, step, effects: done = 0, compensations = 0 } of effects) {
      const expected = cancelled.has(orderId) ? done : 0;
      expect({ orderId, step, done, compensations }).toEqual({ orderId, step, done: Math.min(done, 1), compensations: expected });
      tally.effects += done;
      tally.compensations += compensations;
    }
    for (const { orderId, hasFraudCheck } of scenarios.filter(({ status }) => status === 'FULFILLED')) {
      const steps = effects.filter((each) => each.orderId === orderId && each.effects === 1).map(({ step }) => step).sort();
      expect({ orderId, steps }).toEqual({ orderId, steps: STEPS.filter((step) => step !== 'CheckFraud' || hasFraudCheck).sort() });
    }
    console.info(`${tally.effects} effects, ${tally.compensations} compensated`);
    expect(tally.compensations).toBeGreaterThan(0);
  }, 120_000);

  test('a task is answered over the API, and the history of the order has every step', async () => {
    // The warehouse ships without an answer.
    const orderId = 'answered-by-api';
    await postWithRetries(pipeline.api, sampleOrder({ orderId, tags: ['ShipOrder:FAIL_AFTER_EFFECT'] }));
    const answer = () => pipeline.api.request(`/orders/${orderId}/tasks/ShipOrder`, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ outcome: 'SUCCEEDED', result: { tracking: '1Z999' } }),
    });
    await eventually('the task', async () => (await answer()).status === 200 || undefined, 200);
    await eventually('the end of the order', async () => await statusOf(orderId) === 'FULFILLED' || undefined, 200);
    const types = await eventually('the history', async () => {
      const { items } = (await pipeline.api.request(`/orders/${orderId}/events`, {})).body as { items: { type: string; data: { step?: string } }[] };
      const found = items.map(({ type, data }) => [type, data?.step].filter((each) => each !== undefined).join(' '));
      return found.includes('OrderWorkflowSucceeded') && found.includes('OrderFulfilled') ? found : undefined;
    }, 200);
    expect([...types].sort()).toEqual([
      'OrderValidated', 'OrderConfirmed', 'OrderTaskRequested', 'OrderFulfilled', 'OrderWorkflowSucceeded',
      ...['ReserveStock', 'AuthorizePayment', 'CapturePayment', 'ShipOrder'].map((step) => `OrderWorkflowStepSucceeded ${step}`),
      ...types.filter((type, index) => type === 'OrderTaskRequested' && types.indexOf(type) < index),
    ].sort());
    expect((await answer()).status).toBe(200);
  }, 700_000);

  test('each order had one execution, and no execution failed', async () => {
    const names = (await executionNames()).filter((name) => name.startsWith('w-'));
    expect(names.map((name) => name.replace(/-[0-9a-f]{32}$/, '')).sort()).toEqual(scenarios.map(({ orderId }) => orderId).sort());
    expect(await executionNames('FAILED')).toEqual([]);
  }, 120_000);
});
