import './debug-env';
import { PutItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import * as lambdaModule from '@aws-sdk/client-lambda';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import type { PricedOrder } from '#shared';
import { canaryOrder, expectSilence, hostileOrders, malformedBodies, trouble } from './canaries';
import { handler as cancelOrder } from '../../handlers/cancel-order';
import { handler as changeOrder } from '../../handlers/change-order';
import { handler as expirePendingCommands } from '../../handlers/expire-pending-commands';
import { handler as fulfillOrder } from '../../handlers/fulfill-order';
import { handler as processOrder } from '../../handlers/process-order';
import { handler as publishOrderChanges } from '../../handlers/publish-order-changes';
import { handler as receiveOrder } from '../../handlers/receive-order';
import { handler as receiveOrderCancellation } from '../../handlers/receive-order-cancellation';
import { handler as receiveOrderChange } from '../../handlers/receive-order-change';
import { handler as recordOrderEvent } from '../../handlers/record-order-event';
import { handler as validateOrder } from '../../handlers/validate-order';
import { apiRequest, postOrder } from '../support/api-request';
import { busEvent } from '../support/bus-event';
import { loggedEntries, loggedText } from '../support/captured-logs';
import { deliver, freshAws } from '../support/command-consumer';
import { askOf } from '../support/command-endpoint';
import { tables, type FakeOrdersTable } from '../support/fake-orders-table';
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
  expectSilence();
});

const validated = (orderId = 'order-1') => orderValidated({ orderId }, { ...canaryOrder({ orderId, total: 3780 }) } as Partial<PricedOrder>);
const headers = { 'X-Correlation-Id': 'Canary <canary@example.com>', 'User-Agent': 'canary' };
const isDown = () => {
  table.crossing = () => { throw trouble(); };
};
const busIsDown = () => eventBridge.on(PutEventsCommand).rejects(trouble());
const queueIsDown = () => sqs.on(SendMessageCommand).rejects(trouble());

test('a canary that were to sing would be heard', () => {
  console.info(JSON.stringify(canaryOrder()));
  expect(expectSilence).toThrow('Canary Name');
  console.info(Buffer.from('canary@example.com').toString('base64'));
  jest.mocked(console.info).mockClear();
});

