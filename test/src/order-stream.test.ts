import { CfnParameter, Duration, RemovalPolicy, Size, Stack, type Environment } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { OrderStream, type OrderStreamOptions, type OrderStreamProps } from '../../src';
import { NAMED_QUERIES } from '../../src/private/stream/query-text';
import { parametersForQueue, wrongQueueOptions } from '../support/queue-options';
import { synth, synthPipeline, synthUnwatched, warningsOf } from '../support/synth';
import { actionsByResource, idOf, readable, resourceOf, resourcesOf, roleStatements, statementsIn } from '../support/template';

type Props = Omit<OrderStreamProps, 'eventBus'>;
const synthStream = (props?: Props | ((stack: Stack) => Props), env?: Environment) => synth((stack) => new OrderStream(stack, 'Stream', {
  eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared'),
  pipelineId: 'shop',
  acceptEventsWithoutPipeline: true,
  ...(typeof props === 'function' ? props(stack) : props),
}), env);
type Template = ReturnType<typeof synthStream>['template'];

const streamIn = (template: Template) => resourceOf(template, 'AWS::Kinesis::Stream', 'DataStream');
const deliveryIn = (template: Template) => resourceOf(template, 'AWS::KinesisFirehose::DeliveryStream', 'Delivery').properties;
const destinationIn = (template: Template) => deliveryIn(template).ExtendedS3DestinationConfiguration;
const tableIn = (template: Template) => resourceOf(template, 'AWS::Glue::Table', 'Table').properties;
const bucketIn = (template: Template) => resourceOf(template, 'AWS::S3::Bucket', 'Bucket');

