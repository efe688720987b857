import { orderView, type OrderDocument, type PlacedItem, type SequencedCommand } from '#shared';
import { cancel, change, fulfill, fulfillItems, live, outcomesOf, place } from '../../../support/sample-commands';
import { SAMPLE_TIME, written } from '../../../support/sample-messages';

const coffee = { sku: 'coffee-1kg', quantity: 2, unitPrice: 1890, name: 'Coffee, 1 kg' };
const filter = { sku: 'filter-100', quantity: 1, unitPrice: 349 };

/** An order after commands that follow its placement. */
const after = (placement: OrderDocument, ...commands: readonly ((sequence: number) => SequencedCommand)[]) =>
  live([place(1, placement), ...commands.map((command, index) => command(index + 2))]);
const items = (...entries: [string | number, number][]) => (sequence: number) =>
  fulfillItems(sequence, entries.map(([lineItem, quantity]) => ({ lineItem, quantity })));
const shipment = (shipmentId: string, ...entries: [string | number, number][]) => (sequence: number) =>
  fulfillItems(sequence, entries.map(([lineItem, quantity]) => ({ lineItem, quantity })), { shipmentId });
const changed = (patch: Record<string, unknown>) => (sequence: number) => change(sequence, patch);
const errorsOf = ({ item }: ReturnType<typeof live>) =>
  (item.outcome!.data.errors as { path: string; code: string; message: string }[]).map(({ path, code, message }) => `${path} ${code}: ${message}`);

