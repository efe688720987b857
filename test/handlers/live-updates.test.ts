import '../support/handler-env';
import '../support/captured-logs';
import fc from 'fast-check';
import type { CallerSettings } from '../../src/private/contract';
import { busEvent } from '../support/bus-event';
import { FakeLiveAccount } from '../support/fake-live-account';
import { listedOrder } from '../support/listed-orders';
import { loadHandler } from '../support/load-handler';
import { sqsEvent, sqsRecord } from '../support/sqs-event';

type Receiver = typeof import('../../handlers/receive-live-message');
type Finder = typeof import('../../handlers/find-live-subscribers');
type Sender = typeof import('../../handlers/send-live-updates');

const CUSTOMERS: CallerSettings = { customer: { from: 'claim', name: 'sub' } };
/** Reads are not audited. */
const UNAUDITED = { EVENT_BUS_NAME: '' };
const receiver = loadHandler<Receiver>('receive-live-message', UNAUDITED);
const ofCustomers = loadHandler<Receiver>('receive-live-message', { ...UNAUDITED, CALLERS: JSON.stringify(CUSTOMERS) });
const finder = loadHandler<Finder>('find-live-subscribers', {});
const sender = loadHandler<Sender>('send-live-updates', {});

let account: FakeLiveAccount;
beforeEach(() => (account = new FakeLiveAccount()));

/** Opens a connection, of a customer or of a caller who sees all orders. */
async function open(connectionId: string, customerId?: string): Promise<void> {
  const authorizer = { principalId: 'p', ...(customerId === undefined ? {} : { orderPipeline: JSON.stringify({ claims: { sub: customerId } }) }) };
  const event = { requestContext: { routeKey: '$connect', connectionId, requestId: 'request-1', authorizer }, headers: {} };
  expect(await (customerId === undefined ? receiver : ofCustomers).handler(event as never)).toMatchObject({ statusCode: 200 });
}

const send = (connectionId: string, message: object, { handler } = receiver) =>
  handler({ requestContext: { routeKey: '$default', connectionId, requestId: 'request-2' }, body: JSON.stringify(message) } as never);

/** The event of a version of an order. */
const event = (version: number, facts: object = { customerId: 'customer-1' }) => busEvent(
  { detail: { metadata: { eventId: `event-${version}`, orderId: 'order-1', version, occurredAt: '2026-01-31T12:00:00.000Z' }, facts, data: { status: 'CONFIRMED' } } },
);
const publish = (...events: object[]) => finder.handler(sqsEvent(...events.map((each, index) => sqsRecord(`m-${index}`, each))));

/** Delivers what is in the queue of updates. */
async function deliver(): Promise<void> {
  const deliveries = account.deliveries.splice(0);
  if (deliveries.length > 0) await sender.handler(sqsEvent(...deliveries.map((delivery, index) => sqsRecord(`d-${index}`, delivery))));
}

const eventsOf = (connectionId: string): string[] => account.messagesOf(connectionId).filter(({ type }) => type === 'event').map((message) => message.event.eventId);

