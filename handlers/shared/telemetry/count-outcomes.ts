import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Outcome } from './outcome';
import { OUTCOME_CODE_DIMENSION, EVENT_TYPE, REFUSAL_CODE, REFUSED_EVENTS, REJECTION_CODE } from '../../../src/private/contract';

const metrics = new Metrics();

/** Outcomes that are also counted by code. Each value of a dimension is a billed metric, so other codes are ignored. */
const CODES: Readonly<Record<string, readonly string[]>> = {
  [EVENT_TYPE.ORDER_REJECTED]: Object.values(REJECTION_CODE),
  ...Object.fromEntries(REFUSED_EVENTS.map((type) => [type, Object.values(REFUSAL_CODE)])),
};

/**
 * Counts outcomes as CloudWatch metrics in the log (EMF): every outcome by its name, and rejections and refusals also by their code. The
 * metrics with and without the dimension are separate in CloudWatch, so no outcome counts twice. An EMF line holds one value per dimension,
 * so each code has its own line.
 */
export function countOutcomes(outcomes: readonly Outcome[]): void {
  count(outcomes);
  for (const [code, coded] of Map.groupBy(outcomes, codeOf)) {
    if (code === undefined) continue;
    metrics.addDimension(OUTCOME_CODE_DIMENSION, code);
    count(coded);
  }
}

/** Counts an outcome that occurred `times` times. */
export function countMany(outcome: string, times: number): void {
  metrics.addMetric(outcome, MetricUnit.Count, times);
  metrics.publishStoredMetrics();
}

const codeOf = ({ outcome, reason }: Outcome): string | undefined => CODES[outcome]?.find((code) => code === reason);

function count(outcomes: readonly Outcome[]): void {
  // Powertools warns when there is nothing to publish.
  if (outcomes.length === 0) return;
  for (const [outcome, { length }] of Map.groupBy(outcomes, (each) => each.outcome)) metrics.addMetric(outcome, MetricUnit.Count, length);
  metrics.publishStoredMetrics();
}
