import * as fc from 'fast-check';
import { OrderSelection } from '#shared';

const indices = fc.array(fc.nat({ max: 100_000 }), { maxLength: 200 });

test('only added orders are selected', () => {
  fc.assert(fc.property(indices, indices, (sent, asked) => {
    const selection = new OrderSelection();
    const set = new Set(sent);
    for (const index of sent) selection.add(index);

    for (const index of [...sent, ...asked]) expect(selection.has(index)).toBe(set.has(index));
  }));
});

test('a selection can be stored and restored', () => {
  fc.assert(fc.property(indices, indices, (sent, asked) => {
    const selection = new OrderSelection();
    for (const index of sent) selection.add(index);
    const kept = new OrderSelection(new Uint8Array(selection.toBytes()));

    for (const index of [...sent, ...asked]) expect(kept.has(index)).toBe(selection.has(index));
  }));
});

test('five million orders take less than one and a half bits each', () => {
  const selection = new OrderSelection();
  selection.add(4_999_999);

  expect(selection.has(4_999_999)).toBe(true);
  expect(selection.has(4_999_998)).toBe(false);
  expect(selection.toBytes().length).toBeLessThan(5_000_000 * 1.5 / 8 + 1024 * 1024);
});

test('no order beyond the stored bytes is selected', () => {
  expect(new OrderSelection(Buffer.from([0xff])).has(8)).toBe(false);
  expect(new OrderSelection(Buffer.alloc(0)).has(0)).toBe(false);
});

test('the bytes passed to the constructor are not modified', () => {
  const given = Buffer.from([0]);
  new OrderSelection(given).add(0);

  expect(given[0]).toBe(0);
});
