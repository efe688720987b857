import { DelayingLimit, RateLimit } from './rate-limit';
import { runFor, testWorld } from './test-pipeline';

describe('a limit of requests per second', () => {
  test('refuses what exceeds its burst, and is refilled with time', () => {
    const world = testWorld();
    const limit = new RateLimit(world, 'requests', 10, 20);
    expect(Array.from({ length: 25 }, () => limit.take()).filter(Boolean)).toHaveLength(20);
    runFor(world, 0.5);
    expect(Array.from({ length: 25 }, () => limit.take()).filter(Boolean)).toHaveLength(5);
    expect(limit.usage).toMatchObject({ used: 25, refused: 25 });
    runFor(world, 60);
    expect([limit.take(20), limit.take()]).toEqual([true, false]);
  });
});

describe('a limit that delays', () => {
  test('delays what exceeds it by the time of all before it', () => {
    const world = testWorld();
    const limit = new DelayingLimit(world, 'deliveries', 100);
    expect([limit.delayOf(50), limit.delayOf(50), limit.delayOf(1)]).toEqual([0, 500, 1000]);
    runFor(world, 0.5);
    expect(limit.delayOf(1)).toBeCloseTo(510);
    expect(limit.usage).toMatchObject({ used: 102, delayed: 52 });
    runFor(world, 60);
    expect(limit.delayOf(1)).toBe(0);
  });
});
