const [NOTHING, OPENS, CLOSES, QUOTES, ESCAPES, ENDS_LINE] = [0, 1, 2, 3, 4, 5];

/** What each byte means between strings, and within one. A table is the fastest way to pass over the many that mean nothing. */
const OUTSIDE = tableOf({ '[{': OPENS, ']}': CLOSES, '"': QUOTES, '\n': ENDS_LINE });
const INSIDE = tableOf({ '"': QUOTES, '\\': ESCAPES, '\n': ENDS_LINE });
/** What a number, `true`, `false` or `null` can end before. */
const ENDS_SCALAR = tableOf({ ' \t\r\n,:[]{}"': 1 });

/**
 * Finds where one JSON value ends, in whatever chunks it comes, without keeping any of it.
 *
 * It matches quotes and brackets, no more: that what lies between them is JSON, `JSON.parse` has to say. A value that it accepts
 * ends exactly here, and no other text does: the two agree on every byte between quotes.
 */
export class ValueScanner {
  /** Line feeds in the value so far. */
  lines = 0;
  private depth = 0;
  private isScalar = false;
  private isInString = false;
  /** The chunk ended after a backslash: the next byte is part of the escape, whatever it is. */
  private isEscaped = false;

  /** A value begins with `first`, which `scan` is then given, too. */
  begin(first: number): void {
    this.lines = 0;
    this.depth = 0;
    this.isScalar = OUTSIDE[first] === NOTHING;
    this.isInString = false;
    this.isEscaped = false;
  }

  /** Just after the value's last byte; -1 when the value goes on in the next chunk. */
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
