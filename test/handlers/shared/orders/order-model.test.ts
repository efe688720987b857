import * as fc from 'fast-check';
import { orderModel } from '#shared';
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
      notes: 'n'.repeat(2000),
      email: 'guest@example.com',
      externalReference: 'DE-2024/0815',
      salesChannel: 'web',
      tags: ['gift', 'express'],
      shippingAddress: { ...entries(39), street: ['Bahnhofstrasse 1', 'backyard'] },
      billingAddress: entries(40),
      attributes: { text: 'a', number: -1.5, flag: true, nothing: null, nested: { list: [{ deep: null }] }, constructor: 'x' },
    })],
    ['a guest', order({ customerId: undefined, email: 'guest@example.com' })],
    ['half a kilo', item({ quantity: 0.5, unit: 'kg', unitPrice: 1890, amount: 945 })],
    ['a quantity with decimals whose amount is an integer', item({ quantity: 0.125, unitPrice: 1000 })],
    ['an id of 64 characters', order({ orderId: 'o'.repeat(64) })],
    ['a thousand items', order({ items: new Array(1000).fill({ sku: 'sku', quantity: 10_000, unitPrice: 0 }) })],
    ['the highest price that can be kept', item({ unitPrice: Number.MAX_SAFE_INTEGER })],
    ['text beyond the first plane of Unicode', order({ customerId: '👩‍👩‍👧' })],
  ])('may be %s', (_, candidate) => {
    expect(orderModel.validate(candidate).value?.order).toEqual(candidate);
  });
});

