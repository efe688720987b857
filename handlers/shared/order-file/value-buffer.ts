const EMPTY = Buffer.alloc(0);
const MIN_CAPACITY = 1024;

/**
 * Joins the pieces of one value, up to a maximum size. It counts and drops the bytes of larger values.
 *
 * A value within one chunk is not copied. The buffer doubles, so that each byte of a value in a million pieces is copied about twice. Each
 * value gets a buffer of its own.
 */
export class ValueBuffer {
  private buffer = EMPTY;
  private size = 0;

  constructor(private readonly maxSize: number) {}

  /** Appends a piece that is not the last one. */
  append(piece: Buffer): void {
    const size = this.size + piece.length;
    if (size > this.maxSize) {
      this.buffer = EMPTY;
    } else {
      if (size > this.buffer.length) this.grow(size);
      piece.copy(this.buffer, this.size);
    }
    this.size = size;
  }

  /** Returns the value, given its last piece, and resets the buffer. Returns undefined for a value that is too large. */
  finish(last: Buffer): Buffer | undefined {
    const isWhole = this.size === 0;
    if (!isWhole) this.append(last);
    const { buffer, size } = this;
    this.buffer = EMPTY;
    this.size = 0;
    if (isWhole) return last.length > this.maxSize ? undefined : last;
    return size > this.maxSize ? undefined : buffer.subarray(0, size);
  }

  private grow(size: number): void {
    const larger = Buffer.allocUnsafe(Math.min(Math.max(size, 2 * this.buffer.length, MIN_CAPACITY), this.maxSize));
    this.buffer.copy(larger, 0, 0, this.size);
    this.buffer = larger;
  }
}
