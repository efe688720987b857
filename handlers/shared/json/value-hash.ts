/* eslint-disable no-bitwise -- hashing */
import { isStorableNumber, MAX_KEY_LENGTH, MAX_ORDER_DEPTH } from './find-unstorable';

const { imul } = Math;

const rotate = (bits: number, by: number): number => (bits << by) | (bits >>> (32 - by));

/** Multipliers with well distributed bits, one for each half of the hash. */
const [FACTOR_ONE, FACTOR_TWO] = [2654435761, 1597334677];

/** What is mixed in first, so that values of different types have different hashes. */
const TYPE = { text: 1, number: 2, true: 3, false: 4, null: 5, array: 6, object: 7 };

/** The bytes of a number. */
const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

/**
 * Hashes values of JSON to 64 bits, as two 32-bit numbers. Objects with the same entries have the same hash, whatever the order of their keys.
 * At the same time, it finds out whether a value is plain.
 */
export class ValueHash {
  one = 0;
  /** Never 0, which marks a free slot of an index. */
  two = 0;
  /** Whether everything but the characters of texts and keys can certainly be stored, and nothing is `null`. */
  isPlain = true;
  /** The number of texts and keys. */
  texts = 0;
  hasZero = false;

  /** An entry of the outer object with the key `ignored` does not change the hash. */
  constructor(private readonly seed: number, private readonly ignored?: string) {}

  /** Hashes a value. */
  hash(value: unknown): void {
    this.one = this.seed;
    this.two = ~this.seed;
    this.isPlain = true;
    this.texts = 0;
    this.hasZero = false;
    this.add(value, MAX_ORDER_DEPTH);
    this.finish();
    this.one >>>= 0;
    this.two = (this.two >>> 0) || 1;
  }

  private add(value: unknown, depthLeft: number): void {
    if (typeof value === 'string') {
      this.texts++;
      this.addText(value);
    } else if (typeof value === 'number') {
      this.addNumber(value);
    } else if (typeof value === 'boolean') {
      this.mix(value ? TYPE.true : TYPE.false);
    } else if (typeof value !== 'object' || value === null || depthLeft === 0) {
      this.isPlain = false;
      this.mix(TYPE.null);
    } else if (Array.isArray(value)) {
      this.mix(TYPE.array + 8 * value.length);
      for (const element of value) this.add(element, depthLeft - 1);
    } else {
      this.addObject(value as Record<string, unknown>, depthLeft - 1);
    }
  }

  private mix(word: number): void {
    this.one = rotate(imul(this.one ^ word, FACTOR_ONE), 13);
    this.two = rotate(imul(this.two ^ word, FACTOR_TWO), 17);
  }

  /** Mixes two characters at once. */
  private addText(text: string): void {
    const last = text.length - 1;
    let one = this.one ^ imul(text.length, FACTOR_TWO) ^ TYPE.text;
    let two = this.two ^ imul(text.length, FACTOR_ONE) ^ TYPE.text;
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
    if (value === 0) this.hasZero = true;
    if (!isStorableNumber(value)) this.isPlain = false;
    // -0 and 0 are the same JSON.
    double[0] = value + 0;
    this.mix(TYPE.number ^ words[0]);
    this.mix(words[1]);
  }

  /** Mixes in the sum of the hashes of all entries, which does not depend on their order. */
  private addObject(object: Record<string, unknown>, depthLeft: number): void {
    const { one, two, seed } = this;
    const ignored = depthLeft === MAX_ORDER_DEPTH - 1 ? this.ignored : undefined;
    let [sumOne, sumTwo] = [0, 0];
    for (const key in object) {
      this.texts++;
      if (key === '' || key.length > MAX_KEY_LENGTH || key === '__proto__') this.isPlain = false;
      this.one = seed;
      this.two = ~seed;
      this.addText(key);
      this.add(object[key], depthLeft);
      if (key === ignored) continue;
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
