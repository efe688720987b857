import { FeatureFlags, Resource, Stack, Stage } from 'aws-cdk-lib';
import { Bucket, BucketNotificationDestinationType, EventType, type CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { S3_KEEP_NOTIFICATION_IN_IMPORTED_BUCKET } from 'aws-cdk-lib/cx-api';
import type { Construct, IConstruct } from 'constructs';
import { ownerOf } from './claimed-events';
import { allowS3Notifications, fileFilters } from './file-notifications';
import { assertProps } from './validate';

/** The constructs that use existing buckets, for the stacks that are deployed together. */
const USERS = new WeakMap<IConstruct, Map<string, IConstruct>>();

/**
 * Prepares an existing bucket for the files of a pipeline. A bucket of another stack is imported, because it would otherwise depend on this
 * stack for its notifications.
 *
 * @throws Error when another pipeline uses the bucket. Synthesis fails when its notifications would replace those of the pipeline.
 */
export function useBucket(scope: Construct, bucket: IBucket, queue: Queue, suffixes: readonly string[] | undefined): IBucket {
  claimBucket(scope, bucket);
  const isInStack = Stack.of(bucket) === Stack.of(scope);
  const used = isInStack ? bucket : Bucket.fromBucketAttributes(scope, 'Bucket', { bucketArn: bucket.bucketArn, encryptionKey: bucket.encryptionKey });
  addFileNotifications(used, queue, suffixes);
  scope.node.addValidation({ validate: () => notificationErrors(bucket, isInStack) });
  return used;
}

/** Adds notifications to an existing bucket. CDK's `SqsDestination` adds the bucket to the key policy, which causes a dependency cycle. */
function addFileNotifications(bucket: IBucket, queue: Queue, suffixes: readonly string[] | undefined): void {
  allowS3Notifications(queue, queue);
  const bind = () => ({ arn: queue.queueArn, type: BucketNotificationDestinationType.QUEUE, dependencies: [queue.node.findChild('Policy')] });
  for (const filter of fileFilters(suffixes)) bucket.addEventNotification(EventType.OBJECT_CREATED, { bind }, filter);
}

/** Two pipelines would be notified of the same files, which S3 rejects. */
function claimBucket(scope: Construct, bucket: IBucket): void {
  const stage = Stage.of(scope) ?? scope.node.root;
  const users = USERS.get(stage) ?? new Map<string, IConstruct>();
  USERS.set(stage, users);
  const key = Resource.isOwnedResource(bucket) ? bucket.node.addr : JSON.stringify(Stack.of(bucket).resolve(bucket.bucketName));
  const other = users.get(key);
  if (other) assertProps(scope, [`\`bucket\` must be used by one pipeline, got ${bucket.node.path}, which ${ownerOf(other).node.path} uses as well; set another \`bucket\`, or omit it`]);
  users.set(key, scope);
}

/** The last one to set the notifications of a bucket removes all others, except for CDK's custom resource of an imported bucket. */
function notificationErrors(bucket: IBucket, isInStack: boolean): string[] {
  if (!Resource.isOwnedResource(bucket)) return [];
  const isSetOnResource = (bucket.node.defaultChild as CfnBucket).notificationConfiguration !== undefined;
  const keepsOthers = FeatureFlags.of(bucket).isEnabled(S3_KEEP_NOTIFICATION_IN_IMPORTED_BUCKET);
  const isSetByStack = !isInStack && !keepsOthers && bucket.node.tryFindChild('Notifications') !== undefined;
  if (!isSetOnResource && !isSetByStack) return [];
  return [`\`bucket\` ${bucket.node.path} has ${isSetOnResource ? 'a notificationConfiguration of its CfnBucket' : 'notifications of its own stack'}, which removes or loses the `
    + 'notifications of the pipeline; call addEventNotification or enableEventBridgeNotification on the property `bucket` of the BatchFileIngest instead'];
}
