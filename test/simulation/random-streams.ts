/* eslint-disable no-bitwise -- that is how hashes are made */
import { Random } from '../support/random';

/** One stream of random numbers for each name, so that the draws of one do not change those of the others. */
export class RandomStreams {
  private readonly streams = new Map<string, Random>();

  constructor(private readonly seed: number) {}

  of(name: string): Random {
    let stream = this.streams.get(name);
    if (!stream) this.streams.set(name, stream = randomOf(this.seed, name));
    return stream;
  }
}

/** A generator that returns the same numbers for the same seed and name. */
export function randomOf(seed: number, name: string): Random {
  const random = new Random((hashOf(name) ^ Math.imul(seed + 1, 0x9e3779b1)) >>> 0);
  random.next();
  return random;
}

/** FNV-1a. */
export function hashOf(text: string, before = 0x811c9dc5): number {
  let hash = before;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
