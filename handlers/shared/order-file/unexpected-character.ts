import { isUtf8 } from 'node:buffer';
import { OrderFileError } from './order-file-error';
import type { OrderFileLocation } from './order-file-position';
import { isContinuation, lengthOf, PROBABLY_LATIN } from './utf8';

/** A character that the grammar does not allow at its location. It collects bytes one by one, because a chunk may end within the character. */
export class UnexpectedCharacter {
  private readonly bytes: number[] = [];

  constructor(private readonly location: OrderFileLocation, private readonly expected: string) {}

  /** Adds the next byte of the file. Returns the character once it is complete, or its bytes once they are not UTF-8. */
  add(byte: number): Buffer | undefined {
    const isPart = this.bytes.length === 0 || isContinuation(byte);
    if (isPart) this.bytes.push(byte);
    return isPart && this.bytes.length < lengthOf(this.bytes[0]) ? undefined : Buffer.from(this.bytes);
  }

  /** Returns the error for the bytes so far. */
  error(): OrderFileError {
    const bytes = Buffer.from(this.bytes);
    const hex = `byte 0x${bytes.toString('hex', 0, 1)}`;
    if (!isUtf8(bytes)) {
      const hint = bytes.length === 1 ? `: ${PROBABLY_LATIN}` : '';
      return new OrderFileError('NOT_UTF8', `the file is not UTF-8: ${hex} is not part of a character${hint}`, this.location);
    }
    const found = bytes.length > 1 || bytes[0] < 0x20 || bytes[0] === 0x7f ? hex : `'${bytes}'`;
    return new OrderFileError('INVALID_JSON', `the file is not JSON: expected ${this.expected}, found ${found}`, this.location);
  }
}
