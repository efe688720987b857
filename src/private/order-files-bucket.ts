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
  /** Receives a message for every file under `incoming/`. */
  readonly notify: Queue;
  readonly encryptionKey?: IKey;
  readonly removalPolicy?: RemovalPolicy;
  readonly fileRetention?: Duration;
  readonly reportRetention?: Duration;
}

/** Retention of replaced versions, which no handler reads anymore. */
const NONCURRENT_VERSION_RETENTION = Duration.days(30);

/** The bucket of order files: private, encrypted, TLS only. Versioned, so that handlers read a file as it was uploaded. */
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
        { id: 'Leftovers', abortIncompleteMultipartUploadAfter: Duration.days(7), noncurrentVersionExpiration: NONCURRENT_VERSION_RETENTION },
      ],
    });
    this.configureNotifications(notify);
    acknowledge(this, [{ id: 'AwsSolutions-S1', reason: 'The files table records uploads; CloudTrail data events record other accesses.' }]);
  }

  /** The notifications of the L2 need a custom resource with a function. */
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
    // S3 validates the queue policy when the notification is configured.
    bucket.node.addDependency(queue.node.findChild('Policy'));
  }
}

/** Grants S3 in this account to send notifications to the queue. The policy names the account, because the bucket depends on the queue. */
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

/** Imports a bucket of another stack, which would otherwise depend on this stack for its notifications. */
export const bucketInStack = (scope: Construct, bucket: IBucket): IBucket => (Stack.of(bucket) === Stack.of(scope)
  ? bucket
  : Bucket.fromBucketAttributes(scope, 'Bucket', { bucketArn: bucket.bucketArn, encryptionKey: bucket.encryptionKey }));

/** Adds notifications to an existing bucket. CDK's `SqsDestination` adds the bucket to the key policy, which causes a dependency cycle. */
export function addFileNotifications(bucket: IBucket, queue: Queue): void {
  allowS3Notifications(queue, queue);
  const bind = () => ({ arn: queue.queueArn, type: BucketNotificationDestinationType.QUEUE, dependencies: [queue.node.findChild('Policy')] });
  bucket.addEventNotification(EventType.OBJECT_CREATED, { bind }, { prefix: INCOMING_PREFIX });
}