describe('an order of the wrong shape', () => {
  test.each<[string, Record<string, unknown>, string, string, string]>([
    ['its id is missing', order({ orderId: undefined }), '/orderId', 'REQUIRED', 'is required'],
    ['its id holds a space', order({ orderId: 'an id' }), '/orderId', 'INVALID_FORMAT', 'send a number of another form as externalReference'],
    ['its id has 65 characters', order({ orderId: 'o'.repeat(65) }), '/orderId', 'INVALID_FORMAT', 'must have 1 to 64'],
    ['the customer is empty', order({ customerId: '' }), '/customerId', 'INVALID_FORMAT', 'must be text that is not blank'],
    ['the customer is blank', order({ customerId: '   ' }), '/customerId', 'INVALID_FORMAT', 'must be text that is not blank'],
    ['the customer has 129 characters', order({ customerId: 'c'.repeat(129) }), '/customerId', 'TOO_BIG', 'must have at most 128 characters'],
    ['the customer is a number', order({ customerId: 1 }), '/customerId', 'INVALID_TYPE', 'must be text'],
    ['the currency is null', order({ currency: null }), '/currency', 'REQUIRED', 'is required'],
    ['the customer holds half a surrogate pair', order({ customerId: '\ud83d' }), '/customerId', 'ILL_FORMED_TEXT', 'half a surrogate pair'],
    ['the currency is in lower case', order({ currency: 'eur' }), '/currency', 'INVALID_FORMAT', 'must be a currency code of ISO 4217, such as EUR'],
    ['the currency does not exist', order({ currency: 'QQQ' }), '/currency', 'UNKNOWN_CURRENCY', 'must be a currency of ISO 4217'],
    ['there are no items', order({ items: [] }), '/items', 'TOO_SMALL', 'must have at least 1 entries'],
    ['there are 1001 items', order({ items: new Array(1001).fill({ sku: 's', quantity: 1, unitPrice: 1 }) }), '/items', 'TOO_BIG', 'at most 1000 entries'],
    ['the items are not a list', order({ items: {} }), '/items', 'INVALID_TYPE', 'must be an array'],
    ['an item is not an object', order({ items: ['sku'] }), '/items/0', 'INVALID_TYPE', 'must be an object'],
    ['an item has no product', item({ sku: undefined }), '/items/0/sku', 'REQUIRED', 'is required'],
    ['a quantity is 0', item({ quantity: 0 }), '/items/0/quantity', 'TOO_SMALL', 'must be greater than 0'],
    ['a quantity is 1 000 001', item({ quantity: 1_000_001 }), '/items/0/quantity', 'TOO_BIG', 'must be at most 1000000'],
    ['a quantity has four decimal places', item({ quantity: 1.2345, amount: 1 }), '/items/0/quantity', 'TOO_MANY_DECIMALS', 'at most three decimal places'],
    ['the amount of a fraction is not given', item({ quantity: 1.5 }), '/items/0/amount', 'REQUIRED', 'quantity times unitPrice is not an integer'],
    ['a price is in major units', item({ unitPrice: 18.9 }), '/items/0/unitPrice', 'INVALID_TYPE', 'must be an integer in minor units: 18.90 EUR is 1890'],
    ['a price is below 0', item({ unitPrice: -1 }), '/items/0/unitPrice', 'TOO_SMALL', 'must be at least 0'],
    ['a price is too high to be kept', item({ unitPrice: 2 ** 53 }), '/items/0/unitPrice', 'TOO_BIG', `must be at most ${Number.MAX_SAFE_INTEGER}`],
    ['a price is text', item({ unitPrice: '1' }), '/items/0/unitPrice', 'INVALID_TYPE', 'must be an integer in minor units'],
    ['a name has 257 characters', item({ name: 'n'.repeat(257) }), '/items/0/name', 'TOO_BIG', 'must have at most 256 characters'],
    ['an item holds an unknown field', item({ colour: 'red' }), '/items/0/colour', 'UNKNOWN_FIELD', 'is not a known field; remove it'],
    ['it holds an unknown field', order({ 'a/b': 1 }), '/a~1b', 'UNKNOWN_FIELD', 'is not a known field; remove it'],
    ['the total is below 0', order({ total: -1 }), '/total', 'TOO_SMALL', 'must be at least 0'],
    ['the time is not a time', order({ placedAt: 'yesterday' }), '/placedAt', 'INVALID_FORMAT', 'such as 2026-01-31T12:00:00Z'],
    ['the time is in no calendar', order({ placedAt: '2026-02-30T12:00:00Z' }), '/placedAt', 'INVALID_FORMAT', 'must be an RFC 3339 time'],
    ['the notes have 2001 characters', order({ notes: 'n'.repeat(2001) }), '/notes', 'TOO_BIG', 'must have at most 2000 characters'],
    ['the address has 41 lines', order({ shippingAddress: entries(41) }), '/shippingAddress', 'TOO_BIG', 'must have at most 40 entries'],
    ['the address is text', order({ shippingAddress: 'here' }), '/shippingAddress', 'INVALID_TYPE', 'must be an object'],
    ['a line of the address is a number', order({ shippingAddress: { zip: 3000 } }), '/shippingAddress/zip', 'INVALID_VALUE', 'or a list of up to 10 texts'],
    ['attributes are too large', order({ attributes: { a: 'a'.repeat(8 * 1024) } }), '/attributes', 'TOO_BIG', 'must have at most 8192 bytes as JSON'],
    ['attributes nest too deeply', order({ attributes: { a: { b: { c: { d: { e: {} } } } } } }), '/attributes', 'TOO_DEEP', 'deeper than 5 levels'],
    ['attributes of an item are too large', item({ attributes: { a: 'a'.repeat(8 * 1024) } }), '/items/0/attributes', 'TOO_BIG', '8192 bytes'],
    ['the name of an attribute is empty', order({ attributes: { '': 1 } }), '/attributes/', 'INVALID_KEY', 'of 1 to 255 characters'],
    ['an attribute cannot be stored exactly', order({ attributes: { a: 2 ** 60 } }), '/attributes/a', 'NUMBER_OUT_OF_RANGE', 'must be between'],
    ['an adjustment is of no kind', order({ adjustments: [{ kind: 'GIFT', amount: 1 }] }), '/adjustments/0/kind', 'INVALID_VALUE', 'must be one of DISCOUNT, SHIPPING'],
    ['tags are repeated', order({ tags: ['a', 'a'] }), '/tags', 'NOT_UNIQUE', 'must have no equal entries'],
    ['the email address is none', order({ email: 'guest' }), '/email', 'INVALID_FORMAT', 'must be an email address'],
  ])('fails when %s', (_, candidate, path, code, message) => {
    expect(orderModel.validate(candidate)).toEqual({ errors: [{ path, code, message: expect.stringContaining(message) }] });
  });

  test.each([null, undefined, [], 'order', 1])('fails when it is %j instead of an object', (candidate) => {
    expect(orderModel.validate(candidate).errors).toEqual([expect.objectContaining({ path: '' })]);
  });

  test('fails with every error at once', () => {
    const { errors } = orderModel.validate({ currency: 'eur', items: [{ quantity: 0 }], a: 1, b: 2 });

    expect(errors!.map(({ path }) => path).sort()).toEqual(
      ['/a', '/b', '/currency', '/items/0/quantity', '/items/0/sku', '/items/0/unitPrice', '/orderId'],
    );
  });

  test('fails with at most 200 errors and how many more there are', () => {
    const unknown = Object.fromEntries(Array.from({ length: 250 }, (_, n) => [`field-${n}`, n]));
    const { errors } = orderModel.validate(order(unknown));

    expect(errors).toHaveLength(201);
    expect(errors!.at(-1)).toEqual({ path: '', code: 'MORE_ERRORS', message: '50 more errors are not listed' });
  });

  test('never repeats a value that was sent', () => {
    const { errors } = orderModel.validate({
      orderId: 'canary canary',
      customerId: ['canary'],
      currency: 'canary',
      items: [{ sku: 'canary'.repeat(20), quantity: 'canary' }],
      placedAt: 'canary',
      attributes: { canary: '\ud800' },
      tags: ['canary', 'canary'],
      email: 'canary',
    });

    expect(errors!.length).toBeGreaterThan(5);
    expect(JSON.stringify(errors!.map(({ message }) => message))).not.toContain('canary');
  });
});

