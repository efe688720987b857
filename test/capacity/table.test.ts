import { OnDemandTable, write } from './table';
import { runFor, testWorld } from './test-pipeline';

/** Writes so many items and returns how many were not throttled. */
const written = (table: OnDemandTable, count: number, profile = write('T'), from = 0): number =>
  Array.from({ length: count }, (_, index) => table.write(from + index, profile)).filter(Boolean).length;

describe('a new table in on-demand mode', () => {
  test('has four partitions, each with 1,000 write units per second', () => {
    const world = testWorld();
    const table = new OnDemandTable('T', world, { indexes: {} });
    expect(table.partitions.count).toBe(4);
    expect(written(table, 20_000)).toBe(4000);
    runFor(world, 0.5);
    expect(written(table, 20_000)).toBe(2000);
    runFor(world, 100);
    expect(written(table, 20_000)).toBe(4000);
  });

  test('serves as many writes as their units allow', () => {
    expect(written(new OnDemandTable('T', testWorld(), { indexes: {} }), 20_000, write('T', 3))).toBe(4 * 333);
  });

  test('serves one key with 1,000 write units only', () => {
    const table = new OnDemandTable('T', testWorld(), { indexes: {} });
    expect(Array.from({ length: 5000 }, () => table.write(7, write('T'))).filter(Boolean)).toHaveLength(1000);
  });

  test('has the warm throughput of its template', () => {
    const table = new OnDemandTable('T', testWorld(), { writeUnits: 12_000, indexes: {} });
    expect(table.partitions.count).toBe(12);
    expect(written(table, 50_000)).toBe(12_000);
  });

  test('serves twice the peak of the time before the last 30 minutes, and the quota of the account at most', () => {
    const world = testWorld();
    const table = new OnDemandTable('T', world, { indexes: {} });
    let total = 0;
    for (let second = 0; second < 31 * 60; second++) {
      total = written(table, 1000, write('T', 5), second * 1000);
      runFor(world, 1);
    }
    expect(5 * total).toBeGreaterThan(3800);
    runFor(world, 60);
    expect(written(table, 20_000)).toBeGreaterThan(7000);
    expect(table.partitions.usage.capacity).toBeLessThanOrEqual(8000);
  });
});

describe('a table with an index', () => {
  const few = [{ name: 'I', units: 1, positions: [0.1, 0.6] }];

  test('is throttled by the partitions of the keys of the index, and then writes nothing', () => {
    const table = new OnDemandTable('T', testWorld(), { indexes: { I: undefined } });
    expect(written(table, 20_000, write('T', 1, few))).toBe(2000);
    expect(table.partitions.usage.used).toBe(2000);
  });

  test('is not faster with more warm throughput when the index has few keys', () => {
    const table = new OnDemandTable('T', testWorld(), { writeUnits: 20_000, indexes: { I: 20_000 } });
    expect(written(table, 20_000, write('T', 1, few))).toBe(2000);
  });
});
