import { Stack, Token } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { EventType, type NotificationKeyFilter } from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { INCOMING_PREFIX } from './contract';
import { grantKeyToS3 } from './key-policy';
import type { ValidationError } from './validate';

/** Grants S3 in this account to send notifications to the queue. The policy names the account, because the bucket depends on the queue. */
export function allowS3Notifications(queue: Queue, scope: Construct): void {
  queue.addToResourcePolicy(new PolicyStatement({
    sid: 'AllowS3Notifications',
    principals: [new ServicePrincipal('s3.amazonaws.com')],
    actions: ['sqs:SendMessage'],
    resources: [queue.queueArn],
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
  }));
  if (queue.encryptionMasterKey) grantKeyToS3(queue.encryptionMasterKey, scope);
}

/** The filters of the notifications of order files: one for each suffix. */
export const fileFilters = (suffixes: readonly string[] | undefined): NotificationKeyFilter[] =>
  (suffixes ? suffixes.map((suffix) => ({ prefix: INCOMING_PREFIX, suffix })) : [{ prefix: INCOMING_PREFIX }]);

/**
 * Validates a notification of the app: S3 rejects two of one event whose prefixes and suffixes overlap, and the pipeline is notified of new
 * files.
 */
export function validateNotification(
  event: EventType, filters: readonly NotificationKeyFilter[], suffixes: readonly string[] | undefined,
): ValidationError {
  const prefix = filters.map((filter) => filter.prefix).find((each) => each !== undefined) ?? '';
  if (!event.startsWith(EventType.OBJECT_CREATED.replace('*', '')) || Token.isUnresolved(prefix)) return undefined;
  if (!prefix.startsWith(INCOMING_PREFIX) && !INCOMING_PREFIX.startsWith(prefix)) return undefined;
  const suffix = filters.map((filter) => filter.suffix).find((each) => each !== undefined) ?? '';
  if (suffixes && !suffixes.some((each) => overlaps(each, suffix))) return undefined;
  return `a notification of ${event} must have a prefix that does not overlap ${INCOMING_PREFIX}, of which the pipeline is notified, got ${prefix === '' ? 'none' : prefix}; `
    + 'set another prefix, or call enableEventBridgeNotification() and subscribe to the default bus';
}

const overlaps = (suffix: string, other: string): boolean =>
  Token.isUnresolved(suffix) || Token.isUnresolved(other) || suffix.endsWith(other) || other.endsWith(suffix);
