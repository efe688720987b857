import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket, CfnBucket, EventType, type IBucket, type IBucketNotificationDestination, type NotificationKeyFilter } from 'aws-cdk-lib/aws-s3';
import { LambdaDestination, SnsDestination, SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { S3_KEEP_NOTIFICATION_IN_IMPORTED_BUCKET } from 'aws-cdk-lib/cx-api';
import { synth, synthUnwatched, UNWATCHED } from '../../support/synth';
import { idOf, resourceOf, resourcesOf } from '../../support/template';
import { testApp } from '../../support/test-app';
import { OrderPipeline, type OrderPipelineProps } from 'cdk-order-pipeline';

/** A stack with a pipeline, and what an app does with its bucket. */
const withBucket = (use: (bucket: IBucket, stack: Stack) => unknown, props: (stack: Stack) => OrderPipelineProps = () => ({})) => synth((stack) => {
  const orders = new OrderPipeline(stack, 'Orders', { ...UNWATCHED, ...props(stack) });
  use(orders.files!.bucket, stack);
  return orders;
}).template;
type Added = ReturnType<typeof withBucket>;

/** The notifications on the bucket itself, and those of CDK's custom resource. */
const onBucket = (template: Added) => resourcesOf(template, 'AWS::S3::Bucket')[0].properties.NotificationConfiguration;
const custom = (template: Added) => resourcesOf(template, 'Custom::S3BucketNotifications').map(({ properties }) => properties);
const filesQueue = (template: Added) => ({ 'Fn::GetAtt': [resourceOf(template, 'AWS::SQS::Queue', 'FilesFilesQueue').id, 'Arn'] });

/** The notification of the pipeline, as it is without any other. */
const pipelines = (template: Added) => ({
  QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'incoming/' }] } }, Queue: filesQueue(template) }],
});

describe('notifications that an app adds to the bucket of the pipeline', () => {
  const lambda = (stack: Stack) => new Lambda(stack, 'Function', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('exports.handler = () => {}') });

  test.each<[string, string, (stack: Stack) => IBucketNotificationDestination]>([
    ['a queue', 'QueueConfigurations', (stack) => new SqsDestination(new Queue(stack, 'Queue'))],
    ['an encrypted queue', 'QueueConfigurations', (stack) => new SqsDestination(new Queue(stack, 'Queue', { encryptionMasterKey: new Key(stack, 'Key') }))],
    ['a function', 'LambdaFunctionConfigurations', (stack) => new LambdaDestination(lambda(stack))],
    ['a topic', 'TopicConfigurations', (stack) => new SnsDestination(new Topic(stack, 'Topic'))],
  ])('are added to those of the pipeline: %s', (_, kind, destination) => {
    const template = withBucket((bucket, stack) => bucket.addEventNotification(EventType.OBJECT_CREATED_PUT, destination(stack), { prefix: 'reports/' }));
    expect(onBucket(template)).toEqual(pipelines(template));
    expect(custom(template)).toMatchObject([{ Managed: false, NotificationConfiguration: { [kind]: [{ Events: ['s3:ObjectCreated:Put'] }] } }]);
    expect(idOf(custom(template)[0].BucketName)).toBe(resourcesOf(template, 'AWS::S3::Bucket')[0].id);
  });

  test('are added again by a deployment that changes those of the pipeline', () => {
    const template = withBucket((bucket, stack) => bucket.addObjectRemovedNotification(new SqsDestination(new Queue(stack, 'Queue'))));
    expect(JSON.stringify(custom(template)[0].BucketNotificationConfiguration)).toContain(JSON.stringify(filesQueue(template)));
  });

  test('are several in one custom resource', () => {
    const template = withBucket((bucket, stack) => {
      bucket.addObjectCreatedNotification(new SqsDestination(new Queue(stack, 'One')), { prefix: 'reports/' });
      bucket.addObjectRemovedNotification(new SqsDestination(new Queue(stack, 'Two')));
    });
    expect(custom(template)).toHaveLength(1);
    expect(custom(template)[0].NotificationConfiguration.QueueConfigurations).toHaveLength(2);
    expect(onBucket(template)).toEqual(pipelines(template));
  });

  test.each<[string, (bucket: IBucket, stack: Stack) => void]>([
    ['alone', () => undefined],
    ['before other notifications', (bucket, stack) => bucket.addObjectRemovedNotification(new SqsDestination(new Queue(stack, 'Queue')))],
  ])('go to EventBridge without a custom resource: %s', (_, more) => {
    const template = withBucket((bucket, stack) => {
      bucket.enableEventBridgeNotification();
      more(bucket, stack);
    });
    expect(onBucket(template)).toEqual({ ...pipelines(template), EventBridgeConfiguration: { EventBridgeEnabled: true } });
    for (const { BucketNotificationConfiguration } of custom(template)) expect(BucketNotificationConfiguration).toHaveProperty('eventBridgeConfiguration');
  });

  test('go to EventBridge when other notifications were added before', () => {
    const template = withBucket((bucket, stack) => {
      bucket.addObjectRemovedNotification(new SqsDestination(new Queue(stack, 'Queue')));
      bucket.enableEventBridgeNotification();
    });
    expect(onBucket(template)).toHaveProperty('EventBridgeConfiguration');
    expect(custom(template)[0].BucketNotificationConfiguration).toHaveProperty('eventBridgeConfiguration');
  });

  test('need no custom resource when there are none', () => {
    expect(custom(synthUnwatched().template)).toEqual([]);
  });

  test.each([[[], 'none'], [[{ suffix: '.json' }], 'none'], [[{ prefix: 'incoming/shop/' }], 'incoming/shop/'], [[{ prefix: 'in' }], 'in']])(
    'fail when S3 would reject them: of new files with %j', (filters, got) => {
      expect(() => withBucket((bucket, stack) => bucket.addObjectCreatedNotification(new SqsDestination(new Queue(stack, 'Queue')), ...filters))).toThrow(new Error(
        'Test/Orders/Files/Bucket: a notification of s3:ObjectCreated:* must have a prefix that does not overlap incoming/, of which the pipeline is notified, '
        + `got ${got}; set another prefix, or call enableEventBridgeNotification() and subscribe to the default bus`,
      ));
    },
  );
});

