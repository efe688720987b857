import { isWhitespace, NEWLINE, OPEN_BRACE, OPEN_BRACKET } from './json-bytes';
import { OrderFileError } from './order-file-error';
import type { OrderFilePlace } from './order-file-position';
import { WrongCharacter } from './wrong-character';

const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

/** Passes over the byte order mark and white space at the beginning of a file, to where its first value begins. */
export class FileStart {
  failure?: OrderFileError;
  /** What the file begins with, once that is known. */
  format?: 'array' | 'object';
  offset = 0;
  line = 1;
  /** The first character beyond ASCII: the byte order mark, or wrong. */
  private character?: WrongCharacter;
  private mayBeMark = true;

  /** Just before the first value, or the chunk's end. */
  scan(chunk: Buffer): number {
    let at = 0;
    while (at < chunk.length && !this.format && !this.failure) {
      if (this.take(chunk[at])) at++;
    }
    return at;
  }

  /** Why a file that ends here is none. */
  end(): OrderFileError {
    if (this.failure || this.character) return this.failure ?? this.character!.error();
    return new OrderFileError('EMPTY_FILE', 'the file is empty', this.place(0));
  }

  private place(before: number): OrderFilePlace {
    return { offset: this.offset - before, line: this.line };
  }

  /** Whether the byte was passed over. */
  private take(byte: number): boolean {
    if (!this.character) {
      if (byte === OPEN_BRACKET || byte === OPEN_BRACE) {
        this.format = byte === OPEN_BRACE ? 'object' : 'array';
        return false;
      }
      if (!isWhitespace(byte)) this.character = new WrongCharacter(this.place(0), "'[' of an array or '{' of an object");
      else if (byte === NEWLINE) this.line++;
    }
    this.spell(byte);
    this.offset++;
    return true;
  }

  private spell(byte: number): void {
    const character = this.character?.add(byte);
    const isMark = this.mayBeMark && character?.equals(BYTE_ORDER_MARK);
    if (isMark) this.character = undefined;
    else if (character) this.failure = byte === 0 && this.offset === 0 ? notUtf8(this.place(0)) : this.character!.error();
    if (!this.character) this.mayBeMark = false;
  }
}

/** UTF-32 begins with it when it has the higher byte first, and so does UTF-16 without a mark. */
const notUtf8 = (place: OrderFilePlace) => new OrderFileError('NOT_UTF8', 'the file is not UTF-8: it begins with byte 0x00, like UTF-16 or UTF-32', place);
