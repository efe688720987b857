import { floorOf, naiveOf, usageOf } from './alternatives';
import { billOf } from './bill';
import { restOf } from './bill-tables';
import { PRICES, type Price } from './prices';
import { storageIn, type Stored } from './stored';
import { synthesizePipeline } from './synthesize-pipeline';
import { costByService, costOf, addUsage, times } from './usage';

jest.setTimeout(120_000);

const GB = 2 ** 30;

test('a usage costs what a hand-made bill states', () => {
  // 2 million REST requests, 3 million FIFO requests, 5 million write units, 10 GB of logs, 1 million GB-seconds and 4 alarms.
  const usage = { restRequests: 2e6, sqsFifoRequests: 3e6, writeUnits: 5e6, logGb: 10, lambdaArmGbSeconds: 1e6, alarmMetrics: 4 };
  expect(costByService(usage)).toEqual(new Map([['Lambda', 13.3334], ['API Gateway', 7], ['CloudWatch', 5.4], ['DynamoDB', 3.125], ['SQS', 1.5]]));
  expect(costOf(usage)).toBeCloseTo(30.3584, 10);
  expect(costOf(times(addUsage(usage, usage), 0.5))).toBeCloseTo(30.3584, 10);
});

describe('storage', () => {
  const forever: Stored = { name: 'orders', bytes: 1024, months: Infinity, prices: ['tableGbMonths', 'backupGbMonths'] };

  test('grows by the orders of each month', () => {
    // GB orders of 1 KB a month are 1024 GB a month. In the first month half of them are stored on average, in the second one and a half.
    expect(storageIn(1, GB, [forever])).toEqual({ tableGbMonths: 512, backupGbMonths: 512 });
    expect(storageIn(2, GB, [forever])).toEqual({ tableGbMonths: 1536, backupGbMonths: 1536 });
  });

  test('does not grow after the time to live', () => {
    const aMonth = { ...forever, months: 1, prices: ['archiveGbMonths'] } as const;
    expect([1, 2, 12].map((month) => storageIn(month, GB, [aMonth]).archiveGbMonths)).toEqual([512, 1024, 1024]);
  });
});

test('the bill is that of both channels by their shares, with what is at rest', async () => {
  const pipeline = synthesizePipeline({});
  const billed = { ordersPerMonth: 1000, isBatched: false };
  const api = await billOf(pipeline, { ...billed, fileShare: 0 });
  const file = await billOf(pipeline, { ...billed, fileShare: 1 });
  const mixed = await billOf(pipeline, { ...billed, fileShare: 0.25 });
  expect(costOf(mixed.orders)).toBeCloseTo(0.75 * costOf(api.orders) + 0.25 * costOf(file.orders), 10);
  expect(costOf(mixed.storage(3))).toBeCloseTo(0.75 * costOf(api.storage(3)) + 0.25 * costOf(file.storage(3)), 10);
  // 86 metrics of 74 alarms, a dashboard, eight metrics of orders, 2920 invocations of the schedule, and polling of eight standard queues and a FIFO queue.
  expect(restOf(mixed.atRest)).toBeCloseTo(8.6 + 3 + 8 * 0.3 + 0.000584 + 0.657 * (8 * 0.4 + 0.5), 10);
  expect(mixed.notPriced).toEqual([]);
});

test('a pipeline costs more than the floor and less than a naive design', async () => {
  const { orders } = await billOf(synthesizePipeline({}), { ordersPerMonth: 1, fileShare: 0, isBatched: false });
  expect(costOf(orders)).toBeGreaterThan(costOf(usageOf(floorOf('REST', 1057))));
  expect(costOf(orders)).toBeLessThan(costOf(usageOf(naiveOf('REST', 1057, true))));
});

test.each(Object.entries(PRICES))('the price of %s has a source of AWS, and a date if a page confirms it', (_, { usd, source, confirmed }: Price) => {
  expect(usd).toBeGreaterThan(0);
  expect(source).toMatch(/^https:\/\/aws\.amazon\.com\/.*pricing\//);
  if (confirmed) expect(confirmed.date).toMatch(/^(\d{4}(-\d\d){0,2}|undated)$/);
});
