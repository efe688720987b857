import { DeadLetterLists } from '../../../../cli/console/data/dead-letter-lists';
import { deadLetterMessages } from '../../../../cli/console/data/dead-letter-messages';
import { filledQueue, samplePipeline } from '../sample-console';

const [ROUTE] = samplePipeline().routes;
const COMMAND = { commandType: 'PlaceOrder', orderId: 'order-1', commandId: 'c' };

/** A queue that counts how often it is listed: each list ends with a release. */
function open(...bodies: unknown[]) {
  const queue = filledQueue(...bodies);
  let lists = 0;
  const release: typeof queue.release = (url, handles) => {
    lists++;
    return queue.release(url, handles);
  };
  return { lists: new DeadLetterLists({ ...queue, release }), receive: queue.receive, release, listed: () => lists };
}

test('readers at the same time share one list, which has all messages for each of them', async () => {
  const { lists, listed } = open(COMMAND, { ...COMMAND, orderId: 'order-2' });
  const reports = await Promise.all([lists.read(ROUTE, 2), lists.read(ROUTE, 2), lists.read(ROUTE, 2)]);
  expect(reports.map(({ messages }) => messages.map(({ orderId }) => orderId))).toEqual(Array(3).fill(['order-1', 'order-2']));
  expect(listed()).toBe(1);
});

test('a list is kept while the queue has as many messages, and not after a redrive', async () => {
  const { lists, listed } = open(COMMAND);
  for (const [count, expected] of [[1, 1], [1, 1], [2, 2]]) {
    await lists.read(ROUTE, count);
    expect(listed()).toBe(expected);
  }
  await lists.discard();
  await lists.read(ROUTE, 1);
  expect(listed()).toBe(3);
});

test('the counts of orders read a list again that another reader made incomplete', async () => {
  const { lists, receive, release } = open(COMMAND);
  const list = () => deadLetterMessages({ orders: 1 }, samplePipeline().routes, lists);
  const [{ receiptHandle }] = await receive('', 30);
  expect(await list()).toEqual([]);
  await release('', [receiptHandle]);
  expect(await list()).toMatchObject([{ queue: 'orders', orderId: 'order-1' }]);
});
