import { FakeReplays, replayed } from './fake-replays';
import { runCommand, TestClock } from '../sample-context';

const START = '--from 2026-03-01T10:00:00Z --to 2026-03-01T11:00:00+00:00 --rule Shipping';
const ARCHIVE = { type: 'AWS::Events::Archive', logicalId: 'OrdersEventsArchiveC63A4094', physicalId: 'ShopArchive' };

const replay = (options: string, replays = new FakeReplays(), clock = new TestClock()) =>
  runCommand(`replay --stack Shop ${options}`, { replays, listResources: async () => [ARCHIVE] }, clock);

describe('a replay', () => {
  test('goes to the chosen rules only, and is shown until it is completed', async () => {
    const replays = new FakeReplays([replayed('STARTING'), replayed('RUNNING', 15), replayed('COMPLETED', 60)]);
    const { status, printed, errors, pauses } = await replay(`${START} --rule History`, replays);

    expect(replays.started).toEqual([{
      name: 'ShopArchive-20260301T120000000Z',
      archive: { name: 'ShopArchive', arn: 'arn:archive/ShopArchive', busArn: 'arn:bus' },
      from: new Date('2026-03-01T10:00:00Z'),
      to: new Date('2026-03-01T11:00:00Z'),
      rules: [{ name: 'Shipping', arn: 'arn:bus/Shipping' }, { name: 'History', arn: 'arn:bus/History' }],
    }]);
    expect(status).toBe(0);
    expect(printed).toBe('replay-1 completed: events up to 2026-03-01T11:00:00.000Z, 100 % of the period\n');
    expect(errors).toContain('Started the replay ShopArchive-20260301T120000000Z to Shipping, History.\n');
    expect(pauses).toEqual([5000, 5000, 5000]);
  });

  test('shows its progress on standard error', async () => {
    const states = Array.from({ length: 8 }, (_, n) => replayed('RUNNING', 5 * n));
    const { errors } = await replay(START, new FakeReplays([...states, replayed('COMPLETED', 60)]));
    expect(errors).toContain('replay-1 running: events up to 2026-03-01T10:25:00.000Z, 42 % of the period\n');
  });

  test('is JSON with --json', async () => {
    expect(JSON.parse((await replay(`${START} --json`)).printed)).toMatchObject({ name: 'replay-1', state: 'COMPLETED' });
  });

  test('can use an archive that is given', async () => {
    const replays = new FakeReplays();
    await runCommand(`replay --archive ${'a'.repeat(48)} ${START}`, { replays });
    expect(replays.started[0].archive.name).toBe('a'.repeat(48));
    expect(replays.started[0].name).toMatch(/^a+-20260301T120000000Z$/);
    expect(replays.started[0].name.length).toBeLessThanOrEqual(64);
  });

  test('goes on when the command is interrupted', async () => {
    const [replays, clock] = [new FakeReplays([replayed('RUNNING', 10)]), new TestClock()];
    replays.describe = async () => {
      clock.interrupt();
      return replayed('RUNNING', 10);
    };
    const { status, printed } = await replay(START, replays, clock);

    expect(status).toBe(3);
    expect(printed).toContain('The replay goes on. "replay --list" shows its state, "aws events cancel-replay --replay-name replay-1" ends it.\n');
  });

  test('is still followed after requests that fail', async () => {
    const down = new Error('Rate exceeded');
    expect((await replay(START, new FakeReplays([down, down, replayed('COMPLETED', 60)]))).status).toBe(0);
    expect(await replay(START, new FakeReplays([down]))).toMatchObject({ status: 1, errors: expect.stringContaining('Rate exceeded\n') });
  });

  test.each(['FAILED', 'CANCELLED'])('fails when its state is %s, with the reason', async (state) => {
    expect(await replay(START, new FakeReplays([replayed(state, 6, { stateReason: 'the bus is gone' })]))).toMatchObject({
      status: 1, printed: `replay-1 ${state.toLowerCase()}: events up to 2026-03-01T10:06:00.000Z, 10 % of the period (the bus is gone)\n`,
    });
  });
});

describe('a replay is refused', () => {
  const RULES = 'rules of the bus:\n  History\n  Processing\n  Shipping\n';

  test('without rules, with the rules of the bus', async () => {
    const replays = new FakeReplays();
    const { status, errors } = await replay('--from 2h --to 1h', replays);
    expect([status, replays.started]).toEqual([2, []]);
    expect(errors).toContain(`at least one --rule is required, because a replay to all rules reaches every subscriber again; ${RULES}`);
  });

  test('for an unknown rule, with the rules of the bus', async () => {
    const replays = new FakeReplays();
    const { status, errors } = await replay(`${START} --rule Shiping`, replays);
    expect([status, replays.started]).toEqual([2, []]);
    expect(errors).toContain(`unknown rule "Shiping"; ${RULES}`);
  });
});

describe('--list', () => {
  test('lists past replays', async () => {
    const replays = new FakeReplays();
    replays.past = [replayed('COMPLETED', 60), replayed('FAILED', 30, { name: 'replay-0', stateReason: 'why' })];
    expect(await replay('--list', replays)).toMatchObject({
      status: 0,
      printed: '2026-03-01T10:00:00.000Z to 2026-03-01T11:00:00.000Z  replay-1 completed: events up to 2026-03-01T11:00:00.000Z, 100 % of the period\n'
        + '2026-03-01T10:00:00.000Z to 2026-03-01T11:00:00.000Z  replay-0 failed: events up to 2026-03-01T10:30:00.000Z, 50 % of the period (why)\n',
    });
    expect(replays.started).toEqual([]);
  });

  test('states that there are none', async () => {
    expect((await replay('--list')).printed).toBe('There are no replays of this archive in the last 90 days.\n');
  });
});
