import { REFUSAL_REASON, type OrderDocument, type OrderFacts, type PlacedItem, type RejectedItem, type Rejection } from '#shared';
import { fingerprint } from '../../../../handlers/shared/orders/fingerprint';
import { cancel, change, fulfill, live, outcomesOf, place, reject } from '../../../support/sample-commands';
import { SAMPLE_TIME, SAMPLE_TOTAL, sampleContent, sampleDocument, sampleFacts } from '../../../support/sample-messages';

const LATER = new Date('2026-02-01T00:00:00.999Z');

const placed = live([place(1)]).item as PlacedItem;
/** What a placed order becomes. */
const then = (...commands: Parameters<typeof live>[0]) => live(commands, placed, LATER);

describe('an order that is placed', () => {
  test('becomes version 1 of an item that remembers what placed it', () => {
    const { revision, sequence, listKey, customerShard, statusShard, outcome, ...item } = placed;

    expect(item).toEqual({
      orderId: 'order-1',
      ...sampleFacts(sampleDocument()),
      order: sampleDocument(),
      status: 'CONFIRMED',
      version: 1,
      createdAt: SAMPLE_TIME,
      updatedAt: SAMPLE_TIME,
      placement: { commandId: 'command-1', fingerprint: fingerprint(sampleContent()) },
    });
  });

  test('stays for good', () => {
    expect(placed).not.toHaveProperty('expiresAt');
  });

  test('is the same order when it is placed again after it was changed', () => {
    const { writes } = then(change(2), place(3));

    expect(outcomesOf(writes)).toEqual(['2 OrderChanged', '3 OrderRepeated (no event)']);
  });

  test('is another order than what it was changed to', () => {
    const { item, writes } = then(change(2, { notes: 'changed' }), place(3, { notes: 'changed' }));

    expect(outcomesOf(writes)).toEqual(['2 OrderChanged', '3 OrderRejected DUPLICATE_ORDER_ID']);
    expect(item).toMatchObject({ version: 2, placement: placed.placement });
  });
});

describe('a placement that may change the order with its ID', () => {
  const changing = (sequence: number, changes: OrderDocument = {}) => {
    const command = place(sequence, changes);
    return { ...command, data: { ...command.data, onExistingOrder: 'CHANGE' } };
  };

  test('changes it to its own content, and publishes what differs', () => {
    const { item, writes } = then(change(2, { email: 'a@example.com', attributes: { gift: true } }), changing(3, { notes: 'other', tags: ['b2b'] }));

    expect(outcomesOf(writes)).toEqual(['2 OrderChanged', '3 OrderChanged']);
    expect(item).toMatchObject({ status: 'CONFIRMED', version: 3, tags: ['b2b'], placement: placed.placement });
    expect((item as PlacedItem).order).toEqual(sampleDocument({ notes: 'other', tags: ['b2b'] }));
    expect((item.outcome!.data.changed as string[]).toSorted()).toEqual(['attributes', 'email', 'notes', 'tags']);
  });

  test('changes it back to what was placed', () => {
    expect(outcomesOf(then(change(2), changing(3)).writes)).toEqual(['2 OrderChanged', '3 OrderChanged']);
  });

  test('changes its amounts, and is the same order with a total and without', () => {
    const items = [{ sku: 'kettle', quantity: 1, unitPrice: 5990 }];
    const { item, writes } = then(changing(2, { total: SAMPLE_TOTAL }), changing(3, { items, total: 5990 }));

    expect(outcomesOf(writes)).toEqual(['2 OrderRepeated (no event)', '3 OrderChanged']);
    expect(item).toMatchObject({ version: 2, total: 5990 });
  });

  test('removes the facts that it does not have', () => {
    const { item } = then(changing(2, { tags: ['b2b'] }), changing(3, { notes: 'other' }));

    expect(item).not.toHaveProperty('tags');
  });

  test('does not change fields that a client cannot change: it is rejected with all of them', () => {
    const { item, writes } = then(changing(2, { customerId: 'customer-2', salesChannel: 'shop', notes: 'other' }));

    expect(outcomesOf(writes)).toEqual(['2 OrderRejected NOT_CHANGEABLE']);
    expect(item.outcome!.data.errors).toMatchObject([{ path: '/customerId', code: 'NOT_CHANGEABLE' }, { path: '/salesChannel', code: 'NOT_CHANGEABLE' }]);
    expect({ ...item, outcome: undefined }).toMatchObject({ version: 1, order: sampleDocument() });
  });

  test.each([['cancelled', cancel(2), 'ORDER_CANCELLED'], ['fulfilled', fulfill(2), 'ORDER_FULFILLED']])('does not change a %s order, but may repeat it', (_, end, code) => {
    const { item, writes } = then(end, changing(3), changing(4, { notes: 'other' }));

    expect(outcomesOf(writes).slice(1)).toEqual(['3 OrderRepeated (no event)', '4 OrderRejected NOT_CHANGEABLE']);
    expect(item.outcome!.data.errors).toMatchObject([{ path: '', code }]);
  });

  test('is a new order where there is none, or a rejected one', () => {
    expect(outcomesOf(live([changing(1)]).writes)).toEqual(['1 OrderConfirmed']);
    expect(outcomesOf(live([reject(1), changing(2)]).writes)).toEqual(['1 RejectionStored (no event)', '2 OrderConfirmed']);
  });

  test('is applied in sequence if it arrived too early', () => {
    const { writes } = then(changing(3, { notes: 'other' }), change(2, { notes: 'changed' }));

    expect(outcomesOf(writes)).toEqual(['3 CommandPending (no event)', '2 OrderChanged', '3 OrderChanged']);
  });
});