type Door = (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;
describe.each<[string, Door, requestOf: (body: unknown, given?: object) => APIGatewayProxyEvent, body: object]>([
  ['receive-order', receiveOrder, (body, given) => postOrder(body, { ...headers, ...given }), canaryOrder()],
  ['receive-order-change', receiveOrderChange, (body, given) => askOf(body, { ...headers, ...given }),
    { notes: 'canary', shippingAddress: { canary: 'canary' }, attributes: { canary: 'canary' } }],
  ['receive-order-cancellation', receiveOrderCancellation, (body, given) => askOf(body, { ...headers, ...given }), { reason: 'canary' }],
])('%s tells the log nothing', (_, handler, requestOf, body) => {
  test('of what it takes', async () => {
    expect(await handler(requestOf(body))).toMatchObject({ statusCode: 202 });
    expect(JSON.stringify(sentMessages())).toMatch(/canary/i);
    expect(loggedEntries().length).toBeGreaterThan(0);
  });

  test.each(hostileOrders.filter(([what]) => what !== 'a wrong total'))('of what is refused for %s', async (__, order) => {
    expect(await handler(requestOf(JSON.stringify(order)))).toMatchObject({ statusCode: 400 });
  });

  test.each(malformedBodies)('of what cannot be read: %j', async (malformed) => {
    expect(await handler(requestOf(malformed))).toMatchObject({ statusCode: 400 });
  });

  test('of wrong headers', async () => {
    for (const given of [{ 'Content-Type': 'text/canary' }, { 'If-Match': 'canary' }, { 'Idempotency-Key': 'canary@example.com' }, { 'Idempotency-Key': 'canary'.repeat(99) }]) {
      await handler(requestOf(body, given));
    }
  });

  test('of what the queue did not take', async () => {
    queueIsDown();
    expect(await handler(requestOf(body))).toMatchObject({ statusCode: 503 });
    expect(loggedText()).toContain('ThrottlingException');
  });

  test('of paths that name no order', async () => {
    await handler({ ...requestOf(body), path: '/orders/canary@example.com', pathParameters: { orderId: 'canary@example.com' } });
  });
});

describe('validate-order tells the log nothing', () => {
  const record = (n: number, changes: object) => fifoRecord(`message-${n}`, sampleCommand({ commandId: `command-${n}`, ...changes }), 'order-1');
  const validate = (event: SQSEvent, { handler }: { handler: typeof validateOrder } = { handler: validateOrder }) => handler(event, sampleContext());
  const placed = (n = 1) => record(n, { payload: canaryOrder() });
  const changed = (n = 2) => record(n, { commandType: 'ChangeOrder', payload: { patch: { notes: 'canary', attributes: { canary: 'canary' } } } });
  const cancelled = (n = 3) => record(n, { commandType: 'CancelOrder', payload: { reason: 'canary' } });

  test('of what is valid', async () => {
    await validate(sqsEvent(placed(), changed(), cancelled()));
    expect(publishedEvents()).toHaveLength(3);
    expect(JSON.stringify(publishedEvents())).toContain('canary');
  });

  test.each(hostileOrders)('of orders, changes and cancellations with %s', async (_, payload) => {
    await validate(sqsEvent(record(1, { payload }), record(2, { commandType: 'ChangeOrder', payload }), record(3, { commandType: 'CancelOrder', payload })));
    expect(publishedEvents().length).toBeGreaterThan(0);
  });

  test('of commands that are none', async () => {
    const hostile = [
      ...malformedBodies, { canary: 'canary' }, sampleCommand({ commandType: 'canary' as never, channel: 'canary' as never, payload: 'canary' }),
      sampleCommand({ orderId: 'canary@example.com', receivedAt: 'canary' }), { ...sampleCommand(), 'canary@example.com': 'canary', 'schemaVersion': 'canary' },
    ];
    await validate(sqsEvent(...hostile.map((body, n) => fifoRecord(`message-${n}`, body, `order-${n}`))));
    expect(loggedText()).toContain('PoisonMessage');
    expect(sentMessages().length).toBeGreaterThan(5);
  });

  test.each([['the table', isDown], ['the bus', busIsDown]])('of what fails because of %s', async (_, fail) => {
    fail();
    const { batchItemFailures } = await validate(sqsEvent(placed(), changed(), cancelled()));
    expect(batchItemFailures).toHaveLength(3);
  });

  test('of what the bus refused, and says so', async () => {
    eventBridge.on(PutEventsCommand).resolves({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure', ErrorMessage: 'canary@example.com' }] });
    await validate(sqsEvent(placed()));
    expect(loggedEntries().length).toBeGreaterThan(0);
  });

  test('of what could not be set aside', async () => {
    queueIsDown();
    await validate(sqsEvent(fifoRecord('message-1', 'canary', 'order-1')));
    expect(loggedText()).toContain('ConsumeFailed');
  });

  describe('of what the hook says, which', () => {
    const lambda = mockClient(lambdaModule.LambdaClient);
    jest.doMock('@aws-sdk/client-lambda', () => lambdaModule);
    const hooked = loadHandler<{ handler: typeof validateOrder }>('validate-order', { VALIDATION_HOOK_NAME: 'credit-check' });
    const says = (answer: unknown, more: object = {}) => lambda.on(lambdaModule.InvokeCommand)
      .resolves({ Payload: { transformToString: () => (typeof answer === 'string' ? answer : JSON.stringify(answer)) } as never, ...more });

    test.each<[string, () => unknown]>([
      ['refuses', () => says({ verdicts: [{ accepted: false, errors: [{ path: '/canary', code: 'CANARY', message: 'canary@example.com' }] }] })],
      ['is malformed', () => says('canary')],
      ['has another shape', () => says({ verdicts: [{ accepted: false, errors: [{ canary: 'canary', code: 'canary@example.com' }], canary: 1 }], canary: 'canary' })],
      ['is an error', () => says({ errorMessage: 'canary', errorType: 'canary' }, { FunctionError: 'Unhandled' })],
      ['does not come', () => lambda.on(lambdaModule.InvokeCommand).rejects(trouble())],
    ])('%s', async (_, answer) => {
      lambda.reset();
      answer();
      await validate(sqsEvent(placed()), hooked);
      expect(lambda.calls()).not.toEqual([]);
      expect(loggedEntries().length).toBeGreaterThan(0);
    });
  });
});

const CONSUMERS: readonly [string, (event: SQSEvent) => Promise<SQSBatchResponse>][] = [
  ['process-order', processOrder], ['change-order', changeOrder], ['cancel-order', cancelOrder], ['fulfill-order', fulfillOrder], ['record-order-event', recordOrderEvent],
];

/** Events of every kind, of the pipeline and of others. */
const EVENTS = () => [
  onTheBus(validated()),
  onTheBus({ ...orderRejected(), data: { ...orderRejected().data, errors: [{ path: '/canary', code: 'CANARY', message: 'canary' }], customerId: 'canary' } }),
  onTheBus(changeRequested({}, { patch: { notes: 'canary', shippingAddress: { 'canary@example.com': 'canary' } } })),
  onTheBus(cancellationRequested({}, { reason: 'canary' })),
  fromOutside('OrderChangeRequested', { patch: { notes: 'canary' } }, { eventId: 'canary@example.com', correlationId: 'canary@example.com', user: 'canary' }),
  fromOutside('OrderCancellationRequested', { reason: 'canary' }, { eventId: 'canary@example.com' }),
  fromOutside('OrderFulfilled', { trackedBy: 'canary', canary: { canary: 'canary' } }, { eventId: 'canary@example.com' }),
];
const HOSTILE_EVENTS = () => [
  ...malformedBodies,
  ...hostileOrders.flatMap(([, order]) => [
    fromOutside('OrderChangeRequested', { patch: order }), fromOutside('OrderChangeRequested', order), fromOutside('OrderCancellationRequested', order),
    fromOutside('OrderCancellationRequested', { reason: order }), fromOutside('OrderFulfilled', order),
    onTheBus({ ...orderValidated(), data: { order } as never }), onTheBus({ ...changeRequested(), data: { patch: order } as never }),
    onTheBus({ ...orderRejected(), data: order as never }),
  ]),
  fromOutside('canary@example.com'), fromOutside('OrderFulfilled', {}, { orderId: 'canary@example.com' }),
  { 'detail-type': 'OrderFulfilled', 'canary@example.com': 'canary', 'detail': { 'metadata': 'canary', 'canary@example.com': 'canary' } },
  onTheBus({ ...orderValidated(), metadata: { 'canary@example.com': 'canary', 'orderId': 'order-1' } as never }),
  onTheBus({ ...orderValidated(), metadata: { ...orderValidated().metadata, channel: 'canary', occurredAt: 'canary', sequence: 'canary' } as never }),
];

describe.each(CONSUMERS)('%s tells the log nothing', (_, handler) => {
  const dynamodb = mockClient(DynamoDBClient);
  const written = () => dynamodb.on(PutItemCommand).resolves({});
  beforeEach(() => {
    dynamodb.reset();
    written();
  });

  test.each([
    ['there is no order yet', () => undefined],
    ['there is an order', () => table.seed(confirmedItem(validated()))],
  ])('of any event, where %s', async (__, seed) => {
    seed();
    for (const event of EVENTS()) await deliver(handler, event);
    expect(loggedEntries().length).toBeGreaterThanOrEqual(EVENTS().length);
  });

  test('of events that are none, or that others made up', async () => {
    for (const event of HOSTILE_EVENTS()) await deliver(handler, event);
    expect(loggedText()).toContain('PoisonMessage');
    expect(sentMessages().length).toBeGreaterThan(5);
  });

  test.each([
    ['the table', () => {
      isDown();
      dynamodb.on(PutItemCommand).rejects(trouble());
    }],
    ['the bus', busIsDown],
    ['the dead-letter queue', queueIsDown],
  ])('of what fails because of %s', async (__, fail) => {
    fail();
    for (const event of [...EVENTS(), ...HOSTILE_EVENTS()]) await deliver(handler, event);
    expect(loggedEntries().length).toBeGreaterThan(5);
  });
});

describe('expire-pending-commands tells the log nothing', () => {
  const pending = () => itemAfter([changeRequested({ sequence: 1 }, { patch: { notes: 'canary' } }), cancellationRequested({ sequence: 2 }, { reason: 'canary' })]);

  test.each([
    ['of what it refuses', () => undefined],
    ['of what fails', () => {
      table.crossing = (name, __, effect) => {
        if (name === 'put') throw trouble();
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

describe('publish-order-changes tells the log nothing', () => {
  const publish = (before: object | undefined, after: object | undefined) => publishOrderChanges(streamEvent(streamRecord('1', before, after)));

  test.each<[string, () => object]>([
    ['of an order', () => confirmedItem(validated())],
    ['of a rejected one', () => itemAfter([{ ...orderRejected(), data: { ...orderRejected().data, customerId: 'canary', reason: 'canary' } }])],
    ['of an item that somebody else wrote', () => ({ ...confirmedItem(validated()), 'outcome': { canary: 'canary', type: 'canary', data: 'canary' }, 'canary@example.com': 'canary' })],
    ['of an order that has another shape', () => ({ ...confirmedItem(validated()), notes: ['canary'], attributes: { 'canary@example.com': { canary: 1 } }, customerId: 7 })],
  ])('%s, also when the bus and the dead-letter queue are down', async (_, item) => {
    await publish(undefined, item());
    busIsDown();
    await publish(undefined, item());
    queueIsDown();
    await publish(undefined, item());
    expect(loggedEntries().length).toBeGreaterThanOrEqual(3);
  });

  test('of a value that cannot be read', async () => {
    const record = streamRecord('1', undefined, confirmedItem(validated()));
    record.dynamodb!.NewImage!.notes = { N: '1e999', canary: 'canary' } as never;
    await publishOrderChanges(streamEvent(record));
    expect(loggedText()).toContain('PoisonMessage');
  });
});

describe.each(['query-orders', 'query-order-events'] as const)('%s tells the log nothing', (name) => {
  const { handler } = loadHandler<{ handler: typeof import('../../handlers/query-orders')['handler'] }>(name, { EVENT_BUS_NAME: 'orders-bus', EVENT_SOURCE: 'shop.orders' });
  const ask = (query: Record<string, string> | null, orderId?: string) =>
    handler(apiRequest({ headers, queryStringParameters: query, pathParameters: orderId === undefined ? null : { orderId } }));
  const ALL: readonly Parameters<typeof ask>[] = [
    [null, 'order-1'], [null, 'canary@example.com'], [{ customerId: 'canary-customer' }], [{ customerId: 'canary@example.com', status: 'CONFIRMED' }],
    [{ customerId: 'canary', limit: 'canary', nextToken: 'canary', canary: 'canary' }, 'order-1'], [{ status: 'canary' }], [{ canary: 'canary' }],
  ];

  test('of orders and those who ask, whatever they ask for', async () => {
    table.seed(confirmedItem(validated()));
    const Items = [name === 'query-orders' ? confirmedItem(validated()) : { ...busEvent().detail as object, orderId: 'order-1', type: 'canary', data: canaryOrder() }];
    tables.on(QueryCommand).resolves({ Items });
    const answers: string[] = [];
    for (const asked of ALL) answers.push((await ask(...asked)).body);
    expect(answers.join('')).toMatch(/canary/i);
    expect(loggedEntries().length).toBeGreaterThan(0);
  });

  test.each([['the table', () => {
    isDown();
    tables.on(QueryCommand).rejects(trouble());
  }], ['the bus', busIsDown]])('of what fails because of %s', async (_, fail) => {
    table.seed(confirmedItem(validated()));
    tables.on(QueryCommand).resolves({ Items: [] });
    fail();
    for (const asked of ALL) await ask(...asked);
  });
});
