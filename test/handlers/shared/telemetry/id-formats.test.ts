import { isPrintableId } from '#shared';

test.each(['a', '!', '~', '0123-4567', 'x'.repeat(128)])('%j is a printable ID', (id) => {
  expect(isPrintableId(id)).toBe(true);
});

test.each([undefined, null, 7, {}, [], '', ' ', 'a b', 'a\n', 'ä', '\u007f', '\u0000', 'x'.repeat(129)])('%j is not a printable ID', (id) => {
  expect(isPrintableId(id)).toBe(false);
});