describe('with nothing but a bus', () => {
  const { template, created, stack } = synthStream();

  test('the stream adapts to the traffic, is encrypted, and keeps events for a day longer than consumers retry them', () => {
    expect(streamIn(template).properties).toEqual({
      StreamModeDetails: { StreamMode: 'ON_DEMAND' },
      RetentionPeriodHours: 48,
      StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
    });
  });

  test('stream and bucket stay when the stack is deleted', () => {
    for (const type of ['AWS::Kinesis::Stream', 'AWS::S3::Bucket']) template.hasResource(type, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  });

  test('one rule routes every event of the pipeline into the stream queue, those about files included', () => {
    template.resourceCountIs('AWS::Events::Rule', 1);
    const { EventPattern, Targets: [target] } = resourceOf(template, 'AWS::Events::Rule', 'Events').properties;
    expect(EventPattern).toEqual({ source: ['orders'], detail: { metadata: { pipeline: ['shop', { exists: false }] } } });
    expect(idOf(target.Arn)).toBe(resourceOf(template, 'AWS::SQS::Queue', 'StreamQueue').id);
    expect(idOf(target.DeadLetterConfig.Arn)).toBe(resourceOf(template, 'AWS::SQS::Queue', 'StreamDeadLetterQueue').id);
  });

  test('publish-to-stream consumes the queue and may only put records', () => {
    expect(actionsByResource(roleStatements(template, 'PublishToStream'))).toEqual({
      StreamPublishToStreamLogs: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      StreamStreamDeadLetterQueue: ['sqs:SendMessage'],
      StreamStreamQueue: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage'],
      StreamDataStream: ['kinesis:PutRecord'],
    });
    const { Variables } = resourceOf(template, 'AWS::Lambda::Function', 'PublishToStream').properties.Environment;
    expect(Variables.EVENT_STREAM_NAME).toEqual({ Ref: streamIn(template).id });
  });

  test('Firehose writes the stream to the bucket, compressed and by day, and errors beside it', () => {
    const stream = { 'Fn::GetAtt': [streamIn(template).id, 'Arn'] };
    expect(deliveryIn(template)).toMatchObject({ DeliveryStreamType: 'KinesisStreamAsSource', KinesisStreamSourceConfiguration: { KinesisStreamARN: stream } });
    expect(destinationIn(template)).toMatchObject({
      BucketARN: { 'Fn::GetAtt': [bucketIn(template).id, 'Arn'] },
      Prefix: 'events/day=!{timestamp:yyyy-MM-dd}/',
      ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/day=!{timestamp:yyyy-MM-dd}/',
      CompressionFormat: 'GZIP',
      BufferingHints: { IntervalInSeconds: 300, SizeInMBs: 64 },
      CloudWatchLoggingOptions: { Enabled: true },
    });
  });

  test('Firehose has the permissions that it validates when it is created, and may delete and read nothing else', () => {
    const [policy] = resourcesOf(template, 'AWS::IAM::Policy').filter(({ id }) => id.includes('DeliveryRole'));
    const { StreamDataStream, StreamBucket, 'StreamBucket/events/*': events, 'StreamBucket/errors/*': errors } = actionsByResource(statementsIn(policy.properties.PolicyDocument));
    expect(StreamDataStream).toEqual(['kinesis:DescribeStream', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards']);
    expect(StreamBucket).toEqual(['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads']);
    expect(events).toEqual(['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject']);
    expect(errors).toEqual(events);
    const [{ DependsOn }] = Object.values(template.findResources('AWS::KinesisFirehose::DeliveryStream'));
    expect(DependsOn).toContain(policy.id);
  });

  test('the bucket is private, encrypted and TLS only, and keeps events but not the results of queries', () => {
    expect(bucketIn(template).properties).toMatchObject({
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
    });
    const { Rules } = bucketIn(template).properties.LifecycleConfiguration;
    expect(Rules).toMatchObject([{ Prefix: 'query-results/', ExpirationInDays: 30 }, { AbortIncompleteMultipartUpload: {} }]);
    expect(Rules[1]).not.toHaveProperty('ExpirationInDays');
  });

  test('the table has the text of an event and the day as partition, which Athena projects, so that there is no crawler', () => {
    const { Name, Parameters, PartitionKeys, StorageDescriptor } = tableIn(template).TableInput;
    expect(Name).toBe('order_events');
    expect(PartitionKeys).toMatchObject([{ Name: 'day', Type: 'string' }]);
    expect(StorageDescriptor.Columns).toMatchObject([{ Name: 'event', Type: 'string' }]);
    expect(Parameters).toMatchObject({ 'projection.enabled': 'true', 'projection.day.type': 'date', 'projection.day.format': 'yyyy-MM-dd', 'projection.day.range': '2026-01-01,NOW' });
    template.resourceCountIs('AWS::Glue::Crawler', 0);
  });

  test('the table finds the objects where Firehose writes them', () => {
    const { Parameters, StorageDescriptor } = tableIn(template).TableInput;
    const template_ = readable(Parameters['storage.location.template']);
    expect(template_.replace('${day}', '!{timestamp:yyyy-MM-dd}')).toBe(`s3://StreamBucket/${destinationIn(template).Prefix}`);
    expect(template_.startsWith(readable(StorageDescriptor.Location))).toBe(true);
  });

  test('the workgroup encrypts its results, and has the named queries of the database', () => {
    const { id, properties } = resourceOf(template, 'AWS::Athena::WorkGroup', 'WorkGroup');
    expect(properties).toMatchObject({
      RecursiveDeleteOption: true,
      WorkGroupConfiguration: { EnforceWorkGroupConfiguration: true, ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_S3' } } },
    });
    expect(readable(properties.WorkGroupConfiguration.ResultConfiguration.OutputLocation)).toBe('s3://StreamBucket/query-results/');
    const queries = resourcesOf(template, 'AWS::Athena::NamedQuery').map((query) => query.properties);
    expect(queries.map(({ Name }) => Name)).toEqual(['Orders per day and channel', 'Rejection reasons', 'Time from accepted to confirmed']);
    const database = { Ref: resourceOf(template, 'AWS::Glue::Database', 'Database').id };
    for (const { Database, WorkGroup, QueryString } of queries) {
      expect([Database, WorkGroup]).toEqual([database, { Ref: id }]);
      expect(Object.values(NAMED_QUERIES).map(({ sql }) => sql)).toContain(QueryString);
    }
  });

  test('the names that must be unique in the account come from the stack and the path', () => {
    expect(resourceOf(template, 'AWS::Glue::Database', 'Database').properties.DatabaseInput.Name).toMatch(/^test_stream_[0-9a-f]{8}$/);
    expect(stack.resolve(created.databaseName)).toEqual({ Ref: resourceOf(template, 'AWS::Glue::Database', 'Database').id });
    expect(stack.resolve(created.workGroupName)).toEqual({ Ref: resourceOf(template, 'AWS::Athena::WorkGroup', 'WorkGroup').id });
  });

  test('there is nothing to warn of', () => {
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('its props', () => {
  test('shardCount and streamRetention size a stream with shards', () => {
    expect(streamIn(synthStream({ shardCount: 4, streamRetention: Duration.days(7) }).template).properties)
      .toMatchObject({ ShardCount: 4, StreamModeDetails: { StreamMode: 'PROVISIONED' }, RetentionPeriodHours: 168 });
  });

  test('prefix precedes all keys', () => {
    const { template } = synthStream({ prefix: 'orders/eu/', eventRetention: Duration.days(400) });
    const { Prefix, ErrorOutputPrefix } = destinationIn(template);
    expect(Prefix).toBe('orders/eu/events/day=!{timestamp:yyyy-MM-dd}/');
    expect(ErrorOutputPrefix).toMatch(/^orders\/eu\/errors\//);
    expect(readable(tableIn(template).TableInput.Parameters['storage.location.template'])).toBe('s3://StreamBucket/orders/eu/events/day=${day}/');
    expect(bucketIn(template).properties.LifecycleConfiguration.Rules).toMatchObject([
      { Prefix: 'orders/eu/events/', ExpirationInDays: 400 }, { Prefix: 'orders/eu/errors/', ExpirationInDays: 400 }, { Prefix: 'orders/eu/query-results/' }, {},
    ]);
  });

  test('bufferingInterval and bufferingSize are those of Firehose', () => {
    expect(destinationIn(synthStream({ bufferingInterval: Duration.seconds(0), bufferingSize: Size.mebibytes(1) }).template).BufferingHints)
      .toEqual({ IntervalInSeconds: 0, SizeInMBs: 1 });
  });

  test('queries: false creates no workgroup, but the table', () => {
    const { template, created } = synthStream({ queries: false });
    for (const type of ['AWS::Athena::WorkGroup', 'AWS::Athena::NamedQuery']) template.resourceCountIs(type, 0);
    template.resourceCountIs('AWS::Glue::Table', 1);
    expect(created.workGroupName).toBeUndefined();
  });

  test('databaseName names the database and the workgroup', () => {
    const { template } = synthStream({ databaseName: 'shop_orders' });
    expect(resourceOf(template, 'AWS::Glue::Database', 'Database').properties.DatabaseInput.Name).toBe('shop_orders');
    expect(resourceOf(template, 'AWS::Athena::WorkGroup', 'WorkGroup').properties.Name).toBe('shop_orders');
  });

  test('an existing stream and an existing bucket are used', () => {
    const { template, created } = synthStream((stack) => ({
      dataStream: Stream.fromStreamArn(stack, 'Events', stack.formatArn({ service: 'kinesis', resource: 'stream', resourceName: 'events' })),
      bucket: Bucket.fromBucketName(stack, 'Lake', 'lake'),
      prefix: 'orders/',
    }));
    for (const type of ['AWS::Kinesis::Stream', 'AWS::S3::Bucket']) template.resourceCountIs(type, 0);
    expect(readable(destinationIn(template).BucketARN)).toMatch(/:s3:::lake$/);
    expect(resourceOf(template, 'AWS::Lambda::Function', 'PublishToStream').properties.Environment.Variables.EVENT_STREAM_NAME).toBe('events');
    expect(created.bucket.bucketName).toBe('lake');
  });

  test('encryptionKey encrypts stream, queues, bucket and results, and every user may use it', () => {
    const { template } = synthStream((stack) => ({ encryptionKey: new Key(stack, 'Key') }), { region: 'eu-central-1' });
    const [key] = resourcesOf(template, 'AWS::KMS::Key');
    const arn = { 'Fn::GetAtt': [key.id, 'Arn'] };
    expect(streamIn(template).properties.StreamEncryption).toEqual({ EncryptionType: 'KMS', KeyId: arn });
    const [encryption] = bucketIn(template).properties.BucketEncryption.ServerSideEncryptionConfiguration;
    expect(encryption.ServerSideEncryptionByDefault.KMSMasterKeyID).toEqual(arn);
    for (const { properties } of resourcesOf(template, 'AWS::SQS::Queue')) expect(properties.KmsMasterKeyId).toEqual(arn);
    expect(resourceOf(template, 'AWS::Athena::WorkGroup', 'WorkGroup').properties.WorkGroupConfiguration.ResultConfiguration.EncryptionConfiguration)
      .toEqual({ EncryptionOption: 'SSE_KMS', KmsKey: arn });
    expect(actionsByResource(roleStatements(template, 'PublishToStream')).Key).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
    expect(actionsByResource(roleStatements(template, 'Delivery')).Key).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
  });

  test('removalPolicy DESTROY deletes stream and bucket, with or without its objects', () => {
    const { template } = synthStream({ removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: false });
    for (const type of ['AWS::Kinesis::Stream', 'AWS::S3::Bucket']) template.hasResource(type, { DeletionPolicy: 'Delete' });
    template.resourceCountIs('Custom::S3AutoDeleteObjects', 0);
    synthStream({ removalPolicy: RemovalPolicy.DESTROY }).template.resourceCountIs('Custom::S3AutoDeleteObjects', 1);
  });

  test('publishToStream sizes the handler and its queue', () => {
    const { template } = synthStream({ publishToStream: { memorySize: 256, batchSize: 5, maxConcurrency: 7, retryDuration: Duration.hours(3) } });
    expect(resourceOf(template, 'AWS::Lambda::Function', 'PublishToStream').properties.MemorySize).toBe(256);
    expect(resourcesOf(template, 'AWS::Lambda::EventSourceMapping')[0].properties).toMatchObject({ BatchSize: 5, ScalingConfig: { MaximumConcurrency: 7 } });
  });

  test('may be known only at deployment', () => {
    const { template } = synthStream((stack) => {
      const number = (id: string) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
      return {
        shardCount: number('Shards'),
        streamRetention: Duration.hours(number('Hours')),
        eventRetention: Duration.days(number('Days')),
        bufferingInterval: Duration.seconds(number('Interval')),
        bufferingSize: Size.mebibytes(number('Size')),
        prefix: new CfnParameter(stack, 'Prefix').valueAsString,
        databaseName: new CfnParameter(stack, 'Database').valueAsString,
        publishToStream: parametersForQueue(stack),
      };
    });
    expect(streamIn(template).properties).toMatchObject({ ShardCount: { Ref: 'Shards' }, RetentionPeriodHours: { Ref: 'Hours' } });
    expect(destinationIn(template).BufferingHints).toEqual({ IntervalInSeconds: { Ref: 'Interval' }, SizeInMBs: { Ref: 'Size' } });
    expect(readable(destinationIn(template).Prefix)).toBe('Prefixevents/day=!{timestamp:yyyy-MM-dd}/');
  });
});

describe('in a pipeline', () => {
  test('there is no stream by default', () => {
    const { template, created } = synthUnwatched();
    for (const type of ['AWS::Kinesis::Stream', 'AWS::KinesisFirehose::DeliveryStream', 'AWS::Glue::Database']) template.resourceCountIs(type, 0);
    expect(created.stream).toBeUndefined();
  });

  test('the stream has its own bucket, also when order files are in an existing one', () => {
    const { template, created } = synthUnwatched((stack) => ({ stream: {}, bucket: new Bucket(stack, 'Files', { versioned: true }) }));
    expect(idOf(destinationIn(template).BucketARN)).toBe(resourceOf(template, 'AWS::S3::Bucket', 'StreamBucket').id);
    expect(created.parts).toContain(created.stream);
  });

  test.each<[string, OrderStreamOptions, number]>([
    ['the bucket of the stream is emptied like that of the files', {}, 0],
    ['the stream can have another setting', { autoDeleteObjects: true }, 1],
  ])('%s', (_, stream, count) => {
    const { template } = synthUnwatched({ stream, removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: false });
    template.resourceCountIs('Custom::S3AutoDeleteObjects', count);
  });

  test('autoDeleteObjects of the pipeline does not concern an existing bucket of the stream', () => {
    expect(() => synthUnwatched((stack) => ({
      stream: { bucket: Bucket.fromBucketName(stack, 'Lake', 'lake') }, removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: false,
    }))).not.toThrow();
  });

  test('the stream queue is redriven like the others', () => {
    const { template } = synthPipeline({ stream: {} });
    const routes = JSON.stringify(resourceOf(template, 'AWS::Lambda::Function', 'RedriveDeadLetters').properties.Environment.Variables.REDRIVE_ROUTES);
    expect(routes).toContain('event-stream');
  });

  test('an alarm goes off when events stay out of the bucket', () => {
    const { template } = synthPipeline({ stream: {} });
    const { MetricName, Namespace, Threshold, AlarmDescription } = resourceOf(template, 'AWS::CloudWatch::Alarm', 'StreamDeliveryDelayed').properties;
    expect([Namespace, MetricName, Threshold]).toEqual(['AWS/Firehose', 'DeliveryToS3.DataFreshness', 1800]);
    expect(readable(AlarmDescription)).toContain('runbook.md#delayed-stream-delivery');
  });

  test('fails when an option is wrong, and names it by its path', () => {
    expect(() => synthUnwatched({ stream: { shardCount: 0 } })).toThrow(new Error('Test/Orders: `stream.shardCount` must be an integer between 1 and 10000, got 0'));
  });
});

describe('fails when', () => {
  const fails = (props: Props | ((stack: Stack) => Props), message: string) => expect(() => synthStream(props)).toThrow(new Error(`Test/Stream: ${message}`));
  const elsewhere = (stack: Stack) => new Stack(stack.node.root as never, 'Elsewhere', { env: { account: '111122223333', region: 'us-west-2' } });

  test.each<[Props, string]>([
    [{ shardCount: 10_001 }, '`shardCount` must be an integer between 1 and 10000, got 10001'],
    [{ streamRetention: Duration.hours(23) }, '`streamRetention` must be between 1 day and 365 days, got 23 hours'],
    [{ streamRetention: Duration.days(366) }, '`streamRetention` must be between 1 day and 365 days, got 366 days'],
    [{ streamRetention: Duration.minutes(1441) }, '`streamRetention` must be a whole number of hours, got 1 day 1 minute'],
    [{ prefix: 'orders' }, '`prefix` must have up to 128 letters, digits and any of / _ . -, and end with a slash, got orders'],
    [{ prefix: 'or ders/' }, '`prefix` must have up to 128 letters, digits and any of / _ . -, and end with a slash, got or ders/'],
    [{ autoDeleteObjects: true }, '`autoDeleteObjects` cannot be set when `removalPolicy` is not DESTROY'],
    [{ eventRetention: Duration.hours(1) }, '`eventRetention` must be between 1 day and 36500 days, got 1 hour'],
    [{ eventRetention: Duration.hours(36) }, '`eventRetention` must be a whole number of days, got 1 day 12 hours'],
    [{ bufferingInterval: Duration.minutes(16) }, '`bufferingInterval` must be between 0 seconds and 15 minutes, got 16 minutes'],
    [{ bufferingSize: Size.mebibytes(129) }, '`bufferingSize` must be between 1024 KiB and 131072 KiB, got 135266304 bytes'],
    [{ databaseName: 'Shop-Orders' }, '`databaseName` must have 1 to 128 lower-case letters, digits and underscores, got Shop-Orders'],
    ...wrongQueueOptions('publishToStream').map<[Props, string]>(([publishToStream, message]) => [{ publishToStream }, message]),
  ])('%p', (props, message) => {
    fails(props, message);
  });

  test('options of a new stream or bucket are set together with an existing one', () => {
    fails((stack) => ({ dataStream: new Stream(stack, 'Own'), bucket: new Bucket(stack, 'Lake'), shardCount: 1, eventRetention: Duration.days(1) }),
      '`shardCount` cannot be set together with `dataStream`; `eventRetention` cannot be set together with `bucket`');
  });

  test('the stream or bucket is elsewhere', () => {
    const env = { account: '111122223333', region: 'eu-central-1' };
    expect(() => synthStream((stack) => ({ dataStream: new Stream(elsewhere(stack), 'Own') }), env))
      .toThrow('`dataStream` must be in the account and region of the stack, got 111122223333, us-west-2; use a stream of the stack, or deploy the stack where the stream is');
    expect(() => synthStream((stack) => ({ bucket: new Bucket(elsewhere(stack), 'Lake', { bucketName: 'lake' }) }), env))
      .toThrow('`bucket` must be in the region of the stack, got 111122223333, us-west-2');
  });
});
