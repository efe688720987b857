import * as fc from 'fast-check';
import { OrderSelection } from '#shared';

const indices = fc.array(fc.nat({ max: 100_000 }), { maxLength: 200 });

test('an order is sent when that was said of it, and no other', () => {
  fc.assert(fc.property(indices, indices, (sent, asked) => {
    const verdicts = new OrderSelection();
    const set = new Set(sent);
    for (const index of sent) verdicts.add(index);

    for (const index of [...sent, ...asked]) expect(verdicts.has(index)).toBe(set.has(index));
  }));
});

test('they are the same after they were kept', () => {
  fc.assert(fc.property(indices, indices, (sent, asked) => {
    const verdicts = new OrderSelection();
    for (const index of sent) verdicts.add(index);
    const kept = new OrderSelection(new Uint8Array(verdicts.toBytes()));

    for (const index of [...sent, ...asked]) expect(kept.has(index)).toBe(verdicts.has(index));
  }));
});

test('there is room for five million orders, in less than a bit and a half for each', () => {
  const verdicts = new OrderSelection();
  verdicts.add(4_999_999);

  expect(verdicts.has(4_999_999)).toBe(true);
  expect(verdicts.has(4_999_998)).toBe(false);
  expect(verdicts.toBytes().length).toBeLessThan(5_000_000 * 1.5 / 8 + 1024 * 1024);
});

test('nothing is sent beyond what was kept', () => {
  expect(new OrderSelection(Buffer.from([0xff])).has(8)).toBe(false);
  expect(new OrderSelection(Buffer.alloc(0)).has(0)).toBe(false);
});

test('the bytes that were given are not written into', () => {
  const given = Buffer.from([0]);
  new OrderSelection(given).add(0);

  expect(given[0]).toBe(0);
});
