import '../support/handler-env';
import type { CallerSettings } from '../../src/private/contract';
import { loggedEntries, loggedText } from '../support/captured-logs';
import { FakeLiveAccount } from '../support/fake-live-account';
import { listedOrder } from '../support/listed-orders';
import { loadHandler } from '../support/load-handler';
import { acceptEvents, eventBridge, publishedEvents } from '../support/published-events';

type Handler = typeof import('../../handlers/receive-live-message');
const SETTINGS: CallerSettings = {
  tenant: { from: 'claim', name: 'tenant' }, customer: { from: 'claim', name: 'sub' }, operators: [{ from: 'claim', name: 'groups', value: 'operators' }],
};
const FILE = '0123456789abcdef0123456789abcdef';
const open = loadHandler<Handler>('receive-live-message', { EVENT_BUS_NAME: '' });
const tenants = loadHandler<Handler>('receive-live-message', { EVENT_BUS_NAME: '', CALLERS: JSON.stringify(SETTINGS), FILES_TABLE_NAME: 'files-table' });
const audited = loadHandler<Handler>('receive-live-message', { EVENT_BUS_NAME: 'orders-bus', EVENT_SOURCE: 'shop.orders', PIPELINE_ID: 'Shop/Orders' });

let account: FakeLiveAccount;
beforeEach(() => {
  account = new FakeLiveAccount();
  eventBridge.reset();
  acceptEvents();
});

const NOW = Math.floor(Date.now() / 1000);
const authorizerOf = (claims?: object, expiresAt?: number) => ({ principalId: 'p', ...(claims ? { orderPipeline: JSON.stringify({ claims, expiresAt }) } : {}) });

const connect = ({ handler }: Handler, authorizer: object, request: object = {}) =>
  handler({ requestContext: { routeKey: '$connect', connectionId: 'c-1', requestId: 'request-1', authorizer }, headers: {}, ...request } as never);
const disconnect = ({ handler }: Handler) => handler({ requestContext: { routeKey: '$disconnect', connectionId: 'c-1', requestId: 'request-1' } } as never);

/** Sends a message, and returns the answers. */
async function say({ handler }: Handler, message: object | string): Promise<Record<string, unknown>[]> {
  account.sent.clear();
  const body = typeof message === 'string' ? message : JSON.stringify(message);
  expect(await handler({ requestContext: { routeKey: '$default', connectionId: 'c-1', requestId: 'request-2' }, body } as never)).toEqual({ statusCode: 200 });
  return account.messagesOf('c-1');
}
const connection = () => account.items.get('connection#c-1 CONNECTION');

describe('a connection', () => {
  test('is stored with its caller for two hours', async () => {
    expect(await connect(open, { principalId: 'ada' }, { headers: { 'Sec-WebSocket-Protocol': 'order-updates.v1, bearer.a.b.c' } }))
      .toEqual({ statusCode: 200, headers: { 'Sec-WebSocket-Protocol': 'order-updates.v1' } });
    expect(connection().caller).toMatchObject({ id: 'ada', isOperator: false });
    expect(connection().expiresAt - NOW).toBeGreaterThanOrEqual(7200);
  });

  test('is not stored for longer than the token is valid', async () => {
    await connect(open, authorizerOf({ sub: 'ada' }, NOW + 60));
    expect(connection().expiresAt).toBe(NOW + 60);
  });

  test.each([
    ['without a tenant', { sub: 'ada' }, {}, 403],
    ['without a customer', { tenant: 'acme' }, {}, 403],
    ['of an operator who names no tenant', { groups: ['operators'] }, {}, 400],
    ['that offers credentials only', { sub: 'ada', tenant: 'acme' }, { headers: { 'Sec-WebSocket-Protocol': 'bearer.a.b.c' } }, 400],
  ])('is refused %s', async (_, claims, request, statusCode) => {
    expect(await connect(tenants, authorizerOf(claims), request)).toEqual({ statusCode });
    expect(account.items.size).toBe(0);
  });

  test('of an operator is for the tenant in the query', async () => {
    await connect(tenants, authorizerOf({ groups: ['operators'] }), { queryStringParameters: { tenant: 'acme' } });
    expect(connection().caller).toMatchObject({ tenant: 'acme', isOperator: true });
  });

  test('is answered with 503 when the table does not respond, and the failure is counted', async () => {
    account.crossing = () => { throw new Error('down: canary'); };
    expect(await connect(open, {})).toEqual({ statusCode: 503 });
    expect(loggedEntries()).toContainEqual(expect.objectContaining({ LiveRequestFailed: 1 }));
    expect(loggedText()).not.toContain('canary');
  });

  test('is deleted with its subscriptions when it ends', async () => {
    account.seed(listedOrder({ orderId: 'order-1' }));
    await connect(open, {});
    await say(open, { action: 'subscribe', orderId: 'order-1' });
    expect(account.entriesOf('order#order-1')).toEqual(['SUBSCRIBER#c-1', 'WATCHED']);
    expect(await disconnect(open)).toEqual({ statusCode: 200 });
    expect([connection(), account.entriesOf('order#order-1')]).toEqual([undefined, ['WATCHED']]);
    expect(await disconnect(open)).toEqual({ statusCode: 200 });
  });

  test('is over when its token has expired: it is closed after an error', async () => {
    await connect(open, authorizerOf({ sub: 'ada' }, NOW - 1));
    expect(await say(open, { action: 'ping' })).toMatchObject([{ type: 'error', code: 'connection-over', status: 401 }]);
    expect(account.closed).toEqual(['c-1']);
  });

  test('that ends before the answer is deleted', async () => {
    await connect(open, {});
    account.gone.add('c-1');
    await say(open, { action: 'ping' });
    expect(connection()).toBeUndefined();
  });
});