describe('notifications of the app beside files with suffixes', () => {
  const withSuffix = (filters: NotificationKeyFilter[]) => () => withBucket(
    (bucket, stack) => bucket.addObjectCreatedNotification(new SqsDestination(new Queue(stack, 'Queue')), ...filters),
    () => ({ fileSuffixes: ['.json', '.csv'] }),
  );

  test('are added when their suffix is another', () => {
    expect(custom(withSuffix([{ prefix: 'incoming/', suffix: '.pdf' }])())).toHaveLength(1);
    expect(custom(withSuffix([{ suffix: '.pdf' }])())).toHaveLength(1);
  });

  test.each<[NotificationKeyFilter[]]>([[[]], [[{ prefix: 'incoming/' }]], [[{ suffix: '.json' }]], [[{ suffix: '.big.csv' }]], [[{ suffix: 'v' }]]])(
    'fail when S3 would reject them: %j', (filters) => {
      expect(withSuffix(filters)).toThrow('a notification of s3:ObjectCreated:* must have a prefix that does not overlap incoming/');
    },
  );
});

describe('an existing bucket', () => {
  test('of the stack has all notifications in one custom resource, added before and after', () => {
    const template = withBucket(
      (bucket, stack) => {
        bucket.addObjectCreatedNotification(new SqsDestination(new Queue(stack, 'After')), { prefix: 'reports/' });
        bucket.enableEventBridgeNotification();
      },
      (stack) => {
        const bucket = new Bucket(stack, 'Bucket');
        bucket.addObjectRemovedNotification(new SqsDestination(new Queue(stack, 'Before')));
        return { bucket };
      },
    );
    expect(custom(template)).toHaveLength(1);
    const { EventBridgeConfiguration, QueueConfigurations } = custom(template)[0].NotificationConfiguration;
    expect(EventBridgeConfiguration).toEqual({});
    expect(QueueConfigurations).toHaveLength(3);
    expect(QueueConfigurations).toContainEqual(expect.objectContaining({ QueueArn: filesQueue(template) }));
  });

  test('that is imported keeps notifications that were added elsewhere', () => {
    const template = withBucket((bucket) => bucket.enableEventBridgeNotification(), (stack) => ({ bucket: Bucket.fromBucketName(stack, 'Bucket', 'files') }));
    const NotificationConfiguration = { EventBridgeConfiguration: {}, QueueConfigurations: [{}] };
    expect(custom(template)).toMatchObject([{ Managed: false, NotificationConfiguration }]);
  });

  const errorIn = (bucketOf: (shared: Stack, orders: Stack) => Bucket, context = {}) => () => {
    const app = testApp(context);
    const [shared, orders] = [new Stack(app, 'Shared'), new Stack(app, 'Orders')];
    new OrderPipeline(orders, 'Pipeline', { ...UNWATCHED, bucket: bucketOf(shared, orders) });
    Template.fromStack(orders);
  };
  const advice = 'which removes or loses the notifications of the pipeline; '
    + 'call addEventNotification or enableEventBridgeNotification on the property `bucket` of the BatchFileIngest instead';

  test('fails when its own stack sets other notifications', () => {
    expect(errorIn((shared) => {
      const bucket = new Bucket(shared, 'Bucket');
      bucket.enableEventBridgeNotification();
      return bucket;
    })).toThrow(`\`bucket\` Shared/Bucket has notifications of its own stack, ${advice}`);
  });

  test('of another stack can have notifications of its own when CDK keeps those of the pipeline', () => {
    expect(errorIn((shared) => {
      const bucket = new Bucket(shared, 'Bucket');
      bucket.enableEventBridgeNotification();
      return bucket;
    }, { [S3_KEEP_NOTIFICATION_IN_IMPORTED_BUCKET]: true })).not.toThrow();
  });

  test.each<[string, (shared: Stack, orders: Stack) => Stack]>([['its own stack', (shared) => shared], ['the same stack', (_, orders) => orders]])(
    'fails when its resource has notifications: in %s', (_, stackOf) => {
      expect(errorIn((shared, orders) => {
        const bucket = new Bucket(stackOf(shared, orders), 'Bucket');
        (bucket.node.defaultChild as CfnBucket).notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
        return bucket;
      })).toThrow(`has a notificationConfiguration of its CfnBucket, ${advice}`);
    },
  );

  test.each<[string, (stack: Stack, id: string, owned: Bucket) => IBucket]>([
    ['of the app', (_, __, owned) => owned], ['imported twice', (stack, id) => Bucket.fromBucketName(stack, id, 'files')],
  ])('fails when two pipelines use it: %s', (_, bucketOf) => {
    expect(() => synth((stack) => {
      const owned = new Bucket(stack, 'Owned');
      for (const id of ['First', 'Second']) new OrderPipeline(stack, id, { ...UNWATCHED, bucket: bucketOf(stack, `${id}Bucket`, owned) });
    })).toThrow(/^Test\/Second\/Files: `bucket` must be used by one pipeline, got Test\/\w+, which Test\/First uses as well; set another `bucket`, or omit it$/);
  });
});
