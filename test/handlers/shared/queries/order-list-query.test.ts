import * as fc from 'fast-check';
import { STATUS_FILTERS, orderListQuery, Problem, createPaginationToken, readListKeys } from '#shared';
import { minute } from '../../../support/listed-orders';
import { tampered } from '../../../support/tampered';

const KEY = 'token-key-1';
type Parameters = Record<string, string>;
const request = (queryStringParameters: Parameters | null) => ({ queryStringParameters, multiValueQueryStringParameters: null });
const query = (parameters: Parameters) => orderListQuery(request(parameters), KEY);
const tokenOf = (parameters: Parameters, position: unknown) => createPaginationToken(KEY, query(parameters).tokenScope, position);

/** The parameters that are wrong, each with its code. */
function faults(parameters: Parameters | null): [path: string, code: string][] {
  try {
    orderListQuery(request(parameters), KEY);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({ status: 400, code: 'invalid-query' });
    return (error as Problem).errors.map(({ path, code }) => [path, code]);
  }
}

describe('orders are listed', () => {
  test('by customer, by status, or by both', () => {
    expect(query({ customerId: 'c' })).toMatchObject({ customerId: 'c', status: undefined, limit: 25 });
    expect(query({ status: 'CONFIRMED' })).toMatchObject({ customerId: undefined, status: 'CONFIRMED', limit: 25 });
    expect(query({ customerId: 'c', status: 'REJECTED', limit: '7' })).toMatchObject({ customerId: 'c', status: 'REJECTED', limit: 7 });
  });

  test.each([[null], [{}], [{ from: minute(1) }]])('fails when %j has neither', (parameters) => {
    expect(faults(parameters)).toEqual([['', 'REQUIRED']]);
  });

  test.each(STATUS_FILTERS)('by the status %s', (status) => {
    expect(query({ status }).status).toBe(status);
  });

  test.each(['', 'AWAITED', 'confirmed', 'CONFIRMED ', 'toString', '__proto__'])('fails when the status is %j', (status) => {
    expect(faults({ status })).toEqual([['status', 'INVALID_STATUS']]);
  });

  test.each(['x', 'x'.repeat(128), 'Ä ß#', '😀'])('by the customer %j', (customerId) => {
    expect(query({ customerId }).customerId).toBe(customerId);
  });

  test.each(['', 'x'.repeat(129), '\ud800'])('fails when the customer is %j', (customerId) => {
    expect(faults({ customerId })).toEqual([['customerId', 'INVALID_CUSTOMER_ID']]);
  });

  test.each(['#1001', 'DE-2024/0815', 'x'.repeat(128), '😀'])('by the external reference %j, in a status or in any', (externalReference) => {
    expect(query({ externalReference })).toMatchObject({ externalReference, customerId: undefined, status: undefined, limit: 25 });
    expect(query({ externalReference, status: 'CANCELLED' })).toMatchObject({ externalReference, status: 'CANCELLED' });
  });

  test.each(['', 'x'.repeat(129), '\ud800'])('fails when the external reference is %j', (externalReference) => {
    expect(faults({ externalReference })).toEqual([['externalReference', 'INVALID_EXTERNAL_REFERENCE']]);
  });

  test('fails when the external reference is combined with a customer', () => {
    expect(faults({ externalReference: '#1001', customerId: 'c' })).toEqual([['externalReference', 'INVALID_COMBINATION']]);
  });
});

describe('a range of time', () => {
  const range = (parameters: Parameters) => {
    const { oldest, newest } = query({ customerId: 'c', ...parameters });
    return (createdAt: string) => [oldest <= `${createdAt}#order-1`, `${createdAt}#order-1` <= newest];
  };
  const [inside, tooOld, tooNew] = [[true, true], [false, true], [true, false]];

  test('is all times when none is given', () => {
    for (const time of ['0000-01-01T00:00:00.000Z', minute(1), '9999-12-31T23:59:59.999Z']) expect(range({})(time)).toEqual(inside);
  });

  test('begins with from', () => {
    expect(['2026-01-31T00:09:59.999Z', minute(10), minute(11)].map(range({ from: minute(10) }))).toEqual([tooOld, inside, inside]);
  });

  test('ends before to', () => {
    expect([minute(9), '2026-01-31T00:09:59.999Z', minute(10), minute(11)].map(range({ to: minute(10) }))).toEqual([inside, inside, tooNew, tooNew]);
  });

  test('can be in any time zone', () => {
    expect(range({ from: '2026-01-31T02:10:00+02:00', to: '2026-01-30T23:11:00-01:00' })(minute(10))).toEqual(inside);
    expect(range({ from: '2026-01-31T02:10:00+02:00' })('2026-01-31T00:09:59.999Z')).toEqual(tooOld);
  });

  test.each(['from', 'to'])('fails when %s is not a time', (name) => {
    for (const time of ['', 'yesterday', '2026-01-31', '2026-01-31T12:00:00', '2026-01-31T12:00:00 02:00']) {
      expect(faults({ customerId: 'c', [name]: time })).toEqual([[name, 'INVALID_TIME']]);
    }
  });

  test('fails when it ends before it begins, or is empty', () => {
    for (const from of [minute(2), minute(1), '2026-01-31T01:01:00+01:00']) {
      expect(faults({ customerId: 'c', from, to: minute(1) })).toEqual([['to', 'INVALID_RANGE']]);
    }
  });
});

