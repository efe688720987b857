import { Construct } from 'constructs';
import type { AlarmFactory } from './alarm-factory';
import { addConsumerAlarm } from './dead-letter-alarms';
import { addFunctionAlarms } from './function-alarms';
import { stalledFor } from './metrics';
import { idWithin, rulesOf, type MonitoredPart } from './monitored-part';
import { costGraphs, functionGraphs, handlerNameOf, outcomeGraphs, ownGraphs, queueGraphs, retryGraphs } from './part-graphs';
import { PipelineDashboard } from './pipeline-dashboard';
import { addFailedInvocationsAlarm } from './rule-alarms';
import { isQueueConsumer, functionsOf, queueConsumersOf, type QueueConsumer } from '../pipeline-part';

/** Adds the alarms of a part. */
export function monitorPart(scope: Construct, part: MonitoredPart, alarms: AlarmFactory): void {
  const idOf = idWithin.bind(undefined, part.construct);
  for (const { kind, id, metric, description } of part.alarms ?? []) {
    alarms.addAlarm(scope, id, kind, { metric: (period) => metric(period, part.metricsService), description });
  }
  const partScope = new Construct(scope, part.name);
  for (const consumer of queueConsumersOf(part)) {
    addConsumerAlarm(partScope, idOf(consumer.deadLetterQueue), consumer, alarms);
    addStalledAlarm(partScope, idOf(consumer.queue), consumer, alarms);
  }
  for (const each of functionsOf(part)) addFunctionAlarms(partScope, idOf(each.function), each, alarms);
  for (const rule of rulesOf(part)) addFailedInvocationsAlarm(partScope, idOf(rule), rule, alarms);
  for (const consumer of (part.consumers ?? []).filter((each) => !isQueueConsumer(each))) {
    addConsumerAlarm(scope, idOf(consumer.deadLetterQueue), consumer, alarms);
  }
}

/** Creates the dashboard. Lines of subscriptions are added to it later. */
export function createDashboard(scope: Construct, parts: readonly MonitoredPart[], alarms: AlarmFactory): PipelineDashboard {
  const dashboard = new PipelineDashboard(scope, scope.node.scope!.node.path);
  dashboard.addAlarms(alarms);
  dashboard.addSection('API', ownGraphs(parts, 'API'));
  dashboard.addSection('Queues', queueGraphs(parts));
  dashboard.addSection('Outcomes', outcomeGraphs(parts));
  dashboard.addSection('Functions', functionGraphs(parts));
  dashboard.addSection('Retries', retryGraphs(parts));
  for (const { consumers = [], construct } of parts) {
    for (const { deadLetterQueue } of consumers) dashboard.addDeadLetterQueue(deadLetterQueue, idWithin(construct, deadLetterQueue));
  }
  for (const rule of parts.flatMap(rulesOf)) dashboard.addRule(rule, rule.node.id);
  dashboard.addSection('Cost drivers', costGraphs(parts));
  return dashboard;
}

/** Adds a section for a further part to the dashboard. */
export function showPart(dashboard: PipelineDashboard, part: MonitoredPart, alarms: AlarmFactory): void {
  dashboard.addAlarms(alarms);
  dashboard.addSection(part.name, [...queueGraphs([part]), ...outcomeGraphs([part]), ...functionGraphs([part])]);
  for (const { deadLetterQueue } of part.consumers ?? []) dashboard.addDeadLetterQueue(deadLetterQueue, idWithin(part.construct, deadLetterQueue));
  for (const rule of rulesOf(part)) dashboard.addRule(rule, `${part.name}${rule.node.id}`);
}

function addStalledAlarm(scope: Construct, id: string, { queue, function: handler }: QueueConsumer, alarms: AlarmFactory): void {
  alarms.addAlarm(scope, `${id}Stalled`, 'stalledQueues', {
    metric: (period) => stalledFor(queue, period),
    description: `The queue ${queue.queueName} is stalled: its oldest message is old, and no message was deleted in the period, so orders are delayed. Check whether the event source of `
      + `${handlerNameOf(handler)} (function ${handler.functionName}) is enabled, whether the function can receive and decrypt messages, whether it is throttled, and whether its downstream `
      + `resources respond. The errors are in the log group ${handler.logGroup.logGroupName}.`,
  });
}
