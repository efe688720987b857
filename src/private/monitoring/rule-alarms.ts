import type { Rule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { AlarmFactory } from './alarm-factory';
import { ruleMetric } from './metrics';

/** Adds the alarm for events that EventBridge could not deliver. */
export function addFailedInvocationsAlarm(scope: Construct, id: string, rule: Rule, alarms: AlarmFactory): void {
  alarms.addAlarm(scope, `${id}Failed`, 'undeliveredEvents', {
    metric: (period) => ruleMetric(rule, 'FailedInvocations', { period }),
    description: `EventBridge could not deliver events of the rule ${rule.ruleName} (${rule.node.path}), so the target did not receive them. They are in the dead-letter queue of the `
      + 'rule, or else only in an archive of the bus. Check that the target exists, and its policy and key policy.',
  });
}

/** Adds the alarm for events in the dead-letter queue of a subscription, which can be a queue without an alarm. */
export function addDeadLetteredEventsAlarm(scope: Construct, id: string, rule: Rule, alarms: AlarmFactory): void {
  alarms.addAlarm(scope, `${id}DeadLettered`, 'undeliveredEvents', {
    metric: (period) => ruleMetric(rule, 'InvocationsSentToDlq', { period }),
    description: `EventBridge sent events of the rule ${rule.ruleName} (${rule.node.path}) to its dead-letter queue, with the error in the message attributes. The target did not `
      + 'receive them. Fix the target, its policy or its key policy, then send the events to it from the queue.',
  });
}
