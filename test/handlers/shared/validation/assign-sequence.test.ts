import { ulid } from 'ulid';
import { commandIdForKey, assignSequence, RetryableError, type SequenceRecord, type SequenceStore } from '#shared';

const NOW = new Date('2026-06-01T00:00:00.000Z');
const HOUR = 3_600_000;
const PAGE = 3;

beforeEach(() => {
  jest.useFakeTimers({ now: NOW });
});
afterEach(() => {
  jest.useRealTimers();
});

/** Where the places of one order are given, in memory and in small pages. Others may take one just before a claim. */
class Line implements SequenceStore {
  readonly records: SequenceRecord[] = [];
  readonly pages: (number | undefined)[] = [];
  beforeClaim: () => void = () => undefined;

  readonly list: SequenceStore['list'] = async (_, below) => {
    this.pages.push(below);
    const isBelow = ({ sequence }: SequenceRecord) => below === undefined || sequence < below;
    return this.records.filter(isBelow).toSorted((one, other) => other.sequence - one.sequence).slice(0, PAGE);
  };

  readonly claim: SequenceStore['claim'] = async (record) => {
    this.beforeClaim();
    if (this.records.some(({ sequence }) => sequence === record.sequence)) return false;
    this.records.push(record);
    return true;
  };

  readonly saveHookResult = () => Promise.reject(new Error('no hook was called'));

  /** Another command takes the next place. */
  add(at = new Date(), commandId = `other-${this.records.length}`): SequenceRecord {
    const last = this.records.at(-1);
    const record = {
      orderId: 'order-1', sequence: this.records.length + 1, commandId, at: at.toISOString(), ...(last ? { previousAt: last.at } : {}),
    };
    this.records.push(record);
    return record;
  }
}

const sequenceOf = (count: number, at?: (n: number) => Date): Line => {
  const line = new Line();
  for (let n = 0; n < count; n++) line.add(at?.(n));
  return line;
};

const take = (line: Line, commandId: string, isLikelyFirst = false) => assignSequence('order-1', commandId, line, isLikelyFirst);

describe('a new command', () => {
  test('gets its place no earlier than the command before it, though the clock that gave that was ahead', async () => {
    const line = new Line();
    const ahead = new Date(NOW.getTime() + 5 * 60_000);
    line.add(ahead);

    expect(await take(line, 'command-1')).toEqual({ sequence: 2, previousAt: ahead.toISOString(), at: ahead.toISOString() });
    expect(line.records[1].at).toBe(ahead.toISOString());
  });

  test('that is likely the first gets the first place without a look', async () => {
    const line = new Line();

    expect(await take(line, 'command-1', true)).toEqual({ sequence: 1, at: NOW.toISOString() });
    expect(line.pages).toEqual([]);
    expect(line.records).toEqual([{ orderId: 'order-1', sequence: 1, commandId: 'command-1', at: NOW.toISOString() }]);
  });

  test('that is likely the first and is not gets the next place', async () => {
    expect(await take(sequenceOf(2), 'command-3', true)).toMatchObject({ sequence: 3 });
  });

  test('that is the first all the same gets the first place', async () => {
    expect(await take(new Line(), 'command-1')).toEqual({ sequence: 1, at: NOW.toISOString() });
  });

  test('gets the number after the last, and the time of the last', async () => {
    const line = sequenceOf(4, (n) => new Date(NOW.getTime() - HOUR * (4 - n)));

    expect(await take(line, 'command-5')).toEqual({ sequence: 5, previousAt: '2026-05-31T23:00:00.000Z', at: NOW.toISOString() });
    expect(line.records.at(-1)).toEqual({ orderId: 'order-1', sequence: 5, commandId: 'command-5', at: NOW.toISOString(), previousAt: '2026-05-31T23:00:00.000Z' });
  });
});

