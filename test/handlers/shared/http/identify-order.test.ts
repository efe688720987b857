import * as fc from 'fast-check';
import { callerOf, identifyOrder as identifyOrderOf, ORDER_ID_PATTERN, Problem } from '#shared';
import { apiRequest } from '../../../support/api-request';

const request = (key: string | undefined, requestContext: Record<string, unknown> = { identity: { apiKeyId: 'caller-1' } }) =>
  apiRequest({ headers: key === undefined ? {} : { 'Idempotency-Key': key }, requestContext });

const identifyOrder = (event: ReturnType<typeof request>, givenOrderId: unknown) => identifyOrderOf(event, callerOf(event), givenOrderId);

const keys = fc.string({ minLength: 1, maxLength: 255 }).filter((key) => key.trim() !== '');

test('without a key, the client\'s own id counts, checked later', () => {
  expect(identifyOrder(request(undefined), 'any thing')).toBe('any thing');
});

test('with neither a key nor an id, every order gets a new id', () => {
  const [first, second] = [identifyOrder(request(undefined), undefined), identifyOrder(request(undefined), undefined)];

  expect(first).toMatch(ORDER_ID_PATTERN);
  expect(second).not.toBe(first);
});

test('a key always stands for the same valid id', () => {
  fc.assert(fc.property(keys, (key) => {
    const orderId = identifyOrder(request(key), undefined);
    expect(orderId).toMatch(ORDER_ID_PATTERN);
    expect(identifyOrder(request(key), orderId)).toBe(orderId);
  }));
});

test('two callers or two keys never share an id', () => {
  const pair = fc.tuple(fc.string({ minLength: 1 }), keys);
  fc.assert(fc.property(pair, pair, ([caller, key], [otherCaller, otherKey]) => {
    fc.pre(caller !== otherCaller || key !== otherKey);
    const idOf = (apiKeyId: string, value: string) => identifyOrder(request(value, { identity: { apiKeyId } }), undefined);
    expect(idOf(caller, key)).not.toBe(idOf(otherCaller, otherKey));
  }));
});

test.each([
  ['a Lambda authorizer names', { authorizer: { principalId: 'caller' } }],
  ['Cognito names', { authorizer: { claims: { sub: 'caller' } } }],
  ['IAM names', { identity: { userArn: 'caller' } }],
  ['the API key names', { identity: { apiKeyId: 'caller' } }],
])('the caller is the one whom %s', (_, requestContext) => {
  const known = identifyOrder(request('key-1', requestContext), undefined);

  expect(known).toBe(identifyOrder(request('key-1', { identity: { apiKeyId: 'caller' } }), undefined));
  expect(known).not.toBe(identifyOrder(request('key-1', { authorizer: null }), undefined));
});

test('the authorizer\'s word counts more than the API key', () => {
  const context = (apiKeyId: string) => ({ authorizer: { principalId: 'caller' }, identity: { apiKeyId } });

  expect(identifyOrder(request('key-1', context('a')), undefined)).toBe(identifyOrder(request('key-1', context('b')), undefined));
});

test.each(['', ' ', '\t', 'k'.repeat(256)])('fails when the key is %j', (key) => {
  expect(() => identifyOrder(request(key), undefined)).toThrow(
    expect.objectContaining({ status: 400, code: 'invalid-idempotency-key', detail: 'Idempotency-Key must have 1 to 255 characters' }),
  );
});

test.each(['order-1', '', 7])('fails when a key comes with the id %j, which is not its own', (orderId) => {
  expect(() => identifyOrder(request('key-1'), orderId)).toThrow(Problem);
  expect(() => identifyOrder(request('key-1'), orderId)).toThrow(expect.objectContaining({ status: 422, code: 'idempotency-key-conflict' }));
});
