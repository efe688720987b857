import { Annotations, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { TopicPolicy, type ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/**
 * Lets the alarms of this account publish. A topic without a policy lets them in by itself, and a policy would take that away from
 * others: it is left as it is.
 */
export function allowAlarmsToPublish(scope: Construct, topic: ITopic): void {
  if (!(topic.node.tryFindChild('Policy') instanceof TopicPolicy)) return;
  topic.addToResourcePolicy(new PolicyStatement({
    sid: 'AllowAlarmsToPublish',
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
  }));
}

/** Warns of a topic with a key of its own: what its policy says cannot be seen from here, and alarms that may not use it are silent. */
export function warnOfTopicKey(scope: Construct, topic: ITopic): void {
  if (!topic.masterKey) return;
  Annotations.of(scope).addWarningV2(
    'cdk-order-pipeline:alarmTopicKey',
    'alarmTopic is encrypted; the policy of its key must allow cloudwatch.amazonaws.com kms:Decrypt and kms:GenerateDataKey*, or nobody hears of an alarm',
  );
}
