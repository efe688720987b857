/* eslint-disable no-bitwise -- hashing */

const { imul } = Math;

const rotate = (bits: number, by: number): number => (bits << by) | (bits >>> (32 - by));

/** Multipliers with well distributed bits, one for each half of the hash. */
const [FACTOR_ONE, FACTOR_TWO] = [2654435761, 1597334677];

/** What a hash begins with, so that values of different types have different ones. */
const TYPE = { string: 1, number: 2, boolean: 3, null: 4, array: 5, object: 6 };

/** The bytes of a number. */
const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

/** Hashes values of JSON to 64 bits, as two 32-bit numbers. Objects with the same entries have the same hash, whatever the order of their keys. */
export class ValueHash {
  /** The hash of the last value. */
  one = 0;
  two = 0;

  constructor(private readonly seed: number) {}

  /** Hashes a value. `two` is then never 0, which marks a free slot. */
  hash(value: unknown): void {
    this.one = this.seed;
    this.two = ~this.seed;
    this.add(value);
    this.finish();
    this.one >>>= 0;
    this.two = (this.two >>> 0) || 1;
  }

  private add(value: unknown): void {
    if (typeof value === 'string') this.addText(value);
    else if (typeof value === 'number') this.addNumber(value);
    else if (typeof value === 'boolean') this.mix(TYPE.boolean + (value ? 16 : 0));
    else if (value === null || typeof value !== 'object') this.mix(TYPE.null);
    else if (Array.isArray(value)) this.addArray(value);
    else this.addObject(value as Record<string, unknown>);
  }

  private mix(word: number): void {
    this.one = rotate(imul(this.one ^ word, FACTOR_ONE), 13);
    this.two = rotate(imul(this.two ^ word, FACTOR_TWO), 17);
  }

  /** Mixes two characters at once. */
  private addText(text: string): void {
    const last = text.length - 1;
    let one = this.one ^ imul(text.length, FACTOR_TWO) ^ TYPE.string;
    let two = this.two ^ imul(text.length, FACTOR_ONE) ^ TYPE.string;
    let at = 0;
    for (; at < last; at += 2) {
      const word = text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16);
      one = rotate(imul(one ^ word, FACTOR_ONE), 13);
      two = rotate(imul(two ^ word, FACTOR_TWO), 17);
    }
    const word = at === last ? text.charCodeAt(at) : 0;
    this.one = rotate(imul(one ^ word, FACTOR_ONE), 13);
    this.two = rotate(imul(two ^ word, FACTOR_TWO), 17);
  }

  private addNumber(value: number): void {
    // -0 and 0 are the same JSON.
    double[0] = value + 0;
    this.mix(TYPE.number);
    this.mix(words[0]);
    this.mix(words[1]);
  }

  private addArray(values: readonly unknown[]): void {
    this.mix(TYPE.array + 16 * values.length);
    for (const value of values) this.add(value);
  }

  /** Adds the sum of the hashes of all entries, which does not depend on their order. */
  private addObject(object: Record<string, unknown>): void {
    const { one, two } = this;
    let [sumOne, sumTwo] = [0, 0];
    for (const key in object) {
      this.one = this.seed;
      this.two = ~this.seed;
      this.addText(key);
      this.add(object[key]);
      this.finish();
      sumOne = (sumOne + this.one) | 0;
      sumTwo = (sumTwo + this.two) | 0;
    }
    this.one = one ^ sumOne;
    this.two = two ^ sumTwo;
    this.mix(TYPE.object);
  }

  /** Spreads every bit over both halves. */
  private finish(): void {
    const { one, two } = this;
    const mixed = imul(one ^ (one >>> 16), 2246822507) ^ imul(two ^ (two >>> 13), 3266489909);
    this.one = mixed;
    this.two = imul(two ^ (two >>> 16), 2246822507) ^ imul(mixed ^ (mixed >>> 13), 3266489909);
  }
}
