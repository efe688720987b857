import { LambdaAccount, LambdaFunction } from './lambda';
import { runFor, testWorld } from './test-pipeline';

/** Invokes a function as often as it can be, with work that does not end. */
const invoked = (target: LambdaFunction, times: number): number =>
  Array.from({ length: times }, () => target.invoke(() => undefined)).filter(Boolean).length;

describe('the concurrent executions of an account', () => {
  test('are shared by its functions', () => {
    const account = new LambdaAccount(testWorld(), 100);
    expect(invoked(new LambdaFunction('one', account, 512, 30_000), 70)).toBe(70);
    expect(invoked(new LambdaFunction('other', account, 512, 30_000), 70)).toBe(30);
  });

  test('are limited by the reserved concurrency of a function', () => {
    expect(invoked(new LambdaFunction('one', new LambdaAccount(testWorld()), 512, 30_000, 20), 70)).toBe(20);
  });

  test('of one function grow by 1,000 in ten seconds', () => {
    const world = testWorld();
    const target = new LambdaFunction('one', new LambdaAccount(world, 10_000), 512, 30_000);
    expect(invoked(target, 5000)).toBe(1000);
    runFor(world, 10);
    expect(invoked(target, 5000)).toBe(1000);
  });

  test('are free again when an invocation ends, without another cold start', () => {
    const world = testWorld();
    const target = new LambdaFunction('one', new LambdaAccount(world, 1), 512, 30_000);
    const startedAt: number[] = [];
    const begin = () => target.invoke((_, end) => {
      startedAt.push(world.clock.now);
      end();
    });
    const begun = world.clock.now;
    expect([begin(), begin()]).toEqual([true, false]);
    runFor(world, 2);
    begin();
    runFor(world, 2);
    expect(startedAt[0] - begun).toBeGreaterThan(100);
    expect(startedAt[1] - begun - 2000).toBeLessThan(100);
    expect(target.throttled).toBe(1);
  });
});
