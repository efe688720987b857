import './debug-env';
import { QueryCommand as QueryItemsCommand } from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import * as lambdaModule from '@aws-sdk/client-lambda';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { canaryOrder, expectNoPersonalDataInLogs, invalidOrders, malformedBodies, sdkError } from './canaries';
import { toAttributes } from '../../handlers/aws/attribute-values';
import { handler as cancelOrder } from '../../handlers/cancel-order';
import { handler as changeOrder } from '../../handlers/change-order';
import { handler as expirePendingCommands } from '../../handlers/expire-pending-commands';
import { handler as fulfillOrder } from '../../handlers/fulfill-order';
import { handler as processOrder } from '../../handlers/process-order';
import { handler as publishOrderChanges } from '../../handlers/publish-order-changes';
import { handler as receiveOrder } from '../../handlers/receive-order';
import { handler as receiveOrderCancellation } from '../../handlers/receive-order-cancellation';
import { handler as receiveOrderChange } from '../../handlers/receive-order-change';
import { handler as receiveOrderEvent } from '../../handlers/receive-order-event';
import { handler as recordOrderEvent } from '../../handlers/record-order-event';
import { handler as validateOrder } from '../../handlers/validate-order';
import { apiRequest, postOrder } from '../support/api-request';
import { busEvent } from '../support/bus-event';
import { loggedEntries, loggedText } from '../support/captured-logs';
import { deliver, freshAws } from '../support/command-consumer';
import { askOf } from '../support/command-endpoint';
import { dynamodb, tables, type FakeOrdersTable } from '../support/fake-orders-table';
import { loadHandler } from '../support/load-handler';
import { eventBridge, publishedEvents } from '../support/published-events';
import { sampleContext } from '../support/sample-context';
import {
  cancellationRequested, changeRequested, confirmedItem, fromOutside, itemAfter, onTheBus, orderRejected, orderValidated, sampleCommand,
} from '../support/sample-messages';
import { sentMessages, sqs } from '../support/sent-messages';
import { fifoRecord, sqsEvent } from '../support/sqs-event';
import { streamEvent, streamRecord } from '../support/stream-event';

let table: FakeOrdersTable;
beforeEach(() => {
  table = freshAws();
});
afterEach(() => {
  jest.useRealTimers();
  expectNoPersonalDataInLogs();
});

const validated = (orderId = 'order-1') => orderValidated({ orderId }, canaryOrder({ orderId, total: 3780 }));
const headers = { 'X-Correlation-Id': 'Canary <canary@example.com>', 'User-Agent': 'canary' };
const tableIsDown = () => {
  table.crossing = () => { throw sdkError(); };
};
const busIsDown = () => eventBridge.on(PutEventsCommand).rejects(sdkError());
const queueIsDown = () => sqs.on(SendMessageCommand).rejects(sdkError());

test('the assertion fails when personal data is logged, also in base64', () => {
  console.info(JSON.stringify(canaryOrder()));
  expect(expectNoPersonalDataInLogs).toThrow('Canary Name');
  console.info(Buffer.from('canary@example.com').toString('base64'));
  jest.mocked(console.info).mockClear();
});

