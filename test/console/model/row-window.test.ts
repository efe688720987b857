import * as fc from 'fast-check';
import { rowWindow } from '../../../console/model/row-window';

test('the visible rows, and some beside them, are in the document', () => {
  expect(rowWindow(10_000, 40, 4000, 600)).toEqual({ from: 92, to: 123, before: 92 * 40, after: (10_000 - 123) * 40 });
});

test('wherever a list is scrolled to, the visible rows are in the document and its height stays the same', () => {
  fc.assert(fc.property(fc.nat(20_000), fc.integer({ min: -100, max: 900_000 }), fc.nat(2000), (count, scrollTop, height) => {
    const { from, to, before, after } = rowWindow(count, 40, scrollTop, height);
    expect(before + (to - from) * 40 + after).toBe(count * 40);
    const [first, last] = [Math.floor(Math.max(0, scrollTop) / 40), Math.min(count, Math.ceil((Math.max(0, scrollTop) + height) / 40))];
    if (first < count) expect([from <= first, to >= last]).toEqual([true, true]);
    expect(to - from).toBeLessThanOrEqual(Math.ceil(height / 40) + 17);
  }));
});