describe('the items of an order', () => {
  test('are fulfilled one after the other, and with the last of them the order', () => {
    const { item, writes } = after({}, items([0, 1]), items([1, 1]), items([0, 1]));

    expect(outcomesOf(writes)).toEqual(['1 OrderConfirmed', '2 OrderPartiallyFulfilled', '3 OrderPartiallyFulfilled', '4 OrderFulfilled']);
    expect(writes.map(({ item: { status, version } }) => `${status} ${version}`)).toEqual(['CONFIRMED 1', 'PARTIALLY_FULFILLED 2', 'PARTIALLY_FULFILLED 3', 'FULFILLED 4']);
    expect(item.outcome!.data).toEqual({ items: [{ lineItem: 0, quantity: 1 }] });
  });

  test('are fulfilled with the whole order when nothing remains', () => {
    expect(outcomesOf(after({}, items([0, 2], [1, 1])).writes)).toEqual(['1 OrderConfirmed', '2 OrderFulfilled']);
  });

  test('are shown with the quantities that are fulfilled, and with their shipments', () => {
    const shipped = (sequence: number) => fulfillItems(sequence, [{ lineItem: 0, quantity: 1 }], { shipmentId: 's-1', trackingNumber: 't-1' });
    const { item } = after({}, shipped, items([0, 0.5], [1, 0.25]));

    expect(orderView(item)).toMatchObject({
      status: 'PARTIALLY_FULFILLED',
      fulfilledItems: [{ lineItem: 0, quantity: 1.5 }, { lineItem: 1, quantity: 0.25 }],
      fulfillments: [
        { at: SAMPLE_TIME, items: [{ lineItem: 0, quantity: 1 }], shipmentId: 's-1', trackingNumber: 't-1' },
        { at: SAMPLE_TIME, items: [{ lineItem: 0, quantity: 0.5 }, { lineItem: 1, quantity: 0.25 }] },
      ],
    });
  });

  test('add up exactly, with three decimal places', () => {
    const thirds = { items: [{ ...coffee, quantity: 0.3, amount: 567 }] };
    const { item, writes } = after(thirds, items([0, 0.1]), items([0, 0.1]), items([0, 0.1]));

    expect(outcomesOf(writes).at(-1)).toBe('4 OrderFulfilled');
    expect(orderView(item)).toMatchObject({ fulfilledItems: [{ lineItem: 0, quantity: 0.3 }] });
  });

  test('are added when an event has one more than once', () => {
    expect(outcomesOf(after({}, items([0, 1], [1, 1], [0, 1])).writes)).toEqual(['1 OrderConfirmed', '2 OrderFulfilled']);
  });

  test('can wait for their order', () => {
    const { item, writes } = live([fulfillItems(1), place(2)]);

    expect(outcomesOf(writes)).toEqual(['1 CommandAwaitsOrder (no event)', '2 OrderConfirmed', '1 OrderPartiallyFulfilled']);
    expect(item).toMatchObject({ status: 'PARTIALLY_FULFILLED', version: 2 });
  });

  test('are in the list of their status', () => {
    expect(after({}, items([0, 1])).item.statusShard).toMatch(/^PARTIALLY_FULFILLED#\d$/);
  });
});

describe('a line item', () => {
  const withIds = { items: [{ ...coffee, lineId: 'a' }, { ...filter, lineId: 'b' }, { ...filter, lineId: 'b' }, filter] };

  test.each<[string, string | number, boolean]>([
    ['its ID', 'a', true], ['its index although it has an ID', 0, false], ['an ID of several', 'b', false], ['its index when others have its ID', 1, true],
    ['its index when it has no ID', 3, true], ['an index as text', '3', false], ['an index after the last', 4, false], ['an unknown ID', 'c', false],
  ])('is referred to by %s: %j', (_, reference, isFound) => {
    const result = after(withIds, items([reference, 1]));

    expect(outcomesOf(result.writes).at(-1)).toBe(isFound ? '2 OrderPartiallyFulfilled' : '2 OrderFulfillmentRefused INVALID_COMMAND');
    if (isFound) expect(orderView(result.item)).toMatchObject({ fulfilledItems: [{ lineItem: reference, quantity: 1 }] });
    else expect(errorsOf(result)).toEqual(['/items/0/lineItem UNKNOWN_LINE_ITEM: is not a line item of the order; refer to a line item by its ID, or by its index from 0 if it has no ID of its own']);
  });
});

describe('more than remains', () => {
  test('is refused with what was ordered, fulfilled and requested, and the order is unchanged', () => {
    const before = after({}, items([0, 1.5])).item;
    const result = live([items([1, 1], [0, 0.75])(3)], before);

    expect(outcomesOf(result.writes)).toEqual(['3 OrderFulfillmentRefused INVALID_COMMAND']);
    expect(errorsOf(result)).toEqual(['/items/1/quantity EXCEEDS_REMAINING: is more than remains of line item 0: 2 ordered, 1.5 already fulfilled, 0.75 requested']);
    expect(orderView(result.item)).toEqual(orderView(before));
  });

  test('is refused when an event exceeds it only in total', () => {
    expect(errorsOf(after({}, items([0, 1.5], [0, 1])))).toEqual(['/items/1/quantity EXCEEDS_REMAINING: is more than remains of line item 0: 2 ordered, 0 already fulfilled, 2.5 requested']);
  });
});

describe('a shipment', () => {
  test('that is repeated with another event changes nothing, also when the order is fulfilled', () => {
    const { item, writes } = after({}, shipment('s-1', [1, 1], [0, 1]), shipment('s-1', [0, 1], [1, 1]), items([0, 1]), shipment('s-1', [0, 1], [1, 1]));

    expect(outcomesOf(writes).slice(1)).toEqual([
      '2 OrderPartiallyFulfilled', '3 FulfillOrderItemsRepeated (no event)', '4 OrderFulfilled', '5 FulfillOrderItemsRepeated (no event)',
    ]);
    expect(item).toMatchObject({ status: 'FULFILLED', version: 3 });
  });

  test('with the ID of another one is refused', () => {
    expect(errorsOf(after({}, shipment('s-1', [0, 1]), shipment('s-1', [1, 1])))).toEqual([
      '/shipmentId DUPLICATE_SHIPMENT_ID: another fulfillment of the order with other items already has this ID, and is unchanged',
    ]);
  });

  test('without an ID is another one each time', () => {
    expect(outcomesOf(after({}, items([0, 1]), items([0, 1])).writes).slice(1)).toEqual(['2 OrderPartiallyFulfilled', '3 OrderPartiallyFulfilled']);
  });
});

describe('the rest of an order', () => {
  test('is fulfilled by OrderFulfilled, and recorded', () => {
    const { item, writes } = after({}, items([0, 0.5]), fulfill);

    expect(outcomesOf(writes).at(-1)).toBe('3 OrderFulfilled (no event)');
    expect(orderView(item)).toMatchObject({ status: 'FULFILLED', fulfilledItems: [{ lineItem: 0, quantity: 2 }, { lineItem: 1, quantity: 1 }] });
  });

  test('is not cancelled with it', () => {
    expect(outcomesOf(after({}, items([0, 1]), cancel).writes).at(-1)).toBe('3 OrderCancellationRefused ORDER_PARTIALLY_FULFILLED');
  });

  test('of an order that is fulfilled at once is not recorded without a shipment', () => {
    expect(after({}, fulfill).item).not.toHaveProperty('fulfillments');
  });

  test('of an order that is fulfilled at once has its shipment', () => {
    const { item } = after({}, (sequence) => ({ ...fulfill(sequence), data: { shipmentId: 's-1', trackingNumber: 't-1' } }));

    expect(orderView(item)).toMatchObject({
      status: 'FULFILLED', fulfillments: [{ shipmentId: 's-1', trackingNumber: 't-1', items: [{ lineItem: 0, quantity: 2 }, { lineItem: 1, quantity: 1 }] }],
    });
  });
});

describe('a change of an order that is fulfilled in part', () => {
  const partly = (...lines: object[]) => after({}, items([0, 1]), changed({ items: lines }));

  test.each<[string, object]>([
    ['that does not concern its items', { notes: 'ring twice' }],
    ['that adds a line item', { items: [coffee, filter, { ...filter, sku: 'mug' }] }],
    ['that removes a line item of which nothing is fulfilled', { items: [coffee] }],
    ['that replaces a line item of which nothing is fulfilled', { items: [coffee, { ...filter, sku: 'mug' }] }],
    ['that orders more', { items: [{ ...coffee, quantity: 5 }, filter] }],
    ['that changes what depends on the quantity', { items: [{ ...coffee, quantity: 1.5, amount: 2835, adjustments: [{ kind: 'DISCOUNT', amount: -100 }] }, filter] }],
  ])('is applied when it is one %s', (_, patch) => {
    const { item, writes } = after({}, items([0, 1]), changed(patch as Record<string, unknown>));

    expect(outcomesOf(writes).at(-1)).toBe('3 OrderChanged');
    expect(orderView(item)).toMatchObject({ status: 'PARTIALLY_FULFILLED', version: 3, fulfilledItems: [{ lineItem: 0, quantity: 1 }] });
  });

  test.each<[string, object[], string]>([
    ['orders less than is fulfilled', [{ ...coffee, quantity: 0.5, amount: 945 }, filter], '/items/0/quantity FULFILLED: must be at least 1, which are fulfilled'],
    ['has another price', [{ ...coffee, unitPrice: 1 }, filter], '/items/0/quantity FULFILLED: only the quantity of the line item can change: 1 of it are fulfilled'],
    ['has another item in its place', [filter, coffee], '/items/0/quantity FULFILLED: only the quantity of the line item can change: 1 of it are fulfilled'],
    ['gives it an ID', [{ ...coffee, lineId: 'a' }, filter], '/items/0/quantity FULFILLED: the line item must stay in the order, with its ID or else at its index: 1 of it are fulfilled'],
  ])('is refused when it %s', (_, lines, error) => {
    const result = partly(...lines);

    expect(outcomesOf(result.writes).at(-1)).toBe('3 OrderChangeRefused INVALID_COMMAND');
    expect(errorsOf(result)).toEqual([error]);
    expect(result.item).toMatchObject({ status: 'PARTIALLY_FULFILLED', version: 2 });
  });

  test('can leave nothing to fulfill, and the order is then fulfilled', () => {
    const { item, writes } = partly({ ...coffee, quantity: 1 });

    expect(outcomesOf(writes).at(-1)).toBe('3 OrderChanged');
    expect(item).toMatchObject({ status: 'FULFILLED', version: 3 });
    expect(item.statusShard).toMatch(/^FULFILLED#/);
  });

  test('can move a line item with an ID, which keeps its fulfilled quantity and its shipment', () => {
    const [first, second] = [{ ...coffee, lineId: 'a' }, { ...filter, quantity: 3, lineId: 'b' }];
    const { item, writes } = after({ items: [first, second] }, shipment('s-1', ['a', 1], ['b', 1]), changed({ items: [second, first] }), shipment('s-1', ['a', 1], ['b', 1]), items(['b', 2]));

    expect(outcomesOf(writes).slice(1)).toEqual(['2 OrderPartiallyFulfilled', '3 OrderChanged', '4 FulfillOrderItemsRepeated (no event)', '5 OrderPartiallyFulfilled']);
    expect(orderView(item)).toMatchObject({ fulfilledItems: [{ lineItem: 'b', quantity: 3 }, { lineItem: 'a', quantity: 1 }] });
  });

  test('by a file that changes existing orders is rejected in the same cases', () => {
    const placement = (content: OrderDocument) => (sequence: number) => {
      const command = place(sequence, content);
      return { ...command, data: { ...command.data, onExistingOrder: 'CHANGE' } };
    };
    expect(outcomesOf(after({}, items([0, 1]), placement({ items: [filter] }), placement({ notes: 'b' })).writes).slice(2))
      .toEqual(['3 OrderRejected NOT_CHANGEABLE', '4 OrderChanged']);
  });
});

test('an order has room for its fulfillments: more are refused, and the rest can still be fulfilled as a whole', () => {
  let { item } = after({ items: [{ ...coffee, quantity: 1_000_000 }] });
  let count = 0;
  for (let refused = false; !refused; count++) {
    const result = live([fulfillItems(item.sequence + 1, [{ lineItem: 0, quantity: 1 }], { shipmentId: `shipment-${count}`.padEnd(36, 'x') })], item);
    refused = result.writes[0].reason !== undefined;
    ({ item } = result);
  }

  expect(count).toBeGreaterThan(250);
  expect(item.outcome!.data.errors).toEqual([{
    path: '', code: 'TOO_MANY_FULFILLMENTS', message: 'the fulfillments of an order have at most 32000 bytes; fulfill the rest of the order with OrderFulfilled',
  }]);
  expect(live([fulfill(item.sequence + 1)], item).item).toMatchObject({ status: 'FULFILLED' });
});

test('an order of 1000 line items with long IDs can be fulfilled item by item in a few events', () => {
  const lines = Array.from({ length: 1000 }, (_, index) => ({ ...filter, lineId: `line-item-${index}`.padEnd(36, '-') }));
  const parts = [0, 1, 2, 3].map((part) => items(...lines.slice(part * 250, part * 250 + 250).map(({ lineId }): [string, number] => [lineId, 1])));
  const { item, writes } = after({ items: lines }, ...parts);

  expect(outcomesOf(writes).at(-1)).toBe('5 OrderFulfilled');
  expect((written(item) as PlacedItem).fulfillments).toHaveLength(4);
  expect(JSON.stringify((item as PlacedItem).fulfillments).length).toBeLessThan(12_000);
});