type Endpoint = (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;
describe.each<[string, Endpoint, requestOf: (body: unknown, given?: object) => APIGatewayProxyEvent, body: object]>([
  ['receive-order', receiveOrder, (body, given) => postOrder(body, { ...headers, ...given }), canaryOrder()],
  ['receive-order-change', receiveOrderChange, (body, given) => askOf(body, { ...headers, ...given }),
    { notes: 'canary', shippingAddress: { canary: 'canary' }, attributes: { canary: 'canary' } }],
  ['receive-order-cancellation', receiveOrderCancellation, (body, given) => askOf(body, { ...headers, ...given }), { reason: 'canary' }],
])('%s logs no personal data', (_, handler, requestOf, body) => {
  test('of a request that it accepts', async () => {
    expect(await handler(requestOf(body))).toMatchObject({ statusCode: 202 });
    expect(JSON.stringify(sentMessages())).toMatch(/canary/i);
    expect(loggedEntries().length).toBeGreaterThan(0);
  });

  test.each(invalidOrders.filter(([name]) => name !== 'a wrong total'))('of a request that it rejects for %s', async (__, order) => {
    expect(await handler(requestOf(JSON.stringify(order)))).toMatchObject({ statusCode: 400 });
  });

  test.each(malformedBodies)('of a malformed request: %j', async (malformed) => {
    expect(await handler(requestOf(malformed))).toMatchObject({ statusCode: 400 });
  });

  test('of invalid headers', async () => {
    for (const given of [{ 'Content-Type': 'text/canary' }, { 'If-Match': 'canary' }, { 'Idempotency-Key': 'canary@example.com' }, { 'Idempotency-Key': 'canary'.repeat(99) }]) {
      await handler(requestOf(body, given));
    }
  });

  test('of a request that it cannot send to the queue', async () => {
    queueIsDown();
    expect(await handler(requestOf(body))).toMatchObject({ statusCode: 503 });
    expect(loggedText()).toContain('ThrottlingException');
  });

  test('of a path with an invalid order id', async () => {
    await handler({ ...requestOf(body), path: '/orders/canary@example.com', pathParameters: { orderId: 'canary@example.com' } });
  });
});

describe('validate-order logs no personal data', () => {
  const record = (n: number, changes: object) => fifoRecord(`message-${n}`, sampleCommand({ commandId: `command-${n}`, ...changes }), 'order-1');
  const validate = (event: SQSEvent, { handler }: { handler: typeof validateOrder } = { handler: validateOrder }) => handler(event, sampleContext());
  const placed = (n = 1) => record(n, { payload: canaryOrder() });
  const changed = (n = 2) => record(n, { commandType: 'ChangeOrder', payload: { patch: { notes: 'canary', attributes: { canary: 'canary' } } } });
  const cancelled = (n = 3) => record(n, { commandType: 'CancelOrder', payload: { reason: 'canary' } });

  test('of valid commands', async () => {
    await validate(sqsEvent(placed(), changed(), cancelled()));
    expect(publishedEvents()).toHaveLength(3);
    expect(JSON.stringify(publishedEvents())).toContain('canary');
  });

  test.each(invalidOrders)('of orders, changes and cancellations with %s', async (_, payload) => {
    await validate(sqsEvent(record(1, { payload }), record(2, { commandType: 'ChangeOrder', payload }), record(3, { commandType: 'CancelOrder', payload })));
    expect(publishedEvents().length).toBeGreaterThan(0);
  });

  test('of invalid commands', async () => {
    const invalidCommands = [
      ...malformedBodies, { canary: 'canary' }, sampleCommand({ commandType: 'canary' as never, channel: 'canary' as never, payload: 'canary' }),
      sampleCommand({ orderId: 'canary@example.com', receivedAt: 'canary' }), { ...sampleCommand(), 'canary@example.com': 'canary', 'schemaVersion': 'canary' },
    ];
    await validate(sqsEvent(...invalidCommands.map((body, n) => fifoRecord(`message-${n}`, body, `order-${n}`))));
    expect(loggedText()).toContain('PoisonMessage');
    expect(sentMessages().length).toBeGreaterThan(5);
  });

  test.each([['the table', tableIsDown], ['the bus', busIsDown]])('of commands that fail because of %s', async (_, fail) => {
    fail();
    const { batchItemFailures } = await validate(sqsEvent(placed(), changed(), cancelled()));
    expect(batchItemFailures).toHaveLength(3);
  });

  test('of events that the bus rejects with an error message', async () => {
    eventBridge.on(PutEventsCommand).resolves({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure', ErrorMessage: 'canary@example.com' }] });
    await validate(sqsEvent(placed()));
    expect(loggedEntries().length).toBeGreaterThan(0);
  });

  test('of messages that cannot be sent to the dead-letter queue', async () => {
    queueIsDown();
    await validate(sqsEvent(fifoRecord('message-1', 'canary', 'order-1')));
    expect(loggedText()).toContain('ConsumeFailed');
  });

  describe('of the result of the validation hook if it', () => {
    const lambda = mockClient(lambdaModule.LambdaClient);
    jest.doMock('@aws-sdk/client-lambda', () => lambdaModule);
    const hooked = loadHandler<{ handler: typeof validateOrder }>('validate-order', { VALIDATION_HOOK_NAME: 'credit-check' });
    const returns = (result: unknown, more: object = {}) => lambda.on(lambdaModule.InvokeCommand)
      .resolves({ Payload: Buffer.from(typeof result === 'string' ? result : JSON.stringify(result)) as never, ...more });

    test.each<[string, () => unknown]>([
      ['rejects the order', () => returns({ results: [{ accepted: false, errors: [{ path: '/canary', code: 'CANARY', message: 'canary@example.com' }] }] })],
      ['is malformed', () => returns('canary')],
      ['has an invalid shape', () => returns({ results: [{ accepted: false, errors: [{ canary: 'canary', code: 'canary@example.com' }], canary: 1 }], canary: 'canary' })],
      ['is an error', () => returns({ errorMessage: 'canary', errorType: 'canary' }, { FunctionError: 'Unhandled' })],
      ['is not returned', () => lambda.on(lambdaModule.InvokeCommand).rejects(sdkError())],
    ])('%s', async (_, mockHook) => {
      lambda.reset();
      mockHook();
      await validate(sqsEvent(placed()), hooked);
      expect(lambda.calls()).not.toEqual([]);
      expect(loggedEntries().length).toBeGreaterThan(0);
    });
  });
});

const CONSUMERS: readonly [string, (event: SQSEvent) => Promise<SQSBatchResponse>][] = [
  ['process-order', processOrder], ['change-order', changeOrder], ['cancel-order', cancelOrder], ['fulfill-order', fulfillOrder], ['receive-order-event', receiveOrderEvent], ['record-order-event', recordOrderEvent],
];

/** Events of every type, from the pipeline and from other systems. */
const EVENTS = () => [
  onTheBus(validated()),
  onTheBus({ ...orderRejected(), facts: { customerId: 'canary' }, data: { ...orderRejected().data, errors: [{ path: '/canary', code: 'CANARY', message: 'canary' }] } }),
  onTheBus(changeRequested({}, { patch: { notes: 'canary', shippingAddress: { 'canary@example.com': 'canary' } } })),
  onTheBus(cancellationRequested({}, { reason: 'canary' })),
  fromOutside('OrderChangeRequested', { patch: { notes: 'canary' } }, { eventId: 'canary@example.com', correlationId: 'canary@example.com', user: 'canary' }),
  fromOutside('OrderCancellationRequested', { reason: 'canary' }, { eventId: 'canary@example.com' }),
  fromOutside('OrderPlacementRequested', { order: { orderId: 'order-1', notes: 'canary', canary: 'canary' } }, { eventId: 'canary@example.com', correlationId: 'canary@example.com' }),
  fromOutside('OrderFulfilled', { trackedBy: 'canary', canary: { canary: 'canary' } }, { eventId: 'canary@example.com' }),
];
const INVALID_EVENTS = () => [
  ...malformedBodies,
  ...invalidOrders.flatMap(([, order]) => [
    fromOutside('OrderChangeRequested', { patch: order }), fromOutside('OrderChangeRequested', order), fromOutside('OrderCancellationRequested', order),
    fromOutside('OrderCancellationRequested', { reason: order }), fromOutside('OrderFulfilled', order), fromOutside('OrderPlacementRequested', { order }),
    onTheBus({ ...orderValidated(), data: { order } as never }), onTheBus({ ...changeRequested(), data: { patch: order } as never }),
    onTheBus({ ...orderRejected(), data: order as never }),
  ]),
  fromOutside('canary@example.com'), fromOutside('OrderFulfilled', {}, { orderId: 'canary@example.com' }),
  { 'detail-type': 'OrderFulfilled', 'canary@example.com': 'canary', 'detail': { 'metadata': 'canary', 'canary@example.com': 'canary' } },
  onTheBus({ ...orderValidated(), metadata: { 'canary@example.com': 'canary', 'orderId': 'order-1' } as never }),
  onTheBus({ ...orderValidated(), metadata: { ...orderValidated().metadata, channel: 'canary', occurredAt: 'canary', sequence: 'canary' } as never }),
];

describe.each(CONSUMERS)('%s logs no personal data', (_, handler) => {
  test.each([
    ['the order does not exist', () => undefined],
    ['the order exists', () => table.seed(confirmedItem(validated()))],
  ])('of any event if %s', async (__, seed) => {
    seed();
    for (const event of EVENTS()) await deliver(handler, event);
    expect(loggedEntries().length).toBeGreaterThanOrEqual(EVENTS().length);
  });

  test('of invalid events', async () => {
    for (const event of INVALID_EVENTS()) await deliver(handler, event);
    expect(loggedText()).toContain('PoisonMessage');
    expect(sentMessages().length).toBeGreaterThan(5);
  });

  test.each([
    ['the table', tableIsDown],
    ['the bus', busIsDown],
    ['the dead-letter queue', queueIsDown],
  ])('of events that fail because of %s', async (__, fail) => {
    fail();
    for (const event of [...EVENTS(), ...INVALID_EVENTS()]) await deliver(handler, event);
    expect(loggedEntries().length).toBeGreaterThan(5);
  });
});

describe('expire-pending-commands logs no personal data', () => {
  const pending = () => itemAfter([changeRequested({ sequence: 1 }, { patch: { notes: 'canary' } }), cancellationRequested({ sequence: 2 }, { reason: 'canary' })]);

  test.each([
    ['of commands that it rejects', () => undefined],
    ['of commands that fail', () => {
      table.crossing = (name, __, effect) => {
        if (name === 'put') throw sdkError();
        return effect();
      };
    }],
  ])('%s', async (_, fail) => {
    jest.useFakeTimers({ now: Date.parse('2027-01-01T00:00:00Z'), doNotFake: ['nextTick', 'setImmediate', 'setTimeout'] });
    table.seed(pending());
    fail();
    await expirePendingCommands();
    expect(loggedText()).toContain('order-1');
  });
});

describe('publish-order-changes logs no personal data', () => {
  const publish = (before: object | undefined, after: object | undefined) => publishOrderChanges(streamEvent(streamRecord('1', before, after)), sampleContext(0));

  test.each<[string, () => object]>([
    ['of an order', () => confirmedItem(validated())],
    ['of a rejected order', () => itemAfter([{ ...orderRejected(), facts: { customerId: 'canary' }, data: { ...orderRejected().data, reason: 'canary' } }])],
    ['of an item from another writer', () => ({ ...confirmedItem(validated()), 'outcome': { canary: 'canary', type: 'canary', data: 'canary' }, 'canary@example.com': 'canary' })],
    ['of an order with an invalid shape', () => ({ ...confirmedItem(validated()), order: ['canary', { 'canary@example.com': { canary: 1 } }], customerId: 7 })],
  ])('%s, even if the bus and the dead-letter queue are unavailable', async (_, item) => {
    await publish(undefined, item());
    busIsDown();
    await publish(undefined, item());
    queueIsDown();
    await publish(undefined, item());
    expect(loggedEntries().length).toBeGreaterThanOrEqual(3);
  });

  test('of an unreadable value', async () => {
    const record = streamRecord('1', undefined, confirmedItem(validated()));
    record.dynamodb!.NewImage!.order.M!.notes = { N: '9007199254740993.5', canary: 'canary' } as never;
    await publishOrderChanges(streamEvent(record), sampleContext(0));
    expect(loggedText()).toContain('PoisonMessage');
  });
});

describe.each(['query-orders', 'query-order-events'] as const)('%s logs no personal data', (name) => {
  const { handler } = loadHandler<{ handler: typeof import('../../handlers/query-orders')['handler'] }>(name, { EVENT_BUS_NAME: 'orders-bus', EVENT_SOURCE: 'shop.orders' });
  const query = (parameters: Record<string, string> | null, orderId?: string) =>
    handler(apiRequest({ headers, queryStringParameters: parameters, pathParameters: orderId === undefined ? null : { orderId } }));
  const ALL: readonly Parameters<typeof query>[] = [
    [null, 'order-1'], [null, 'canary@example.com'], [{ customerId: 'canary-customer' }], [{ customerId: 'canary@example.com', status: 'CONFIRMED' }],
    [{ customerId: 'canary', limit: 'canary', nextToken: 'canary', canary: 'canary' }, 'order-1'], [{ status: 'canary' }], [{ canary: 'canary' }],
  ];

  test('of orders and of the request, for any parameters', async () => {
    table.seed(confirmedItem(validated()));
    const Items = [name === 'query-orders' ? confirmedItem(validated()) : { ...busEvent().detail as object, orderId: 'order-1', type: 'canary', data: canaryOrder() }];
    tables.on(QueryCommand).resolves({ Items });
    dynamodb.on(QueryItemsCommand).resolves({ Items: Items.map(toAttributes) });
    const bodies: string[] = [];
    for (const parameters of ALL) bodies.push((await query(...parameters)).body);
    expect(bodies.join('')).toMatch(/canary/i);
    expect(loggedEntries().length).toBeGreaterThan(0);
  });

  test.each([['the table', () => {
    tableIsDown();
    tables.on(QueryCommand).rejects(sdkError());
    dynamodb.on(QueryItemsCommand).rejects(sdkError());
  }], ['the bus', busIsDown]])('of a query that fails because of %s', async (_, fail) => {
    table.seed(confirmedItem(validated()));
    tables.on(QueryCommand).resolves({ Items: [] });
    dynamodb.on(QueryItemsCommand).resolves({ Items: [] });
    fail();
    for (const parameters of ALL) await query(...parameters);
  });
});
