import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { eventually } from '../../cli/local/system/eventually';
import { CognitoUsers } from '../support/cognito-users';
import { deployExample } from '../support/deploy-example';
import { GraphqlApiClient } from '../support/graphql-api';
import { startLocalAws, type LocalAws } from '../support/local-aws';

const ORDER = `query($orderId: ID!) {
  order(orderId: $orderId) {
    orderId status version customerId total placedAt orderJson cancellation { reason } rejection { code errors { path code } }
    order { customerId items { sku quantity unitPrice } shippingAddress attributes notes }
  }
}`;
const RESULT = '{ accepted orderId correlationId status problem { type status detail } errors { path code message } }';
const PLACE = `mutation($order: OrderInput, $orderJson: AWSJSON, $key: String) { placeOrder(order: $order, orderJson: $orderJson, idempotencyKey: $key) ${RESULT} }`;
const CHANGE = `mutation($orderId: ID!, $patch: OrderInput, $version: Int, $key: String) {
  changeOrder(orderId: $orderId, patch: $patch, expectedVersion: $version, idempotencyKey: $key) ${RESULT}
}`;
const CANCEL = `mutation($orderId: ID!, $reason: String) { cancelOrder(orderId: $orderId, reason: $reason) ${RESULT} }`;

const order = (changes: object = {}) => ({
  currency: 'EUR',
  items: [{ sku: 'coffee-1kg', quantity: 2, unitPrice: 3_000_000_000 }],
  shippingAddress: JSON.stringify({ 'name': 'Ada', 'street-name': ['Bahnhofstrasse 1'] }),
  attributes: JSON.stringify({ gift: true, depth: { more: [1, null] } }),
  ...changes,
});

