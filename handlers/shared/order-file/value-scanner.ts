const [NOTHING, OPENS, CLOSES, QUOTES, ESCAPES, ENDS_LINE] = [0, 1, 2, 3, 4, 5];

/** The meaning of each byte outside and inside of strings. A table is the fastest way to skip the many bytes without one. */
const OUTSIDE = tableOf({ '[{': OPENS, ']}': CLOSES, '"': QUOTES, '\n': ENDS_LINE });
const INSIDE = tableOf({ '"': QUOTES, '\\': ESCAPES, '\n': ENDS_LINE });
/** The bytes that end a number, `true`, `false` or `null`. */
const ENDS_SCALAR = tableOf({ ' \t\r\n,:[]{}"': 1 });

/**
 * Finds the end of one JSON value, in chunks of any size, without buffering it.
 *
 * It only matches quotes and brackets; `JSON.parse` must validate the text between them. Every value that `JSON.parse` accepts ends exactly
 * where this scanner ends it, because both treat every byte inside of strings alike.
 */
export class ValueScanner {
  /** Line feeds in the value so far. */
  lines = 0;
  private depth = 0;
  private isScalar = false;
  private isInString = false;
  /** The previous chunk ended after a backslash, so the next byte belongs to the escape. */
  private isEscaped = false;

  /** Starts a value with its first byte, which `scan` receives as well. */
  begin(first: number): void {
    this.lines = 0;
    this.depth = 0;
    this.isScalar = OUTSIDE[first] === NOTHING;
    this.isInString = false;
    this.isEscaped = false;
  }

  /** Returns the index just after the value's last byte, or -1 when the value continues in the next chunk. */
  scan(chunk: Buffer, from: number): number {
    return this.isScalar ? scalarEnd(chunk, from) : this.scanNested(chunk, from);
  }

  private scanNested(chunk: Buffer, from: number): number {
    const length = chunk.length;
    let at = this.isEscaped ? from + 1 : from;
    let kind = NOTHING;
    for (;;) {
      const meaning = this.isInString ? INSIDE : OUTSIDE;
      while (at < length && (kind = meaning[chunk[at]]) === NOTHING) at++;
      if (at >= length) break;
      at++;
      if (kind === QUOTES) this.isInString = !this.isInString;
      else if (kind === OPENS) this.depth++;
      else if (kind === CLOSES) this.depth--;
      else if (kind === ESCAPES) at++;
      else this.lines++;
      if (this.depth === 0 && !this.isInString) return at;
    }
    this.isEscaped = at > length;
    return -1;
  }
}

function scalarEnd(chunk: Buffer, from: number): number {
  let at = from;
  while (at < chunk.length && ENDS_SCALAR[chunk[at]] === NOTHING) at++;
  return at < chunk.length ? at : -1;
}

function tableOf(meanings: Record<string, number>): Uint8Array {
  const table = new Uint8Array(256);
  for (const [characters, meaning] of Object.entries(meanings)) {
    for (const byte of Buffer.from(characters)) table[byte] = meaning;
  }
  return table;
}
