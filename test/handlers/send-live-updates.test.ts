import '../support/handler-env';
import { handler } from '../../handlers/send-live-updates';
import { loggedEntries, loggedText } from '../support/captured-logs';
import { FakeLiveAccount } from '../support/fake-live-account';
import { failed, sqsEvent, sqsRecord } from '../support/sqs-event';

let account: FakeLiveAccount;
beforeEach(() => (account = new FakeLiveAccount()));

const MESSAGE = { type: 'event', orderId: 'order-1', event: { eventId: 'event-1', data: { note: 'canary' } } };
const delivery = (changes: object = {}) => ({ connectionIds: ['c-1', 'c-2', 'c-3'], message: MESSAGE, createdAt: new Date().toISOString(), ...changes });
const deliver = (body: object) => handler(sqsEvent(sqsRecord('m-1', body)));
const throttled = (...ids: string[]) => (account.onPost = (id) => {
  if (ids.includes(id)) throw Object.assign(new Error('slow down'), { name: 'LimitExceededException' });
});

/** A connection with a subscription. */
function connect(connectionId: string): void {
  account.items.set(`connection#${connectionId} CONNECTION`, { topic: `connection#${connectionId}`, entry: 'CONNECTION', topics: new Set(['order#order-1']) });
  account.items.set(`order#order-1 SUBSCRIBER#${connectionId}`, { topic: 'order#order-1', entry: `SUBSCRIBER#${connectionId}`, connectionId });
}

test('every connection gets the message, which is not logged', async () => {
  expect(await deliver(delivery())).toEqual(failed());
  for (const id of ['c-1', 'c-2', 'c-3']) expect(account.messagesOf(id)).toEqual([MESSAGE]);
  expect(loggedEntries()).toContainEqual(expect.objectContaining({ LiveUpdateSent: 3 }));
  expect(loggedText()).not.toContain('canary');
});

test('a connection that is gone is deleted with its subscriptions', async () => {
  for (const id of ['c-1', 'c-2']) connect(id);
  account.gone.add('c-2');
  expect(await deliver(delivery())).toEqual(failed());
  expect([...account.items.values()].map(({ entry }) => entry)).toEqual(['CONNECTION', 'SUBSCRIBER#c-1']);
  expect(loggedEntries()).toContainEqual(expect.objectContaining({ LiveConnectionDeleted: 1 }));
});

test('connections that were not reached go back to the queue, without those that were', async () => {
  throttled('c-2');
  const sent = delivery();
  expect(await deliver(sent)).toEqual(failed());
  expect([account.messagesOf('c-1'), account.messagesOf('c-3')]).toEqual([[MESSAGE], [MESSAGE]]);
  expect(account.returned).toEqual([{ delivery: { ...sent, connectionIds: ['c-2'] }, delay: 5 }]);
});

test('a message is retried if no connection was reached', async () => {
  throttled('c-1', 'c-2', 'c-3');
  expect(await deliver(delivery())).toEqual(failed('m-1'));
  expect(account.returned).toEqual([]);
  expect(loggedText()).toContain('PostToConnection.LimitExceededException');
});

test('connections that were not reached for ten minutes are closed, so that their clients resume', async () => {
  for (const id of ['c-1', 'c-2', 'c-3']) connect(id);
  expect(await deliver(delivery({ createdAt: new Date(Date.now() - 601_000).toISOString() }))).toEqual(failed());
  expect(account.closed).toEqual(['c-1', 'c-2', 'c-3']);
  expect([account.items.size, account.sent.size]).toEqual([0, 0]);
});

test('connections whose token has expired are closed', async () => {
  expect(await deliver(delivery({ message: undefined }))).toEqual(failed());
  expect(account.closed).toEqual(['c-1', 'c-2', 'c-3']);
});

test('a message of another kind goes to the dead-letter queue', async () => {
  expect(await deliver({ connectionIds: 'c-1' })).toEqual(failed());
  expect(account.returned).toHaveLength(1);
  expect(loggedText()).toContain('PoisonMessage');
});
