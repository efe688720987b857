import { isDeepStrictEqual } from 'node:util';
import type { FailureRequest } from './scenario';
import type { OrderResult } from '../orders/outcomes';
import type { OrderOutcome } from '../orders/scenario';

/** The number of requests by outcome. */
export type OutcomeCounts = Partial<Record<OrderOutcome | 'LOST', number>>;

type FailureResult = OrderResult<FailureRequest>;

/** Counts outcomes by the description of the requests: which of several equal requests is confirmed is not deterministic. */
export function countByDescription(
  results: readonly FailureResult[], outcomeOf = ({ outcome }: FailureResult) => outcome,
): Map<string, OutcomeCounts> {
  const counts = new Map<string, OutcomeCounts>();
  for (const result of results) {
    const { description } = result.request;
    const outcome = outcomeOf(result) ?? 'LOST';
    const others = counts.get(description) ?? {};
    counts.set(description, { ...others, [outcome]: (others[outcome] ?? 0) + 1 });
  }
  return counts;
}

/** Describes the requests whose outcomes are not the expected ones. */
export function unexpectedCounts(results: readonly FailureResult[], expectedOf: (request: FailureRequest) => OrderOutcome): string[] {
  const actual = countByDescription(results);
  const expected = countByDescription(results, ({ request }) => expectedOf(request));
  return [...expected].filter(([description, counts]) => !isDeepStrictEqual(actual.get(description), counts))
    .map(([description, counts]) => `${description}: expected ${formatCounts(counts)}, got ${formatCounts(actual.get(description)!)}`);
}

/** Formats counts: `1 confirmed, 5 repeated`. */
export const formatCounts = (counts: OutcomeCounts): string => Object.entries(counts).map(([outcome, count]) => `${count} ${outcome}`).join(', ');
