import { readRoutes } from '#shared';

const read = (routes: object[], at = 'https://sqs.eu-central-1.amazonaws.com/111122223333/any') => readRoutes(JSON.stringify({ at, routes }));

test('a name becomes the URL of a queue in the same account and region', () => {
  expect(read([{ name: 'orders', from: 'dead.fifo', to: 'alive.fifo', fifo: true, tries: 5 }])).toEqual([{
    name: 'orders',
    deadLetterQueueUrl: 'https://sqs.eu-central-1.amazonaws.com/111122223333/dead.fifo',
    queueUrl: 'https://sqs.eu-central-1.amazonaws.com/111122223333/alive.fifo',
    isFifo: true,
    maxReceiveCount: 5,
  }]);
});

test('a URL is unchanged', () => {
  expect(read([{ name: 'theirs', from: 'https://sqs.test/9/dead', to: 'https://sqs.test/9/alive' }])).toEqual([
    { name: 'theirs', deadLetterQueueUrl: 'https://sqs.test/9/dead', queueUrl: 'https://sqs.test/9/alive', isFifo: false },
  ]);
});

test('a route can have a function, or neither a queue nor a function', () => {
  expect(read([{ name: 'stream', from: 'a', call: 'publish' }, { name: 'expiry', from: 'b', notRedrivable: 'because' }])).toMatchObject([
    { functionName: 'publish' }, { notRedrivable: 'because' },
  ]);
});

test('there can be no routes', () => {
  expect(readRoutes('{"routes":[]}')).toEqual([]);
});
