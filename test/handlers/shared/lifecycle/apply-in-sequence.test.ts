import { expirePending, applyInSequence, RetryableError, type OrderItem } from '#shared';
import { cancel, change, fulfill, live, OneOrderStore, place, reject } from '../../../support/sample-commands';
import { SAMPLE_SETTINGS, SAMPLE_TIME } from '../../../support/sample-messages';

// A pause between two attempts only spares a table.
jest.mock('node:timers/promises', () => ({ setTimeout: jest.fn(() => Promise.resolve()) }));

beforeEach(() => {
  jest.useFakeTimers({ now: new Date(SAMPLE_TIME), doNotFake: ['nextTick', 'setImmediate', 'setTimeout'] });
});
afterEach(() => {
  jest.useRealTimers();
});

const turn = (command: Parameters<typeof applyInSequence>[0], store: OneOrderStore) => applyInSequence(command, store, SAMPLE_SETTINGS);

const publishedBy = ({ writes }: OneOrderStore) => writes.flatMap(({ outcome }) => (outcome ? `${outcome.sequence} ${outcome.type}` : []));

/** Others write the order just before a handler does, so many times. */
function contend(store: OneOrderStore, times: number): void {
  store.beforeWrite = (attempt) => {
    if (attempt <= times) store.item = { ...store.item!, revision: store.item!.revision + 1 };
  };
}

describe('a new order', () => {
  test('is written without a look at the table', async () => {
    const store = new OneOrderStore();

    expect(await turn(place(1), store)).toEqual({
      outcome: 'OrderConfirmed', orderId: 'order-1', commandId: 'command-1', correlationId: 'correlation-1', isCounted: false,
    });
    expect(store).toMatchObject({ loads: 0, item: { status: 'CONFIRMED', version: 1, revision: 1 } });
  });

  test('that came before is found when the write fails, and stays as it is', async () => {
    const { item } = live([place(1)]);
    const store = new OneOrderStore(item);

    expect(await turn(place(1), store)).toMatchObject({ outcome: 'CommandRedelivered' });
    expect(store).toMatchObject({ loads: 0, writes: [] });
    expect(store.item).toEqual(item);
  });

  test('takes with it what waited for it', async () => {
    const store = new OneOrderStore(live([change(2), cancel(3)]).item);

    expect(await turn(place(1), store)).toMatchObject({ outcome: 'OrderConfirmed', commandId: 'command-1' });
    expect(publishedBy(store)).toEqual(['1 OrderConfirmed', '2 OrderChanged', '3 OrderCancelled']);
    expect(store.writes.map(({ revision }) => revision)).toEqual([3, 4, 5]);
  });
});

describe('another command', () => {
  test('looks at the order first', async () => {
    const store = new OneOrderStore(live([place(1)]).item);

    expect(await turn(change(2), store)).toMatchObject({ outcome: 'OrderChanged', orderId: 'order-1', commandId: 'command-2' });
    expect(store.loads).toBe(1);
  });

  test('returns why it was refused', async () => {
    const store = new OneOrderStore(live([place(1), cancel(2)]).item);

    expect(await turn(change(3), store)).toMatchObject({ outcome: 'OrderChangeRefused', reason: 'ORDER_CANCELLED' });
  });

  test('returns its own outcome, not that of others that were applied with it', async () => {
    const store = new OneOrderStore(live([change(3)], live([place(1)]).item).item);

    expect(await turn(cancel(2), store)).toMatchObject({ outcome: 'OrderCancelled', commandId: 'command-2' });
    expect(publishedBy(store)).toEqual(['2 OrderCancelled', '3 OrderChangeRefused']);
  });

  test.each([['CommandPending', cancel(3)], ['CommandRedelivered', place(1)]])('leads to %s when that is what becomes of it', async (outcome, command) => {
    expect(await turn(command, new OneOrderStore(live([place(1)]).item))).toMatchObject({ outcome });
  });

  test('does what a handler before it left undone, even when it is itself a repeat', async () => {
    const store = new OneOrderStore({ ...live([place(1), change(3)]).item, sequence: 2 });

    expect(await turn(place(1), store)).toMatchObject({ outcome: 'CommandRedelivered' });
    expect(publishedBy(store)).toEqual(['3 OrderChanged']);
  });
});

