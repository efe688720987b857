import { redriveQueue, type DeadLetterMessage, type RedriveRun } from '#shared';
import { sampleDeadLetterMessage, sampleRoute } from './sample-dead-letter-message';

/** A run against a queue that gives so many messages, ten at a time, and keeps them. */
function run(count: number, changes: Partial<RedriveRun> = {}) {
  let given = 0;
  const released: string[] = [];
  const started: RedriveRun = {
    request: { action: 'list', dryRun: true, limit: 10_000, maxPerSecond: 10 },
    startedAt: 1000,
    queues: {
      count: async () => ({ visible: count, inFlight: 0 }),
      receive: async () => Array.from({ length: Math.min(10, count - given) }, () => sampleDeadLetterMessage({}, { id: `${++given}`, receiptHandle: `r-${given}` })),
      delete: async () => undefined,
      release: async (_, handles) => released.push(...handles),
    },
    timeIsUp: () => false,
    visibilityTimeout: () => 60,
    limitRate: async () => undefined,
    move: async () => undefined,
    ...changes,
  };
  return { started, released };
}

test('a queue is processed to its end, and its messages are released', async () => {
  const { started, released } = run(25);

  expect(await redriveQueue(sampleRoute(), started)).toMatchObject({ queue: 'processing', count: 25, received: 25, matching: 25 });
  expect(released).toHaveLength(25);
});

test('processing stops after ten thousand messages, which are in flight until then', async () => {
  const { started, released } = run(12_000);

  expect(await redriveQueue(sampleRoute(), { ...started, request: { ...started.request, error: 'no match' } })).toMatchObject({ received: 10_000, matching: 0, stopReason: 'TOO_MANY' });
  expect(released).toHaveLength(10_000);
});

test('moved messages are not released', async () => {
  const move = async ({ id }: DeadLetterMessage) => { if (id === '3') throw new Error('down'); };
  const { started, released } = run(5, { move, request: { action: 'redrive', dryRun: false, limit: 10_000, maxPerSecond: 10 } });

  expect(await redriveQueue(sampleRoute(), started)).toMatchObject({ moved: 4, failed: 1 });
  expect(released).toEqual(['r-3']);
});

test('messages in flight with another consumer are counted, and not received', async () => {
  const { started } = run(3);
  const queues = { ...started.queues, count: async () => ({ visible: 3, inFlight: 2 }) };

  expect(await redriveQueue(sampleRoute(), { ...started, queues })).toMatchObject({ count: 5, received: 3, stopReason: 'NOT_VISIBLE' });
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
