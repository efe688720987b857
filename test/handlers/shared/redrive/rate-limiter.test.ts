import { rateLimiter } from '#shared';

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
});
afterEach(() => {
  jest.useRealTimers();
});

/** When each of so many batches was allowed, all requested at once. */
async function timesOf(limitRate: (count: number) => Promise<void>, batches: readonly number[]): Promise<number[]> {
  const times: number[] = [];
  const all = Promise.all(batches.map((count) => limitRate(count).then(() => times.push(Date.now()))));
  await jest.advanceTimersByTimeAsync(60_000);
  await all;
  return times;
}

test('messages are spaced evenly, and so are the first ones from those before', async () => {
  expect(await timesOf(rateLimiter(4), [1, 1, 1, 1, 1])).toEqual([250, 500, 750, 1000, 1250]);
});

test('after a batch, there is a pause for all of its messages', async () => {
  expect(await timesOf(rateLimiter(100), [10, 10, 5, 10])).toEqual([100, 200, 300, 350]);
});

test('unused capacity does not accumulate', async () => {
  const limitRate = rateLimiter(2);
  await timesOf(limitRate, [1]);
  expect(await timesOf(limitRate, [1, 1, 1])).toEqual([60_000, 60_500, 61_000]);
});