describe('a message', () => {
  beforeEach(() => connect(tenants, authorizerOf({ sub: 'customer-1', tenant: 'acme' })));
  const own = listedOrder({ orderId: 'acme/order-1', customerId: 'customer-1' });

  test('is answered in the tenant of the connection', async () => {
    account.seed(own, listedOrder({ orderId: 'globex/order-2', customerId: 'customer-1' }));
    expect(await say(tenants, { action: 'subscribe', orderId: 'order-1', requestId: 'r-1' }))
      .toMatchObject([{ type: 'subscribed', requestId: 'r-1', state: { tenant: 'acme', orderId: 'order-1', status: 'CONFIRMED' } }]);
    expect(await say(tenants, { action: 'subscribe', orderId: 'order-2' })).toMatchObject([{ code: 'order-not-found' }]);
  });

  test('about the order of another customer has the same answer as about none, and leaves no subscription', async () => {
    account.seed(listedOrder({ orderId: 'acme/order-1', customerId: 'customer-2' }));
    const [[other], [unknown]] = [await say(tenants, { action: 'subscribe', orderId: 'order-1' }), await say(tenants, { action: 'subscribe', orderId: 'order-2' })];
    expect({ ...other, orderId: 'order-2' }).toEqual(unknown);
    expect(account.entriesOf('order#acme/order-1')).toEqual(['WATCHED']);
    expect([...connection().topics]).toEqual([]);
  });

  test('about an order that is awaited has no state', async () => {
    expect(await say(tenants, { action: 'subscribe', orderId: 'order-1', awaited: true })).toMatchObject([{ type: 'subscribed', state: null }]);
    expect(account.entriesOf('order#acme/order-1')).toEqual(['SUBSCRIBER#c-1', 'WATCHED']);
  });

  test('about a customer has their orders; about another one, it is refused', async () => {
    account.seed(own);
    expect(await say(tenants, { action: 'subscribe', customerId: 'customer-1' })).toMatchObject([{ type: 'subscribed', customerId: 'customer-1', state: { items: expect.any(Array) } }]);
    expect(await say(tenants, { action: 'subscribe', customerId: 'customer-2' })).toMatchObject([{ type: 'error', code: 'other-customer', status: 403 }]);
  });

  test('about a file is refused for customers', async () => {
    expect(await say(tenants, { action: 'subscribe', fileId: FILE })).toMatchObject([{ code: 'not-for-customers' }]);
  });

  test('about a file has its state; about that of another tenant, the same answer as about none', async () => {
    await connect(tenants, authorizerOf({ groups: ['operators'] }), { queryStringParameters: { tenant: 'acme' } });
    const file = { fileId: FILE, tenant: 'acme', state: 'RECEIVED', bucket: 'b', key: 'incoming/acme/a.json', receivedAt: '2026-01-31T12:00:00.000Z' };
    account.files.set(FILE, { ...file, part: 'FILE' });
    expect(await say(tenants, { action: 'subscribe', fileId: FILE })).toMatchObject([{ type: 'subscribed', fileId: FILE, state: { state: 'RECEIVED', sent: 0 } }]);
    account.files.set(FILE, { ...file, tenant: 'globex' });
    expect(await say(tenants, { action: 'subscribe', fileId: FILE })).toMatchObject([{ code: 'file-not-found' }]);
    expect(await say(tenants, { action: 'subscribe', fileId: FILE.replace('0', '1') })).toMatchObject([{ code: 'file-not-found' }]);
  });

  test('that ends a subscription is answered; one that ends none is an error', async () => {
    account.seed(own);
    await say(tenants, { action: 'subscribe', orderId: 'order-1' });
    expect(await say(tenants, { action: 'unsubscribe', orderId: 'order-1', requestId: 'r-2' })).toEqual([{ type: 'unsubscribed', orderId: 'order-1', requestId: 'r-2' }]);
    expect(await say(tenants, { action: 'unsubscribe', orderId: 'order-1' })).toMatchObject([{ type: 'error', code: 'not-subscribed' }]);
    expect(account.entriesOf('order#acme/order-1')).toEqual(['WATCHED']);
  });

  test('with the 51st subscription is an error', async () => {
    for (let n = 0; n < 50; n++) await say(tenants, { action: 'subscribe', orderId: `order-${n}`, awaited: true });
    expect(await say(tenants, { action: 'subscribe', orderId: 'order-50', awaited: true })).toMatchObject([{ code: 'too-many-subscriptions' }]);
    expect(await say(tenants, { action: 'subscribe', orderId: 'order-0', awaited: true })).toMatchObject([{ type: 'subscribed' }]);
  });

  test('that is wrong is answered with its errors, and not logged', async () => {
    expect(await say(tenants, '{"action":"canary"}')).toMatchObject([{ type: 'error', code: 'invalid-message', errors: [{ path: '/action' }] }]);
    expect(loggedText()).not.toContain('canary');
  });

  test('that fails can be sent again', async () => {
    account.crossing = (name, effect) => { if (name === 'UpdateCommand') throw new Error('throttled'); return effect(); };
    expect(await say(tenants, { action: 'subscribe', orderId: 'order-1' })).toMatchObject([{ type: 'error', code: 'unavailable', status: 503 }]);
    expect(loggedEntries()).toContainEqual(expect.objectContaining({ LiveRequestFailed: 1 }));
  });
});

