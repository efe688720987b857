import { join } from 'node:path';
import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { ACCOUNT, deployed } from './deployed-stacks';
import { loadPipeline } from '../../../../cli/console/deployment/load-pipeline';
import { OrderListKey, OrderPipeline, OrderTenants, type OrderPipelineProps } from '../../../../src';
import { OrderModel } from '../../../../src';

const newStack = () => new Stack(new App(), 'Shop');

function load(props?: OrderPipelineProps, change: (pipeline: OrderPipeline, stack: Stack) => void = () => undefined, isLocal = false) {
  const stack = newStack();
  change(new OrderPipeline(stack, 'Orders', props), stack);
  return loadPipeline('Shop', undefined, deployed({ Shop: stack }, isLocal));
}

test('loads the resources of a pipeline with their parts, labels and dead-letter queues', async () => {
  const { resources, routes, tables, name, pipeline, id, region, account, redriveFunction } = await load();
  const labels = (part: string) => resources.filter((each) => each.part === part).map(({ kind, label }) => `${kind} ${label}`).sort();
  expect({ name, pipeline, id, region, account }).toEqual({ name: 'Shop', pipeline: 'Orders', id: 'Shop/Orders', region: 'eu-central-1', account: ACCOUNT });
  expect(labels('Ingest')).toEqual([
    'API REST API', 'FUNCTION receive-order', 'FUNCTION validate-order', 'QUEUE orders dead-letter queue', 'QUEUE orders queue', 'TABLE sequence table',
  ]);
  const queue = resources.find(({ label }) => label === 'processing queue')!;
  expect(queue.deadLetterQueue).toEqual({ id: resources.find(({ label }) => label === 'processing dead-letter queue')!.id, name: 'processing', redrivable: true });
  expect(resources.find(({ label }) => label === 'publish-order-changes')!.deadLetterQueue).toMatchObject({ name: 'stream', redrivable: true });
  expect(routes.map((route) => route.name)).toEqual(expect.arrayContaining(['files', 'orders', 'processing', 'stream', 'history']));
  expect(Object.keys(tables).sort()).toEqual(['files', 'history', 'orders']);
  expect(redriveFunction).toMatch(/RedriveDeadLetters/);
});

test('finds what sends to what', async () => {
  const { resources, edges } = await load();
  const label = (id: string) => resources.find((each) => each.id === id)!.label;
  const named = edges.map(({ from, to }) => `${label(from)} → ${label(to)}`);
  expect(named).toEqual(expect.arrayContaining([
    'REST API → receive-order', 'receive-order → orders queue', 'orders queue → validate-order', 'validate-order → event bus', 'event bus → processing queue',
    'processing queue → process-order', 'process-order → orders table', 'orders table → publish-order-changes', 'bucket → files queue',
  ]));
  expect(new Set(named).size).toBe(named.length);
});

test('has the pages of resources in the AWS console, and none on a local AWS', async () => {
  const { resources } = await load();
  expect(resources.find(({ label }) => label === 'orders queue')!.url).toMatch(/^https:\/\/console\.aws\.amazon\.com\/sqs\/v3\/home\?region=eu-central-1#\/queues\/https%3A%2F%2Fsqs/);
  expect(resources.filter(({ url }) => url === undefined)).toEqual([]);
  expect((await load(undefined, undefined, true)).resources.filter(({ url }) => url !== undefined)).toEqual([]);
});

test('a pipeline without optional parts has no resources of them', async () => {
  const { resources, tables, listsBy, hasTenants } = await load({ fileIngest: false, history: false, listOrdersBy: [OrderListKey.STATUS] });
  expect(tables).toEqual({ orders: expect.stringContaining('OrdersTable') });
  expect(resources.filter(({ part }) => ['Files', 'History'].includes(part))).toEqual([]);
  expect([listsBy, hasTenants]).toEqual([['status'], false]);
});

test('without redrive, the dead-letter queues are known, and are not redrivable', async () => {
  const { routes, redriveFunction, resources } = await load({ redrive: false });
  expect(redriveFunction).toBeUndefined();
  expect(routes.map(({ name }) => name)).toEqual(expect.arrayContaining(['orders', 'processing', 'history']));
  expect(routes.every(({ notRedrivable }) => notRedrivable !== undefined)).toBe(true);
  expect(resources.filter(({ deadLetterQueue }) => deadLetterQueue?.redrivable)).toEqual([]);
});

test('knows the dead-letter queues that the app adds', async () => {
  const { routes } = await load(undefined, (pipeline, stack) => pipeline.addDeadLetterQueue({ name: 'shipping', deadLetterQueue: new Queue(stack, 'ShippingFailures') }));
  expect(routes.find(({ name }) => name === 'shipping')!.deadLetterQueueUrl).toMatch(/ShippingFailures/);
});

test('an imported bus is drawn, and rules deliver from it', async () => {
  const stack = newStack();
  new OrderPipeline(stack, 'Orders', { eventBus: EventBus.fromEventBusName(stack, 'Company', 'company'), pipelineId: 'orders', acceptEventsWithoutPipeline: false });
  const { resources, edges, bus } = await loadPipeline('Shop', undefined, deployed({ Shop: stack }));
  expect([bus, resources.find(({ kind }) => kind === 'BUS')]).toEqual(['company', expect.objectContaining({ id: 'bus', physicalId: 'company' })]);
  expect(edges.filter(({ from }) => from === 'bus').length).toBeGreaterThan(3);
});

test('knows that a pipeline has tenants', async () => {
  expect((await load({ tenants: OrderTenants.apiKeys({ tenant: 'acme' }) })).hasTenants).toBe(true);
});

test('has the schema of a model of the app, for forms', async () => {
  const path = join(__dirname, '../../../support/order-extension.schema.json');
  const { model } = await load({ orderModel: OrderModel.standard({ extension: path }) });
  expect(model).toMatchObject({ orderId: '/orderId', schema: { type: 'object', properties: { items: expect.anything() } } });
});

test('loads a pipeline in a nested stack, and needs the name of one of several', async () => {
  const stack = newStack();
  new OrderPipeline(stack, 'Orders');
  const nested = new NestedStack(stack, 'Wholesale');
  new OrderPipeline(nested, 'Orders');
  const requests = deployed({ Shop: stack, nested });
  await expect(loadPipeline('Shop', undefined, requests)).rejects.toThrow('stack Shop has more than one order pipeline: give one of them with --pipeline: Orders, WholesaleOrders');
  await expect(loadPipeline('Shop', 'Web', requests)).rejects.toThrow('stack Shop has no order pipeline "Web": give one of them with --pipeline: Orders, WholesaleOrders');
  const { id, pipeline, resources } = await loadPipeline('Shop', 'WholesaleOrders', requests);
  expect([id, pipeline]).toEqual(['Shop/Wholesale/Orders', 'WholesaleOrders']);
  expect(resources.length).toBeGreaterThan(40);
});

test('fails when the stack has no pipeline', async () => {
  const stack = newStack();
  new Queue(stack, 'Queue');
  await expect(loadPipeline('Shop', undefined, deployed({ Shop: stack })))
    .rejects.toThrow('stack Shop has no OrderPipeline that the console knows: deploy it with this version of cdk-order-pipeline; single constructs have no console');
});
