import { RandomStreams } from '../../simulation/random-streams';
import { Random } from '../../support/random';

/** The time that every request to AWS takes, in milliseconds. */
export const REQUEST_LATENCY_MS = 15;

/** Numbers that are not random: the largest of a range, and what is more likely than not. Batches are as large as possible. */
class Steady extends Random {
  constructor(private readonly largest = Infinity) {
    super(0);
  }

  override below(limit: number): number {
    return Math.min(limit - 1, this.largest);
  }

  override chance(probability: number): boolean {
    return probability >= 0.5;
  }
}

/** A request takes two milliseconds and a random time. */
const STEADY_REQUEST = new Steady(REQUEST_LATENCY_MS - 2);
const STEADY = new Steady();

/** Streams without chance for the simulated services, so that every measurement is the same. The handlers have random numbers: their IDs differ. */
export class SteadyStreams extends RandomStreams {
  override of(name: string): Random {
    if (name === 'handlers') return super.of(name);
    return /^[a-z-]+: [A-Z]/.test(name) && !name.startsWith('bus: ') ? STEADY_REQUEST : STEADY;
  }
}