describe('an order that is rejected', () => {
  const rejected = live([reject(1, 'customer-7')], undefined, LATER).item as RejectedItem;

  test('is stored with its customer and its reasons, and visible for its retention, in whole seconds', () => {
    const { facts, ...rejection } = reject(1, 'customer-7').data as Rejection & { facts: OrderFacts };

    expect(rejected).toMatchObject({
      orderId: 'order-1',
      customerId: 'customer-7',
      status: 'REJECTED',
      version: 0,
      rejection,
      ...facts,
      createdAt: LATER.toISOString(),
      visibleUntil: Date.parse('2026-02-01T01:00:00Z') / 1000,
    });
    expect(rejected.rejection).toEqual(rejection);
  });

  test('without a customer has none', () => {
    expect(live([reject(1)]).item).not.toHaveProperty('customerId');
  });

  test('gives way to the next rejection', () => {
    const { item } = live([reject(2, 'customer-8')], rejected, new Date('2026-02-02T00:00:00Z'));

    expect(item).toMatchObject({ status: 'REJECTED', customerId: 'customer-8', createdAt: '2026-02-02T00:00:00.000Z' });
  });

  test('is replaced by a fixed order without leftovers', () => {
    const { item } = live([place(2)], rejected, new Date(SAMPLE_TIME));
    const { placement, ...fresh } = placed;

    expect(item).toEqual({ ...fresh, revision: 2, sequence: 2, placement: { ...placement, commandId: 'command-2' }, outcome: expect.objectContaining({ sequence: 2 }) });
  });

  test('refuses commands before the fixed order, and accepts those after it', () => {
    const { item, writes } = live([change(2), place(3), change(4)], rejected);

    expect(outcomesOf(writes)).toEqual(['2 OrderChangeRefused ORDER_REJECTED', '3 OrderConfirmed', '4 OrderChanged']);
    expect(item).toMatchObject({ status: 'CONFIRMED', version: 2, order: { notes: 'changed' } });
  });
});

