import { validateOrderShape } from '../../../../handlers/shared/orders/order-shape';
import { sampleOrder } from '../../../support/sample-order';

const order = (changes: Record<string, unknown> = {}) => sampleOrder({ orderId: 'order-1', ...changes });

const item = (changes: Record<string, unknown>) => order({ items: [{ sku: 'sku', quantity: 1, unitPrice: 1, ...changes }] });

const entries = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`key-${n}`, 'value']));

describe('an order of the right shape', () => {
  test.each([
    ['the least that an order needs', order()],
    ['everything that an order may hold', order({
      total: 4129,
      placedAt: '2026-01-31T12:00:00+01:00',
      notes: 'n'.repeat(500),
      shippingAddress: entries(20),
      attributes: { text: 'a', number: -1.5, flag: true, nothing: null },
    })],
    ['an id of 64 characters', order({ orderId: 'o'.repeat(64) })],
    ['a hundred items', order({ items: new Array(100).fill({ sku: 'sku', quantity: 10_000, unitPrice: 0 }) })],
    ['the highest price that can be kept', item({ unitPrice: Number.MAX_SAFE_INTEGER })],
    ['text beyond the first plane of Unicode', order({ customerId: '👩‍👩‍👧' })],
  ])('may be %s', (_, candidate) => {
    expect(validateOrderShape(candidate)).toEqual({ value: candidate });
  });
});

