import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess, Bucket, BucketEncryption, BucketNotificationDestinationType, EventType, type CfnBucket, type IBucket,
} from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { INCOMING_PREFIX, REPORTS_PREFIX } from './contract';
import { grantKeyToS3 } from './key-policy';

export interface OrderFilesBucketProps {
  /** Gets a message for every file under `incoming/`. */
  readonly notify: Queue;
  readonly encryptionKey?: IKey;
  readonly removalPolicy?: RemovalPolicy;
  readonly fileRetention?: Duration;
  readonly reportRetention?: Duration;
}

/** An upload that was not finished, and a version that was replaced: nobody reads them any longer. */
const LEFTOVERS = Duration.days(30);

/** The bucket that files are dropped into: private, encrypted, TLS only, with versions so that a file is read as it was uploaded. */
export class OrderFilesBucket extends Bucket {
  constructor(scope: Construct, id: string, { notify, encryptionKey, ...props }: OrderFilesBucketProps) {
    super(scope, id, {
      versioned: true,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      ...(encryptionKey
        ? { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }
        : { encryption: BucketEncryption.S3_MANAGED }),
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
      lifecycleRules: [
        { id: 'Files', prefix: INCOMING_PREFIX, expiration: props.fileRetention ?? Duration.days(90) },
        { id: 'Reports', prefix: REPORTS_PREFIX, expiration: props.reportRetention ?? Duration.days(90) },
        { id: 'Leftovers', abortIncompleteMultipartUploadAfter: Duration.days(7), noncurrentVersionExpiration: LEFTOVERS },
      ],
    });
    this.configureNotifications(notify);
    acknowledge(this, [{ id: 'AwsSolutions-S1', reason: 'The files table tells who dropped which file and when; for other accesses there are data events of CloudTrail.' }]);
  }

  /** The L2's notifications are set by a function of CDK's own, which the stack would carry along. */
  private configureNotifications(queue: Queue): void {
    allowS3Notifications(queue, this);
    const bucket = this.node.defaultChild as CfnBucket;
    bucket.notificationConfiguration = {
      queueConfigurations: [{
        event: EventType.OBJECT_CREATED,
        queue: queue.queueArn,
        filter: { s3Key: { rules: [{ name: 'prefix', value: INCOMING_PREFIX }] } },
      }],
    };
    // S3 tries the queue when it gets its notifications.
    bucket.node.addDependency(queue.node.findChild('Policy'));
  }
}

/** Lets S3 put notifications into a queue, for this account: the bucket's definition names the queue, so the queue's cannot name it. */
function allowS3Notifications(queue: Queue, scope: Construct): void {
  queue.addToResourcePolicy(new PolicyStatement({
    sid: 'AllowS3Notifications',
    principals: [new ServicePrincipal('s3.amazonaws.com')],
    actions: ['sqs:SendMessage'],
    resources: [queue.queueArn],
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
  }));
  if (queue.encryptionMasterKey) grantKeyToS3(queue.encryptionMasterKey, scope);
}

/** An existing bucket as this stack sees it: one of another stack is imported, or the two would need each other. */
export const bucketInStack = (scope: Construct, bucket: IBucket): IBucket => (Stack.of(bucket) === Stack.of(scope)
  ? bucket
  : Bucket.fromBucketAttributes(scope, 'Bucket', { bucketArn: bucket.bucketArn, encryptionKey: bucket.encryptionKey }));

/** Lets an existing bucket tell of its files. CDK's own destination names the bucket in the key's policy: a circle. */
export function addFileNotifications(bucket: IBucket, queue: Queue): void {
  allowS3Notifications(queue, queue);
  const bind = () => ({ arn: queue.queueArn, type: BucketNotificationDestinationType.QUEUE, dependencies: [queue.node.findChild('Policy')] });
  bucket.addEventNotification(EventType.OBJECT_CREATED, { bind }, { prefix: INCOMING_PREFIX });
}