describe('from a subscription to its events', () => {
  test('the state comes at once, and then each event', async () => {
    account.seed(listedOrder({ orderId: 'order-1' }));
    await open('c-1');
    await send('c-1', { action: 'subscribe', orderId: 'order-1', requestId: 'r-1' });
    expect(account.messagesOf('c-1')).toEqual([
      expect.objectContaining({ type: 'subscribed', orderId: 'order-1', requestId: 'r-1', state: expect.objectContaining({ status: 'CONFIRMED', version: 1 }) }),
    ]);
    await publish(event(2));
    await deliver();
    expect(account.messagesOf('c-1')[1]).toMatchObject({ type: 'event', orderId: 'order-1', event: { eventId: 'event-2', type: 'OrderConfirmed', version: 2 } });
  });

  test('events of orders to which no one has subscribed are neither stored nor sent', async () => {
    await publish(event(1));
    expect([account.items.size, account.deliveries, account.requests]).toEqual([0, [], 1]);
  });

  test('a client that resumes gets the events that it missed, and then the state', async () => {
    account.seed(listedOrder({ orderId: 'order-1' }));
    await open('c-1');
    await send('c-1', { action: 'subscribe', orderId: 'order-1' });
    const { id } = account.messagesOf('c-1')[0];
    await receiver.handler({ requestContext: { routeKey: '$disconnect', connectionId: 'c-1', requestId: 'r' } } as never);
    await publish(event(2), event(3));
    await deliver();
    await open('c-2');
    await send('c-2', { action: 'subscribe', orderId: 'order-1', after: id });
    expect(account.messagesOf('c-2')).toMatchObject([{ event: { version: 2 } }, { event: { version: 3 } }, { type: 'subscribed', resumed: true }]);
  });

  test('a customer gets no events of another one, whichever way they are subscribed', async () => {
    account.seed(listedOrder({ orderId: 'order-1', customerId: 'customer-1' }));
    await open('c-1', 'customer-1');
    await open('c-2', 'customer-2');
    await send('c-1', { action: 'subscribe', orderId: 'order-1' }, ofCustomers);
    await send('c-2', { action: 'subscribe', orderId: 'order-1', awaited: true }, ofCustomers);
    await publish(event(2), event(3, {}));
    await deliver();
    expect([eventsOf('c-1').sort(), eventsOf('c-2')]).toEqual([['event-2', 'event-3'], []]);
    expect(account.messagesOf('c-2')).toMatchObject([{ type: 'subscribed', state: null }]);
    await send('c-2', { action: 'subscribe', orderId: 'order-1', awaited: true, after: account.messagesOf('c-2')[0].id }, ofCustomers);
    expect(eventsOf('c-2')).toEqual([]);
  });

  const MOST = 10_000;
  test(`an event for ${MOST} subscribers of one order is queued for all of them in pages, without a request to any of them`, async () => {
    account.seed(listedOrder({ orderId: 'order-1' }));
    await open('c-1');
    await send('c-1', { action: 'subscribe', orderId: 'order-1' });
    const [key, subscriber] = [...account.items].find(([, { entry }]) => entry === 'SUBSCRIBER#c-1')!;
    expect(key).toBe('order#order-1 SUBSCRIBER#c-1');
    for (let n = 2; n <= MOST; n++) {
      const entry = `SUBSCRIBER#c-${n}`;
      account.items.set(`order#order-1 ${entry}`, { ...subscriber, entry, connectionId: `c-${n}` });
    }
    account.pageSize = 3000;
    account.sent.clear();
    const started = performance.now();
    expect(await publish(event(2))).toEqual({ batchItemFailures: [] });
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(account.deliveries).toHaveLength(MOST / 50);
    expect(account.sent.size).toBe(0);
    await deliver();
    expect(account.sent.size).toBe(MOST);
  });
});

describe('whatever the interleaving', () => {
  /** Every request to a table is executed when the scheduler decides. */
  const scheduled = async (scheduler: fc.Scheduler, ...actions: (() => Promise<unknown>)[]): Promise<void> => {
    account.crossing = (name, effect) => scheduler.schedule(Promise.resolve(), name).then(effect);
    const all = Promise.all(actions.map((action) => action()));
    await scheduler.waitFor(all);
    account.crossing = (_, effect) => effect();
  };

  test('an event reaches a new subscriber, or is in the state that the client gets', async () => {
    await fc.assert(fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      account = new FakeLiveAccount();
      account.seed(listedOrder({ orderId: 'order-1' }));
      await open('c-1');
      await scheduled(scheduler, () => send('c-1', { action: 'subscribe', orderId: 'order-1' }), async () => {
        // The table changes first. Its stream then leads to the event.
        await scheduler.schedule(Promise.resolve(), 'change');
        account.seed({ ...listedOrder({ orderId: 'order-1' }), version: 2 } as never);
        await publish(event(2));
      });
      await deliver();
      const [{ state }] = account.messagesOf('c-1').filter(({ type }) => type === 'subscribed');
      expect(state.version === 2 || eventsOf('c-1').includes('event-2')).toBe(true);
    }), { numRuns: 100 });
  });

  test('a client that resumes misses none of the events that are published in the meantime', async () => {
    await fc.assert(fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      account = new FakeLiveAccount();
      account.seed(listedOrder({ orderId: 'order-1' }));
      await open('c-1');
      await send('c-1', { action: 'subscribe', orderId: 'order-1' });
      const { id } = account.messagesOf('c-1')[0];
      await open('c-2');
      await scheduled(
        scheduler,
        () => receiver.handler({ requestContext: { routeKey: '$disconnect', connectionId: 'c-1', requestId: 'r' } } as never),
        () => send('c-2', { action: 'subscribe', orderId: 'order-1', after: id }),
        ...[2, 3, 4].map((version) => () => publish(event(version))),
      );
      await deliver();
      expect(new Set(eventsOf('c-2'))).toEqual(new Set(['event-2', 'event-3', 'event-4']));
    }), { numRuns: 100 });
  });
});
