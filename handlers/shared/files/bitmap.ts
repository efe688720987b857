/* eslint-disable no-bitwise -- one bit per order */

/** Bits by their index, in as many bytes as the last bit that is set needs. */
export type Bitmap = Uint8Array;

/** Returns whether a bit is set. */
export const hasBit = (bits: Bitmap, index: number): boolean => ((bits[index >> 3] ?? 0) & (1 << (index & 7))) !== 0;

/** Returns a copy in which a bit is set. */
export function withBit(bits: Bitmap, index: number): Bitmap {
  const copy = new Uint8Array(Math.max(bits.length, (index >> 3) + 1));
  copy.set(bits);
  copy[index >> 3] |= 1 << (index & 7);
  return copy;
}

/** Returns the number of bits that are set. */
export function countBits(bits: Bitmap): number {
  let count = 0;
  for (let rest of bits) for (; rest > 0; rest &= rest - 1) count++;
  return count;
}
