import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { WEBHOOK_DISABLED_OUTCOME } from './contract';
import { outcomeMetric } from './monitoring/metrics';
import type { PartAlarm } from './pipeline-part';

/** The alarm for webhooks that are disabled. */
export const disabledWebhooksAlarm = (deliverWebhooksFunction: LambdaFunction): PartAlarm => ({
  kind: 'disabledWebhooks',
  id: 'DisabledWebhooks',
  metric: (period, service) => outcomeMetric(service, WEBHOOK_DISABLED_OUTCOME, { period }),
  description: 'A webhook was disabled, because its receiver failed for days or answered 410. It receives no more events; orders are not affected. OrderWebhookDisabled on the bus '
    + 'names it. When the receiver works again, enable it with PATCH /webhooks/{webhookId} and redrive the dead-letter queue webhook-deliveries. '
    + `The log group of deliver-webhooks is ${deliverWebhooksFunction.logGroup.logGroupName}.`,
});
