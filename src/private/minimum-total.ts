import { Token } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/aws-events';
import { BILLION } from './contract';

/** EventBridge compares numbers up to this one. */
const NUMERIC_MATCH_LIMIT = 5 * BILLION;

/** The parts of the pattern of a minimum total: in the facts of an event, or in its detail. */
export interface MinimumTotalPattern {
  readonly totalParts?: object;
  readonly $or?: readonly object[];
}

/**
 * Returns the pattern of orders of at least a total, exact for every amount: it compares the billions and the remainder, which events have in
 * their facts. A token cannot be split, so it is compared with the total up to the limit of EventBridge, and all larger totals match.
 */
export function minimumTotalPattern(minimumTotal: number | undefined): MinimumTotalPattern {
  if (minimumTotal === undefined) return {};
  if (Token.isUnresolved(minimumTotal)) {
    const isAboveLimit = { facts: { totalParts: { billions: Match.greaterThanOrEqual(NUMERIC_MATCH_LIMIT / BILLION) } } };
    return { $or: [isAboveLimit, { facts: { total: Match.greaterThanOrEqual(minimumTotal) } }] };
  }
  const [billions, remainder] = [Math.floor(minimumTotal / BILLION), minimumTotal % BILLION];
  if (remainder === 0) return { totalParts: { billions: Match.greaterThanOrEqual(billions) } };
  const isEqualOrMore = { billions: Match.equal(billions), remainder: Match.greaterThanOrEqual(remainder) };
  return { totalParts: { $or: [{ billions: Match.greaterThan(billions) }, isEqualOrMore] } };
}
