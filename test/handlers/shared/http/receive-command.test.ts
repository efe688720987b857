import { commandFor, commandSchema } from '#shared';
import { apiRequest } from '../../../support/api-request';
import { SAMPLE_TIME } from '../../../support/sample-messages';

beforeEach(() => {
  jest.useFakeTimers({ now: new Date(SAMPLE_TIME) });
});
afterEach(() => {
  jest.useRealTimers();
});

const command = (changes: Record<string, unknown> = {}) =>
  commandFor(apiRequest({ pathParameters: { orderId: 'order-1' }, ...changes }), 'correlation-1', { id: 'caller-1', idempotencyScope: 'caller-1', isOperator: false }, 'CancelOrder', { reason: 'too late' });

test('a request becomes a command that can travel', () => {
  const { commandId, ...rest } = command();

  expect(rest).toEqual({
    schemaVersion: 1, commandType: 'CancelOrder', orderId: 'order-1', correlationId: 'correlation-1', channel: 'api', receivedAt: SAMPLE_TIME, payload: { reason: 'too late' },
  });
  expect(commandSchema.safeParse({ ...rest, commandId }).success).toBe(true);
});

test('what version it expects is part of what it carries', () => {
  expect(command({ headers: { 'If-Match': '"3"' } }).payload).toEqual({ reason: 'too late', expectedVersion: 3 });
});

test('what version it expects is part of what its key stands for', () => {
  const idFor = (etag: string) => command({ headers: { 'Idempotency-Key': 'key-1', 'If-Match': etag } }).commandId;

  expect(idFor('"3"')).toBe(idFor('"3"'));
  expect(idFor('"3"')).not.toBe(idFor('"4"'));
});

test.each([null, {}, { orderId: '' }, { orderId: 'an order' }, { orderId: 'o'.repeat(65) }, { orderId: 'a/b' }, { orderId: 'order-1\n' }])(
  'fails with 404 when the path names no order that there can be: %j', (pathParameters) => {
    expect(() => command({ pathParameters })).toThrow(expect.objectContaining({ status: 404, code: 'order-not-found' }));
  });

test('fails with 400 when the version it expects is none', () => {
  expect(() => command({ headers: { 'If-Match': 'W/3' } })).toThrow(expect.objectContaining({ status: 400, code: 'invalid-if-match' }));
});
