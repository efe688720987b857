import { readRedriveRequest } from '#shared';

const read = (request: unknown) => readRedriveRequest(request, ['orders', 'history']);

test('nothing is moved, and nothing fast, unless it is said', () => {
  expect(read({ action: 'redrive' })).toEqual({ action: 'redrive', dryRun: true, limit: 10_000, maxPerSecond: 10 });
});

test('everything that is said is taken', () => {
  const request = {
    action: 'redrive', queue: 'history', orderId: 'order-1', error: 'denied', olderThan: 60, newerThan: 3600, limit: 5, dryRun: false, maxPerSecond: 1,
  };
  expect(read(request)).toEqual(request);
});

test('fails with everything that is wrong at once', () => {
  expect(() => read({ action: 'list', limit: 10_001, maxPerSecond: 0.5, all: true }))
    .toThrow('wrong request: limit must be between 1 and 10000; maxPerSecond must be between 1 and 100; there is no all');
});

test.each([null, 'list', [], 7])('fails when it is %p', (request) => {
  expect(() => read(request)).toThrow('wrong request: it must be an object with an action');
});

test('fails when nobody knows the queue', () => {
  expect(() => read({ action: 'list', queue: 'order' })).toThrow('wrong request: there is no queue "order", there are orders, history');
});