describe('an order of the wrong shape', () => {
  test.each<[string, Record<string, unknown>, string, string, string]>([
    ['its id is missing', order({ orderId: undefined }), '/orderId', 'REQUIRED', 'is required'],
    ['its id holds a space', order({ orderId: 'an id' }), '/orderId', 'INVALID_FORMAT', 'must match /^[A-Za-z0-9_-]{1,64}$/'],
    ['its id has 65 characters', order({ orderId: 'o'.repeat(65) }), '/orderId', 'INVALID_FORMAT', 'must match'],
    ['the customer is empty', order({ customerId: '' }), '/customerId', 'TOO_SMALL', 'must have at least 1 characters'],
    ['the customer has 65 characters', order({ customerId: 'c'.repeat(65) }), '/customerId', 'TOO_BIG', 'must have at most 64 characters'],
    ['the customer is a number', order({ customerId: 1 }), '/customerId', 'INVALID_TYPE', 'must be text'],
    ['the customer is null', order({ customerId: null }), '/customerId', 'INVALID_TYPE', 'must be text'],
    ['the customer holds half a surrogate pair', order({ customerId: '\ud83d' }), '/customerId', 'ILL_FORMED_TEXT', 'half a surrogate pair'],
    ['the currency is in lower case', order({ currency: 'eur' }), '/currency', 'INVALID_FORMAT', 'must match /^[A-Z]{3}$/'],
    ['the currency does not exist', order({ currency: 'QQQ' }), '/currency', 'UNKNOWN_CURRENCY', 'must be a currency of ISO 4217'],
    ['there are no items', order({ items: [] }), '/items', 'TOO_SMALL', 'must have at least 1 entries'],
    ['there are 101 items', order({ items: new Array(101).fill({ sku: 's', quantity: 1, unitPrice: 1 }) }), '/items', 'TOO_BIG', 'at most 100 entries'],
    ['the items are no list', order({ items: {} }), '/items', 'INVALID_TYPE', 'must be an array'],
    ['an item is no object', order({ items: ['sku'] }), '/items/0', 'INVALID_TYPE', 'must be an object'],
    ['an item has no product', item({ sku: undefined }), '/items/0/sku', 'REQUIRED', 'is required'],
    ['a quantity is 0', item({ quantity: 0 }), '/items/0/quantity', 'TOO_SMALL', 'must be at least 1'],
    ['a quantity is 10 001', item({ quantity: 10_001 }), '/items/0/quantity', 'TOO_BIG', 'must be at most 10000'],
    ['a quantity is a fraction', item({ quantity: 1.5 }), '/items/0/quantity', 'INVALID_TYPE', 'must be an integer'],
    ['a price is below 0', item({ unitPrice: -1 }), '/items/0/unitPrice', 'TOO_SMALL', 'must be at least 0'],
    ['a price is too high to be kept', item({ unitPrice: 2 ** 53 }), '/items/0/unitPrice', 'TOO_BIG', `must be at most ${Number.MAX_SAFE_INTEGER}`],
    ['a price is text', item({ unitPrice: '1' }), '/items/0/unitPrice', 'INVALID_TYPE', 'must be a number'],
    ['a name has 257 characters', item({ name: 'n'.repeat(257) }), '/items/0/name', 'TOO_BIG', 'must have at most 256 characters'],
    ['an item holds an unknown field', item({ colour: 'red' }), '/items/0/colour', 'UNKNOWN_FIELD', 'is not a known field; remove it'],
    ['it holds an unknown field', order({ 'a/b': 1 }), '/a~1b', 'UNKNOWN_FIELD', 'is not a known field; remove it'],
    ['the total is below 0', order({ total: -1 }), '/total', 'TOO_SMALL', 'must be at least 0'],
    ['the time is no time', order({ placedAt: 'yesterday' }), '/placedAt', 'INVALID_FORMAT', 'such as 2026-01-31T12:00:00Z'],
    ['the time is in no calendar', order({ placedAt: '2026-02-30T12:00:00Z' }), '/placedAt', 'INVALID_FORMAT', 'must be an RFC 3339 time'],
    ['the notes have 501 characters', order({ notes: 'n'.repeat(501) }), '/notes', 'TOO_BIG', 'must have at most 500 characters'],
    ['the address has 21 lines', order({ shippingAddress: entries(21) }), '/shippingAddress', 'TOO_BIG', 'must have at most 20 entries'],
    ['the address is text', order({ shippingAddress: 'here' }), '/shippingAddress', 'INVALID_TYPE', 'must be an object'],
    ['there are 21 attributes', order({ attributes: entries(21) }), '/attributes', 'TOO_BIG', 'must have at most 20 entries'],
    ['the name of an attribute is empty', order({ attributes: { '': 1 } }), '/attributes/', 'INVALID_KEY', 'of 1 to 64 characters'],
    ['an attribute is an object', order({ attributes: { a: {} } }), '/attributes/a', 'INVALID_TYPE', 'must be text of at most 256 characters, a number'],
  ])('fails when %s', (_, candidate, path, code, message) => {
    expect(validateOrderShape(candidate)).toEqual({ errors: [{ path, code, message: expect.stringContaining(message) }] });
  });

  test.each([null, undefined, [], 'order', 1])('fails when it is %j instead of an object', (candidate) => {
    expect(validateOrderShape(candidate).errors).toEqual([expect.objectContaining({ path: '' })]);
  });

  test('fails with every error at once', () => {
    const { errors } = validateOrderShape({ currency: 'eur', items: [{ quantity: 0 }], a: 1, b: 2 });

    expect(errors!.map(({ path }) => path).sort()).toEqual(
      ['/a', '/b', '/currency', '/customerId', '/items/0/quantity', '/items/0/sku', '/items/0/unitPrice', '/orderId'],
    );
  });

  test('fails with at most 200 errors and how many more there are', () => {
    const unknown = Object.fromEntries(Array.from({ length: 250 }, (_, n) => [`field-${n}`, n]));
    const { errors } = validateOrderShape(order(unknown));

    expect(errors).toHaveLength(201);
    expect(errors!.at(-1)).toEqual({ path: '', code: 'MORE_ERRORS', message: '50 more errors are not listed' });
  });

  test('never repeats a value that was sent', () => {
    const { errors } = validateOrderShape({
      orderId: 'canary canary',
      customerId: ['canary'],
      currency: 'canary',
      items: [{ sku: 'canary'.repeat(20), quantity: 'canary' }],
      placedAt: 'canary',
      attributes: { a: ['canary'] },
    });

    expect(errors!.length).toBeGreaterThan(5);
    expect(JSON.stringify(errors)).not.toContain('canary');
  });
});
