import type { FileOrderCounts, SettledFile } from './files';
import type { SettledAsk } from './life';
import type { LifeOutcome } from './life-scenario';
import { isAccepted, type Settled } from './requests';
import type { Outcome } from './scenario';

/** The figures that have to add up. */
export interface Counts {
  readonly submitted: number;
  readonly accepted: number;
  readonly refused: number;
  readonly confirmed: number;
  readonly repeated: number;
  readonly rejected: number;
  readonly deadLettered: number;
  /** Accepted, and nobody knows what became of it: an order lost. */
  readonly unaccounted: number;
}

/** Counts requests by what became of them. */
export function count(settled: readonly Settled[]): Counts {
  const having = (outcome: Outcome | undefined) => settled.filter((request) => request.outcome === outcome).length;
  return {
    submitted: settled.length,
    accepted: settled.filter(isAccepted).length,
    refused: having('refused'),
    confirmed: having('confirmed'),
    repeated: having('repeated'),
    rejected: having('rejected'),
    deadLettered: having('dead-lettered'),
    unaccounted: having(undefined),
  };
}

/** The same for what was asked of orders, and not turned away at the door. */
export interface LifeCounts {
  readonly asked: number;
  readonly done: number;
  readonly repeated: number;
  readonly refused: number;
  readonly waiting: number;
  readonly deadLettered: number;
  readonly unaccounted: number;
}

/** Counts what was asked of orders by what became of it. */
export function countLife(settled: readonly SettledAsk[]): LifeCounts {
  const having = (...outcomes: (LifeOutcome | undefined)[]) => settled.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return {
    asked: settled.length - having('turned away'),
    done: having('confirmed', 'changed', 'cancelled', 'fulfilled'),
    repeated: having('repeated'),
    refused: having('refused'),
    waiting: having('waits'),
    deadLettered: having('dead-lettered'),
    unaccounted: having(undefined),
  };
}

/** Whether everything that was asked has exactly one known outcome. */
export const lifeAddsUp = ({ asked, done, repeated, refused, waiting, deadLettered, unaccounted }: LifeCounts): boolean =>
  asked === done + repeated + refused + waiting + deadLettered && unaccounted === 0;

/** The same for orders that came in files. */
export interface FileCounts extends FileOrderCounts {
  readonly files: number;
}

/** Counts the orders of files by what became of them. */
export function countFiles(settled: readonly SettledFile[]): FileCounts {
  const sum = (figure: (file: SettledFile) => number) => settled.reduce((total, file) => total + figure(file), 0);
  return {
    files: settled.length,
    orders: sum(({ orders }) => orders),
    confirmed: sum(({ confirmed }) => confirmed),
    repeated: sum(({ repeated }) => repeated),
    invalid: sum(({ invalid }) => invalid),
    rejected: sum(({ rejected }) => rejected),
    deadLettered: sum(({ deadLettered }) => deadLettered),
    unaccounted: sum(({ unaccounted }) => unaccounted),
  };
}

/** Whether every order that was read in a file has exactly one known outcome. */
export const filesAddUp = ({ orders, confirmed, repeated, invalid, rejected, deadLettered, unaccounted }: FileCounts): boolean =>
  orders === confirmed + repeated + invalid + rejected + deadLettered && unaccounted === 0;

/** Whether every accepted command has exactly one known outcome. */
export const addsUp = (counts: Counts): boolean =>
  counts.accepted === counts.confirmed + counts.repeated + counts.rejected + counts.deadLettered && counts.unaccounted === 0;

/** Requests that ended otherwise than the scenario says. */
export const surprises = (settled: readonly Settled[]): Settled[] => settled.filter(({ request, outcome }) => outcome !== request.expected);
