import { atMostEvery } from '../../../../cli/console/data/at-most-every';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test('repeats the last result until it is older than the interval', async () => {
  let count = 0;
  const read = atMostEvery(1000, async () => ++count);
  expect([await read(), await read()]).toEqual([1, 1]);
  jest.advanceTimersByTime(1000);
  expect(await read()).toBe(1);
  jest.advanceTimersByTime(1);
  expect(await read()).toBe(2);
});
