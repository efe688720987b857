import { FakeRedrive } from './fake-redrive';
import { FunctionFailed } from '../../../cli/function-failed';
import type { RedriveResult } from '../../../cli/redrive/redrive-result';
import { runCommand } from '../sample-context';

const execute = async (redrive: FakeRedrive, options = '') => {
  const result = await runCommand(`redrive --function f --execute${options}`, { invoke: redrive.invoke }, redrive.clock);
  return { ...result, seconds: Math.round((redrive.clock.now - Date.parse('2026-03-01T12:00:00.000Z')) / 1000) };
};
const executeJson = async (redrive: FakeRedrive, options = '') => {
  const { status, printed } = await execute(redrive, ` --json${options}`);
  return { status, result: JSON.parse(printed) as RedriveResult };
};
const throttled = () => Object.assign(new Error('Rate Exceeded.'), { name: 'TooManyRequestsException', $metadata: { httpStatusCode: 429 } });
const dropped = () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

describe('one command', () => {
  test('moves a hundred thousand messages of several queues', async () => {
    const redrive = new FakeRedrive({ orders: 60_000, processing: 40_000, history: 0 });
    const { status, result } = await executeJson(redrive);

    expect(redrive.queues).toEqual({ orders: 0, processing: 0, history: 0 });
    expect([status, result.complete, result.moved, result.left]).toEqual([0, true, 100_000, 0]);
    expect(result.queues.map(({ queue, count, moved }) => [queue, count, moved])).toEqual([['orders', 60_000, 60_000], ['processing', 40_000, 40_000], ['history', 0, 0]]);
    expect(result.invocations).toBe(redrive.requests.length);
    expect(redrive.requests.length).toBeLessThan(40);
  });

  test('moves queues one after the other, so that its rate is that of the whole command', async () => {
    const redrive = new FakeRedrive({ orders: 3000, processing: 2000 });
    const { seconds } = await execute(redrive, ' --max-per-second 50');
    expect(seconds).toBe(100);
    expect(redrive.redrives.map(({ queue, maxPerSecond }) => [queue, maxPerSecond])).toEqual([
      ['orders', 50], ['orders', 50], ['orders', 50], ['orders', 50], ['processing', 50], ['processing', 50], ['processing', 50], ['processing', 50],
    ]);
  });

  test('begins with short invocations, so that errors and progress show early', async () => {
    const redrive = new FakeRedrive({ orders: 20_000 });
    await execute(redrive);
    expect(redrive.redrives.map(({ maxSeconds }) => maxSeconds)).toEqual([5, 10, 20, 40, 40, 40, 40, 40]);
  });

  test('passes its start by the clock of the function, so that messages that fail again are moved once', async () => {
    const redrive = new FakeRedrive({ orders: 2000 });
    await execute(redrive);
    expect(new Set(redrive.redrives.map(({ startedAt }) => startedAt))).toEqual(new Set([1_700_000_000_000]));
  });

  test('ends although every message returns to its dead-letter queue', async () => {
    const redrive = new FakeRedrive({ orders: 2000 });
    let moved = 0;
    redrive.override = ({ maxSeconds = 0 }) => {
      // Each message is moved once; those that returned are only received.
      const next = Math.min(2000 - moved, maxSeconds * 100);
      moved += next;
      return { count: 2000, moved: next, received: next, sentDuringRun: moved, stopReason: moved < 2000 ? 'TIME_IS_UP' : undefined };
    };
    const { status, result } = await executeJson(redrive);
    expect([status, result.moved, result.queues[0].sentDuringRun, redrive.redrives.length]).toEqual([0, 2000, 2000, 3]);
  });

  test('moves at most `limit` messages of each queue', async () => {
    const redrive = new FakeRedrive({ orders: 3000, processing: 100 });
    const { status, result } = await executeJson(redrive, ' --limit 1200');

    expect([status, result.complete, result.left]).toEqual([0, true, 0]);
    expect(redrive.queues).toEqual({ orders: 1800, processing: 0 });
    expect(redrive.redrives.map(({ limit }) => limit)).toEqual([1200, 700, 1200]);
  });

  test('passes the filters, and reads a queue that is given although its count is 0', async () => {
    const redrive = new FakeRedrive({ orders: 0, processing: 10 });
    await execute(redrive, ' --queue orders --order order-1 --error denied --older-than 1h --newer-than 2d');
    expect(redrive.requests).toMatchObject([
      { action: 'count', queue: 'orders' },
      { action: 'redrive', dryRun: false, queue: 'orders', orderId: 'order-1', error: 'denied', olderThan: 3600, newerThan: 172_800 },
    ]);
  });

  test('does not invoke the function for empty queues', async () => {
    const redrive = new FakeRedrive({ orders: 0 });
    const { status, printed } = await execute(redrive);
    expect([status, printed, redrive.redrives]).toEqual([0, 'The dead-letter queues are empty.\n', []]);
  });
});

