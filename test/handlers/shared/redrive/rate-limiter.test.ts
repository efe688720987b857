import { rateLimiter } from '#shared';

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
});
afterEach(() => {
  jest.useRealTimers();
});

/** When each of so many turns came, all asked for at once. */
async function turns(turn: () => Promise<void>, count: number): Promise<number[]> {
  const times: number[] = [];
  const all = Promise.all(Array.from({ length: count }, () => turn().then(() => times.push(Date.now()))));
  await jest.advanceTimersByTimeAsync(60_000);
  await all;
  return times;
}

test('calls are spaced evenly, and the first is immediate', async () => {
  expect(await turns(rateLimiter(4), 5)).toEqual([0, 250, 500, 750, 1000]);
});

test('unused capacity does not accumulate', async () => {
  const turn = rateLimiter(2);
  await turns(turn, 1);
  expect(await turns(turn, 3)).toEqual([60_000, 60_500, 61_000]);
});
