import { moveInOrder, type DeadLetterMessage, type MoveOptions } from '#shared';
import { sampleDeadLetterMessage } from './sample-dead-letter-message';
import { Random } from '../../../support/random';

const message = (id: string, group?: string): DeadLetterMessage => sampleDeadLetterMessage({}, { id, ...(group ? { group } : {}) });

/** Moves messages, and returns which were moved, in order, and the result of each. */
async function move(messages: readonly DeadLetterMessage[], changes: Partial<MoveOptions> = {}) {
  const moved: string[] = [];
  const results = await moveInOrder(messages, {
    timeIsUp: () => false,
    limitRate: async () => undefined,
    move: async ({ id }) => { moved.push(id); },
    blocked: new Set(),
    isFifo: true,
    ...changes,
  });
  return { moved, states: messages.map((each) => results.get(each)!.state) };
}

test('messages of a group are moved one by one, different groups concurrently', async () => {
  let running: string[] = [];
  const seen: string[][] = [];
  await move([message('a1', 'a'), message('a2', 'a'), message('b1', 'b'), message('c'), message('d')], {
    move: async ({ id }) => {
      running.push(id);
      seen.push([...running]);
      await new Promise((resolve) => setImmediate(resolve));
      running = running.filter((each) => each !== id);
    },
  });

  expect(seen[3]).toEqual(['a1', 'b1', 'c', 'd']);
  expect(seen.some((ids) => ids.includes('a1') && ids.includes('a2'))).toBe(false);
});

test('fails for one message: later messages of its group are not moved, now or in later batches', async () => {
  const blocked = new Set<string>();
  const failing = async ({ id }: DeadLetterMessage) => { if (id === 'a1') throw Object.assign(new Error(), { name: 'Down' }); };
  const { states } = await move([message('a1', 'a'), message('a2', 'a'), message('b1', 'b')], { blocked, move: failing });

  expect(states).toEqual(['FAILED', 'NOT_ATTEMPTED', 'MOVED']);
  expect((await move([message('a3', 'a'), message('b2', 'b')], { blocked })).states).toEqual(['NOT_ATTEMPTED', 'MOVED']);
});

test('in a standard queue, messages of a group are not ordered and do not wait', async () => {
  const failing = async ({ id }: DeadLetterMessage) => { if (id === 'a1') throw new Error(); };
  expect((await move([message('a1', 'a'), message('a2', 'a')], { isFifo: false, move: failing })).states).toEqual(['FAILED', 'MOVED']);
});

test('nothing is begun when the time is up, after waiting for a limitRate as well', async () => {
  let now = 0;
  const { moved, states } = await move([message('a1', 'a'), message('a2', 'a'), message('a3', 'a')], { limitRate: async () => { now++; }, timeIsUp: () => now > 1 });

  expect([moved, states]).toEqual([['a1'], ['MOVED', 'NOT_ATTEMPTED', 'NOT_ATTEMPTED']]);
});

test('with any failures, the messages of a group are moved in order and without a gap', async () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = new Random(seed);
    const messages = Array.from({ length: 20 }, (_, n) => message(String(n), `group-${Math.floor(random.next() * 4)}`));
    const { moved } = await move(messages, {
      move: async ({ id }) => {
        await new Promise((resolve) => setImmediate(resolve));
        if (random.next() < 0.1) throw new Error('down');
        moved.push(id);
      },
    });
    for (const group of new Set(messages.map((each) => each.group))) {
      const sent = messages.filter((each) => each.group === group).map(({ id }) => id);
      const arrived = moved.filter((id) => sent.includes(id));
      expect(arrived).toEqual(sent.slice(0, arrived.length));
    }
  }
});