describe('a token', () => {
  const FIRST = { customerId: 'c', status: 'CONFIRMED', from: minute(0), to: minute(9) };
  const position = `${minute(5)}#order-5`;

  test('continues with the orders after the previous page', () => {
    const keys = fc.tuple(fc.integer({ min: 4, max: 6 }), fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/)).map(([n, id]) => `${minute(n)}#${id}`);
    fc.assert(fc.property(keys, keys, (shown, other) => {
      const { oldest, newest } = query({ ...FIRST, nextToken: tokenOf(FIRST, shown) });
      expect(oldest).toBe(minute(0));
      expect(newest < shown).toBe(true);
      expect(other <= newest).toBe(other < shown);
    }));
  });

  test('stays valid for another limit, and for the same times in another time zone', () => {
    const nextToken = tokenOf(FIRST, position);

    expect(faults({ ...FIRST, limit: '100', nextToken })).toEqual([]);
    expect(faults({ ...FIRST, from: '2026-01-31T01:00:00+01:00', nextToken })).toEqual([]);
  });

  test.each<[string, Parameters]>([
    ['another customer', { ...FIRST, customerId: 'd' }],
    ['another status', { ...FIRST, status: 'CANCELLED' }],
    ['the external reference of the same text', { externalReference: 'c', status: 'CONFIRMED', from: minute(0), to: minute(9) }],
    ['no status', { customerId: 'c', from: minute(0), to: minute(9) }],
    ['no customer', { status: 'CONFIRMED', from: minute(0), to: minute(9) }],
    ['another beginning', { ...FIRST, from: minute(1) }],
    ['another end', { ...FIRST, to: minute(8) }],
  ])('fails when the query is for %s', (_, other) => {
    expect(faults({ ...other, nextToken: tokenOf(FIRST, position) })).toEqual([['nextToken', 'INVALID_TOKEN']]);
  });

  test('fails when any one of its characters is changed', () => {
    for (const nextToken of tampered(tokenOf(FIRST, position))) expect(faults({ ...FIRST, nextToken })).toEqual([['nextToken', 'INVALID_TOKEN']]);
  });

  test.each([null, 7, '', 'x', 'x#', '#order-1', `${minute(1)}#a b`, { position }])('fails when its position is %j', (other) => {
    expect(faults({ ...FIRST, nextToken: tokenOf(FIRST, other) })).toEqual([['nextToken', 'INVALID_TOKEN']]);
  });
});

test('fails with all errors', () => {
  expect(faults({ customerId: '', status: 'x', from: 'x', to: 'x', limit: '0', nextToken: 'x', colour: 'red' })).toEqual([
    ['customerId', 'INVALID_CUSTOMER_ID'], ['status', 'INVALID_STATUS'], ['from', 'INVALID_TIME'], ['to', 'INVALID_TIME'], ['limit', 'INVALID_LIMIT'],
    ['nextToken', 'INVALID_TOKEN'], ['colour', 'UNKNOWN_PARAMETER'],
  ]);
});

test('fails when a parameter is unknown', () => {
  expect(faults({ customerId: 'c', customerID: 'c' })).toEqual([['customerID', 'UNKNOWN_PARAMETER']]);
});

test('fails when a parameter is repeated', () => {
  const twice = { queryStringParameters: { customerId: 'd' }, multiValueQueryStringParameters: { customerId: ['c', 'd'] } };
  expect(() => orderListQuery(twice, KEY)).toThrow(expect.objectContaining({ errors: [expect.objectContaining({ path: 'customerId', code: 'REPEATED_PARAMETER' })] }));
});

test('fails with 400, and no other error, for any query', () => {
  const names = fc.constantFrom('customerId', 'externalReference', 'status', 'from', 'to', 'limit', 'nextToken', '__proto__', 'x');
  fc.assert(fc.property(fc.array(fc.tuple(names, fc.string({ unit: 'binary' }))), (entries) => {
    expect(faults(Object.fromEntries(entries))).toBeInstanceOf(Array);
  }));
});

describe('when orders are listed by some keys only', () => {
  const errorsOf = (parameters: Parameters, keys: string, caller = {}) => {
    try {
      orderListQuery(request(parameters), KEY, caller, readListKeys(keys));
      return [];
    } catch (error) {
      return (error as Problem).errors;
    }
  };

  test.each<[string, Record<string, string>, string, string]>([
    ['customerId', { customerId: 'customer-1', status: 'CONFIRMED' }, 'status,externalReference', 'externalReference or status'],
    ['status', { status: 'CONFIRMED' }, 'customerId', 'customerId'],
    ['externalReference', { externalReference: 'PO-1' }, 'customerId,status', 'customerId or status'],
  ])('fails when they are not listed by %s', (path, parameters, keys, known) => {
    expect(errorsOf(parameters, keys)).toEqual([{ path, code: 'NOT_LISTED', message: `orders are listed by ${known} only` }]);
  });

  test('a status limits a list by another key, although there is no list by status', () => {
    expect(errorsOf({ customerId: 'customer-1', status: 'CONFIRMED' }, 'customerId')).toEqual([]);
  });

  test('fails when a customer lists their own orders, without a list by customer', () => {
    expect(errorsOf({ status: 'CONFIRMED' }, 'status', { customerId: 'customer-1' })).toMatchObject([{ path: 'customerId', code: 'NOT_LISTED' }]);
  });

  test('fails with the keys that exist when none is given', () => {
    expect(errorsOf({}, 'status,customerId')).toEqual([{ path: '', code: 'REQUIRED', message: 'customerId or status is required' }]);
  });

  test('fails when there is no list at all', () => {
    for (const parameters of [{}, { status: 'CONFIRMED' }] as Record<string, string>[]) {
      expect(errorsOf(parameters, 'none')).toEqual([{ path: '', code: 'NOT_LISTED', message: 'orders are not listed' }]);
    }
  });

  test('all keys are known without the variable', () => {
    expect(readListKeys(undefined)).toEqual(['customerId', 'status', 'externalReference']);
  });
});
