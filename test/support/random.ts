const MODULUS = 2 ** 31 - 1;

/** Random choices that a seed repeats. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = 1 + (seed % (MODULUS - 1));
  }

  /** Between 0 and 1 (Park and Miller's generator). */
  next(): number {
    this.state = (this.state * 48271) % MODULUS;
    return this.state / MODULUS;
  }

  /** An integer from 0 to below `limit`. */
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
