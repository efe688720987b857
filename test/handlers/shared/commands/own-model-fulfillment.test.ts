import type { OrderDocument } from '#shared';
import type { LineItemOptions } from '../../../../src/private/order-model/describe-line-items';
import type { fulfillItems as FulfillItems, change as Change, live as Live, fulfill as Fulfill } from '../../../support/sample-commands';

const SCHEMA = {
  type: 'object',
  properties: {
    number: { type: 'string' },
    lines: { type: 'array', items: { type: 'object', properties: { key: { type: ['integer', 'string'] }, pieces: { type: 'object', properties: { count: { type: 'number' } } }, article: { type: 'string' } } } },
  },
};
const ORDER = { number: 'order-1', lines: [{ key: 7, pieces: { count: 2 }, article: 'rose' }, { article: 'tulip' }] };

/** The commands with a model of an app. */
function withModel(pointers: LineItemOptions) {
  jest.resetModules();
  jest.doMock('#order-model', () => {
    const { compileOrderModel } = jest.requireActual('../../../../src/private/order-model/compile-order-model');
    const { describeModel } = jest.requireActual('../../../../src/private/order-model/describe-model');
    const { loadSource } = jest.requireActual('../../../support/load-source');
    return loadSource(compileOrderModel(SCHEMA, describeModel(SCHEMA, { orderId: '/number', ...pointers })));
  });
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the model is mocked before
  const { fulfill, fulfillItems, change, live } = require('../../../support/sample-commands') as
    { fulfillItems: typeof FulfillItems; change: typeof Change; live: typeof Live; fulfill: typeof Fulfill };
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { orderView } = require('#shared') as typeof import('#shared');
  const placed = (order: OrderDocument) => live([{
    orderId: 'order-1', sequence: 1, commandId: 'c-1', correlationId: 'c', causationId: 'c', channel: 'api', type: 'PlaceOrder', data: { order, facts: {}, fingerprint: 'f' },
  }]).item;
  return { placed: placed(ORDER), fulfillItems, change, fulfill, live, orderView };
}

const errorsIn = ({ item }: ReturnType<typeof Live>) => (item.outcome!.data.errors as { path: string; code: string }[]).map(({ path, code }) => `${path} ${code}`);

test('a model without line items refuses items, and names what it lacks', () => {
  const { placed, fulfillItems, fulfill, live, orderView } = withModel({});
  const { item } = live([fulfillItems(2)], placed);

  expect(item).toMatchObject({ status: 'CONFIRMED', version: 1 });
  expect(item.outcome).toMatchObject({
    type: 'OrderFulfillmentRefused',
    data: { code: 'INVALID_COMMAND', errors: [{ path: '/items', code: 'NO_LINE_ITEMS', message: 'the order model does not have lineItems and lineItemQuantity, so orders can only be fulfilled as a whole' }] },
  });
  const whole = live([{ ...fulfill(2), data: { shipmentId: 's-1' } }], placed);
  expect(orderView(whole.item)).toMatchObject({ status: 'FULFILLED', fulfillments: [{ shipmentId: 's-1' }] });
  expect(orderView(whole.item)).not.toHaveProperty('fulfilledItems');
});

describe('a model with line items', () => {
  const { placed, fulfillItems, change, live, orderView } = withModel({ lineItems: '/lines', lineItemQuantity: '/pieces/count', lineItemId: '/key' });

  test('refers to them by their ID, also if it is an integer, and fulfills the order with the last quantity', () => {
    const { item } = live([fulfillItems(2, [{ lineItem: '7', quantity: 1 }])], placed);
    expect(orderView(item)).toMatchObject({ status: 'PARTIALLY_FULFILLED', fulfilledItems: [{ lineItem: '7', quantity: 1 }] });
    expect(live([fulfillItems(3, [{ lineItem: '7', quantity: 1 }])], item).item).toMatchObject({ status: 'FULFILLED', outcome: { type: 'OrderFulfilled' } });
  });

  test('has nothing to fulfill of a line item without a quantity', () => {
    expect(errorsIn(live([fulfillItems(2, [{ lineItem: 1, quantity: 1 }])], placed))).toEqual(['/items/0/quantity EXCEEDS_REMAINING']);
  });

  test('keeps a line item that is fulfilled in part, but for its quantity', () => {
    const { item } = live([fulfillItems(2, [{ lineItem: '7', quantity: 1 }])], placed);
    const lines = (line: object) => live([change(3, { lines: [{ key: 7, pieces: { count: 2 }, article: 'rose', ...line }] })], item);

    expect(lines({ pieces: { count: 4 } }).item).toMatchObject({ status: 'PARTIALLY_FULFILLED', version: 3 });
    expect(errorsIn(lines({ article: 'tulip' }))).toEqual(['/lines/0/pieces/count FULFILLED']);
    expect(errorsIn(lines({ pieces: { count: 0.5 } }))).toEqual(['/lines/0/pieces/count FULFILLED']);
    expect(errorsIn(lines({ key: 8 }))).toEqual(['/lines/0/pieces/count FULFILLED']);
  });
});
