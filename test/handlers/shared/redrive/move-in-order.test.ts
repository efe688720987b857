import { moveInOrder, type Letter, type Movement } from '#shared';
import { sampleLetter } from './sample-letter';
import { Random } from '../../../support/random';

const letter = (id: string, group?: string): Letter => sampleLetter({}, { id, ...(group ? { group } : {}) });

/** Moves letters, and tells what was moved in which order and what became of each. */
async function move(letters: readonly Letter[], changes: Partial<Movement> = {}) {
  const moved: string[] = [];
  const results = await moveInOrder(letters, {
    timeIsUp: () => false, turn: async () => undefined, move: async ({ id }) => { moved.push(id); }, blocked: new Set(), isFifo: true, ...changes,
  });
  return { moved, states: letters.map((each) => results.get(each)!.state) };
}

test('a message group is moved one by one, others meanwhile', async () => {
  let running: string[] = [];
  const seen: string[][] = [];
  await move([letter('a1', 'a'), letter('a2', 'a'), letter('b1', 'b'), letter('c'), letter('d')], {
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

test('fails for one message: what is behind it in its group is left, now and later', async () => {
  const blocked = new Set<string>();
  const failing = async ({ id }: Letter) => { if (id === 'a1') throw Object.assign(new Error(), { name: 'Down' }); };
  const { states } = await move([letter('a1', 'a'), letter('a2', 'a'), letter('b1', 'b')], { blocked, move: failing });

  expect(states).toEqual(['FAILED', 'LEFT', 'MOVED']);
  expect((await move([letter('a3', 'a'), letter('b2', 'b')], { blocked })).states).toEqual(['LEFT', 'MOVED']);
});

test('in a standard queue a group has no order: nothing waits for another', async () => {
  const failing = async ({ id }: Letter) => { if (id === 'a1') throw new Error(); };
  expect((await move([letter('a1', 'a'), letter('a2', 'a')], { isFifo: false, move: failing })).states).toEqual(['FAILED', 'MOVED']);
});

test('nothing is begun when the time is up, after waiting for a turn as well', async () => {
  let now = 0;
  const { moved, states } = await move([letter('a1', 'a'), letter('a2', 'a'), letter('a3', 'a')], { turn: async () => { now++; }, timeIsUp: () => now > 1 });

  expect([moved, states]).toEqual([['a1'], ['MOVED', 'LEFT', 'LEFT']]);
});

test('whatever fails, the messages of a group are moved in order and without a gap', async () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = new Random(seed);
    const letters = Array.from({ length: 20 }, (_, n) => letter(String(n), `group-${Math.floor(random.next() * 4)}`));
    const { moved } = await move(letters, {
      move: async ({ id }) => {
        await new Promise((resolve) => setImmediate(resolve));
        if (random.next() < 0.1) throw new Error('down');
        moved.push(id);
      },
    });
    for (const group of new Set(letters.map((each) => each.group))) {
      const sent = letters.filter((each) => each.group === group).map(({ id }) => id);
      const arrived = moved.filter((id) => sent.includes(id));
      expect(arrived).toEqual(sent.slice(0, arrived.length));
    }
  }
});
