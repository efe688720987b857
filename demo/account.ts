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

/** Whether every accepted command has exactly one known outcome. */
export const addsUp = (counts: Counts): boolean =>
  counts.accepted === counts.confirmed + counts.repeated + counts.rejected + counts.deadLettered && counts.unaccounted === 0;

/** Requests that ended otherwise than the scenario says. */
export const surprises = (settled: readonly Settled[]): Settled[] => settled.filter(({ request, outcome }) => outcome !== request.expected);