describe('a change', () => {
  test('is one more version, with the fields that it changed', () => {
    const { item } = then(change(2, { notes: 'new', items: [{ sku: 'tea', quantity: 3, unitPrice: 100 }] }));

    expect(item).toMatchObject({
      order: { notes: 'new' }, total: 300, version: 2, createdAt: SAMPLE_TIME, updatedAt: LATER.toISOString(), outcome: { type: 'OrderChanged', data: { changed: ['items', 'total', 'notes'] } },
    });
  });

  test('of items with the same sum leaves the total out of what it changed', () => {
    const { item } = then(change(2, { items: [{ sku: 'tea', quantity: 1, unitPrice: SAMPLE_TOTAL }] }));

    expect(item.outcome?.data).toEqual({ changed: ['items'] });
  });

  test.each<[string, Parameters<typeof change>[1]]>([
    ['removes what is not there', { notes: null, shippingAddress: null, attributes: null }],
    ['sets what is so', { items: sampleDocument().items }],
  ])('that %s changes nothing and publishes nothing', (_, patch) => {
    const { item, writes } = then(change(2, patch));

    expect(outcomesOf(writes)).toEqual(['2 ChangeRepeated (no event)']);
    expect(item).toMatchObject({ version: 1, updatedAt: SAMPLE_TIME });
  });

  test('removes a field from the order', () => {
    const { item } = then(change(2, { notes: 'new', attributes: { a: 1 } }), change(3, { notes: null, attributes: { a: null } }));

    expect((item as PlacedItem).order).toEqual(sampleDocument({ attributes: {} }));
    expect(item).toMatchObject({ version: 3, outcome: { data: { changed: ['notes', 'attributes'] } } });
  });

  test('that would break a rule is refused with every breach, and changes nothing', () => {
    const shippingAddress = Object.fromEntries(Array.from({ length: 41 }, (_, n) => [`line-${n}`, 'value']));
    const { item } = then(change(2, { shippingAddress, attributes: { key: 'v'.repeat(8 * 1024) }, notes: 'new' }));

    expect(item.outcome).toMatchObject({
      type: 'OrderChangeRefused',
      data: {
        code: 'INVALID_COMMAND',
        currentStatus: 'CONFIRMED',
        currentVersion: 1,
        errors: [{ path: '/shippingAddress', code: 'TOO_BIG' }, { path: '/attributes', code: 'TOO_BIG' }],
      },
    });
    expect(item).toMatchObject({ version: 1, order: sampleDocument() });
    expect((item as PlacedItem).order).not.toHaveProperty('notes');
  });

  test('whose items add up to more than can be kept is refused', () => {
    const { item } = then(change(2, { items: [{ sku: 'gold', quantity: 2, unitPrice: 2 ** 52 }] }));

    expect(item.outcome?.data).toMatchObject({ code: 'INVALID_COMMAND', errors: [{ path: '/items', code: 'TOTAL_TOO_BIG' }] });
  });
});

describe('a cancellation', () => {
  test('is one more version, and keeps its reason', () => {
    const { item } = then(cancel(2, 'too dear'));

    expect(item).toMatchObject({
      status: 'CANCELLED', version: 2, cancellation: { reason: 'too dear' }, updatedAt: LATER.toISOString(), outcome: { type: 'OrderCancelled', data: { reason: 'too dear' } },
    });
  });

  test('that comes twice is harmless: the first reason stays', () => {
    const { item, writes } = then(cancel(2, 'too dear'), cancel(3, 'too late', 1));

    expect(outcomesOf(writes)).toEqual(['2 OrderCancelled', '3 CancelOrderRepeated (no event)']);
    expect(item).toMatchObject({ version: 2, cancellation: { reason: 'too dear' } });
  });

  test('comes after a change that was asked before it, in whichever order they arrive', () => {
    const { item, writes } = then(cancel(3), change(2));

    expect(outcomesOf(writes)).toEqual(['3 CommandPending (no event)', '2 OrderChanged', '3 OrderCancelled']);
    expect(item).toMatchObject({ status: 'CANCELLED', version: 3, order: { notes: 'changed' } });
  });
});

test('a fulfillment is one more version, of which the bus knows already', () => {
  const { item } = then(fulfill(2));

  expect(item).toMatchObject({ status: 'FULFILLED', version: 2, updatedAt: LATER.toISOString() });
  expect(item).not.toHaveProperty('outcome');
});

describe.each([
  ['change', (version: number) => change(3, { notes: 'expected' }, version), 'OrderChanged', 'OrderChangeRefused'],
  ['cancellation', (version: number) => cancel(3, 'expected', version), 'OrderCancelled', 'OrderCancellationRefused'],
] as const)('a %s that expects a version', (_, expecting, done, refused) => {
  const before = then(change(2)).item;

  test('is done when the order has it', () => {
    expect(live([expecting(2)], before).writes[0].outcome).toBe(done);
  });

  test.each([1, 3])('is refused when the order has version 2 instead of %i', (version) => {
    const { item } = live([expecting(version)], before);

    expect(item.outcome).toMatchObject({
      type: refused, data: { code: 'VERSION_MISMATCH', reason: REFUSAL_REASON.VERSION_MISMATCH, currentStatus: 'CONFIRMED', currentVersion: 2 },
    });
    expect(item).toMatchObject({ status: 'CONFIRMED', version: 2, order: { notes: 'changed' } });
  });
});

test('an order keeps its pending commands when it changes', () => {
  const { item } = then(cancel(4), change(2));

  expect(item).toMatchObject({ status: 'CONFIRMED', version: 2, sequence: 2, pending: { 4: { type: 'CancelOrder' } } });
});
