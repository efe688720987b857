/* eslint-disable no-bitwise -- hashing */

const { imul } = Math;

const rotate = (bits: number, by: number): number => (bits << by) | (bits >>> (32 - by));

/** Returns a 64-bit hash of a text (cyrb53 with rotation) as two 32-bit numbers. The second is never 0, which marks a free slot. */
export function hashText(text: string, seed: number): [number, number] {
  let one = 0xdeadbeef ^ seed;
  let two = 0x41c6ce57 ^ seed;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    one = rotate(imul(one ^ unit, 2654435761), 13);
    two = rotate(imul(two ^ unit, 1597334677), 17);
  }
  const mixed = imul(one ^ (one >>> 16), 2246822507) ^ imul(two ^ (two >>> 13), 3266489909);
  const other = imul(two ^ (two >>> 16), 2246822507) ^ imul(mixed ^ (mixed >>> 13), 3266489909);
  return [mixed >>> 0, (other >>> 0) || 1];
}
