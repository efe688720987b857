import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { settingsOf } from './deployed-pipeline';
import { limitsPerOrder } from './limits-per-order';
import type { Region } from './published-limits';
import { runBurst, runFile, runSteady } from './scenarios';
import { isConserved, modelOf, PROFILE, whereOrdersAre } from './test-pipeline';
import { ApiClients, extractOrders } from './workloads';

const settings = settingsOf({ throttle: { rateLimit: 10_000, burstLimit: 10_000 } });
const deployed = { settings, profile: PROFILE, region: 'us-east-1' } as const;

describe('the model', () => {
  test('does for an order what the handlers do', () => {
    const { stdout } = spawnSync(process.execPath, ['--require', 'ts-node/register/transpile-only', join(__dirname, 'compare-with-handlers.ts')], {
      encoding: 'utf8', cwd: join(__dirname, '../..'), env: { ...process.env, TS_NODE_PROJECT: 'tsconfig.dev.json' },
    });
    const { handlers, model } = JSON.parse(stdout);
    expect(handlers.confirmed).toBe(300);
    expect(model).toEqual(handlers);
  }, 60_000);

  test('repeats a run when the seed is the same, and differs between seeds', () => {
    const timesOf = (seed: number) => {
      const model = modelOf({ settings, seed, orders: 500 });
      new ApiClients(model).start({ rate: 100, seconds: 5 });
      model.run();
      return [...model.times.publishedAt];
    };
    expect(timesOf(1)).toEqual(timesOf(1));
    expect(timesOf(1)).not.toEqual(timesOf(2));
  });

  test('has every accepted order at every time: confirmed, waiting or dead-lettered', () => {
    const model = modelOf({ settings, region: 'eu-north-1', orders: 20_000, concurrency: 60 });
    extractOrders(model, 10_000);
    new ApiClients(model).start({ rate: 500, seconds: 20, from: 10_000 });
    const { clock } = model.world;
    for (let steps = 0; clock.next < Infinity; steps++) {
      clock.step();
      if (steps % 1000 === 0) expect([...model.queues.values()].every(isConserved)).toBe(true);
    }
    const accepted = model.times.acceptedAt.filter((time) => !Number.isNaN(time)).length;
    expect(whereOrdersAre(model)).toEqual({ confirmed: accepted, waiting: 0, deadLettered: 0 });
    expect(accepted).toBeGreaterThan(15_000);
    expect(model.messages).toBe(0);
  });

  test('dead-letters what is throttled for longer than the handlers retry', () => {
    const impossible = { ...PROFILE, handlers: { ...PROFILE.handlers, 'process-order': { writes: [{ table: 'OrdersTable', units: 2000, indexes: [] }], events: [] } } };
    const model = modelOf({ settings, profile: impossible, orders: 20 });
    extractOrders(model, 20);
    model.run();
    expect(whereOrdersAre(model)).toEqual({ confirmed: 0, waiting: 0, deadLettered: 20 });
    expect([...model.queues.values()].every(isConserved)).toBe(true);
    const hours = (model.world.clock.now - model.times.acceptedAt[0]) / 3_600_000;
    expect(hours).toBeGreaterThan(24);
    expect(hours).toBeLessThan(25);
  });
});

describe('the limit that saturates first', () => {
  test('is the one with the lowest rate by hand', () => {
    const [history, orders, sequence] = ['HistoryTable', 'OrdersTable', 'SequenceTable'].map((limit) =>
      limitsPerOrder(settings, PROFILE, 'us-east-1').find((each) => each.limit === limit)!.ordersPerSecond);
    expect([history, orders, sequence]).toEqual([4000 / 2, 4000 / 2, 4000]);
    const deliveries = limitsPerOrder(settings, PROFILE, 'eu-north-1').find(({ limit }) => limit.startsWith('EventBridge: deliveries'));
    expect(deliveries).toMatchObject({ ordersPerSecond: 1100 });
  });

  test('is saturated in a run above its rate, and none is below it', () => {
    const names = (rate: number, region: Region = 'us-east-1') => runSteady({ ...deployed, region }, rate).saturated.map(({ limit }) => limit);
    expect(names(600)).toEqual([]);
    expect(names(2300)).toEqual(expect.arrayContaining(['HistoryTable', 'OrdersTable']));
    expect(names(600, 'eu-north-1')).toEqual([]);
    expect(names(1300, 'eu-north-1')).toContain('EventBridge: deliveries to targets');
  }, 60_000);

  test('makes orders wait, but dead-letters none', () => {
    const { confirmed, deadLetters, accepted } = runBurst({ ...deployed, region: 'eu-north-1' }, 200);
    expect([accepted, deadLetters]).toEqual([200 * 60 + 2000 * 60, 0]);
    expect(confirmed.p99).toBeGreaterThan(10);
  }, 60_000);

  test('is the API by default: what it refuses is not accepted', () => {
    const model = modelOf({ settings: settingsOf(), orders: 60_000 });
    const clients = new ApiClients(model);
    clients.start({ rate: 3000, seconds: 20 });
    model.run();
    const accepted = model.times.acceptedAt.filter((time) => !Number.isNaN(time)).length;
    expect(accepted + clients.refused).toBe(60_000);
    expect(accepted / 20).toBeCloseTo(1100, -2);
  }, 60_000);
});

describe('a file', () => {
  test('is sent faster than new tables write, and its orders wait', () => {
    const { sent, confirmedBy, recordedBy, progress, deadLetters } = runFile({ ...deployed, settings: settingsOf() }, 50_000);
    expect(50_000 / sent).toBeGreaterThan(3000);
    expect(confirmedBy).toBeGreaterThan(24);
    expect(recordedBy).toBeGreaterThan(24);
    expect(progress.at(-1)).toEqual({ second: Math.max(confirmedBy, recordedBy), sent: 50_000, confirmed: 50_000, recorded: 50_000 });
    expect(deadLetters).toBe(0);
  }, 60_000);
});