describe('messages that cannot be moved', () => {
  const message = { id: 'm', orderId: 'order-1', age: 60, receiveCount: 1, reason: 'bad', state: 'FAILED', stateReason: 'AccessDenied' } as const;

  test('are tried a few times after all others, and reported with the reason', async () => {
    const redrive = new FakeRedrive({ orders: 2001 });
    redrive.override = (_, index) => ({
      failed: 1, messages: [message], ...(index < 2 ? {} : { moved: index === 2 ? 500 : 0, stopReason: undefined }),
    });
    const { status, printed, pauses } = await execute(redrive);

    expect(pauses).toEqual([1000, 2000, 4000]);
    expect(status).toBe(1);
    expect(printed).toMatch(/orders: 2001 messages, 2000 moved, 1 failed\n.*\n {2}failed {2}order-1 .* bad \(AccessDenied\)\n/);
    expect(printed).toContain('moved 2000, failed 1 in ');
    expect(printed).toContain('About 1 left. Run the same command again to continue.\n');
  });

  test('in one queue do not keep others from being moved', async () => {
    const redrive = new FakeRedrive({ orders: 5, processing: 5 });
    redrive.override = ({ queue }) => (queue === 'orders' ? { moved: 0, stopReason: 'ERROR', error: 'AccessDenied' } : undefined);
    const { status, result } = await executeJson(redrive);

    expect([status, result.moved, result.left]).toEqual([1, 5, 5]);
    expect(result.queues[0]).toMatchObject({ stopReason: 'ERROR', error: 'AccessDenied' });
    expect(redrive.queues.processing).toBe(0);
  });

  test('because they are behind others in their group are reported, with exit status 3', async () => {
    const redrive = new FakeRedrive({ orders: 12 });
    redrive.override = () => ({ moved: 0, stopReason: 'NOT_VISIBLE' });
    const { status, printed } = await execute(redrive, ' --order order-2');
    expect([status, redrive.redrives.length]).toEqual([3, 1]);
    expect(printed).toContain('other messages are behind these in their message group');
  });

  test('the number of orders without the event in their history is reported', async () => {
    const redrive = new FakeRedrive({ orders: 700 });
    const invoke = async (name: string, request: object) => ({ ...await redrive.invoke(name, request), unpublished: 2 });
    const { printed } = await runCommand('redrive --function f --execute', { invoke }, redrive.clock);
    expect(printed).toContain('The redrive is missing in the history of 4 orders, because OrderRedriven could not be published.\n');
  });
});

