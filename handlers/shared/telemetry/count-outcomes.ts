import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Outcome } from './telemetry';
import { CODE_DIMENSION, EVENT_TYPE, REFUSAL_CODE, REJECTION_CODE } from '../../../src/private/contract';

const metrics = new Metrics();

/** What is counted by its code, too. Every value of a dimension is a metric that costs: the lists are closed, and no other word gets in. */
const CODES: Readonly<Record<string, readonly string[]>> = {
  [EVENT_TYPE.ORDER_REJECTED]: Object.values(REJECTION_CODE),
  [EVENT_TYPE.ORDER_CHANGE_REFUSED]: Object.values(REFUSAL_CODE),
  [EVENT_TYPE.ORDER_CANCELLATION_REFUSED]: Object.values(REFUSAL_CODE),
  [EVENT_TYPE.ORDER_FULFILLMENT_REFUSED]: Object.values(REFUSAL_CODE),
};

/**
 * Counts outcomes as CloudWatch metrics in the log (EMF): all of them by their names alone, and rejections and refusals a second time by
 * their code. To CloudWatch the two are different metrics, so none counts twice. A line has one value for a dimension: each code has its own.
 */
export function countOutcomes(outcomes: readonly Outcome[]): void {
  count(outcomes);
  for (const [code, coded] of Map.groupBy(outcomes, codeOf)) {
    if (code === undefined) continue;
    metrics.addDimension(CODE_DIMENSION, code);
    count(coded);
  }
}

/** Counts what happened more often than anybody wants to read about. */
export function countMany(outcome: string, times: number): void {
  metrics.addMetric(outcome, MetricUnit.Count, times);
  metrics.publishStoredMetrics();
}

const codeOf = ({ outcome, reason }: Outcome): string | undefined => CODES[outcome]?.find((code) => code === reason);

function count(outcomes: readonly Outcome[]): void {
  // With nothing to count, Powertools would warn.
  if (outcomes.length === 0) return;
  for (const [outcome, { length }] of Map.groupBy(outcomes, (each) => each.outcome)) metrics.addMetric(outcome, MetricUnit.Count, length);
  metrics.publishStoredMetrics();
}
