const NONE = Buffer.alloc(0);
const SMALLEST = 1024;

/**
 * Puts the pieces of one value together, up to a size; what goes beyond is counted and dropped.
 *
 * A value that lies in one chunk is not copied. The buffer doubles, so that a value in a million pieces is still copied about
 * twice, and it is handed over with the value.
 */
export class ValueBytes {
  private kept = NONE;
  private size = 0;

  constructor(private readonly maxSize: number) {}

  /** A piece that is not the last. */
  add(piece: Buffer): void {
    const size = this.size + piece.length;
    if (size > this.maxSize) {
      this.kept = NONE;
    } else {
      if (size > this.kept.length) this.grow(size);
      piece.copy(this.kept, this.size);
    }
    this.size = size;
  }

  /** The value, whose last piece this is; undefined when it is too large. Then the next value can begin. */
  finish(last: Buffer): Buffer | undefined {
    const isWhole = this.size === 0;
    if (!isWhole) this.add(last);
    const { kept, size } = this;
    this.kept = NONE;
    this.size = 0;
    if (isWhole) return last.length > this.maxSize ? undefined : last;
    return size > this.maxSize ? undefined : kept.subarray(0, size);
  }

  private grow(size: number): void {
    const larger = Buffer.allocUnsafe(Math.min(Math.max(size, 2 * this.kept.length, SMALLEST), this.maxSize));
    this.kept.copy(larger, 0, 0, this.size);
    this.kept = larger;
  }
}