describe('an interruption', () => {
  /** Interrupts the command during an invocation. */
  function interruptedAt(redrive: FakeRedrive, invocation: number): FakeRedrive {
    redrive.override = (_, index) => {
      if (index === invocation) redrive.clock.interrupt();
      return undefined;
    };
    return redrive;
  }

  test('ends the command after the current invocation, with what was moved and what is left', async () => {
    const redrive = interruptedAt(new FakeRedrive({ orders: 5000, processing: 10 }), 1);
    const { status, printed, errors } = await execute(redrive);

    expect(redrive.queues).toEqual({ orders: 3500, processing: 10 });
    expect(status).toBe(3);
    expect(errors).toContain('Stopping after the current invocation, which takes up to 40 seconds. Press Ctrl-C again to exit now');
    expect(printed).toContain('orders: 5000 messages, 1500 moved\n  the command ended before this queue was done\n');
    expect(printed).toContain('moved 1500, failed 0 in 15s\nInterrupted: about 3510 left. Run the same command again to continue.\n');
  });

  test('is in the JSON', async () => {
    const { result } = await executeJson(interruptedAt(new FakeRedrive({ orders: 5000 }), 0));
    expect(result).toMatchObject({ complete: false, interrupted: true, moved: 500, left: 4500, queues: [{ queue: 'orders', moved: 500, left: 4500, stopReason: 'ENDED_EARLY' }] });
  });

  test('leaves the rest to the same command', async () => {
    const first = interruptedAt(new FakeRedrive({ orders: 5000 }), 0);
    await execute(first);
    const second = interruptedAt(new FakeRedrive(first.queues), 1);
    await execute(second);
    const third = await executeJson(new FakeRedrive(second.queues));

    expect(third.result).toMatchObject({ complete: true, moved: 3000, queues: [{ count: 3000 }] });
  });

  test('also ends the pause before an invocation is repeated', async () => {
    const redrive = new FakeRedrive({ orders: 10 });
    redrive.override = () => {
      redrive.clock.interrupt();
      return throttled();
    };
    expect(await executeJson(redrive)).toMatchObject({ status: 3, result: { interrupted: true, moved: 0, left: 10 } });
    expect(redrive.redrives).toHaveLength(1);
  });

  test('before the messages are counted moves nothing', async () => {
    const redrive = new FakeRedrive({ orders: 10 });
    const invoke = () => {
      redrive.clock.interrupt();
      return Promise.reject(throttled());
    };
    expect(await runCommand('redrive --function f --execute', { invoke }, redrive.clock))
      .toMatchObject({ status: 1, printed: '', errors: expect.stringContaining('interrupted before the messages were counted; nothing was moved\n') });
  });
});

describe('an invocation', () => {
  test.each([
    ['timed out', () => new FunctionFailed('Task timed out after 300.00 seconds')],
    ['was throttled', throttled],
  ])('that %s is repeated with back-off', async (_, failure) => {
    const redrive = new FakeRedrive({ orders: 10 });
    redrive.override = (__, index) => (index < 3 ? failure() : undefined);
    const { status, pauses, errors } = await execute(redrive);

    expect([status, redrive.queues.orders, pauses]).toEqual([0, 0, [1000, 2000, 4000]]);
    expect(errors).toContain('; invoking the function again in 4s\n');
  });

  test('that lost its connection is repeated after it must have ended, so that two do not exceed the rate', async () => {
    const redrive = new FakeRedrive({ orders: 10_000 });
    redrive.override = (_, index) => (index === 2 ? dropped() : undefined);
    const { status, pauses, printed } = await execute(redrive);

    expect([status, redrive.queues.orders, pauses]).toEqual([0, 0, [20_000]]);
    expect(printed).toContain('1 invocation returned no response; the messages moved by them are not counted.\n');
  });

  test('fails after several attempts: the command ends with what was moved', async () => {
    const redrive = new FakeRedrive({ orders: 1000, processing: 1 });
    redrive.override = (_, index) => (index >= 1 ? throttled() : undefined);
    const { status, printed, pauses } = await execute(redrive);

    expect([status, pauses]).toEqual([1, [1000, 2000, 4000, 8000, 16_000, 32_000]]);
    expect(printed).toContain('orders: 1000 messages, 500 moved');
    expect(printed).toContain('The command ended because of an error: Rate Exceeded.\nAbout 501 left. Run the same command again to continue.\n');
  });

  test('fails at once when repeating it is useless', async () => {
    const redrive = new FakeRedrive({ orders: 10 });
    redrive.override = () => Object.assign(new Error('The security token included in the request is expired'), { $metadata: { httpStatusCode: 403 } });
    expect(await executeJson(redrive)).toMatchObject({ status: 1, result: { error: 'The security token included in the request is expired', moved: 0, left: 10 } });
    expect(redrive.redrives).toHaveLength(1);
  });
});

describe('the progress', () => {
  test('is on standard error, and not in the JSON on standard output', async () => {
    const redrive = new FakeRedrive({ orders: 30_000 });
    const { printed, errors } = await execute(redrive, ' --json');

    const lines = errors.trim().split('\n');
    expect(lines[0]).toBe('orders: moved 0 of about 30,000, 0.0 a second');
    expect(lines[1]).toMatch(/^orders: moved [\d,]+ of about 30,000, 100 a second, about \d+m \d+s left$/);
    expect(JSON.parse(printed).moved).toBe(30_000);
  });
});
