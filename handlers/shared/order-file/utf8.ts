import { isUtf8 } from 'node:buffer';
import { NEWLINE } from './json-bytes';
import type { OrderFileLocation } from './order-file-position';

/** Windows-1252 and ISO-8859-1 are the usual encodings of files that are not UTF-8, and have one byte per character. */
export const PROBABLY_LATIN = 'the file is probably Windows-1252 or ISO-8859-1; save it as UTF-8';

/** Returns whether a byte continues a character that begins with an earlier byte. */
export const isContinuation = (byte: number): boolean => byte >= 0x80 && byte < 0xc0;

/** Returns the length of a UTF-8 character in bytes, given its first byte. */
export function lengthOf(first: number): number {
  if (first < 0xc2 || first > 0xf4) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

/** The first byte of a text that is not UTF-8. */
export interface InvalidByte extends OrderFileLocation {
  /** Such as `0xe9`. */
  readonly hex: string;
  /** What to do, if that is clear, after a separator; otherwise empty. */
  readonly hint: string;
}

/** Finds the first byte that is not UTF-8, in a text that starts at `start`. Returns undefined for UTF-8. */
export function findInvalidByte(bytes: Buffer, start: OrderFileLocation): InvalidByte | undefined {
  if (isUtf8(bytes)) return undefined;
  const at = indexOfInvalid(bytes);
  let { line } = start;
  for (let feed = bytes.indexOf(NEWLINE); feed >= 0 && feed < at; feed = bytes.indexOf(NEWLINE, feed + 1)) line++;
  return {
    offset: start.offset + at,
    line,
    hex: `0x${bytes.toString('hex', at, at + 1)}`,
    hint: isContinuation(bytes[at + 1]) ? '' : `: ${PROBABLY_LATIN}`,
  };
}

/** Skips ever smaller pieces that are valid, and then characters, because a hostile text must not take long. */
function indexOfInvalid(bytes: Buffer): number {
  let at = 0;
  for (let step = Math.floor(bytes.length / 2); step > 8; step = Math.floor(step / 2)) {
    let next = at + step;
    while (isContinuation(bytes[next])) next--;
    if (next > at && isUtf8(bytes.subarray(at, next))) at = next;
  }
  for (let end = at; isUtf8(bytes.subarray(at, end)) && at < bytes.length; end = at + lengthOf(bytes[at])) at = end;
  return at;
}
