import { Annotations, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { TopicPolicy, type ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/**
 * Grants the alarms of this account to publish to a topic with a policy. A topic without a policy grants this by default, and a new policy
 * would revoke the default for other publishers.
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

/** Warns about an encrypted topic: CDK cannot see the key policy, and without permission CloudWatch sends no notifications. */
export function warnOfTopicKey(scope: Construct, topic: ITopic): void {
  if (!topic.masterKey) return;
  Annotations.of(scope).addWarningV2(
    'cdk-order-pipeline:alarmTopicKey',
    '`alarmTopic` is encrypted; its key policy must allow cloudwatch.amazonaws.com kms:Decrypt and kms:GenerateDataKey*, or CloudWatch cannot send notifications',
  );
}
