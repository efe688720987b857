import { messageOf } from './message';
import { SQS } from './published-limits';
import { Queue } from './queue';
import { isConserved, ordersOf, runFor, testWorld } from './test-pipeline';

const SETTINGS = { isFifo: false, deduplicatesByGroup: false, visibilityTimeout: 180_000, retention: 1e9, delay: 0 };
const messages = (count: number, from = 0, group?: number) => Array.from({ length: count }, (_, index) => messageOf(from + index, 0, group));

describe('a queue', () => {
  test('delivers messages once until they are visible again, and counts their receives', () => {
    const world = testWorld();
    const queue = new Queue('Q', world, SETTINGS);
    queue.send(messages(3));
    const batch = queue.receive(10);
    expect(ordersOf(batch)).toEqual([0, 1, 2]);
    expect(queue.receive(10)).toEqual([]);
    queue.delete(batch.slice(0, 2));
    queue.showAfter(5000, batch.slice(2));
    runFor(world, 4);
    expect(queue.receive(10)).toEqual([]);
    runFor(world, 2);
    expect(queue.receive(10)).toEqual([expect.objectContaining({ order: 2, receives: 2 })]);
    expect(isConserved(queue)).toBe(true);
  });

  test('moves a message to the dead-letter queue that was received as often as it may be', () => {
    const world = testWorld();
    const queue = new Queue('Q', world, { ...SETTINGS, redrivePolicy: { deadLetterQueue: 'D', maxReceiveCount: 2 } });
    queue.send(messages(1));
    for (let receive = 1; receive <= 2; receive++) {
      queue.showAfter(0, queue.receive(1));
      runFor(world, 1);
    }
    expect(queue.receive(1)).toEqual([]);
    expect(ordersOf(queue.deadLetters)).toEqual([0]);
    expect(isConserved(queue)).toBe(true);
  });

  test('delivers nothing while 120,000 messages are in flight', () => {
    const queue = new Queue('Q', testWorld(), SETTINGS);
    queue.send(messages(SQS.inFlight + 5));
    const batch = queue.receive(SQS.inFlight + 5);
    expect(batch).toHaveLength(SQS.inFlight);
    queue.delete(batch.slice(0, 2));
    expect(queue.receive(10)).toHaveLength(2);
  });
});

describe('a FIFO queue', () => {
  test('does not deliver messages of a group in flight, which then come first and in sequence', () => {
    const world = testWorld();
    const queue = new Queue('Q', world, { ...SETTINGS, isFifo: true });
    queue.send([...messages(2, 0, 7), ...messages(1, 10)]);
    const [first] = [queue.receive(1)];
    queue.send(messages(1, 20, 7));
    expect(ordersOf(queue.receive(10))).toEqual([10]);
    queue.showAfter(5000, first);
    runFor(world, 6);
    expect(ordersOf(queue.receive(10))).toEqual([0, 1, 20]);
    expect(isConserved(queue)).toBe(true);
  });
});
