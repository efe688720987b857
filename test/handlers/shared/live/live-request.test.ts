import { parseLiveRequest, Problem } from '#shared';

const ID = '2026-01-31T12:00:00.000Z#event-1';
const FILE = '0123456789abcdef0123456789abcdef';

function problemOf(message: unknown): Problem {
  try {
    parseLiveRequest(typeof message === 'string' ? message : JSON.stringify(message));
  } catch (error) {
    return error as Problem;
  }
  throw new Error('the message was accepted');
}

test.each([
  [{ action: 'ping', requestId: 'p-1' }, { action: 'ping', requestId: 'p-1' }],
  [{ action: 'subscribe', orderId: 'o-1', after: ID, awaited: true }, { action: 'subscribe', target: { orderId: 'o-1' }, after: ID, awaited: true }],
  [{ action: 'subscribe', customerId: 'c 1' }, { action: 'subscribe', target: { customerId: 'c 1' } }],
  [{ action: 'unsubscribe', fileId: FILE }, { action: 'unsubscribe', target: { fileId: FILE } }],
])('reads %j', (message, request) => {
  expect(parseLiveRequest(JSON.stringify(message))).toEqual(request);
});

test.each<[unknown, object]>([
  ['{', { code: 'INVALID_JSON' }],
  ['{"action":"ping","action":"ping"}', { code: 'DUPLICATE_KEY' }],
  ['null', { path: '/action', code: 'UNKNOWN_ACTION', message: 'must be one of subscribe, unsubscribe, ping' }],
  [{ action: 'toString' }, { path: '/action', code: 'UNKNOWN_ACTION' }],
  [{ action: 'subscribe' }, { path: '', code: 'REQUIRED', message: 'must have one of orderId, customerId and fileId' }],
  [{ action: 'subscribe', orderId: 'o-1', customerId: 'c-1' }, { path: '', code: 'INVALID_COMBINATION' }],
  [{ action: 'subscribe', orderId: 'o/1' }, { path: '/orderId', code: 'INVALID_FORMAT' }],
  [{ action: 'subscribe', customerId: '' }, { path: '/customerId', code: 'TOO_SMALL' }],
  [{ action: 'subscribe', fileId: 'f' }, { path: '/fileId', code: 'INVALID_FORMAT' }],
  [{ action: 'subscribe', orderId: 'o-1', after: 'yesterday' }, { path: '/after', code: 'INVALID_FORMAT' }],
  [{ action: 'subscribe', orderId: 'o-1', after: '2026-99-31T12:00:00.000Z#e' }, { path: '/after', code: 'INVALID_FORMAT' }],
  [{ action: 'unsubscribe', orderId: 'o-1', after: ID }, { path: '/after', code: 'UNKNOWN_FIELD' }],
  [{ action: 'ping', requestId: 'a b' }, { path: '/requestId', code: 'INVALID_FORMAT' }],
])('fails for %j', (message, error) => {
  const problem = problemOf(message);
  expect([problem.status, problem.code]).toEqual([400, 'invalid-message']);
  expect(problem.errors).toContainEqual(expect.objectContaining(error));
});

test('fails for a message that is too large', () => {
  expect(problemOf('x'.repeat(4097))).toMatchObject({ status: 413, code: 'message-too-large' });
});
