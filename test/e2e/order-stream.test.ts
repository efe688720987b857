import { join } from 'node:path';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { eventually } from '../../cli/local/system/eventually';
import { NAMED_QUERIES } from '../../src/private/stream/query-text';
import { athenaQuery } from '../support/athena-query';
import { clientConfig } from '../support/client-config';
import { deployExample } from '../support/deploy-example';
import { drain } from '../support/deployed-queues';
import { startLocalAws, type LocalAws } from '../support/local-aws';
import { OrdersApi } from '../support/orders-api';
import { OrdersBus } from '../support/orders-bus';
import { replayStreamCommand } from '../support/run-command-line';
import { sampleOrder } from '../support/sample-order';
import { streamObjects } from '../support/stream-objects';

/** What the test reads of an event in the stream. */
interface StreamedEvent {
  readonly 'eventId': string;
  readonly 'partitionKey': string;
  readonly 'acceptedAt'?: string;
  readonly 'detail-type': string;
  readonly 'detail': { readonly metadata: { readonly orderId: string; readonly version: number }; readonly data: { readonly order?: object } };
}

/** Orders placed over the API: all are confirmed, and some changed or cancelled. */
const ORDERS = ['ord-1', 'ord-2', 'ord-3', 'ord-4'];
/** Orders that are rejected: one from another system, and one with the ID of another order, which is in `ORDERS`. */
const INVALID_ORDER = 'ord-invalid';

