import type { Duration } from 'aws-cdk-lib';
import { MathExpression, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { AlarmFactory } from './alarm-factory';
import { outcomeMetric } from './metrics';
import type { MonitoredPart } from './monitored-part';
import { DEAD_LETTERED_OUTCOMES } from '../contract';

/**
 * Adds the alarm for messages that handlers send to dead-letter queues, one for each service. SQS updates the metrics of an idle queue up to
 * 15 minutes late, and a dead-letter queue is idle; handlers count the messages at once.
 */
export function addDeadLetteredMessagesAlarms(scope: Construct, parts: readonly MonitoredPart[], alarms: AlarmFactory): void {
  const consuming = parts.filter(({ consumers = [] }) => consumers.length > 0);
  const services = new Map(consuming.map(({ metricsService, name }) => [metricsService, name]));
  for (const [service, name] of services) {
    addAlarm(scope, services.size === 1 ? 'DeadLetteredMessages' : `${name}DeadLetteredMessages`, service, alarms);
  }
}

/** Adds the alarm of a further part, unless another part has its service. */
export function addDeadLetteredMessagesAlarmOf(scope: Construct, part: MonitoredPart, others: readonly MonitoredPart[], alarms: AlarmFactory): void {
  const isCovered = others.some(({ consumers = [], metricsService }) => consumers.length > 0 && metricsService === part.metricsService);
  if (!isCovered && part.consumers?.length) addAlarm(scope, `${part.name}DeadLetteredMessages`, part.metricsService, alarms);
}

function addAlarm(scope: Construct, id: string, service: string, alarms: AlarmFactory): void {
  alarms.addAlarm(scope, id, 'deadLetteredMessages', {
    metric: (period) => deadLetteredMessages(service, period),
    description: `Handlers of the service ${service} sent messages to a dead-letter queue: messages that can never be processed, or whose retries are exhausted. Their orders, commands or `
      + 'events are not complete. The alarm of the dead-letter queue can follow up to 15 minutes later. List the messages with their reasons by npx cdk-order-pipeline redrive --list, fix '
      + 'the cause, then redrive them.',
  });
}

function deadLetteredMessages(service: string, period: Duration): IMetric {
  const metrics = DEAD_LETTERED_OUTCOMES.map((outcome, index) => [`m${index}`, outcomeMetric(service, outcome)] as const);
  return new MathExpression({
    expression: metrics.map(([id]) => `FILL(${id}, 0)`).join(' + '), usingMetrics: Object.fromEntries(metrics), label: 'dead-lettered', period,
  });
}
