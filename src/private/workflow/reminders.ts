import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Grant, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import { setEnv } from '../set-env';

/**
 * Grants a handler to schedule messages to a queue, in a schedule group of its own. EventBridge Scheduler sends them with a role, and to the dead-letter
 * queue if it cannot deliver them.
 */
export function grantScheduleReminders(
  scope: Construct, handler: LambdaFunction, { queue, deadLetterQueue }: { readonly queue: IQueue; readonly deadLetterQueue: IQueue },
): void {
  const group = new CfnScheduleGroup(scope, 'Reminders');
  group.applyRemovalPolicy(RemovalPolicy.DESTROY);
  const { account, partition, region } = Stack.of(scope);
  const role = new Role(scope, 'ReminderRole', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': account } } }),
  });
  Grant.addToPrincipal({ grantee: role, actions: ['sqs:SendMessage'], resourceArns: [queue.queueArn, deadLetterQueue.queueArn] });
  queue.encryptionMasterKey?.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
  Grant.addToPrincipal({
    grantee: handler, actions: ['scheduler:CreateSchedule'], resourceArns: [`arn:${partition}:scheduler:${region}:${account}:schedule/${group.ref}/*`],
  });
  Grant.addToPrincipal({
    grantee: handler, actions: ['iam:PassRole'], resourceArns: [role.roleArn], conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
  });
  acknowledge(handler.role!.node.findChild('DefaultPolicy') as Construct, [
    { id: 'AwsSolutions-IAM5', reason: 'The names of schedules are not known at deployment; access is limited to one group.', appliesTo: [{ regex: '/^Resource::.*:schedule/.*/\\*$/' }] },
  ]);
  setEnv(handler, 'SCHEDULE_GROUP_NAME', group.ref);
  setEnv(handler, 'SCHEDULE_ROLE_ARN', role.roleArn);
  setEnv(handler, 'TASK_QUEUE_ARN', queue.queueArn);
  setEnv(handler, 'TASK_DEAD_LETTER_QUEUE_ARN', deadLetterQueue.queueArn);
}
