import { readRedriveRequest } from '#shared';

const read = (request: unknown) => readRedriveRequest(request, ['orders', 'history']);

test('the defaults are a dry run and a low rate', () => {
  expect(read({ action: 'redrive' })).toEqual({ action: 'redrive', dryRun: true, limit: 10_000, maxPerSecond: 10 });
});

test('all fields are accepted', () => {
  const request = {
    action: 'redrive', queue: 'history', orderId: 'order-1', error: 'denied', olderThan: 60, newerThan: 3600, limit: 5, dryRun: false, maxPerSecond: 1,
  };
  expect(read(request)).toEqual(request);
});

test('fails with all errors', () => {
  expect(() => read({ action: 'list', limit: 10_001, maxPerSecond: 0.5, all: true }))
    .toThrow('invalid request: limit must be between 1 and 10000; maxPerSecond must be between 1 and 100; unknown field all');
});

test.each([null, 'list', [], 7])('fails when it is %p', (request) => {
  expect(() => read(request)).toThrow('invalid request: the request must be an object with an action');
});

test('fails when the queue is unknown', () => {
  expect(() => read({ action: 'list', queue: 'order' })).toThrow('invalid request: unknown queue "order"; use one of orders, history');
});
