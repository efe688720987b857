const MODULUS = 2 ** 31 - 1;

/** A pseudo-random number generator with a seed (MINSTD). */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = 1 + (seed % (MODULUS - 1));
  }

  /** Returns a number between 0 and 1. */
  next(): number {
    this.state = (this.state * 48271) % MODULUS;
    return this.state / MODULUS;
  }

  /** Returns an integer from 0 to `limit` - 1. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)];
  }
}
