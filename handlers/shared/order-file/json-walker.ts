import { isWhitespace, NEWLINE } from './json-bytes';
import { canBegin, FINAL_STATES, GRAMMAR, type JsonRole, type JsonState } from './json-grammar';
import { OrderFileError, type OrderFileErrorCode } from './order-file-error';
import type { OrderFileLocation } from './order-file-position';
import { UnexpectedCharacter } from './unexpected-character';
import { ValueBuffer } from './value-buffer';
import { ValueScanner } from './value-scanner';

/** Checks a document against the grammar, in chunks of any size, and collects its values. A subclass interprets them. */
export abstract class JsonWalker {
  failure?: OrderFileError;
  private role?: JsonRole;
  private start: OrderFileLocation;
  protected offset: number;
  private lineFeeds: number;
  private unexpected?: UnexpectedCharacter;
  private readonly scanner = new ValueScanner();
  private readonly bytes: ValueBuffer;

  constructor(private state: JsonState, at: OrderFileLocation, maxValueSize: number) {
    this.start = at;
    this.offset = at.offset;
    this.lineFeeds = at.line;
    this.bytes = new ValueBuffer(maxValueSize);
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
    if (this.unexpected) this.failure ??= this.unexpected.error();
    if (FINAL_STATES.includes(this.state)) return;
    const { offset, line } = this.start;
    const missing = this.role ? `within a value that starts at byte ${offset}, line ${line}` : `expected ${GRAMMAR[this.state].expected}`;
    this.fail('TRUNCATED', `the file ends too early, ${missing}`, this.locationOf(0));
  }

  /** Returns the state after punctuation; `next` is the one in the grammar. */
  protected abstract enter(next: JsonState, location: OrderFileLocation): JsonState;
  protected abstract begin(role: JsonRole, location: OrderFileLocation): void;
  /** Returns the state after a complete value; `bytes` is undefined for one that is too large. */
  protected abstract finish(role: JsonRole, bytes: Buffer | undefined, start: OrderFileLocation, end: OrderFileLocation): JsonState;
  /** Is called after line feeds, between values or within one. */
  protected abstract passLine(): void;

  protected fail(code: OrderFileErrorCode, description: string, location: OrderFileLocation): void {
    this.failure ??= new OrderFileError(code, description, location);
  }

  private locationOf(at: number): OrderFileLocation {
    return { offset: this.offset + at, line: this.line };
  }

  /** Consumes one byte between values, or starts a value. */
  private step(chunk: Buffer, at: number): number {
    const byte = chunk[at];
    const { on, begins, expected } = GRAMMAR[this.state];
    const next = on?.[byte];
    if (this.unexpected || !(next || isWhitespace(byte) || canBegin(begins, byte))) {
      this.unexpected ??= new UnexpectedCharacter(this.locationOf(at), expected);
      if (this.unexpected.add(byte)) this.failure = this.unexpected.error();
    } else if (next) {
      this.state = this.enter(next, this.locationOf(at));
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
    this.start = this.locationOf(at);
    this.begin(role, this.start);
    this.role = role;
    this.scanner.begin(first);
  }

  private continueValue(chunk: Buffer, at: number): number {
    const end = this.scanner.scan(chunk, at);
    if (this.scanner.lines > 0) this.passLine();
    if (end < 0) {
      this.bytes.append(chunk.subarray(at));
      return chunk.length;
    }
    this.lineFeeds = this.line;
    const role = this.role!;
    this.role = undefined;
    this.state = this.finish(role, this.bytes.finish(chunk.subarray(at, end)), this.start, this.locationOf(end));
    return end;
  }
}
