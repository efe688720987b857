import { isValid } from 'ulid';
import { identifyCommand } from '#shared';
import { apiRequest } from '../../../support/api-request';

interface Request {
  readonly key?: string;
  readonly caller?: string;
  readonly type?: string;
  readonly orderId?: string;
  readonly payload?: object;
}

const idOf = ({ key, caller = 'caller-1', type = 'ChangeOrder', orderId = 'order-1', payload = { patch: { notes: 'a', attributes: { x: 1, y: 2 } } } }: Request) =>
  identifyCommand(apiRequest({ headers: key === undefined ? {} : { 'Idempotency-Key': key } }), { id: caller, idempotencyScope: caller, isOperator: false }, type, orderId, payload);

test('without a key, every request is a new command with a time-based ID', () => {
  const [first, second] = [idOf({}), idOf({})];

  expect([isValid(first), isValid(second)]).toEqual([true, true]);
  expect(second).not.toBe(first);
});

test('the same request under one key is the same command', () => {
  expect(idOf({ key: 'key-1' })).toBe(idOf({ key: 'key-1' }));
});

test('the same request is the same in whatever order its fields are', () => {
  expect(idOf({ key: 'key-1', payload: { patch: { attributes: { y: 2, x: 1 }, notes: 'a' } } })).toBe(idOf({ key: 'key-1' }));
});

test.each<[string, Request]>([
  ['another body', { payload: { patch: { notes: 'b' } } }],
  ['another version expected', { payload: { patch: { notes: 'a', attributes: { x: 1, y: 2 } }, expectedVersion: 2 } }],
  ['another order', { orderId: 'order-2' }],
  ['another kind', { type: 'CancelOrder' }],
  ['another caller', { caller: 'caller-2' }],
  ['another key', { key: 'key-2' }],
])('a request with %s is another command', (_, request) => {
  expect(idOf({ key: 'key-1', ...request })).not.toBe(idOf({ key: 'key-1' }));
});

test('the ID of such a command has no time, and can be a deduplication ID', () => {
  expect(isValid(idOf({ key: 'key-1' }))).toBe(false);
  expect(idOf({ key: 'k'.repeat(255) })).toMatch(/^[0-9a-f]{32}$/);
});

test('fails when the key is empty', () => {
  expect(() => idOf({ key: '' })).toThrow(expect.objectContaining({ status: 400, code: 'invalid-idempotency-key' }));
});
