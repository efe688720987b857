import { Duration, Lazy, type CfnResource } from 'aws-cdk-lib';
import {
  Bucket, EventType, type CfnBucket, type IBucket, type IBucketNotificationDestination,
  type NotificationKeyFilter,
} from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { bucketDefaults, type BucketDefaultsOptions } from './bucket-defaults';
import { INCOMING_PREFIX, REPORTS_PREFIX } from './contract';
import { allowS3Notifications, fileFilters, validateNotification } from './file-notifications';
import { assertProps } from './validate';

export interface OrderFilesBucketProps extends BucketDefaultsOptions {
  /** Receives a message for every file under `incoming/`. */
  readonly notify: Queue;
  /** The suffixes of files; all files by default. */
  readonly fileSuffixes?: readonly string[];
  readonly fileRetention?: Duration;
  readonly reportRetention?: Duration;
}

/** The construct id of the notifications that the app adds. */
const APP_NOTIFICATIONS = 'AppNotifications';

/** Retention of replaced versions, which no handler reads anymore. */
const NONCURRENT_VERSION_RETENTION = Duration.days(30);

/** The bucket of order files: private, encrypted, TLS only. Versioned, so that handlers read a file as it was uploaded. */
export class OrderFilesBucket extends Bucket {
  private readonly fileSuffixes?: readonly string[];

  constructor(scope: Construct, id: string, { notify, ...props }: OrderFilesBucketProps) {
    super(scope, id, {
      versioned: true,
      ...bucketDefaults(scope, props),
      lifecycleRules: [
        { id: 'Files', prefix: INCOMING_PREFIX, expiration: props.fileRetention ?? Duration.days(90) },
        { id: 'Reports', prefix: REPORTS_PREFIX, expiration: props.reportRetention ?? Duration.days(90) },
        { id: 'Leftovers', abortIncompleteMultipartUploadAfter: Duration.days(7), noncurrentVersionExpiration: NONCURRENT_VERSION_RETENTION },
      ],
    });
    this.fileSuffixes = props.fileSuffixes;
    this.configureNotifications(notify);
    if (props.serverAccessLogsBucket) return;
    acknowledge(this, [{ id: 'AwsSolutions-S1', reason: 'The files table records uploads; CloudTrail data events record other accesses.' }]);
  }

  /**
   * Adds a notification of the app, by CDK's custom resource. The notification of the pipeline remains on the bucket.
   *
   * @throws Error when S3 would reject the notification, because it overlaps that of the pipeline.
   */
  public addEventNotification(event: EventType, destination: IBucketNotificationDestination, ...filters: NotificationKeyFilter[]): void {
    assertProps(this, [validateNotification(event, filters, this.fileSuffixes)]);
    this.appNotifications.addEventNotification(event, destination, ...filters);
    const resource = this.appNotifications.node.findChild('Notifications').node.findChild('Resource') as CfnResource;
    // A deployment that changes the notifications on the bucket removes the others, which this resource then has to add again.
    resource.addPropertyOverride('BucketNotificationConfiguration', Lazy.any({ produce: () => this.bucketResource.notificationConfiguration }));
  }

  /** Sends all events of the bucket to the default bus of EventBridge as well. */
  public enableEventBridgeNotification(): void {
    const before = this.bucketResource.notificationConfiguration as CfnBucket.NotificationConfigurationProperty;
    this.bucketResource.notificationConfiguration = { ...before, eventBridgeConfiguration: { eventBridgeEnabled: true } };
  }

  private get bucketResource(): CfnBucket {
    return this.node.defaultChild as CfnBucket;
  }

  /** The bucket as CDK imports one. The custom resource of an imported bucket keeps notifications that it did not add, also when it is deleted. */
  private get appNotifications(): IBucket {
    return this.node.tryFindChild(APP_NOTIFICATIONS) as IBucket | undefined
      ?? Bucket.fromBucketAttributes(this, APP_NOTIFICATIONS, {
        bucketArn: this.bucketArn, bucketName: this.bucketName, encryptionKey: this.encryptionKey,
      });
  }

  /** The notifications of the L2 need a custom resource with a function, and would replace each other. */
  private configureNotifications(queue: Queue): void {
    allowS3Notifications(queue, this);
    this.bucketResource.notificationConfiguration = {
      queueConfigurations: fileFilters(this.fileSuffixes).map((filter) => ({
        event: EventType.OBJECT_CREATED,
        queue: queue.queueArn,
        filter: { s3Key: { rules: Object.entries(filter).map(([name, value]) => ({ name, value })) } },
      })),
    };
    // S3 validates the queue policy when the notification is configured.
    this.bucketResource.node.addDependency(queue.node.findChild('Policy'));
  }
}

