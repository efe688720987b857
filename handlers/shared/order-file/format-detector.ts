import { isUtf8 } from 'node:buffer';
import { isWhitespace, NEWLINE, OPEN_BRACE, OPEN_BRACKET } from './json-bytes';
import { OrderFileError } from './order-file-error';
import type { OrderFileLocation } from './order-file-position';
import { UnexpectedCharacter } from './unexpected-character';

const BYTE_ORDER_MARK = Buffer.from('\uFEFF');
const JSON_START = "'[' of an array or '{' of an object";

/** Skips a byte order mark and white space at the start of a file, and detects whether the file starts with an array, an object or text. */
export class FormatDetector {
  failure?: OrderFileError;
  /** What the file starts with; undefined until detected. */
  format?: 'array' | 'object' | 'csv';
  /** The location of the first value, or of the text. */
  offset = 0;
  line = 1;
  /** The first character of CSV, which is skipped. */
  firstCharacter: Buffer = Buffer.alloc(0);
  /** The first character that is neither white space nor a bracket: the byte order mark, the start of CSV, or an error. */
  private character?: UnexpectedCharacter;
  private characterSize = 0;
  private mayBeMark = true;

  constructor(private readonly acceptsCsv: boolean) {}

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
    if (this.character) {
      this.addToCharacter(byte, this.character);
    } else if (byte === OPEN_BRACKET || byte === OPEN_BRACE) {
      this.format = byte === OPEN_BRACE ? 'object' : 'array';
      return false;
    } else if (isWhitespace(byte)) {
      if (byte === NEWLINE) this.line++;
      this.offset++;
      this.mayBeMark = false;
    } else {
      this.character = new UnexpectedCharacter(this.location, this.acceptsCsv ? JSON_START : `${JSON_START} (CSV needs the prop \`csv\`)`);
      this.addToCharacter(byte, this.character);
    }
    return true;
  }

  private addToCharacter(byte: number, unexpected: UnexpectedCharacter): void {
    this.characterSize++;
    const character = unexpected.add(byte);
    if (!character) return;
    if (this.mayBeMark && character.equals(BYTE_ORDER_MARK)) {
      this.character = undefined;
      this.offset += this.characterSize;
    } else if (this.acceptsCsv && isUtf8(character)) {
      this.format = 'csv';
      this.firstCharacter = character;
    } else {
      this.failure = unexpected.error();
    }
    this.mayBeMark = false;
  }
}