describe('the GraphQL API, on a local AWS', () => {
  let local: LocalAws;
  let outputs: Record<string, string>;
  let cognito: CognitoUsers;
  let anonymous: GraphqlApiClient;
  let customer: GraphqlApiClient;
  let other: GraphqlApiClient;

  beforeAll(async () => {
    local = await startLocalAws();
    outputs = await deployExample(join(__dirname, 'graphql'), 'GraphqlOrders', local);
    cognito = new CognitoUsers(local, outputs.UserPoolId);
    anonymous = new GraphqlApiClient(local, outputs.GraphqlApiId, {});
    const [ada, grace] = [await cognito.signUp(outputs.ShopClientId, 'ada'), await cognito.signUp(outputs.ShopClientId, 'grace')];
    [customer, other] = [anonymous.as(ada.IdToken), anonymous.as(grace.IdToken)];
  }, 300_000);
  afterAll(() => local?.stop());

  const place = async (variables: object, caller = customer) => (await caller.send(PLACE, variables)).data.placeOrder;
  const read = async (orderId: string, caller = customer) => (await caller.send(ORDER, { orderId })).data.order;
  const waitFor = (orderId: string, expected: object) => eventually(`${JSON.stringify(expected)} of ${orderId}`, async () => {
    const found = await read(orderId);
    return found && Object.entries(expected).every(([name, value]) => found[name] === value) ? found : undefined;
  });

  test('an order is placed, changed and cancelled, and its history shows it', async () => {
    const placed = await place({ order: order(), key: 'checkout-1' });
    expect(placed).toMatchObject({ accepted: true, status: 'RECEIVED', problem: null, errors: [] });
    const { orderId } = placed;
    const confirmed = await waitFor(orderId, { status: 'CONFIRMED' });
    // More than 32 bits, and keys that are not GraphQL names.
    expect(confirmed).toMatchObject({ version: 1, total: 6_000_000_000, order: { items: [{ sku: 'coffee-1kg', quantity: 2, unitPrice: 3_000_000_000 }], notes: null } });
    expect(JSON.parse(confirmed.order.shippingAddress)).toEqual({ 'name': 'Ada', 'street-name': ['Bahnhofstrasse 1'] });
    expect(JSON.parse(confirmed.orderJson)).toEqual({
      ...order(),
      orderId,
      customerId: confirmed.customerId,
      shippingAddress: JSON.parse(order().shippingAddress),
      attributes: { gift: true, depth: { more: [1, null] } },
    });

    const patch = { notes: 'ring twice', attributes: null };
    expect((await customer.send(CHANGE, { orderId, patch, version: 1 })).data.changeOrder).toMatchObject({ accepted: true, orderId });
    const changed = await waitFor(orderId, { version: 2 });
    expect(changed.order).toMatchObject({ notes: 'ring twice', attributes: null });

    expect((await customer.send(CANCEL, { orderId, reason: 'changed my mind' })).data.cancelOrder).toMatchObject({ accepted: true });
    expect(await waitFor(orderId, { status: 'CANCELLED' })).toMatchObject({ cancellation: { reason: 'changed my mind' } });

    const types = await eventually('the history', async () => {
      const { data: { orderHistory } } = await customer.send('query($id: ID!) { orderHistory(orderId: $id) { orderId items { type version sequence data } } }', { id: orderId });
      const found = orderHistory?.items.map(({ type }: { type: string }) => type) ?? [];
      return found.includes('OrderCancelled') ? orderHistory.items : undefined;
    });
    expect(types.map(({ type }: { type: string }) => type)).toEqual(expect.arrayContaining(['OrderValidated', 'OrderConfirmed', 'OrderChanged', 'OrderCancelled']));
    expect(JSON.parse(types.find(({ type }: { type: string }) => type === 'OrderCancelled').data)).toMatchObject({ reason: 'changed my mind' });
  });

  test('a retry with the same idempotency key is the same order, and of another customer another one', async () => {
    const [first, again, otherCustomers] = [await place({ order: order(), key: 'k-1' }), await place({ order: order(), key: 'k-1' }), await place({ order: order(), key: 'k-1' }, other)];
    expect(again.orderId).toBe(first.orderId);
    expect(otherCustomers.orderId).not.toBe(first.orderId);
  });

  test('an invalid order is refused with all of its errors at once, each with path, code and message', async () => {
    const { data, errors } = await customer.send(PLACE, { order: { currency: 'EURO', items: [{ sku: ' ', quantity: -1 }], total: -5, shippingAddress: '[]' } });
    expect(errors).toBeUndefined();
    expect(data.placeOrder).toMatchObject({ accepted: false, orderId: null, status: null, problem: { type: 'urn:cdk-order-pipeline:problem:invalid-order', status: 400 } });
    const refused: { path: string; code: string; message: string }[] = data.placeOrder.errors;
    expect(refused.map(({ path }) => path).sort()).toEqual(['/currency', '/items/0/quantity', '/items/0/sku', '/items/0/unitPrice', '/shippingAddress', '/total']);
    expect(refused.every(({ code, message }) => /^[A-Z_]+$/.test(code) && message.length > 0)).toBe(true);
    const change = await customer.send(CHANGE, { orderId: 'any', patch: { currency: 'USD', items: [] }, version: 0 });
    expect(change.data.changeOrder.errors.map(({ path }: { path: string }) => path).sort()).toEqual(['/currency', '/expectedVersion', '/items']);
  });

  test('the order of another customer is null, and cannot be changed or cancelled', async () => {
    const { orderId } = await place({ orderJson: JSON.stringify({ currency: 'EUR', items: [{ sku: 'kettle', quantity: 1, unitPrice: 5990 }] }) });
    await waitFor(orderId, { status: 'CONFIRMED' });
    expect(await read(orderId, other)).toBeNull();
    expect((await other.send('query($id: ID!) { orderHistory(orderId: $id) { orderId } }', { id: orderId })).data.orderHistory).toBeNull();
    expect((await other.send(CANCEL, { orderId, reason: 'mine' })).data.cancelOrder)
      .toMatchObject({ accepted: false, problem: { status: 404, type: 'urn:cdk-order-pipeline:problem:order-not-found' } });
    const { data, errors } = await other.send('query($c: String) { orders(customerId: $c) { items { orderId } } }', { c: (await read(orderId)).customerId });
    expect([data?.orders ?? null, errors?.map(({ errorType }) => errorType)]).toEqual([null, ['other-customer']]);
  });

  test('customers list their own orders in pages, and operators those of all customers and files', async () => {
    for (let number = 0; number < 3; number++) {
      const { orderId } = await place({ order: order({ notes: `list ${number}` }) }, other);
      await eventually(`order ${orderId}`, async () => (await read(orderId, other))?.status === 'CONFIRMED' || undefined);
    }
    const LIST = 'query($status: OrderStatus, $limit: Int, $next: String) { orders(status: $status, limit: $limit, nextToken: $next) { items { orderId customerId status } nextToken } }';
    const first = (await other.send(LIST, { limit: 2 })).data.orders;
    const second = (await other.send(LIST, { limit: 2, next: first.nextToken })).data.orders;
    expect([first.items.length, new Set([...first.items, ...second.items].map(({ orderId }) => orderId)).size >= 3]).toEqual([2, true]);
    expect((await other.send(LIST, { limit: 101 })).errors).toMatchObject([{ errorType: 'invalid-query' }]);
    expect((await other.send('{ files(state: COMPLETED) { items { fileId } } }')).errors).toMatchObject([{ errorType: 'not-for-customers' }]);

    const { IdToken } = await cognito.create(outputs.ShopClientId, 'oskar', 'Correct-horse-1', 'operators');
    const operator = anonymous.as(IdToken);
    const all = (await operator.send(LIST, { status: 'CONFIRMED', limit: 100 })).data.orders.items;
    expect(new Set(all.map(({ customerId }: { customerId: string }) => customerId)).size).toBeGreaterThan(1);
    expect((await operator.send('{ files(state: COMPLETED) { items { fileId } nextToken } }')).data.files).toEqual({ items: [], nextToken: null });
  });

  test('a request without a token, and one that the schema does not have, are refused', async () => {
    expect((await anonymous.send(ORDER, { orderId: 'x' })).status).toBe(401);
    expect((await customer.send('{ order(orderId: "x") { secret } }')).errors).toHaveLength(1);
    expect((await customer.send('mutation { publishOrderChange(change: {}) { orderId } }')).errors).toHaveLength(1);
  });

  test('the contract of the API is the schema that clients can use', () => {
    const folder = join(__dirname, '..', '..', '.local', `cdk-${new URL(local.endpoint).port}`, 'cdk.out', 'GraphqlOrders-Orders-contracts');
    const schema = buildSchema(readFileSync(join(folder, 'schema.graphql'), 'utf8'));
    expect([ORDER, PLACE, CHANGE, CANCEL].flatMap((query) => validate(schema, parse(query)))).toEqual([]);
    expect(schema.getSubscriptionType()).toBeUndefined();
  });
});