describe('the stream of events, on a local AWS', () => {
  let local: LocalAws;
  let outputs: Record<string, string>;
  let api: OrdersApi;
  /** The events that each consumer received. */
  const received: Record<string, StreamedEvent[]> = { Forecast: [], Fraud: [], Confirmations: [] };
  /** The IDs of the events in the history, by order. */
  let history: Record<string, string[]>;

  beforeAll(async () => {
    local = await startLocalAws();
    outputs = await deployExample(join(__dirname, 'order-stream'), 'Streamed', local);
    api = await OrdersApi.of(local, outputs);
    await placeOrders();
    history = await eventually('the history of all orders', readHistory);
  }, 300_000);
  afterAll(() => local?.stop());

  async function placeOrders(): Promise<void> {
    await Promise.all(ORDERS.map((orderId) => api.post(sampleOrder({ orderId }))));
    await new OrdersBus(local, outputs.EventBusName).publish('OrderPlacementRequested', { orderId: INVALID_ORDER }, { order: sampleOrder({ orderId: INVALID_ORDER, total: 1 }) });
    await Promise.all(ORDERS.map((orderId) => waitFor(orderId, 'version', 1)));
    await api.post(sampleOrder({ orderId: 'ord-1', customerId: 'another' }));
    for (const notes of ['first', 'second', 'third']) await api.patch('ord-2', { notes });
    await api.cancel('ord-3', { reason: 'ordered twice' });
    await Promise.all([waitFor('ord-2', 'version', 4), waitFor('ord-3', 'status', 'CANCELLED'), waitFor(INVALID_ORDER, 'status', 'REJECTED')]);
  }

  const waitFor = (orderId: string, field: string, value: unknown) => eventually(`${field} ${value} of ${orderId}`, async () => {
    const { body } = await api.get(orderId);
    return body[field] === value ? body : undefined;
  });

  const EXPECTED = {
    'ord-1': ['OrderConfirmed', 'OrderRejected', 'OrderValidated', 'OrderValidated'],
    'ord-2': ['OrderChangeRequested', 'OrderChangeRequested', 'OrderChangeRequested', 'OrderChanged', 'OrderChanged', 'OrderChanged', 'OrderConfirmed', 'OrderValidated'],
    'ord-3': ['OrderCancellationRequested', 'OrderCancelled', 'OrderConfirmed', 'OrderValidated'],
    'ord-4': ['OrderConfirmed', 'OrderValidated'],
    [INVALID_ORDER]: ['OrderPlacementRequested', 'OrderRejected'],
  };

  async function readHistory(): Promise<Record<string, string[]> | undefined> {
    const pages = await Promise.all(Object.entries(EXPECTED).map(async ([orderId, types]) => {
      const { body: { items } } = await api.request(`/orders/${orderId}/events`, {});
      const found: { eventId: string; type: string }[] = items;
      return found.length >= types.length ? [orderId, found.map(({ eventId }) => eventId)] as const : undefined;
    }));
    return pages.every((page) => page !== undefined) ? Object.fromEntries(pages) : undefined;
  }

  const allIds = () => Object.values(history).flat().sort();

  async function receive(consumer: string): Promise<StreamedEvent[]> {
    received[consumer].push(...(await drain(local, outputs[`${consumer}QueueUrl`])).map(({ Body }) => JSON.parse(Body!)));
    return received[consumer];
  }

  const uniqueIds = (events: readonly StreamedEvent[]) => [...new Set(events.map(({ eventId }) => eventId))].sort();

  test.each(['Forecast', 'Fraud'])('the consumer %s reads every event of the history, each under the key of its order', async (consumer) => {
    const events = await eventually('all events', async () => {
      const soFar = await receive(consumer);
      return allIds().every((id) => soFar.some(({ eventId }) => eventId === id)) ? soFar : undefined;
    });
    expect(uniqueIds(events)).toEqual(allIds());
    for (const { partitionKey, detail: { metadata } } of events) expect(partitionKey).toBe(metadata.orderId);
    const once = events.filter(({ eventId }, index) => events.findIndex((each) => each.eventId === eventId) === index);
    const byOrder = Object.entries(Object.groupBy(once, ({ partitionKey }) => partitionKey));
    const types = byOrder.map(([orderId, ofOrder]) => [orderId, ofOrder!.map((event) => event['detail-type']).sort()]);
    expect(Object.fromEntries(types)).toEqual(EXPECTED);
  }, 60_000);

  test('a consumer of one type of events reads only these', async () => {
    const events = await eventually('the confirmations', async () => {
      const soFar = await receive('Confirmations');
      return uniqueIds(soFar).length >= ORDERS.length ? soFar : undefined;
    });
    expect(new Set(events.map((event) => event['detail-type']))).toEqual(new Set(['OrderConfirmed']));
    expect([...new Set(events.map(({ partitionKey }) => partitionKey))].sort()).toEqual(ORDERS);
  }, 60_000);

  test('whatever the sequence in which events arrive, the one with the highest version is the order as it is', async () => {
    for (const orderId of ORDERS) {
      const withOrder = received.Fraud.filter(({ partitionKey, detail }) => partitionKey === orderId && detail.data.order !== undefined);
      const versionOf = ({ detail }: StreamedEvent) => detail.metadata.version;
      const { detail: { metadata, data } } = withOrder.reduce((newest, event) => (versionOf(event) > versionOf(newest) ? event : newest));
      const { body } = await api.get(orderId);
      expect([metadata.version, data.order]).toEqual([body.version, body.order]);
    }
  });

  test('the bucket has every event once after duplicates are removed, by day, one line each', async () => {
    const [copied] = received.Forecast;
    const { eventId, partitionKey, acceptedAt, ...event } = copied as StreamedEvent & Record<string, unknown>;
    await new SQSClient(clientConfig(local)).send(new SendMessageCommand({ QueueUrl: outputs.StreamQueueUrl, MessageBody: JSON.stringify(event) }));
    const lines = await eventually('the copy in the bucket', async () => {
      const found = (await streamObjects(local, outputs.BucketName)).flatMap((object) => object.lines);
      return found.length > allIds().length && found.filter((line) => line.includes(eventId)).length > 1 ? found : undefined;
    });
    expect(uniqueIds(lines.map((line) => JSON.parse(line)))).toEqual(allIds());
    const { key } = (await streamObjects(local, outputs.BucketName))[0];
    expect(key).toMatch(new RegExp(`^events/day=${today()}/`));
  }, 60_000);

  const today = () => new Date().toISOString().slice(0, 10);

  test('the named queries read the bucket, and count no event twice', async () => {
    const rows = (await streamObjects(local, outputs.BucketName)).flatMap(({ key, lines }) => lines.map((line) => [/day=([\d-]+)/.exec(key)![1], line] as const));
    const [perDay, reasons, times] = await Promise.all(Object.values(NAMED_QUERIES).map(({ sql }) => athenaQuery(sql, rows)));
    expect(perDay.filter(({ channel }) => channel === 'api')).toMatchObject([{ confirmed: ORDERS.length, rejected: 1 }]);
    expect(perDay.filter(({ channel }) => channel === 'bus')).toMatchObject([{ confirmed: 0, rejected: 1 }]);
    expect(reasons).toEqual(expect.arrayContaining([
      expect.objectContaining({ code: 'DUPLICATE_ORDER_ID', orders: 1 }), expect.objectContaining({ code: 'INVALID_ORDER', field: '/total', orders: 1 }),
    ]));
    expect(times).toMatchObject([{ channel: 'api', orders: ORDERS.length }]);
    expect(Number(times[0].longest_seconds)).toBeGreaterThan(0);
    expect(Number(times[0].longest_seconds)).toBeLessThan(60);
  }, 120_000);

  test('a day is replayed into one consumer, and the others receive nothing', async () => {
    await Promise.all(['Forecast', 'Fraud'].map(receive));
    const before = received.Fraud.length;
    received.Forecast = [];
    const options = ['--stack', 'Streamed', '--function', outputs.ForecastFunctionName, '--day', today()];
    const dryRun = await replayStreamCommand(local, ...options);
    expect([dryRun.status, dryRun.output]).toEqual([0, expect.stringContaining('Add --execute to replay them.')]);
    const { status, output, errors } = await replayStreamCommand(local, ...options, '--execute');
    expect([errors.replace(/.* replayed\n/g, ''), status, output]).toEqual(['', 0, expect.stringMatching(/^\d+ events of (\d+) of \1 objects replayed\.\n$/)]);
    expect(uniqueIds(await receive('Forecast'))).toEqual(allIds());
    expect((await receive('Fraud')).length).toBe(before);
  }, 120_000);

  test('a replay can be of one order and one type', async () => {
    await receive('Fraud');
    received.Fraud = [];
    const { status } = await replayStreamCommand(
      local, '--stack', 'Streamed', '--function', outputs.FraudFunctionName, '--day', today(), '--order', 'ord-2', '--type', 'OrderChanged', '--execute',
    );
    expect(status).toBe(0);
    const events = await receive('Fraud');
    expect(uniqueIds(events)).toHaveLength(3);
    for (const event of events) expect([event.partitionKey, event['detail-type']]).toEqual(['ord-2', 'OrderChanged']);
  }, 60_000);
});
