import { isWhitespace, NEWLINE, OPEN_BRACE, OPEN_BRACKET } from './json-bytes';
import { OrderFileError } from './order-file-error';
import type { OrderFileLocation } from './order-file-position';
import { UnexpectedCharacter } from './unexpected-character';

const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

/** Skips a byte order mark and white space at the start of a file, and detects whether the file starts with an array or an object. */
export class FormatDetector {
  failure?: OrderFileError;
  /** What the file starts with; undefined until detected. */
  format?: 'array' | 'object';
  offset = 0;
  line = 1;
  /** The first character that is neither white space nor a bracket: the byte order mark, or an error. */
  private character?: UnexpectedCharacter;
  private mayBeMark = true;

  /** Returns the index of the first value in the chunk, or the chunk's length. */
  scan(chunk: Buffer): number {
    let at = 0;
    while (at < chunk.length && !this.format && !this.failure) {
      if (this.skip(chunk[at])) at++;
    }
    return at;
  }

  /** Returns the error of a file that ends before its first value. */
  end(): OrderFileError {
    if (this.failure || this.character) return this.failure ?? this.character!.error();
    return new OrderFileError('EMPTY_FILE', 'the file is empty', this.location);
  }

  private get location(): OrderFileLocation {
    return { offset: this.offset, line: this.line };
  }

  /** Returns false for the first byte of a value, which is not skipped. */
  private skip(byte: number): boolean {
    if (!this.character) {
      if (byte === OPEN_BRACKET || byte === OPEN_BRACE) {
        this.format = byte === OPEN_BRACE ? 'object' : 'array';
        return false;
      }
      if (!isWhitespace(byte)) this.character = new UnexpectedCharacter(this.location, "'[' of an array or '{' of an object");
      else if (byte === NEWLINE) this.line++;
    }
    this.checkCharacter(byte);
    this.offset++;
    return true;
  }

  private checkCharacter(byte: number): void {
    const character = this.character?.add(byte);
    const isMark = this.mayBeMark && character?.equals(BYTE_ORDER_MARK);
    if (isMark) this.character = undefined;
    else if (character) this.failure = this.character!.error();
    if (!this.character) this.mayBeMark = false;
  }
}
