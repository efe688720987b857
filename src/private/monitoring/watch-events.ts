import type { Rule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { AlarmBoard } from './alarm-board';
import { ruleMetric } from './metrics';

/** Watches whether EventBridge delivers what a rule matches. What it dead-letters of our own is told by the alarm of that queue. */
export function watchRule(scope: Construct, id: string, rule: Rule, board: AlarmBoard): void {
  board.add(scope, `${id}Failed`, 'undeliveredEvents', {
    metric: (period) => ruleMetric(rule, 'FailedInvocations', { period }),
    description: `EventBridge gave up delivering events of the rule ${rule.ruleName} (${rule.node.path}). They are in the rule's dead-letter queue; if they are not, only `
      + 'an archive of the bus still has them. Is the target there, does its policy let EventBridge in, and does the policy of its key?',
  });
}

/** Watches what EventBridge puts into the dead-letter queue of a subscription, which may be one that nobody else watches. */
export function watchDeadLettered(scope: Construct, id: string, rule: Rule, board: AlarmBoard): void {
  board.add(scope, `${id}DeadLettered`, 'undeliveredEvents', {
    metric: (period) => ruleMetric(rule, 'InvocationsSentToDlq', { period }),
    description: `EventBridge put events of the rule ${rule.ruleName} (${rule.node.path}) into its dead-letter queue, each with its error in the message attributes. Mend the `
      + 'target, its policy or the policy of its key, then send them on from there.',
  });
}
