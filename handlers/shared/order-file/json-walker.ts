import { isWhitespace, NEWLINE, QUOTE, startsValue } from './json-bytes';
import { GRAMMAR, type JsonRole, type JsonState } from './json-grammar';
import { OrderFileError, type OrderFileErrorCode } from './order-file-error';
import type { OrderFilePlace } from './order-file-position';
import { ValueBytes } from './value-bytes';
import { ValueScanner } from './value-scanner';
import { WrongCharacter } from './wrong-character';

/** Goes through a document by the grammar, in whatever chunks it comes, and puts its values together. What they mean is up to a subclass. */
export abstract class JsonWalker {
  failure?: OrderFileError;
  private role?: JsonRole;
  private start: OrderFilePlace;
  private offset: number;
  private lineFeeds: number;
  private wrong?: WrongCharacter;
  private readonly scanner = new ValueScanner();
  private readonly bytes: ValueBytes;

  constructor(private state: JsonState, at: OrderFilePlace, maxValueSize: number) {
    this.start = at;
    this.offset = at.offset;
    this.lineFeeds = at.line;
    this.bytes = new ValueBytes(maxValueSize);
  }

  get line(): number {
    return this.role ? this.lineFeeds + this.scanner.lines : this.lineFeeds;
  }

  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length && !this.failure) at = this.role ? this.continueValue(chunk, at) : this.step(chunk, at);
    this.offset += chunk.length;
  }

  end(): void {
    if (this.wrong) this.failure ??= this.wrong.error();
    if (this.state === 'end') return;
    const { offset, line } = this.start;
    const where = this.role ? `within a value that begins at byte ${offset}, line ${line}` : `expected ${GRAMMAR[this.state].expected}`;
    this.fail('TRUNCATED', `the file ends too early, ${where}`, this.here(0));
  }

  /** Punctuation leads to `next`: where it leads in this document. */
  protected abstract enter(next: JsonState, place: OrderFilePlace): JsonState;
  protected abstract begin(role: JsonRole, place: OrderFilePlace): void;
  /** A value is complete, without bytes when it was too large: what comes after it. */
  protected abstract finish(role: JsonRole, bytes: Buffer | undefined, start: OrderFilePlace, end: OrderFilePlace): JsonState;
  /** Line feeds were passed, between values or within one. */
  protected abstract passLine(): void;

  protected fail(code: OrderFileErrorCode, what: string, place: OrderFilePlace): void {
    this.failure ??= new OrderFileError(code, what, place);
  }

  private here(at: number): OrderFilePlace {
    return { offset: this.offset + at, line: this.line };
  }

  /** One byte between values, or the first of one. */
  private step(chunk: Buffer, at: number): number {
    const byte = chunk[at];
    const { on, begins, expected } = GRAMMAR[this.state];
    const next = on?.[byte];
    if (this.wrong || !(next || isWhitespace(byte) || canBegin(begins, byte))) {
      this.wrong ??= new WrongCharacter(this.here(at), expected);
      if (this.wrong.add(byte)) this.failure = this.wrong.error();
    } else if (next) {
      this.state = this.enter(next, this.here(at));
    } else if (begins && !isWhitespace(byte)) {
      this.beginValue(begins, byte, at);
      return at;
    } else if (byte === NEWLINE) {
      this.lineFeeds++;
      this.passLine();
    }
    return at + 1;
  }

  private beginValue(role: JsonRole, first: number, at: number): void {
    this.start = this.here(at);
    this.begin(role, this.start);
    this.role = role;
    this.scanner.begin(first);
  }

  private continueValue(chunk: Buffer, at: number): number {
    const end = this.scanner.scan(chunk, at);
    if (this.scanner.lines > 0) this.passLine();
    if (end < 0) {
      this.bytes.add(chunk.subarray(at));
      return chunk.length;
    }
    this.lineFeeds = this.line;
    const role = this.role!;
    this.role = undefined;
    this.state = this.finish(role, this.bytes.finish(chunk.subarray(at, end)), this.start, this.here(end));
    return end;
  }
}

const canBegin = (role: JsonRole | undefined, byte: number): boolean => (role === 'key' ? byte === QUOTE : role !== undefined && startsValue(byte));
