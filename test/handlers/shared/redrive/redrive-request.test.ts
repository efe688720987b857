import { readRedriveRequest } from '#shared';

const read = (request: unknown) => readRedriveRequest(request, ['orders', 'history']);

test('the defaults are a dry run and a low rate', () => {
  expect(read({ action: 'redrive' })).toEqual({ action: 'redrive', dryRun: true, maxPerSecond: 100 });
});

test('all fields are accepted', () => {
  const request = {
    action: 'redrive',
    queue: 'history',
    messageIds: ['message-1'],
    orderId: 'order-1',
    error: 'denied',
    olderThan: 60,
    newerThan: 3600,
    limit: 5,
    dryRun: false,
    maxPerSecond: 1,
    startedAt: 1_700_000_000_000,
    maxSeconds: 40,
    requestedBy: 'arn:aws:iam::1:user/bob',
  };
  expect(read(request)).toEqual(request);
});

test('fails with all errors', () => {
  expect(() => read({ action: 'list', limit: 1_000_001, maxPerSecond: 0.5, startedAt: -1, maxSeconds: 901, all: true }))
    .toThrow('invalid request: limit must be between 1 and 1000000; maxPerSecond must be between 1 and 1000; '
      + 'startedAt must be a Unix time in milliseconds; maxSeconds must be between 1 and 900; unknown field all');
});

test.each([null, 'list', [], 7])('fails when it is %p', (request) => {
  expect(() => read(request)).toThrow('invalid request: the request must be an object with an action');
});

test.each([
  [{ messageIds: [] }, 'messageIds must be 1 to 500 IDs of messages'],
  [{ messageIds: [''] }, 'messageIds must be 1 to 500 IDs of messages'],
  [{ messageIds: Array.from({ length: 501 }, String) }, 'messageIds must be 1 to 500 IDs of messages'],
  [{ requestedBy: 'x'.repeat(257) }, 'requestedBy must have 1 to 256 characters'],
])('fails when the selection is %p', (selection, message) => {
  expect(() => read({ action: 'redrive', queue: 'orders', ...selection })).toThrow(`invalid request: ${message}`);
});

test('fails when messages are selected without their queue', () => {
  expect(() => read({ action: 'redrive', messageIds: ['message-1'] })).toThrow('invalid request: messageIds need the queue of the messages');
});

test('fails when the queue is unknown', () => {
  expect(() => read({ action: 'list', queue: 'order' })).toThrow('invalid request: unknown queue "order"; use one of orders, history');
});
