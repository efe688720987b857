import { readRoutes, loadRoutes } from '#shared';

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

describe('routes that do not fit into the environment', () => {
  const setting = (names: string[], more?: string[]) => JSON.stringify({ at: 'https://sqs.test/1/any', routes: names.map((name) => ({ name, from: `${name}-dlq` })), more });

  test('are read from the parameters that the environment names, after those in it', async () => {
    const readParameters = jest.fn(async () => [setting(['b', 'c']), setting(['d'])]);
    const routes = await loadRoutes(setting(['a'], ['p-1', 'p-2']), readParameters);
    expect(routes.map(({ deadLetterQueueUrl }) => deadLetterQueueUrl)).toEqual(['a', 'b', 'c', 'd'].map((name) => `https://sqs.test/1/${name}-dlq`));
    expect(readParameters.mock.calls).toEqual([[['p-1', 'p-2']]]);
  });

  test('need no request when there are none', async () => {
    const readParameters = jest.fn();
    expect(await loadRoutes(setting(['a']), readParameters)).toHaveLength(1);
    expect(readParameters).not.toHaveBeenCalled();
  });
});