describe('null', () => {
  test('means that a field is absent, everywhere but inside attributes', () => {
    const sent = order({ notes: null, shippingAddress: { city: 'Bern', street: null }, items: [{ sku: 's', quantity: 1, unitPrice: 1, name: null }], attributes: { a: null } });

    expect(orderModel.validate(sent).value!.order).toEqual(
      order({ shippingAddress: { city: 'Bern' }, items: [{ sku: 's', quantity: 1, unitPrice: 1 }], attributes: { a: null } }),
    );
  });
});

describe('the total', () => {
  const adjusted = order({
    items: [{ sku: 'mug', quantity: 2, unitPrice: 1250, adjustments: [{ kind: 'DISCOUNT', amount: -250 }] }],
    adjustments: [{ kind: 'SHIPPING', amount: 490 }, { kind: 'TAX', amount: 437, included: true }],
  });
  const totalOf = (candidate: object) => {
    const { value, errors } = orderModel.validate(candidate);
    return errors ? errors.map(({ path, code }) => `${path} ${code}`) : value!.facts.total;
  };

  test.each<[string, object, unknown]>([
    ['the sum of quantity times unit price', order(), 4129],
    ['the sum of amounts and adjustments, without those that are included', adjusted, 2740],
    ['the amount of a line, if it is given', item({ quantity: 0.5, unitPrice: 1890, amount: 940 }), 940],
    ['exact for a quantity with decimals', item({ quantity: 1.005, unitPrice: 1000 }), 1005],
    ['accepted when it is right', { ...adjusted, total: 2740 }, 2740],
    ['wrong', { ...adjusted, total: 3177 }, ['/total TOTAL_MISMATCH']],
    ['negative', order({ adjustments: [{ kind: 'DISCOUNT', amount: -5000 }] }), ['/adjustments TOTAL_NEGATIVE']],
    ['too large', order({ items: new Array(2).fill({ sku: 's', quantity: 1, unitPrice: Number.MAX_SAFE_INTEGER }) }), ['/items TOTAL_TOO_BIG']],
  ])('is %s', (_, candidate, total) => {
    expect(totalOf(candidate)).toEqual(total);
  });

  test('is exact up to the largest safe integer, and not beyond', () => {
    const amount = fc.oneof(fc.nat(5000), fc.maxSafeNat(), fc.integer({ min: 0, max: 10 }).map((less) => Number.MAX_SAFE_INTEGER - less));
    const someLines = fc.array(fc.tuple(fc.integer({ min: 1, max: 1000 }), amount), { minLength: 1, maxLength: 3 });
    fc.assert(fc.property(someLines, fc.array(amount, { maxLength: 3 }), (lines, discounts) => {
      const price = lines.reduce((before, [quantity, unitPrice]) => before + BigInt(quantity) * BigInt(unitPrice), 0n);
      const sum = discounts.reduce((before, discount) => before - BigInt(discount), price);
      const total = totalOf(order({
        items: lines.map(([quantity, unitPrice]) => ({ sku: 's', quantity, unitPrice })),
        adjustments: discounts.map((discount) => ({ kind: 'DISCOUNT', amount: -discount })),
      }));
      expect(total).toEqual(sum < 0n ? ['/adjustments TOTAL_NEGATIVE'] : sum > BigInt(Number.MAX_SAFE_INTEGER) ? ['/items TOTAL_TOO_BIG'] : Number(sum));
    }), { numRuns: 1000 });
  });

  test('is not added to the document', () => {
    expect(orderModel.validate(order()).value!.order).not.toHaveProperty('total');
  });
});

test('facts are read from the document, with the time in UTC', () => {
  const { facts } = orderModel.validate(order({
    placedAt: '2016-12-31t23:59:60z', externalReference: '#1001', salesChannel: 'store-12', tags: ['gift'],
  })).value!;

  expect(facts).toEqual({
    customerId: 'customer-1', currency: 'EUR', total: 4129, placedAt: '2017-01-01T00:00:00.000Z', externalReference: '#1001', salesChannel: 'store-12', tags: ['gift'],
  });
});
