import { isUtf8 } from 'node:buffer';
import * as fc from 'fast-check';
import { findInvalidByte } from '../../../../handlers/shared/order-file/utf8';

const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const START = { offset: 100, line: 7 };
const find = (bytes: Buffer) => findInvalidByte(bytes, START);

/** The first invalid byte, found in the simplest way: the longest valid prefix. */
function expectedOffset(bytes: Buffer): number | undefined {
  if (isUtf8(bytes)) return undefined;
  let at = bytes.length;
  while (!isUtf8(bytes.subarray(0, at))) at--;
  return START.offset + at;
}

test(`the first byte that is not UTF-8 is found in any bytes (seed ${SEED})`, () => {
  const character = fc.constantFrom('a', '\n', 'ü', '€', '😀').map((text) => Buffer.from(text));
  const piece = fc.oneof(character, fc.uint8Array({ maxLength: 3 }).map((bytes) => Buffer.from(bytes)));
  const texts = fc.array(fc.tuple(piece, fc.nat(40)), { maxLength: 20 })
    .map((pieces) => Buffer.concat(pieces.flatMap(([bytes, times]) => Array<Buffer>(times).fill(bytes))));
  fc.assert(fc.property(texts, (bytes) => {
    const at = find(bytes)?.offset;
    expect(at).toBe(expectedOffset(bytes));
    if (at !== undefined) expect(find(bytes)!.line).toBe(START.line + bytes.subarray(0, at - START.offset).filter((byte) => byte === 10).length);
  }), { seed: SEED, numRuns: 2000 });
});

test('a character of one byte suggests the encoding; half a character does not', () => {
  expect(find(Buffer.from('a\n\ncafé', 'latin1'))).toEqual({
    offset: 106, line: 9, hex: '0xe9', hint: ': the file is probably Windows-1252 or ISO-8859-1; save it as UTF-8',
  });
  expect(find(Buffer.from('25 \x80', 'latin1'))).toMatchObject({ hex: '0x80', hint: expect.stringContaining('Windows-1252') });
  expect(find(Buffer.from([0xed, 0xa0, 0x80]))).toMatchObject({ offset: 100, hint: '' });
});

test('a megabyte of bytes is searched in a moment', () => {
  const texts = [Buffer.alloc(1e6, 'ü'), Buffer.alloc(1e6, 0x80), Buffer.alloc(1e6, '😀'), Buffer.alloc(1e6, 'a')];
  const start = performance.now();
  for (const text of texts) find(Buffer.concat([text, Buffer.from([0xff])]));
  expect(performance.now() - start).toBeLessThan(500);
});
