import type { Usage } from './usage';
import type { Clock } from '../simulation/clock';
import type { Random } from '../support/random';

/** What all parts of the model share. Times are in milliseconds. */
export interface World {
  readonly clock: Clock;
  readonly random: Random;
  /** How much of each limit is used. */
  readonly usages: Usage[];
}
