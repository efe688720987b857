import { readRoutes } from '#shared';

const read = (routes: object[], at = 'https://sqs.eu-central-1.amazonaws.com/111122223333/any') => readRoutes(JSON.stringify({ at, routes }));

test('a name stands for a queue of the same account and region', () => {
  expect(read([{ name: 'orders', from: 'dead.fifo', to: 'alive.fifo', fifo: true, tries: 5 }])).toEqual([{
    name: 'orders',
    deadLetterQueueUrl: 'https://sqs.eu-central-1.amazonaws.com/111122223333/dead.fifo',
    queueUrl: 'https://sqs.eu-central-1.amazonaws.com/111122223333/alive.fifo',
    isFifo: true,
    tries: 5,
  }]);
});

test('a URL stands for itself', () => {
  expect(read([{ name: 'theirs', from: 'https://sqs.test/9/dead', to: 'https://sqs.test/9/alive' }])).toEqual([
    { name: 'theirs', deadLetterQueueUrl: 'https://sqs.test/9/dead', queueUrl: 'https://sqs.test/9/alive', isFifo: false },
  ]);
});

test('there may be a function that takes the messages, or none who does', () => {
  expect(read([{ name: 'stream', from: 'a', call: 'publish' }, { name: 'expiry', from: 'b', notRedrivable: 'because' }])).toMatchObject([
    { functionName: 'publish' }, { notRedrivable: 'because' },
  ]);
});

test('there may be none at all', () => {
  expect(readRoutes('{"routes":[]}')).toEqual([]);
});
