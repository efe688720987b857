import { redriveQueue, type RedriveRun } from '#shared';
import { sampleDeadLetterMessage, sampleRoute } from './sample-dead-letter-message';

/** A run against a queue that gives so many messages, ten at a time, and keeps them. */
function run(count: number, changes: Partial<RedriveRun> = {}) {
  let given = 0;
  const released: string[] = [];
  const started: RedriveRun = {
    request: { action: 'list', dryRun: true, maxPerSecond: 10 },
    startedAt: 1000,
    queues: {
      count: async () => ({ visible: count, inFlight: 0 }),
      receive: async () => Array.from({ length: Math.min(10, count - given) }, () => sampleDeadLetterMessage({}, { id: `${++given}`, receiptHandle: `r-${given}` })),
      release: async (_, handles) => released.push(...handles),
    },
    timeIsUp: () => false,
    visibilityTimeout: () => 60,
    limitRate: async () => undefined,
    move: async () => new Map(),
    recordMoved: async () => undefined,
    ...changes,
  };
  return { started, released };
}

test('a queue is processed to its end, and its messages are released', async () => {
  const { started, released } = run(25);

  expect(await redriveQueue(sampleRoute(), started)).toMatchObject({ queue: 'processing', count: 25, received: 25, matching: 25 });
  expect(released).toHaveLength(25);
});

const REDRIVE = { action: 'redrive', dryRun: false, maxPerSecond: 100 } as const;

test('a redrive continues as long as there are messages: those that were moved do not count as in flight', async () => {
  const { started, released } = run(150_000, { request: REDRIVE });

  expect(await redriveQueue(sampleRoute(), started)).toMatchObject({ received: 150_000, moved: 150_000 });
  expect(released).toHaveLength(0);
});

test('processing stops when a hundred thousand messages are in flight, because they are not moved', async () => {
  const { started, released } = run(120_000, { request: { ...REDRIVE, error: 'no match' } });
  const report = await redriveQueue(sampleRoute(), started);

  expect(report).toMatchObject({ matching: 0, stopReason: 'TOO_MANY' });
  expect(report.received).toBeGreaterThanOrEqual(100_000);
  expect(report.received).toBeLessThan(100_100);
  expect(released).toHaveLength(report.received);
});

test('moved messages are recorded and not released', async () => {
  const recorded: string[] = [];
  const { started, released } = run(5, {
    request: REDRIVE,
    move: async (messages) => new Map(messages.filter(({ id }) => id === '3').map((message) => [message, 'Down'])),
    recordMoved: async (moved) => { recorded.push(...moved.map(([{ id }]) => id)); },
  });

  expect(await redriveQueue(sampleRoute(), started)).toMatchObject({ moved: 4, failed: 1, messages: [{ id: '3', state: 'FAILED', stateReason: 'Down' }] });
  expect(recorded).toEqual(['1', '2', '4', '5']);
  expect(released).toEqual(['r-3']);
});

test.each([
  ['a list has one, which keeps the sequence', { action: 'list', dryRun: true, maxPerSecond: 100 }, {}, 1],
  ['a dry run has one', { action: 'redrive', dryRun: true, maxPerSecond: 100 }, {}, 1],
  ['a redrive has one for 25 messages a second', REDRIVE, {}, 4],
  ['a slow redrive has one', { ...REDRIVE, maxPerSecond: 3 }, {}, 1],
  ['a fast redrive has at most sixteen', { ...REDRIVE, maxPerSecond: 1000 }, {}, 16],
  ['a redrive to a function has one', REDRIVE, { queueUrl: undefined, functionName: 'publish' }, 1],
] as const)('the number of receivers: %s', async (_, request, route, receivers) => {
  let [receiving, most] = [0, 0];
  const { started } = run(0, { request });
  const receive = async () => {
    most = Math.max(most, ++receiving);
    await new Promise((resolve) => { setImmediate(resolve); });
    receiving--;
    return [];
  };
  await redriveQueue(sampleRoute(route), { ...started, queues: { ...started.queues, receive } });
  expect(most).toBe(receivers);
});

test('fails for one of several receivers: messages are released after all of them ended', async () => {
  const { started, released } = run(40, { request: { ...REDRIVE, error: 'no match' } });
  let calls = 0;
  const receive: RedriveRun['queues']['receive'] = async (...args) => {
    if (++calls === 1) throw Object.assign(new Error(), { name: 'Down' });
    await new Promise((resolve) => { setImmediate(resolve); });
    return started.queues.receive(...args);
  };

  expect(await redriveQueue(sampleRoute(), { ...started, queues: { ...started.queues, receive } })).toMatchObject({ received: 40, stopReason: 'ERROR', error: 'Down' });
  expect(released).toHaveLength(40);
});

test('messages in flight with another consumer are counted, and not received', async () => {
  const { started } = run(3);
  const queues = { ...started.queues, count: async () => ({ visible: 3, inFlight: 2 }) };

  expect(await redriveQueue(sampleRoute(), { ...started, queues })).toMatchObject({ count: 5, received: 3, stopReason: 'IN_FLIGHT' });
});

test('an error of releasing messages is ignored, because they become visible by themselves', async () => {
  const { started } = run(3);
  const queues = { ...started.queues, release: () => Promise.reject(new Error('down')) };

  expect(await redriveQueue(sampleRoute(), { ...started, queues })).toMatchObject({ received: 3 });
});

test('fails when a queue cannot be read, with the error\'s name', async () => {
  const { started } = run(3);
  const queues = { ...started.queues, count: () => Promise.reject(Object.assign(new Error('of the account'), { name: 'AccessDenied' })) };

  expect(await redriveQueue(sampleRoute(), { ...started, queues })).toEqual({
    queue: 'processing', count: 0, received: 0, sentDuringRun: 0, matching: 0, moved: 0, failed: 0, stopReason: 'ERROR', error: 'AccessDenied', messages: [],
  });
});
