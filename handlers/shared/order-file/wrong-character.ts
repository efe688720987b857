import { isUtf8 } from 'node:buffer';
import { OrderFileError } from './order-file-error';
import type { OrderFilePlace } from './order-file-position';

/** A character that may not stand where it does. A chunk may end within it, so its bytes are given one by one. */
export class WrongCharacter {
  private readonly bytes: number[] = [];

  constructor(private readonly place: OrderFilePlace, private readonly expected: string) {}

  /** Takes the next byte of the file and gives the whole character once it is there, or as much as there is of it. */
  add(byte: number): Buffer | undefined {
    const isPart = this.bytes.length === 0 || (byte >= 0x80 && byte < 0xc0);
    if (isPart) this.bytes.push(byte);
    return isPart && this.bytes.length < lengthOf(this.bytes[0]) ? undefined : Buffer.from(this.bytes);
  }

  /** The error that it is, as far as its bytes are known. */
  error(): OrderFileError {
    const bytes = Buffer.from(this.bytes);
    const hex = `byte 0x${bytes.toString('hex', 0, 1)}`;
    if (!isUtf8(bytes)) return new OrderFileError('NOT_UTF8', `the file is not UTF-8: ${hex} is not part of a character`, this.place);
    const found = bytes.length > 1 || bytes[0] < 0x20 || bytes[0] === 0x7f ? hex : `'${bytes}'`;
    return new OrderFileError('INVALID_JSON', `the file is not JSON: expected ${this.expected}, found ${found}`, this.place);
  }
}

/** How many bytes a character has in UTF-8, from its first one. */
function lengthOf(first: number): number {
  if (first < 0xc2 || first > 0xf4) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}
