import { moveInOrder, type DeadLetterMessage, type MoveOptions } from '#shared';
import { sampleDeadLetterMessage } from './sample-dead-letter-message';
import { Random } from '../../../support/random';

const message = (id: string, group?: string): DeadLetterMessage => sampleDeadLetterMessage({}, { id, ...(group ? { group } : {}) });
const idsOf = (messages: readonly DeadLetterMessage[]) => messages.map(({ id }) => id);

interface Changes extends Partial<MoveOptions> {
  readonly isFailing?: (message: DeadLetterMessage) => boolean;
}

/** Moves messages, of which some fail, and returns the batches and the state of each message. */
async function move(messages: readonly DeadLetterMessage[], changes: Changes = {}) {
  const batches: string[][] = [];
  const { isFailing = () => false, ...options } = changes;
  const results = await moveInOrder(messages, {
    timeIsUp: () => false,
    limitRate: async () => undefined,
    move: async (batch) => {
      batches.push(idsOf(batch));
      return new Map(batch.filter(isFailing).map((each) => [each, 'Down']));
    },
    batchSize: 10,
    blocked: new Set(),
    isFifo: true,
    ...options,
  });
  return { batches, states: messages.map((each) => results.get(each)!.state) };
}

test('messages of different groups are moved together, those of one group one after the other', async () => {
  const { batches } = await move([message('a1', 'a'), message('a2', 'a'), message('b1', 'b'), message('c'), message('a3', 'a'), message('b2', 'b')]);
  expect(batches).toEqual([['a1', 'b1', 'c'], ['a2', 'b2'], ['a3']]);
});

test('a batch has at most `batchSize` messages', async () => {
  const { batches } = await move(['a', 'b', 'c', 'd', 'e'].map((id) => message(id)), { batchSize: 2 });
  expect(batches).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
});

test('in a standard queue, messages of a group are moved together', async () => {
  expect((await move([message('a1', 'a'), message('a2', 'a')], { isFifo: false })).batches).toEqual([['a1', 'a2']]);
});

test('fails for one message: later messages of its group are not moved, now or in later batches', async () => {
  const blocked = new Set<string>();
  const { states } = await move([message('a1', 'a'), message('a2', 'a'), message('b1', 'b')], { blocked, isFailing: ({ id }) => id === 'a1' });

  expect(states).toEqual(['FAILED', 'NOT_ATTEMPTED', 'MOVED']);
  expect((await move([message('a3', 'a'), message('b2', 'b')], { blocked })).states).toEqual(['NOT_ATTEMPTED', 'MOVED']);
});

test('in a standard queue, messages of a group are not ordered and do not wait', async () => {
  const { states } = await move([message('a1', 'a'), message('a2', 'a')], { isFifo: false, isFailing: ({ id }) => id === 'a1' });
  expect(states).toEqual(['FAILED', 'MOVED']);
});

test('the rate is limited by the messages that are moved, not by those that are blocked', async () => {
  const counts: number[] = [];
  await move([message('a1', 'a'), message('a2', 'a'), message('b1', 'b')], { limitRate: async (count) => { counts.push(count); }, isFailing: ({ id }) => id === 'a1' });
  expect(counts).toEqual([2]);
});

test('nothing is begun when the time is up, after waiting for the rate limit as well', async () => {
  let now = 0;
  const { batches, states } = await move([message('a1', 'a'), message('a2', 'a'), message('a3', 'a')], { limitRate: async () => { now++; }, timeIsUp: () => now > 1 });

  expect([batches, states]).toEqual([[['a1']], ['MOVED', 'NOT_ATTEMPTED', 'NOT_ATTEMPTED']]);
});

test('with any failures, the messages of a group are moved in order and without a gap', async () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = new Random(seed);
    const messages = Array.from({ length: 20 }, (_, n) => message(String(n), `group-${Math.floor(random.next() * 4)}`));
    const failing = new Set(messages.filter(() => random.next() < 0.1));
    const { batches } = await move(messages, { isFailing: (each) => failing.has(each) });
    const moved = batches.flat().filter((id) => !idsOf([...failing]).includes(id));
    for (const group of new Set(messages.map((each) => each.group))) {
      const sent = idsOf(messages.filter((each) => each.group === group));
      const arrived = moved.filter((id) => sent.includes(id));
      expect(arrived).toEqual(sent.slice(0, arrived.length));
    }
  }
});
