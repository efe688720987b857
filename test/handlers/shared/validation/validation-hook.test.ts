import { readHookResponse, RetryableError } from '#shared';

const error = (changes: object = {}) => ({ path: '/total', code: 'TOO_DEAR', message: 'is too dear', ...changes });
const read = (results: unknown, count = 1) => readHookResponse(Buffer.from(JSON.stringify({ results })), count);

test('every order has a result, in the order of the request', () => {
  expect(read([{ accepted: true }, { accepted: false, errors: [error()] }, { accepted: true }], 3)).toEqual([[], [error()], []]);
});

test('an error need not have a place', () => {
  expect(read([{ accepted: false, errors: [{ code: 'A', message: 'm' }] }])).toEqual([[{ path: '', code: 'A', message: 'm' }]]);
});

test('an error is nothing but its place, its code and its message', () => {
  expect(read([{ accepted: false, errors: [error({ canary: 'canary' })] }])).toEqual([[error()]]);
});

test('twenty errors are listed, and how many more there are', () => {
  const [errors] = read([{ accepted: false, errors: new Array(25).fill(error()) }]);

  expect(errors).toHaveLength(21);
  expect(errors[20]).toEqual({ path: '', code: 'MORE_ERRORS', message: '5 more errors are not listed' });
});

test('texts can contain U+FFFD', () => {
  expect(read([{ accepted: false, errors: [error({ message: '\uFFFD' })] }])).toEqual([[error({ message: '\uFFFD' })]]);
});

const rejecting = (json: string) => `{"results":[{"accepted":false,"errors":[${json}]}]}`;

test.each<[string, string | Buffer]>([
  ['nothing', ''],
  ['not JSON', 'ok'],
  ['null', 'null'],
  ['a key twice', '{"results":[{"accepted":false,"accepted":true}]}'],
  ['a key twice beside U+FFFD', '{"results":[{"\uFFFD":1,"accepted":false,"accepted":true}]}'],
  ['text that is not UTF-8', Buffer.from(rejecting('{"code":"A","message":"\xff"}'), 'latin1')],
  ['half a surrogate pair', rejecting('{"code":"A","message":"\\ud800"}')],
  ['U+FFFE, which SQS rejects', rejecting('{"code":"A","message":"\uFFFE"}')],
  ['a list', '[{"accepted":true}]'],
  ['no result', '{"results":[]}'],
  ['a result too many', '{"results":[{"accepted":true},{"accepted":true}]}'],
  ['an invalid result', '{"results":[{"accepted":"yes"}]}'],
  ['a rejection without a reason', '{"results":[{"accepted":false}]}'],
  ['a rejection with an empty list', '{"results":[{"accepted":false,"errors":[]}]}'],
  ['a code that is none', JSON.stringify({ results: [{ accepted: false, errors: [error({ code: 'too dear' })] }] })],
  ['an empty message', JSON.stringify({ results: [{ accepted: false, errors: [error({ message: '' })] }] })],
  ['a message without end', JSON.stringify({ results: [{ accepted: false, errors: [error({ message: 'm'.repeat(1001) })] }] })],
  ['a place without end', JSON.stringify({ results: [{ accepted: false, errors: [error({ path: '/'.repeat(257) })] }] })],
])('fails when the response is %s: the orders are validated again', (_, answer) => {
  expect(() => readHookResponse(Buffer.from(answer), 1)).toThrow(RetryableError);
  expect(() => readHookResponse(Buffer.from(answer), 1)).toThrow(expect.objectContaining({ name: 'ValidationHookAnswer', message: expect.stringContaining('for each of 1 orders') }));
});
