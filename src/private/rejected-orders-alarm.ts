import type { Duration } from 'aws-cdk-lib';
import { MathExpression, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { OUTCOME_CODE_DIMENSION, VALIDATION_CODES } from './contract';
import { outcomeMetric } from './monitoring/metrics';
import type { PartAlarm } from './pipeline-part';

/** Below this number of orders in a period, the ratio is not significant. */
const MIN_ORDERS = 10;

/** The alarm for the ratio of orders that validation rejects. */
export const rejectedOrdersAlarm = (validateOrderFunction: LambdaFunction): PartAlarm => ({
  kind: 'rejectedOrders',
  id: 'RejectedOrders',
  metric: rejectedRatio,
  description: 'Validation rejects an unusual ratio of orders. The reasons are in OrderRejected on the bus and in GET /orders/{orderId}. Did a client, a price list or the '
    + `validation hook change? The ids are in the log group ${validateOrderFunction.logGroup.logGroupName} of validate-order, as OrderRejected.`,
});

/** Counts only the codes of validation: later rejections are of orders that already count as validated. */
function rejectedRatio(period: Duration, service: string): IMetric {
  const rejections = VALIDATION_CODES.map((code, index) => [
    `rejected${index}`, outcomeMetric(service, 'OrderRejected', { dimensionsMap: { service, [OUTCOME_CODE_DIMENSION]: code } }),
  ] as const);
  const rejected = rejections.map(([id]) => `FILL(${id}, 0)`).join(' + ');
  const all = `FILL(validated, 0) + ${rejected}`;
  return new MathExpression({
    expression: `IF(${all} >= ${MIN_ORDERS}, (${rejected}) / (${all}), 0)`,
    usingMetrics: { validated: outcomeMetric(service, 'OrderValidated'), ...Object.fromEntries(rejections) },
    label: 'rejected',
    period,
  });
}
