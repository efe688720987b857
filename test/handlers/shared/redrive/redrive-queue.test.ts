import { redriveQueue, type DeadLetterMessage, type RedriveRun } from '#shared';
import { sampleLetter, sampleRoute } from './sample-dead-letter';

/** A run against a queue that gives so many messages, ten at a time, and keeps them. */
function run(count: number, changes: Partial<RedriveRun> = {}) {
  let given = 0;
  const released: string[] = [];
  const started: RedriveRun = {
    request: { action: 'list', dryRun: true, limit: 10_000, maxPerSecond: 10 },
    startedAt: 1000,
    queues: {
      count: async () => ({ visible: count, held: 0 }),
      receive: async () => Array.from({ length: Math.min(10, count - given) }, () => sampleLetter({}, { id: `${++given}`, receiptHandle: `r-${given}` })),
      delete: async () => undefined,
      release: async (_, handles) => released.push(...handles),
    },
    timeIsUp: () => false,
    holdFor: () => 60,
    turn: async () => undefined,
    move: async () => undefined,
    ...changes,
  };
  return { started, released };
}

test('a queue is worked on to its end, and everything in it shown again', async () => {
  const { started, released } = run(25);

  expect(await redriveQueue(sampleRoute(), started)).toMatchObject({ queue: 'processing', count: 25, seen: 25, matching: 25 });
  expect(released).toHaveLength(25);
});

test('very long queues are left after ten thousand messages: they are kept from others meanwhile', async () => {
  const { started, released } = run(12_000);

  expect(await redriveQueue(sampleRoute(), { ...started, request: { ...started.request, error: 'nobody has it' } })).toMatchObject({ seen: 10_000, matching: 0, stopped: 'TOO_MANY' });
  expect(released).toHaveLength(10_000);
});

test('what was moved is not shown again', async () => {
  const move = async ({ id }: DeadLetterMessage) => { if (id === '3') throw new Error('down'); };
  const { started, released } = run(5, { move, request: { action: 'redrive', dryRun: false, limit: 10_000, maxPerSecond: 10 } });

  expect(await redriveQueue(sampleRoute(), started)).toMatchObject({ moved: 4, failed: 1 });
  expect(released).toEqual(['r-3']);
});

test('what somebody else keeps is there too, and not seen', async () => {
  const { started } = run(3);
  const queues = { ...started.queues, count: async () => ({ visible: 3, held: 2 }) };

  expect(await redriveQueue(sampleRoute(), { ...started, queues })).toMatchObject({ count: 5, seen: 3, stopped: 'HIDDEN' });
});

test('fails to show messages again: they come again by themselves, and the work is done', async () => {
  const { started } = run(3);
  const queues = { ...started.queues, release: () => Promise.reject(new Error('down')) };

  expect(await redriveQueue(sampleRoute(), { ...started, queues })).toMatchObject({ seen: 3 });
});

test('fails when a queue cannot be looked at, and says the error\'s name', async () => {
  const { started } = run(3);
  const queues = { ...started.queues, count: () => Promise.reject(Object.assign(new Error('of the account'), { name: 'AccessDenied' })) };

  expect(await redriveQueue(sampleRoute(), { ...started, queues })).toEqual({
    queue: 'processing', count: 0, seen: 0, arrived: 0, matching: 0, moved: 0, failed: 0, stopped: 'ERROR', trouble: 'AccessDenied', messages: [],
  });
});