describe('a command that comes again', () => {
  test.each([true, false])('has the place that it got (likely first: %s)', async (isLikelyFirst) => {
    const line = sequenceOf(2);
    const first = await take(line, 'command-3', isLikelyFirst);

    expect(await take(line, 'command-3', isLikelyFirst)).toEqual(first);
    expect(line.records).toHaveLength(3);
  });

  test('has it when it was the first of all', async () => {
    const line = new Line();
    await take(line, 'command-1', true);

    expect(await take(line, 'command-1', true)).toEqual({ sequence: 1, at: NOW.toISOString() });
    expect(line.records).toHaveLength(1);
  });

  test('has the time at which it got its place', async () => {
    const line = new Line();
    line.add(new Date(NOW.getTime() - HOUR), 'command-1');

    expect(await take(line, 'command-1', true)).toMatchObject({ sequence: 1, at: '2026-05-31T23:00:00.000Z' });
  });

  test('has it long after, behind many others, in whatever page it is', async () => {
    const line = sequenceOf(1);
    const place = await take(line, 'command-2');
    for (let n = 0; n < 10; n++) line.add();

    expect(await take(line, 'command-2')).toEqual(place);
    expect(line.pages.slice(-4)).toEqual([undefined, 10, 7, 4]);
    expect(line.records).toHaveLength(12);
  });

  test('has it when the answer was lost with which it got it', async () => {
    const line = sequenceOf(1);
    const { claim } = line;
    let lost = false;
    const losing: SequenceStore = {
      ...line,
      claim: async (record: SequenceRecord) => {
        const isFree = await claim(record);
        if (lost) return isFree;
        lost = true;
        return claim(record); // The SDK sends it again, and finds the place taken: by itself.
      },
    };

    expect(await assignSequence('order-1', 'command-2', losing, false)).toMatchObject({ sequence: 2 });
    expect(line.records).toHaveLength(2);
  });

  test('is looked for among places that were given after it was made, and no further', async () => {
    const line = sequenceOf(30, (n) => new Date(NOW.getTime() - HOUR * (30 - n)));
    const commandId = ulid(NOW.getTime() - 2 * HOUR);

    expect(await take(line, commandId)).toMatchObject({ sequence: 31 });
    // It may have got a place up to an hour before it was made, by the clock of another machine.
    expect(line.pages).toEqual([undefined, 28]);
  });

  test('is found though it got its place before it was made, by the clock of another machine', async () => {
    const commandId = ulid(NOW.getTime());
    const line = sequenceOf(3, () => new Date(NOW.getTime() - 10 * HOUR));
    const { sequence } = line.add(new Date(NOW.getTime() - HOUR + 1), commandId);
    for (let n = 0; n < 5; n++) line.add();

    expect(await take(line, commandId)).toMatchObject({ sequence });
  });

  test('is searched for to the end when its ID has no time', async () => {
    const commandId = commandIdForKey('caller', 'key', ['CancelOrder']);
    const line = new Line();
    line.add(new Date(0), commandId);
    for (let n = 0; n < 20; n++) line.add(new Date(HOUR * (n + 1)));

    expect(await take(line, commandId)).toEqual({ sequence: 1, at: new Date(0).toISOString() });
  });
});

test('a command whose ID has a future time is found all the same', async () => {
  const commandId = ulid(NOW.getTime() + 1000 * HOUR);
  const line = sequenceOf(2);
  const { sequence } = line.add(new Date(), commandId);
  for (let n = 0; n < 10; n++) line.add();

  expect(await take(line, commandId)).toMatchObject({ sequence });
});

test('a command that comes again has the hookResult that was kept with its place', async () => {
  const line = sequenceOf(1);
  const errors = [{ path: '', code: 'TOO_DEAR', message: 'is too dear' }];
  line.records[0] = { ...line.records[0], hookResult: errors };

  expect(await take(line, 'other-0', true)).toMatchObject({ sequence: 1, hookResult: errors });
  expect(await take(line, 'command-2')).not.toHaveProperty('hookResult');
});

describe('when others take places at the same time', () => {
  test('it gets the next one that is free', async () => {
    const line = sequenceOf(1);
    let others = 3;
    line.beforeClaim = () => {
      if (others-- > 0) line.add();
    };

    expect(await take(line, 'command-5')).toMatchObject({ sequence: 5 });
    expect(line.records.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
  });

  test('all of them get one each, without a gap', async () => {
    const line = new Line();
    const places = await Promise.all(Array.from({ length: 10 }, (_, n) => take(line, `command-${n}`, true)));

    expect(places.map(({ sequence }) => sequence).toSorted((one, other) => one - other)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(line.records.map(({ sequence, previousAt }) => previousAt === undefined && sequence)).toEqual([1, ...new Array(9).fill(false)]);
  });

  test('the same command gets one, however often it comes at once', async () => {
    const line = sequenceOf(1);
    const places = await Promise.all(Array.from({ length: 5 }, () => take(line, 'command-2')));

    expect(new Set(places.map(({ sequence }) => sequence))).toEqual(new Set([2]));
    expect(line.records).toHaveLength(2);
  });

  test('fails when they never stop: the command comes again', async () => {
    const line = sequenceOf(1);
    line.beforeClaim = () => line.add();

    await expect(take(line, 'command-2')).rejects.toEqual(new RetryableError('SequenceContended', 'too many other commands request sequence numbers of the same order'));
    expect(line.records.some(({ commandId }) => commandId === 'command-2')).toBe(false);
  });
});

test('fails when places cannot be given', async () => {
  const down = { ...new Line(), claim: async () => { throw new Error('down'); } };

  await expect(assignSequence('order-1', 'command-1', down, true)).rejects.toThrow('down');
});
