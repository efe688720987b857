import type { PipelineResource, PipelineStatus } from '../../../cli/console/console-api';
import { queueText, resourceState } from '../../../console/model/resource-state';

const resource = (changes: Partial<PipelineResource> = {}): PipelineResource => ({ id: 'Queue', kind: 'QUEUE', label: 'orders queue', part: 'Ingest', physicalId: 'orders', ...changes });
const status = (changes: Partial<PipelineStatus>): PipelineStatus => ({ at: '2026-11-27T12:00:00Z', queues: {}, functionErrors: {}, inFlight: 0, deadLettered: 0, attention: [], ...changes });
const queue = (visible: number, inFlight = 0, delayed = 0) => ({ visible, inFlight, delayed });
const deadLetterQueue = { id: 'Dead', name: 'orders', redrivable: true };

test('a queue shows how many messages wait, are in flight and are delayed, and how old the oldest is', () => {
  expect(queueText(queue(0))).toBe('empty');
  expect(queueText({ ...queue(3, 2, 1), oldestMessageAge: 65 })).toBe('3 waiting · 2 in flight · 1 delayed · oldest 1 min 5 s');
});

test('nothing is shown before the first status', () => {
  expect(resourceState(resource(), undefined)).toEqual({ tone: 'neutral', text: '', deadLetters: 0, isBusy: false });
});

test('a queue with messages is busy', () => {
  expect(resourceState(resource(), status({ queues: { Queue: queue(0, 1) } }))).toEqual({ tone: 'neutral', text: '1 in flight', deadLetters: 0, isBusy: true });
});

test('a resource whose dead-letter queue has messages is bad', () => {
  const state = resourceState(resource({ deadLetterQueue }), status({ queues: { Queue: queue(0), Dead: queue(1, 1) } }));
  expect(state).toEqual({ tone: 'bad', text: 'empty', deadLetters: 2, isBusy: false });
});

test('a dead-letter queue on its own is bad when it has messages', () => {
  const own = resource({ label: 'expiry dead-letter queue' });
  expect([0, 1].map((count) => resourceState(own, status({ queues: { Queue: queue(count) } })).tone)).toEqual(['neutral', 'bad']);
});

test('a function with errors is bad', () => {
  const own = resource({ kind: 'FUNCTION' });
  expect(resourceState(own, status({ functionErrors: { Queue: 2 } }))).toMatchObject({ tone: 'bad', text: '2 errors' });
  expect(resourceState(own, status({ functionErrors: { Queue: 0 } }))).toMatchObject({ tone: 'neutral', text: '' });
});