describe('a client that resumes', () => {
  const at = (position: string) => ({ action: 'subscribe', orderId: 'order-1', after: position });
  const store = (position: string, version: number) => account.items.set(`order#order-1 EVENT#${position}`, {
    topic: 'order#order-1', entry: `EVENT#${position}`, view: JSON.stringify({ eventId: `event-${version}`, version }),
  });
  const ago = (seconds: number) => `${new Date(Date.now() - seconds * 1000).toISOString()}#event`;
  beforeEach(async () => {
    account.seed(listedOrder({ orderId: 'order-1' }));
    await connect(open, {});
  });

  test('gets the events from 15 minutes before its last one on, in their sequence', async () => {
    [store(ago(1960), 1), store(ago(1800), 2), store(ago(10), 3)];
    expect(await say(open, at(ago(1000)))).toMatchObject([{ event: { version: 2 } }, { event: { version: 3 } }, { type: 'subscribed', resumed: true }]);
  });

  test('gets the state only, if events of that time are no longer stored, or are too many', async () => {
    expect(await say(open, at(ago(86_500)))).toMatchObject([{ type: 'subscribed', resumed: false }]);
    for (let n = 0; n < 501; n++) store(`${ago(60)}-${String(n).padStart(3, '0')}`, n);
    const answers = await say(open, at(ago(60)));
    expect(answers).toHaveLength(501);
    expect(answers.at(-1)).toMatchObject({ type: 'subscribed', resumed: false, state: { version: 1 } });
  });
});

test('an order whose state is sent is recorded as read, and is not sent if that fails', async () => {
  account.seed(listedOrder({ orderId: 'order-1' }));
  await connect(audited, { principalId: 'ada' });
  expect(await say(audited, { action: 'subscribe', orderId: 'order-1' })).toMatchObject([{ type: 'subscribed' }]);
  expect(publishedEvents()).toMatchObject([{ type: 'OrderRead', metadata: { orderId: 'order-1', version: 1 }, data: { reader: 'ada' } }]);
  jest.spyOn(Math, 'random').mockReturnValue(0);
  acceptEvents(() => true);
  expect(await say(audited, { action: 'subscribe', orderId: 'order-1' })).toMatchObject([{ type: 'error', code: 'unavailable' }]);
});