describe('when others write the same order', () => {
  test('it is decided anew, by what they wrote', async () => {
    const store = new OneOrderStore(live([place(1)]).item);
    store.beforeWrite = (attempt) => {
      if (attempt === 1) store.item = live([cancel(2)], store.item).item;
    };

    expect(await turn(change(3), store)).toMatchObject({ outcome: 'OrderChangeRefused', reason: 'ORDER_CANCELLED' });
    expect(store.item).toMatchObject({ status: 'CANCELLED', version: 2, revision: 3 });
    expect(store.loads).toBe(1);
  });

  test('nothing is done when they did it', async () => {
    const store = new OneOrderStore(live([place(1)]).item);
    store.beforeWrite = (attempt) => {
      if (attempt === 1) store.item = live([change(2)], store.item).item;
    };

    expect(await turn(change(2), store)).toMatchObject({ outcome: 'CommandRedelivered' });
    expect(store).toMatchObject({ writes: [], item: { version: 2 } });
  });

  test('an order that is gone meanwhile is looked at as none', async () => {
    const store = new OneOrderStore(live([reject(1)]).item);
    store.beforeWrite = (attempt) => {
      if (attempt === 1) store.item = undefined;
    };

    expect(await turn({ ...place(2), previousAt: '2025-01-01T00:00:00.000Z' }, store)).toMatchObject({ outcome: 'OrderConfirmed' });
    expect(store.item).toMatchObject({ status: 'CONFIRMED', revision: 1, sequence: 2 });
  });

  test('it is tried forty times more', async () => {
    const store = new OneOrderStore(live([place(1)]).item);
    contend(store, 40);

    expect(await turn(change(2), store)).toMatchObject({ outcome: 'OrderChanged' });
  });

  test('fails when they write it more often than that: the message comes again', async () => {
    const store = new OneOrderStore(live([place(1)]).item);
    contend(store, Infinity);

    await expect(turn(change(2), store)).rejects.toEqual(new RetryableError('OrderContended', 'too many write conflicts on the order'));
    expect(store.writes).toEqual([]);
  });
});

describe('when the answer to a write is lost', () => {
  /** The SDK sends the write again, and meets what it wrote itself. */
  function losingAnswers(store: OneOrderStore): OneOrderStore {
    const write = store.write.bind(store);
    return Object.assign(store, {
      write: async (item: OrderItem) => {
        await write(item);
        return write(item);
      },
    });
  }

  test.each([
    ['an order', undefined, place(1), ['1 OrderConfirmed'], 1],
    ['a change', live([place(1)]).item, change(2), ['2 OrderChanged'], 2],
    ['a change with others that waited for it', live([place(1), cancel(3)]).item, change(2), ['2 OrderChanged', '3 OrderCancelled'], 3],
    ['a fulfillment', live([place(1)]).item, fulfill(2), [], 2],
  ])('%s has its effect once', async (_, item, command, published, version) => {
    const store = losingAnswers(new OneOrderStore(item));

    expect(await turn(command, store)).toMatchObject({ outcome: 'CommandRedelivered' });
    expect(publishedBy(store)).toEqual(published);
    expect(store.item).toMatchObject({ version });
  });

  test('fails when it is not even known whether it was written, and has its effect once when it comes again', async () => {
    const store = new OneOrderStore(live([place(1)]).item);
    const write = store.write.bind(store);
    Object.assign(store, { write: async (item: OrderItem) => { await write(item); throw new Error('timeout'); } });

    await expect(turn(change(2), store)).rejects.toThrow('timeout');
    Object.assign(store, { write });
    expect(await turn(change(2), store)).toMatchObject({ outcome: 'CommandRedelivered' });
    expect(publishedBy(store)).toEqual(['2 OrderChanged']);
  });
});

describe('when pending commands expire', () => {
  const EXPIRY = new Date(Date.parse(SAMPLE_TIME) + SAMPLE_SETTINGS.pendingCommandRetention * 1000);
  const words = (writes: Awaited<ReturnType<typeof expirePending>>) => writes.map(({ outcome, reason }) => `${outcome} ${reason}`);

  test('they are refused, each by a write of its own', async () => {
    const store = new OneOrderStore(live([change(1), cancel(2)]).item);
    jest.setSystemTime(EXPIRY);

    expect(words(await expirePending(store.item, store, SAMPLE_SETTINGS))).toEqual(['OrderChangeRefused ORDER_NOT_FOUND', 'OrderCancellationRefused ORDER_NOT_FOUND']);
    expect(publishedBy(store)).toEqual(['1 OrderChangeRefused', '2 OrderCancellationRefused']);
  });

  test('those are done instead whose turn has come', async () => {
    const store = new OneOrderStore({ ...live([place(1), change(3)]).item, sequence: 2 });
    jest.setSystemTime(EXPIRY);

    expect((await expirePending(store.item, store, SAMPLE_SETTINGS)).map(({ outcome }) => outcome)).toEqual(['OrderChanged']);
  });

  test('nothing is done where nothing has expired, or nothing is', async () => {
    const store = new OneOrderStore(live([change(1)]).item);

    expect(await expirePending(store.item, store, SAMPLE_SETTINGS)).toEqual([]);
    expect(await expirePending(undefined, store, SAMPLE_SETTINGS)).toEqual([]);
    expect(store.writes).toEqual([]);
  });

  test('it is decided anew when the order comes at that very moment', async () => {
    const store = new OneOrderStore(live([change(1)]).item);
    jest.setSystemTime(EXPIRY);
    store.beforeWrite = (attempt) => {
      if (attempt === 1) store.item = live([place(2)], store.item, EXPIRY).item;
    };

    expect(await expirePending(store.item, store, SAMPLE_SETTINGS)).toEqual([]);
    expect(store.item).toMatchObject({ status: 'CONFIRMED', version: 2 });
  });
});
