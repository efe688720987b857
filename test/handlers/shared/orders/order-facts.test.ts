import { factsReader, orderIdOf } from '#shared';
import type { OrderModelDescription } from '../../../../src/private/contract';

const POINTERS = {
  orderId: '/number',
  customerId: '/buyer/id',
  currency: '/amounts/currency',
  total: '/amounts/gross',
  placedAt: '/dates/ordered~1placed',
  externalReference: '/erp~0number',
  salesChannel: '/channel',
  tags: '/labels',
};

const read = factsReader({ isStandard: false, facts: POINTERS, changeable: [], required: [] } satisfies OrderModelDescription);

const order = (changes: object) => ({ number: 'A-1', ...changes });
const factsOf = (changes: object) => {
  const { value, errors } = read(order(changes));
  return errors ? errors.map(({ path, code }) => `${path} ${code}`) : value.facts;
};

test('facts are read where the model has them', () => {
  expect(read({
    'number': 'A-1',
    'buyer': { id: 'b' },
    'amounts': { currency: 'EUR', gross: 12.5 },
    'dates': { 'ordered/placed': '2026-01-31T12:00:00+01:00' },
    'erp~number': '#1001',
    'channel': 'web',
    'labels': ['gift'],
  })).toEqual({
    value: {
      orderId: 'A-1',
      facts: {
        customerId: 'b', currency: 'EUR', total: 12.5, placedAt: '2026-01-31T11:00:00.000Z', externalReference: '#1001', salesChannel: 'web', tags: ['gift'],
      },
    },
  });
});

test.each<[string, object]>([
  ['is absent', {}], ['has an absent object on the way', { buyer: undefined }], ['is null', { buyer: { id: null }, labels: null, channel: null }], ['has null on the way', { buyer: null }],
  ['has text on the way', { buyer: 'b' }],
])('a fact that %s is none', (_, changes) => {
  expect(factsOf(changes)).toEqual({});
});

describe('a fact can be', () => {
  test.each<[string, object, object]>([
    ['an integer, as text', { 'buyer': { id: 7 }, 'erp~number': -1, 'channel': 0 }, { customerId: '7', externalReference: '-1', salesChannel: '0' }],
    ['text of 128 characters', { buyer: { id: 'c'.repeat(128) } }, { customerId: 'c'.repeat(128) }],
    ['a number', { amounts: { gross: 0 } }, { total: 0 }],
    ['decimal digits, as a number', { amounts: { gross: '12.50' } }, { total: 12.5 }],
    ['negative digits, as a number', { amounts: { gross: '-0.5' } }, { total: -0.5 }],
    ['the digits of a large total', { amounts: { gross: '123456789012.34' } }, { total: 123456789012.34 }],
    ['a date, at midnight UTC', { dates: { 'ordered/placed': '2026-01-31' } }, { placedAt: '2026-01-31T00:00:00.000Z' }],
    ['a list of tags, of which some are integers', { labels: ['a', 7] }, { tags: ['a', '7'] }],
    ['an empty list of tags', { labels: [] }, { tags: [] }],
    ['50 tags', { labels: new Array(50).fill('t') }, { tags: new Array(50).fill('t') }],
  ])('%s', (_, changes, facts) => {
    expect(factsOf(changes)).toEqual(facts);
  });
});

describe('a fact fails when it is', () => {
  test.each<[string, object, string]>([
    ['blank', { buyer: { id: ' \n' } }, '/buyer/id'],
    ['empty', { buyer: { id: '' } }, '/buyer/id'],
    ['too long', { buyer: { id: 'c'.repeat(129) } }, '/buyer/id'],
    ['a fraction', { buyer: { id: 1.5 } }, '/buyer/id'],
    ['an object', { buyer: { id: {} } }, '/buyer/id'],
    ['an external reference that is too long', { 'erp~number': 'r'.repeat(129) }, '/erp~0number'],
    ['a currency of 17 characters', { amounts: { currency: 'c'.repeat(17) } }, '/amounts/currency'],
    ['a total with a unit', { amounts: { gross: '12 EUR' } }, '/amounts/gross'],
    ['a total with a comma', { amounts: { gross: '12,50' } }, '/amounts/gross'],
    ['a total in exponents', { amounts: { gross: '1e3' } }, '/amounts/gross'],
    ['a total with more digits than a number has', { amounts: { gross: '123456789012345.678' } }, '/amounts/gross'],
    ['a total that is true', { amounts: { gross: true } }, '/amounts/gross'],
    ['a time without an offset', { dates: { 'ordered/placed': '2026-01-31T12:00:00' } }, '/dates/ordered~1placed'],
    ['a date that does not exist', { dates: { 'ordered/placed': '2026-02-30' } }, '/dates/ordered~1placed'],
    ['a time in milliseconds', { dates: { 'ordered/placed': 1769860800000 } }, '/dates/ordered~1placed'],
    ['a channel of 65 characters', { channel: 'c'.repeat(65) }, '/channel'],
    ['tags as text', { labels: 'gift' }, '/labels'],
    ['51 tags', { labels: new Array(51).fill('t') }, '/labels'],
    ['a tag of 65 characters', { labels: ['t'.repeat(65)] }, '/labels'],
    ['a tag that is null', { labels: [null] }, '/labels'],
  ])('%s', (_, changes, path) => {
    expect(factsOf(changes)).toEqual([`${path} INVALID_FACT`]);
  });

  test('wrong, with the rule, and with every other wrong one', () => {
    const { errors } = read({ number: 'A 1', buyer: { id: '' }, amounts: { gross: 'canary' }, labels: [''] });

    expect(errors).toEqual([
      { path: '/buyer/id', code: 'INVALID_FACT', message: 'must be text of 1 to 128 characters that is not blank' },
      { path: '/amounts/gross', code: 'INVALID_FACT', message: 'must be a number, or decimal digits as text, with at most 15 digits' },
      { path: '/labels', code: 'INVALID_FACT', message: 'must be a list of at most 50 texts of 1 to 64 characters' },
      { path: '/number', code: 'INVALID_FORMAT', message: 'is the ID of the order: must have 1 to 64 of A-Z a-z 0-9 _ -' },
    ]);
  });
});

test.each<[unknown, string | undefined]>([
  ['A-1_z', 'A-1_z'], ['o'.repeat(64), 'o'.repeat(64)], [17, '17'], [-1, '-1'],
  ['', undefined], ['a b', undefined], ['o'.repeat(65), undefined], [1.5, undefined], [2 ** 53, undefined], [null, undefined], [undefined, undefined], [['a'], undefined], [true, undefined],
])('of %j, the order ID is %j', (value, id) => {
  expect(orderIdOf(value)).toBe(id);
});
