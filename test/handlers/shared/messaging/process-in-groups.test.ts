import { PoisonMessage, processInGroups, resultOf, RetryableError, valueOf } from '../../../../handlers/shared';

const failure = new RetryableError('SequenceContended', 'too many others');
const poison = new PoisonMessage('the body is not JSON');

describe('an attempt', () => {
  test('keeps what came of it', async () => {
    expect(valueOf(await resultOf(() => 7))).toBe(7);
    expect(valueOf(await resultOf(async () => undefined))).toBeUndefined();
  });

  test.each([['at once', (): never => { throw failure; }], ['later', async () => { throw failure; }]])('fails when the work fails %s, but only when the value is read', async (_, work) => {
    const attempted = await resultOf(work);

    expect(() => valueOf(attempted)).toThrow(failure);
  });
});

describe('records in groups', () => {
  interface Fake {
    readonly name: string;
    readonly group: string;
    readonly error?: Error;
  }

  /** Work that records when it begins and ends. */
  function worker() {
    const steps: string[] = [];
    const work = async ({ name, error }: Fake) => {
      steps.push(`begin ${name}`);
      await new Promise((resolve) => { setImmediate(resolve); });
      steps.push(`end ${name}`);
      if (error) throw error;
      return name;
    };
    return { steps, attempts: (...records: Fake[]) => processInGroups(records, ({ group }) => group, work) };
  }

  test('are processed one after the other, groups concurrently', async () => {
    const { steps, attempts } = worker();
    await attempts({ name: '1', group: 'a' }, { name: '2', group: 'b' }, { name: '3', group: 'a' }, { name: '4', group: 'a' });

    expect(steps.slice(0, 2)).toEqual(['begin 1', 'begin 2']);
    expect(steps.filter((step) => !step.endsWith('2'))).toEqual(['begin 1', 'end 1', 'begin 3', 'end 3', 'begin 4', 'end 4']);
  });

  test('fail after one that failed: the rest of the group is not processed, and other groups continue', async () => {
    const { steps, attempts } = worker();
    const records = [{ name: '1', group: 'a' }, { name: '2', group: 'a', error: failure }, { name: '3', group: 'b' }, { name: '4', group: 'a' }];
    const attempted = await attempts(...records);

    expect(records.map((record) => attempted.get(record)!.value)).toEqual(['1', undefined, '3', undefined]);
    expect(attempted.get(records[1])!.error).toBe(failure);
    expect(attempted.get(records[3])!.error).toEqual(new RetryableError('GroupStopped', 'an earlier record of the message group failed'));
    expect(steps).not.toContain('begin 4');
  });

  test('continue after a poison message, which is not redelivered', async () => {
    const records = [{ name: '1', group: 'a', error: poison }, { name: '2', group: 'a' }];
    const attempted = await worker().attempts(...records);

    expect(attempted.get(records[0])!.error).toBe(poison);
    expect(attempted.get(records[1])!.value).toBe('2');
  });
});
