import { CfnParameter, Duration, RemovalPolicy, Size, type Environment, type Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { User } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ApplicationLogLevel, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { LambdaSubscription, SqsSubscription, UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import newAppFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { BatchFileIngest, CsvColumn, ExistingOrderPolicy, InvalidOrderPolicy, type BatchFileIngestProps, type CsvOptions, type QueueConsumerOptions } from '../../src';
import { parametersForConsumer, wrongConsumerOptions } from '../support/queue-options';
import { synth, warningsOf } from '../support/synth';
import { actionsByResource, idOf, queueStatements, readable, resourceOf, resourcesOf, roleStatements, statementsIn, type Resource } from '../support/template';

const ORDERS_QUEUE_ARN = 'arn:aws:sqs:eu-central-1:111111111111:orders.fifo';
const KEY_ARN = 'arn:aws:kms:eu-central-1:111111111111:key/22222222-2222-2222-2222-222222222222';
/** A table with a customer-managed key has to know its region. */
const REGION: Environment = { region: 'eu-central-1' };

const STANDARD_COLUMNS = [
  ['amount', 'number', '/items/-/amount', true, 0], ['currency', 'text', '/currency', false, 0], ['customerId', 'text', '/customerId', true, 0],
  ['email', 'text', '/email', true, 0], ['externalReference', 'text', '/externalReference', true, 0], ['name', 'text', '/items/-/name', true, 0],
  ['notes', 'text', '/notes', true, 0], ['orderId', 'orderId', '/orderId', false, 0], ['placedAt', 'text', '/placedAt', true, 0],
  ['quantity', 'number', '/items/-/quantity', false, 0], ['salesChannel', 'text', '/salesChannel', true, 0], ['sku', 'text', '/items/-/sku', false, 0],
  ['total', 'number', '/total', true, 0], ['unit', 'text', '/items/-/unit', true, 0], ['unitPrice', 'number', '/items/-/unitPrice', false, 0],
];

type Props = Partial<BatchFileIngestProps>;
type MakeProps = Props | ((stack: Stack) => Props);

const create = (stack: Stack, props: Props = {}) => new BatchFileIngest(stack, 'Ingest', {
  eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared'),
  pipelineId: 'shop',
  ordersQueue: Queue.fromQueueArn(stack, 'OrdersQueue', ORDERS_QUEUE_ARN),
  ...props,
});
const synthFiles = (props?: MakeProps, env?: Environment) => synth((stack) => create(stack, typeof props === 'function' ? props(stack) : props), env);
type Template = ReturnType<typeof synthFiles>['template'];

const handler = (template: Template, id: string) => resourceOf(template, 'AWS::Lambda::Function', id).properties;
const variables = (template: Template, id = 'ValidateFile') => handler(template, id).Environment.Variables;
const queue = (template: Template, id: string) => resourceOf(template, 'AWS::SQS::Queue', id);
const bucketIn = (template: Template) => resourcesOf(template, 'AWS::S3::Bucket')[0];
const mappingOf = (template: Template, id: string) => resourcesOf(template, 'AWS::Lambda::EventSourceMapping')
  .find(({ properties }) => properties.FunctionName.Ref === resourceOf(template, 'AWS::Lambda::Function', id).id)!.properties;
const subscriptions = (template: Template) => resourcesOf(template, 'AWS::SNS::Subscription').map(({ properties }) => properties);
const toS3 = (template: Template) => queueStatements(template, queue(template, 'IngestFilesQueue').id).filter(({ service }) => service === 's3.amazonaws.com');
const customResources = (template: Template) => resourcesOf(template).filter(({ type }) => type.startsWith('Custom::'));

describe('with nothing but a bus and an orders queue, both imported', () => {
  const { template, created, stack } = synthFiles();

  test('it is made of these resources and no others', () => {
    const count = (type: string) => resourcesOf(template, type).length;
    const types = [...new Set(resourcesOf(template).map(({ type }) => type))].sort();
    expect(Object.fromEntries(types.map((type) => [type, count(type)]))).toEqual({
      'AWS::DynamoDB::GlobalTable': 1,
      'AWS::IAM::Policy': 2,
      'AWS::IAM::Role': 2,
      'AWS::Lambda::EventSourceMapping': 2,
      'AWS::Lambda::Function': 2,
      'AWS::Lambda::LayerVersion': 1,
      'AWS::Logs::LogGroup': 2,
      'AWS::S3::Bucket': 1,
      'AWS::S3::BucketPolicy': 1,
      'AWS::SNS::Topic': 1,
      'AWS::SNS::TopicPolicy': 1,
      'AWS::SQS::Queue': 4,
      'AWS::SQS::QueuePolicy': 4,
    });
  });

  test('there is a table of files, on demand, with recovery, expiry and an index by state', () => {
    expect(resourcesOf(template, 'AWS::DynamoDB::GlobalTable')[0].properties).toMatchObject({
      KeySchema: [{ AttributeName: 'fileId', KeyType: 'HASH' }, { AttributeName: 'part', KeyType: 'RANGE' }],
      GlobalSecondaryIndexes: [{
        IndexName: 'byState',
        KeySchema: [{ AttributeName: 'stateKey', KeyType: 'HASH' }, { AttributeName: 'receivedAt', KeyType: 'RANGE' }],
        Projection: { ProjectionType: 'ALL' },
      }],
      AttributeDefinitions: [
        { AttributeName: 'fileId', AttributeType: 'S' }, { AttributeName: 'part', AttributeType: 'S' },
        { AttributeName: 'stateKey', AttributeType: 'S' }, { AttributeName: 'receivedAt', AttributeType: 'S' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      Replicas: [{ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
      SSESpecification: { SSEEnabled: false },
    });
    expect(resourcesOf(template, 'AWS::DynamoDB::GlobalTable')[0].properties).not.toHaveProperty('StreamSpecification');
  });

  test.each(['AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket'])('what holds orders stays when the stack goes: %s', (type) => {
    template.hasResource(type, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  });

  test('alerts are encrypted, and published over TLS only', () => {
    const [topic] = resourcesOf(template, 'AWS::SNS::Topic');
    expect(readable(topic.properties.KmsMasterKeyId)).toMatch(/:alias\/aws\/sns$/);
    expect(statementsIn(resourcesOf(template, 'AWS::SNS::TopicPolicy')[0].properties.PolicyDocument)).toMatchObject([
      { effect: 'Deny', actions: ['sns:Publish'], resources: [{ Ref: topic.id }], condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ]);
    expect(subscriptions(template)).toEqual([]);
  });

  test.each([['ValidateFile', 'IngestFilesQueue', 900], ['ExtractOrders', 'ValidFilesQueue', 300]])(
    '%s consumes the %s, a file at a time, with its default sizes', (id, queueId, timeout) => {
      expect(handler(template, id)).toMatchObject({ MemorySize: 1769, Timeout: timeout });
      expect(mappingOf(template, id)).toMatchObject({
        EventSourceArn: { 'Fn::GetAtt': [queue(template, queueId).id, 'Arn'] },
        BatchSize: 1,
        ScalingConfig: { MaximumConcurrency: 10 },
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      });
      expect(queue(template, queueId).properties).toMatchObject({
        VisibilityTimeout: 6 * timeout, MessageRetentionPeriod: 4 * 24 * 3600, SqsManagedSseEnabled: true,
      });
      expect(queue(template, queueId).properties).not.toHaveProperty('FifoQueue');
    },
  );

  test.each([['IngestFilesQueue', 'IngestFilesDeadLetterQueue'], ['ValidFilesQueue', 'ValidFilesDeadLetterQueue']])(
    'messages that fail are moved from the %s to the %s, and kept for two weeks', (from, to) => {
      expect(queue(template, from).properties.RedrivePolicy).toEqual({
        deadLetterTargetArn: { 'Fn::GetAtt': [queue(template, to).id, 'Arn'] }, maxReceiveCount: 1000,
      });
      expect(queue(template, to).properties).toMatchObject({ MessageRetentionPeriod: 14 * 24 * 3600, SqsManagedSseEnabled: true });
    },
  );

  test('extract-orders may wake itself, and no other handler may', () => {
    expect(handler(template, 'ExtractOrders').RecursiveLoop).toBe('Allow');
    expect(handler(template, 'ValidateFile')).not.toHaveProperty('RecursiveLoop');
  });

  test('validate-file knows its limits', () => {
    expect(variables(template)).toMatchObject({
      IGNORED_FILE_NAMES: '["_SUCCESS"]',
      IGNORE_EMPTY_FILES: 'false',
      ON_INVALID_ORDER: 'SKIP_ORDER',
      MAX_FILE_SIZE: String(1024 ** 3),
      MAX_ORDER_SIZE: String(128 * 1024),
      MAX_ORDERS_PER_FILE: '1000000',
      FILE_HISTORY_RETENTION: String(90 * 24 * 3600),
    });
  });

  test('the handlers know whom to tell, and where poison goes', () => {
    const table = { Ref: resourcesOf(template, 'AWS::DynamoDB::GlobalTable')[0].id };
    const common = { EVENT_BUS_NAME: 'shared', EVENT_SOURCE: 'orders', FILES_TABLE_NAME: table, RETRY_DURATION: '86400' };
    expect(variables(template)).toMatchObject({
      ...common,
      ALERT_TOPIC_ARN: { Ref: resourcesOf(template, 'AWS::SNS::Topic')[0].id },
      QUEUE_URL: { Ref: queue(template, 'IngestFilesQueue').id },
      VALID_FILES_QUEUE_URL: { Ref: queue(template, 'ValidFilesQueue').id },
      DEAD_LETTER_QUEUE_URL: { Ref: queue(template, 'IngestFilesDeadLetterQueue').id },
      // Four days, without two attempts of 90 minutes each.
      MAX_MESSAGE_AGE: String(4 * 86_400 - 2 * 5400),
    });
    expect(variables(template, 'ExtractOrders')).toMatchObject({
      ...common,
      QUEUE_URL: { Ref: queue(template, 'ValidFilesQueue').id },
      DEAD_LETTER_QUEUE_URL: { Ref: queue(template, 'ValidFilesDeadLetterQueue').id },
    });
  });

  test('orders go into the imported queue', () => {
    expect(readable(variables(template, 'ExtractOrders').ORDERS_QUEUE_URL)).toMatch(/111111111111\/orders\.fifo$/);
    expect(actionsByResource(roleStatements(template, 'ExtractOrders'))[ORDERS_QUEUE_ARN]).toEqual(['sqs:SendMessage']);
    expect(JSON.stringify(roleStatements(template, 'ValidateFile'))).not.toContain('orders.fifo');
  });

  test('logs and metrics name the path of the construct', () => {
    for (const id of ['ValidateFile', 'ExtractOrders']) expect(variables(template, id).POWERTOOLS_SERVICE_NAME).toBe('Test/Ingest');
  });

  test('its parts can be reached', () => {
    const parts = [
      created.bucket, created.filesQueue, created.filesDeadLetterQueue, created.validFilesQueue, created.validFilesDeadLetterQueue,
      created.filesTable, created.alertTopic, created.validateFileFunction, created.extractOrdersFunction,
    ];
    expect(parts.map(({ node }) => node.path)).toEqual([
      'Bucket', 'FilesQueue', 'FilesDeadLetterQueue', 'ValidFilesQueue', 'ValidFilesDeadLetterQueue', 'FilesTable', 'AlertTopic', 'ValidateFile', 'ExtractOrders',
    ].map((id) => `Test/Ingest/${id}`));
  });

  test('there is nothing to warn of', () => {
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('an existing bucket', () => {
  test.each<[string, (stack: Stack) => Props, string]>([
    ['that the app owns', (stack) => ({ bucket: new Bucket(stack, 'Existing') }), 'Existing'],
    ['that is imported', (stack) => ({ bucket: Bucket.fromBucketName(stack, 'Existing', 'my-files') }), 'arn:AWS::Partition:s3:::my-files'],
  ])('%s has notifications and the grants of the handlers, and no other bucket is created', (_, props, arn) => {
    const { template, stack } = synthFiles(props);
    expect(resourcesOf(template, 'AWS::S3::Bucket').filter(({ id }) => id.startsWith('Ingest'))).toEqual([]);
    expect(customResources(template)).toMatchObject([{
      type: 'Custom::S3BucketNotifications',
      properties: {
        NotificationConfiguration: {
          QueueConfigurations: [{
            Events: ['s3:ObjectCreated:*'],
            Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'incoming/' }] } },
            QueueArn: { 'Fn::GetAtt': [queue(template, 'IngestFilesQueue').id, 'Arn'] },
          }],
        },
      },
    }]);
    for (const id of ['ValidateFile', 'ExtractOrders']) {
      expect(actionsByResource(roleStatements(template, id))).toMatchObject({
        [arn]: ['s3:ListBucket', 's3:ListBucketVersions'],
        [`${arn}/incoming/*`]: ['s3:GetObject', 's3:GetObjectVersion'],
        [`${arn}/reports/*`]: expect.arrayContaining(['s3:PutObject']),
      });
    }
    expect(warningsOf(stack)).toEqual([]);
  });

  test('may send to the files queue, and no other bucket may', () => {
    const { template } = synthFiles((stack) => ({ bucket: new Bucket(stack, 'Existing') }));
    expect(toS3(template)).not.toEqual([]);
    for (const { actions, condition } of toS3(template)) {
      expect(actions).toContain('sqs:SendMessage');
      expect(JSON.stringify(condition)).toMatch(/aws:Source(Arn|Account)/);
    }
  });

  test('gets its notifications after the queue policy', () => {
    const { template } = synthFiles((stack) => ({ bucket: new Bucket(stack, 'Existing') }));
    const [{ id }] = customResources(template);
    expect(template.toJSON().Resources[id].DependsOn).toContain(resourceOf(template, 'AWS::SQS::QueuePolicy', 'IngestFilesQueuePolicy').id);
  });

  test('may have a key of its own, which the handlers may then use', () => {
    const { template } = synthFiles((stack) => ({ bucket: new Bucket(stack, 'Existing', { encryption: BucketEncryption.KMS }) }));
    for (const id of ['ValidateFile', 'ExtractOrders']) {
      expect(actionsByResource(roleStatements(template, id))).toMatchObject({
        ExistingKey: expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey*']),
      });
    }
  });

  test.each<[string, (stack: Stack, encryptionKey: Key) => Props]>([
    ['not encrypted by a key', (stack, encryptionKey) => ({ bucket: new Bucket(stack, 'Existing'), encryptionKey })],
    ['imported', (stack, encryptionKey) => ({ bucket: Bucket.fromBucketName(stack, 'Existing', 'my-files'), encryptionKey })],
    ['encrypted by another key', (stack, encryptionKey) => ({ bucket: new Bucket(stack, 'Existing', { encryption: BucketEncryption.KMS }), encryptionKey })],
    ['encrypted by the same key', (stack, encryptionKey) => ({
      bucket: new Bucket(stack, 'Existing', { encryption: BucketEncryption.KMS, encryptionKey }), encryptionKey,
    })],
  ])('and encryptionKey may be given together: %s', (_, props) => {
    const { template } = synthFiles((stack) => props(stack, new Key(stack, 'Key')), REGION);
    expect(queue(template, 'IngestFilesQueue').properties).toHaveProperty('KmsMasterKeyId');
    const ofS3 = resourcesOf(template, 'AWS::KMS::Key').flatMap(({ properties }) => statementsIn(properties.KeyPolicy))
      .filter(({ service }) => service === 's3.amazonaws.com');
    expect(ofS3.flatMap(({ actions }) => actions)).toEqual(expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey*']));
  });

  test('and an imported encryptionKey get a warning that names the service and what it must be allowed', () => {
    const { stack } = synthFiles((scope) => ({
      bucket: Bucket.fromBucketName(scope, 'Existing', 'my-files'), encryptionKey: Key.fromKeyArn(scope, 'Key', KEY_ARN),
    }), REGION);
    expect(warningsOf(stack).map(({ text }) => text)).toEqual([
      expect.stringMatching(/it must allow logs\..*\.amazonaws\.com .*kms:Decrypt/), expect.stringMatching(/it must allow s3\.amazonaws\.com .*kms:Decrypt/),
    ]);
  });
});

describe('its props', () => {
  test('onExistingOrder is set for validate-file', () => {
    expect(variables(synthFiles({ onExistingOrder: ExistingOrderPolicy.CHANGE }).template).ON_EXISTING_ORDER).toBe('CHANGE');
    expect(variables(synthFiles().template).ON_EXISTING_ORDER).toBe('REJECT');
  });

  test('onInvalidOrder is set for validate-file', () => {
    expect(variables(synthFiles({ onInvalidOrder: InvalidOrderPolicy.REJECT_FILE }).template).ON_INVALID_ORDER).toBe('REJECT_FILE');
    expect(variables(synthFiles({ onInvalidOrder: InvalidOrderPolicy.SKIP_ORDER }).template).ON_INVALID_ORDER).toBe('SKIP_ORDER');
  });

  test.each<[string, Props, string, string]>([
    ['maxFileSize, in bytes', { maxFileSize: Size.gibibytes(5) }, 'MAX_FILE_SIZE', '5368709120'],
    ['maxOrderSize, in bytes', { maxOrderSize: Size.kibibytes(192) }, 'MAX_ORDER_SIZE', '196608'],
    ['maxOrdersPerFile', { maxOrdersPerFile: 5_000_000 }, 'MAX_ORDERS_PER_FILE', '5000000'],
    ['ignoredFileNames', { ignoredFileNames: ['_*', 'trigger.ctl'] }, 'IGNORED_FILE_NAMES', '["_*","trigger.ctl"]'],
    ['csv, without columns of its own', { csv: {} }, 'CSV_FORMAT', JSON.stringify({ columns: STANDARD_COLUMNS, decimalSeparator: '.' })],
    ['csv, with columns of its own, sorted', {
      csv: { columns: { b: CsvColumn.minorUnits('/b', 3, { optional: true }), a: CsvColumn.orderId(), c: CsvColumn.ignored() }, delimiter: '|', decimalSeparator: ',' },
    }, 'CSV_FORMAT', JSON.stringify({
      columns: [['a', 'orderId', '/orderId', false, 0], ['b', 'minorUnits', '/b', true, 3], ['c', 'ignored', '', true, 0]], delimiter: '|', decimalSeparator: ',',
    })],
    ['no ignoredFileNames', { ignoredFileNames: [] }, 'IGNORED_FILE_NAMES', '[]'],
    ['ignoreEmptyFiles', { ignoreEmptyFiles: true }, 'IGNORE_EMPTY_FILES', 'true'],
    ['fileHistoryRetention, in seconds', { fileHistoryRetention: Duration.days(20) }, 'FILE_HISTORY_RETENTION', '1728000'],
  ])('%s, is set for validate-file', (_, props, name, value) => {
    expect(variables(synthFiles(props).template)[name]).toBe(value);
  });

  test.each<[string, (stack: Stack) => Props]>([
    ['a new bucket', () => ({})],
    ['an existing bucket', (stack) => ({ bucket: new Bucket(stack, 'Existing') })],
    ['an imported bucket', (stack) => ({ bucket: Bucket.fromBucketName(stack, 'Existing', 'my-files') })],
  ])('fileSuffixes are one notification each, of %s', (_, props) => {
    const { template } = synthFiles((stack) => ({ ...props(stack), fileSuffixes: ['.json', '.ndjson.gz'] }));
    const configurations = [
      ...resourcesOf(template, 'AWS::S3::Bucket').flatMap(({ properties }) => properties.NotificationConfiguration?.QueueConfigurations ?? []),
      ...customResources(template).flatMap(({ properties }) => properties.NotificationConfiguration.QueueConfigurations),
    ];
    const rulesOf = ({ Filter }: Resource['properties']): Record<string, string>[] => Filter.S3Key?.Rules ?? Filter.Key.FilterRules;
    expect(configurations.map((each) => Object.fromEntries(rulesOf(each).map(({ Name, Value }) => [Name, Value])))).toEqual([
      { prefix: 'incoming/', suffix: '.json' }, { prefix: 'incoming/', suffix: '.ndjson.gz' },
    ]);
  });

  test('encryptionKey encrypts queues, table, bucket and topic', () => {
    const { template, stack } = synthFiles((scope) => ({ encryptionKey: new Key(scope, 'Key') }), REGION);
    const key = { 'Fn::GetAtt': [resourcesOf(template, 'AWS::KMS::Key')[0].id, 'Arn'] };
    for (const { properties } of resourcesOf(template, 'AWS::SQS::Queue')) expect(properties.KmsMasterKeyId).toEqual(key);
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { KMSMasterKeyID: key, SSEAlgorithm: 'aws:kms' } }],
      },
    });
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: key });
    template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' }, Replicas: [{ SSESpecification: { KMSMasterKeyId: key } }],
    });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('an imported encryptionKey adds a warning about the key policy for S3', () => {
    const { template, stack } = synthFiles((scope) => ({ encryptionKey: Key.fromKeyArn(scope, 'Key', KEY_ARN) }), REGION);
    for (const { properties } of resourcesOf(template, 'AWS::SQS::Queue')) expect(properties.KmsMasterKeyId).toBe(KEY_ARN);
    expect(warningsOf(stack)).toEqual([{
      path: '/Test/Ingest', text: expect.stringContaining('or log groups cannot be created'),
    }, {
      path: '/Test/Ingest/Bucket',
      text: 'the policy of the imported `encryptionKey` cannot be changed by this stack; it must allow s3.amazonaws.com kms:DescribeKey, kms:Decrypt, '
        + 'kms:GenerateDataKey*, kms:ReEncrypt*, or S3 cannot send notifications [ack: cdk-order-pipeline:importedKey]',
    }]);
  });

  test('removalPolicy is what happens to the table and the bucket', () => {
    const { template } = synthFiles({ removalPolicy: RemovalPolicy.DESTROY });
    for (const type of ['AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket']) {
      template.hasResource(type, { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
    }
  });

  test('removalPolicy is for the table alone when the bucket is not the construct\'s own', () => {
    const { template } = synthFiles((stack) => ({ removalPolicy: RemovalPolicy.DESTROY, bucket: new Bucket(stack, 'Existing') }));
    template.hasResource('AWS::DynamoDB::GlobalTable', { DeletionPolicy: 'Delete' });
    template.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Retain' });
  });

  test.each<[string, (options: object) => Props, string, string, string]>([
    ['validateFile', (validateFile) => ({ validateFile }), 'ValidateFile', 'IngestFilesQueue', 'IngestFilesDeadLetterQueue'],
    ['extractOrders', (extractOrders) => ({ extractOrders }), 'ExtractOrders', 'ValidFilesQueue', 'ValidFilesDeadLetterQueue'],
  ])('%s sizes the handler, its queue and its dead-letter queue, and no others', (_, props, id, queueId, deadLetterQueueId) => {
    const { template } = synthFiles(props({
      memorySize: 10_240,
      timeout: Duration.minutes(1),
      maxConcurrency: 2,
      retryDuration: Duration.hours(6),
      retentionPeriod: Duration.days(1),
      deadLetterRetentionPeriod: Duration.days(2),
    }));
    expect(handler(template, id)).toMatchObject({ MemorySize: 10_240, Timeout: 60 });
    expect(mappingOf(template, id)).toMatchObject({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });
    expect(queue(template, queueId).properties).toMatchObject({
      VisibilityTimeout: 360, MessageRetentionPeriod: 86_400,
    });
    expect(queue(template, deadLetterQueueId).properties).toMatchObject({ MessageRetentionPeriod: 172_800 });
    expect(resourcesOf(template, 'AWS::Lambda::Function').filter(({ properties }) => properties.MemorySize === 1769)).toHaveLength(1);
    expect(resourcesOf(template, 'AWS::SQS::Queue').filter(({ properties }) => properties.MessageRetentionPeriod === 14 * 24 * 3600)).toHaveLength(1);
  });

  test('validateFile and extractOrders may hold undefined, which is the default', () => {
    const nothing = { memorySize: undefined, timeout: undefined, maxConcurrency: undefined, retryDuration: undefined, retentionPeriod: undefined };
    const { template } = synthFiles({ validateFile: nothing, extractOrders: nothing });
    expect(handler(template, 'ValidateFile')).toMatchObject({ MemorySize: 1769, Timeout: 900 });
    expect(handler(template, 'ExtractOrders')).toMatchObject({ MemorySize: 1769, Timeout: 300 });
    for (const id of ['ValidateFile', 'ExtractOrders']) expect(mappingOf(template, id).ScalingConfig).toEqual({ MaximumConcurrency: 10 });
  });

  test('files are consumed one at a time, also when options come from a queue of orders', () => {
    const options: QueueConsumerOptions = { batchSize: 10 };
    const { template } = synthFiles({ validateFile: options, extractOrders: options });
    for (const id of ['ValidateFile', 'ExtractOrders']) expect(mappingOf(template, id).BatchSize).toBe(1);
  });

  test('eventSource is what the handlers publish under, and what they may publish under', () => {
    const { template } = synthFiles({ eventSource: 'shop' });
    for (const id of ['ValidateFile', 'ExtractOrders']) {
      expect(variables(template, id).EVENT_SOURCE).toBe('shop');
      expect(roleStatements(template, id)).toContainEqual(expect.objectContaining({ condition: { StringEquals: { 'events:source': 'shop' } } }));
    }
  });

  test('logLevel, logRetention and serviceName reach the handlers', () => {
    const { template } = synthFiles({ logLevel: ApplicationLogLevel.WARN, logRetention: RetentionDays.THREE_DAYS, serviceName: 'files' });
    for (const id of ['ValidateFile', 'ExtractOrders']) {
      expect(handler(template, id)).toMatchObject({
        LoggingConfig: { ApplicationLogLevel: 'WARN' }, Environment: { Variables: { POWERTOOLS_SERVICE_NAME: 'files' } },
      });
    }
    for (const { properties } of resourcesOf(template, 'AWS::Logs::LogGroup')) expect(properties.RetentionInDays).toBe(3);
  });

  test('may be known only at deployment', () => {
    const { template } = synthFiles((stack) => {
      const parameter = (id: string) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
      return {
        maxFileSize: Size.bytes(parameter('FileBytes')),
        maxOrderSize: Size.bytes(parameter('OrderBytes')),
        maxOrdersPerFile: parameter('Orders'),
        fileRetention: Duration.days(parameter('FileDays')),
        reportRetention: Duration.days(parameter('ReportDays')),
        fileHistoryRetention: Duration.seconds(parameter('HistorySeconds')),
        alertEmails: [new CfnParameter(stack, 'Email').valueAsString],
        eventSource: new CfnParameter(stack, 'Source').valueAsString,
        validateFile: parametersForConsumer(stack, 'Validate'),
        extractOrders: parametersForConsumer(stack, 'Extract'),
      };
    });
    expect(variables(template)).toMatchObject({
      MAX_FILE_SIZE: { Ref: 'FileBytes' },
      MAX_ORDER_SIZE: { Ref: 'OrderBytes' },
      MAX_ORDERS_PER_FILE: { Ref: 'Orders' },
      FILE_HISTORY_RETENTION: { Ref: 'HistorySeconds' },
      EVENT_SOURCE: { Ref: 'Source' },
    });
    expect(bucketIn(template).properties.LifecycleConfiguration.Rules).toMatchObject([
      { ExpirationInDays: { Ref: 'FileDays' } }, { ExpirationInDays: { Ref: 'ReportDays' } }, {},
    ]);
    expect(subscriptions(template)).toMatchObject([{ Endpoint: { Ref: 'Email' } }]);
    for (const [id, prefix, deadLetterQueueId] of [
      ['ValidateFile', 'Validate', 'IngestFilesDeadLetterQueue'],
      ['ExtractOrders', 'Extract', 'ValidFilesDeadLetterQueue'],
    ]) {
      expect(handler(template, id)).toMatchObject({ MemorySize: { Ref: `${prefix}MemorySize` } });
      expect(mappingOf(template, id)).toMatchObject({ ScalingConfig: { MaximumConcurrency: { Ref: `${prefix}MaxConcurrency` } } });
      expect(queue(template, deadLetterQueueId).properties).toMatchObject({ MessageRetentionPeriod: { Ref: `${prefix}DeadLetterRetention` } });
    }
  });
});

describe('alerts', () => {
  test('alertEmails are subscribed', () => {
    const { template } = synthFiles({ alertEmails: ['one@example.com', 'two@example.com'] });
    const topic = { Ref: resourcesOf(template, 'AWS::SNS::Topic')[0].id };
    expect(subscriptions(template)).toEqual([
      { TopicArn: topic, Protocol: 'email', Endpoint: 'one@example.com' }, { TopicArn: topic, Protocol: 'email', Endpoint: 'two@example.com' },
    ]);
  });

  test('alertSubscriptions are subscribed, of whatever kind', () => {
    const { template } = synthFiles((stack) => ({
      alertEmails: ['one@example.com'],
      alertSubscriptions: [
        new SqsSubscription(new Queue(stack, 'Alerts'), { deadLetterQueue: new Queue(stack, 'AlertsDeadLetterQueue') }),
        new UrlSubscription('https://example.com/alerts'),
        new LambdaSubscription(LambdaFunction.fromFunctionName(stack, 'Pager', 'pager')),
      ],
    }));
    expect(subscriptions(template).map(({ Protocol }) => Protocol).sort()).toEqual(['email', 'https', 'lambda', 'sqs']);
    expect(queueStatements(template, queue(template, 'Alerts').id)).toContainEqual(expect.objectContaining({
      service: 'sns.amazonaws.com', condition: { ArnEquals: { 'aws:SourceArn': { Ref: resourcesOf(template, 'AWS::SNS::Topic')[0].id } } },
    }));
  });

  test.each<[string, Record<string, unknown>, (key: Key) => QueueProps]>([
    ['that is not encrypted', {}, () => ({})],
    ['that is encrypted with the same key', {}, (encryptionMasterKey) => ({ encryptionMasterKey })],
    ['that is not encrypted, in a new app', newAppFlags, () => ({})],
    ['that is encrypted with the same key, in a new app', newAppFlags, (encryptionMasterKey) => ({ encryptionMasterKey })],
  ])('of a topic with an encryptionKey may go to a queue %s', (_, flags, queueProps) => {
    const { template } = synthFiles((stack) => {
      for (const [flag, value] of Object.entries(flags)) stack.node.setContext(flag, value);
      const encryptionKey = new Key(stack, 'Key');
      return { encryptionKey, alertSubscriptions: [new SqsSubscription(new Queue(stack, 'Alerts', queueProps(encryptionKey)))] };
    }, REGION);
    expect(subscriptions(template)).toMatchObject([{ Protocol: 'sqs' }]);
    const ofSns = resourcesOf(template, 'AWS::KMS::Key').flatMap(({ properties }) => statementsIn(properties.KeyPolicy))
      .filter(({ service }) => service === 'sns.amazonaws.com');
    const isEncrypted = queue(template, 'Alerts').properties.KmsMasterKeyId !== undefined;
    expect(ofSns.some(({ actions }) => actions.includes('kms:GenerateDataKey'))).toBe(isEncrypted);
  });

  test.each(['ValidateFile', 'ExtractOrders'])('may be published with the key by %s', (id) => {
    const { template } = synthFiles((stack) => ({ encryptionKey: new Key(stack, 'Key') }), REGION);
    expect(roleStatements(template, id).flatMap(({ actions }) => actions)).toEqual(expect.arrayContaining(['sns:Publish', 'kms:Decrypt', 'kms:GenerateDataKey']));
  });
});

describe('fails when', () => {
  test.each<[string, Props]>([
    ...wrongConsumerOptions('validateFile').map<[string, Props]>(([validateFile, message]) => [message, { validateFile }]),
    ...wrongConsumerOptions('extractOrders').map<[string, Props]>(([extractOrders, message]) => [message, { extractOrders }]),
    ['`maxFileSize` must be between 1 KiB and 5242880 KiB, got 1023 bytes', { maxFileSize: Size.bytes(1023) }],
    ['`maxFileSize` must be between 1 KiB and 5242880 KiB, got 5368709121 bytes', { maxFileSize: Size.bytes(5_368_709_121) }],
    ['`maxOrderSize` must be between 1 KiB and 192 KiB, got 1023 bytes', { maxOrderSize: Size.bytes(1023) }],
    ['`maxOrderSize` must be between 1 KiB and 192 KiB, got 196609 bytes', { maxOrderSize: Size.bytes(196_609) }],
    ...[0, 5_000_001, 1.5, NaN].map<[string, Props]>((maxOrdersPerFile) =>
      [`\`maxOrdersPerFile\` must be an integer between 1 and 5000000, got ${maxOrdersPerFile}`, { maxOrdersPerFile }]),
    ...([['fileRetention', 1], ['reportRetention', 20]] as const).flatMap<[string, Props]>(([prop, days]) => [
      [`\`${prop}\` must be between ${Duration.days(days).toHumanString()} and 3650 days, got 23 hours`, { [prop]: Duration.hours(23) }],
      [`\`${prop}\` must be between ${Duration.days(days).toHumanString()} and 3650 days, got 3651 days`, { [prop]: Duration.days(3651) }],
      [`\`${prop}\` must be a whole number of days, got 20 days 12 hours`, { [prop]: Duration.hours(20 * 24 + 12) }],
    ]),
    ['`fileHistoryRetention` must be between 20 days and 3650 days, got 19 days', { fileHistoryRetention: Duration.days(19) }],
    ['`fileHistoryRetention` must be between 20 days and 3650 days, got 3651 days', { fileHistoryRetention: Duration.days(3651) }],
    ['`fileSuffixes` must have 1 to 20 suffixes, got 0; omit it to accept all files', { fileSuffixes: [] }],
    ['`fileSuffixes` must have 1 to 20 suffixes, got 21; omit it to accept all files', { fileSuffixes: Array.from({ length: 21 }, (_, n) => `.${n}x`) }],
    ...['', '.json ', 'a/b', '*.json', '.ä', 'x'.repeat(101)].map<[string, Props]>((suffix) =>
      [`\`fileSuffixes\` must have 1 to 100 letters, digits, dots, hyphens and underscores each, got ${JSON.stringify(suffix)}`, { fileSuffixes: ['.csv', suffix] }]),
    ['`fileSuffixes` must not overlap, got .json.gz and .gz; remove .json.gz', { fileSuffixes: ['.json.gz', '.gz'] }],
    ['`fileSuffixes` must not overlap, got .json and .json; remove .json', { fileSuffixes: ['.json', '.json'] }],
    ...([
      ['must have a JSON Pointer such as /customerId or /items/-/sku, got "sku"', CsvColumn.text('sku')],
      ['must have a JSON Pointer such as /customerId or /items/-/sku, got ""', CsvColumn.text('')],
      ['must have a JSON Pointer such as /customerId or /items/-/sku, got "/a/"', CsvColumn.bool('/a/')],
      ['must have a JSON Pointer such as /customerId or /items/-/sku, got "/a~2"', CsvColumn.number('/a~2')],
      ['must have a JSON Pointer without indexes; only - for a new line item, got "/items/0/sku"', CsvColumn.text('/items/0/sku')],
      ['must have a JSON Pointer without __proto__, got "/attributes/__proto__"', CsvColumn.text('/attributes/__proto__')],
      ['must have a JSON Pointer with one -, between other steps, got "/-/sku"', CsvColumn.text('/-/sku')],
      ['must have a JSON Pointer with one -, between other steps, got "/tags/-"', CsvColumn.text('/tags/-')],
      ['must have a JSON Pointer with one -, between other steps, got "/items/-/a/-/b"', CsvColumn.text('/items/-/a/-/b')],
      ['must be a field beside the list of line items /items, got /items', CsvColumn.text('/items')],
      ['must be a field beside the list of line items /items, got /items/first', CsvColumn.text('/items/first')],
      ['must be in the list of line items /items, got /lines/-/sku', CsvColumn.text('/lines/-/sku')],
    ] as const).map<[string, Props]>(([message, wrong]) =>
      [`\`csv.columns.wrong\` ${message}`, { csv: { columns: { id: CsvColumn.orderId(), a: CsvColumn.text('/items/-/name'), wrong } } }]),
    ...[-1, 5, 1.5].map<[string, Props]>((decimals) =>
      [`\`csv.columns.price decimals\` must be an integer between 0 and 4, got ${decimals}`, { csv: { columns: { id: CsvColumn.orderId(), price: CsvColumn.minorUnits('/price', decimals) } } }]),
    ['`csv.columns` must have one CsvColumn.orderId(), got none', { csv: { columns: {} } }],
    ['`csv.columns` must have one CsvColumn.orderId(), got a, b', { csv: { columns: { a: CsvColumn.orderId('/a'), b: CsvColumn.orderId('/b') } } }],
    ['`csv.columns.id` must be a field of the order, because it is the order ID, got "/items/-/id"', { csv: { columns: { id: CsvColumn.orderId('/items/-/id') } } }],
    ['`csv.columns` id and other must be different fields, got /orderId and /orderId', { csv: { columns: { id: CsvColumn.orderId(), other: CsvColumn.text('/orderId') } } }],
    ['`csv.columns` id and other must be different fields, got /a and /a/b', { csv: { columns: { id: CsvColumn.orderId('/a'), other: CsvColumn.text('/a/b') } } }],
    ...['', ' a', 'a\nb', 'x'.repeat(129)].map<[string, Props]>((name) => [
      `the names of \`csv.columns\` must have 1 to 128 characters, without spaces around them and control characters, got ${JSON.stringify(name)}`,
      { csv: { columns: { id: CsvColumn.orderId(), [name]: CsvColumn.ignored() } } },
    ]),
    ['`csv.delimiter` must be a comma, a semicolon, a tab or |, got " "', { csv: { delimiter: ' ' } }],
    ['`csv.decimalSeparator` must be . or ,, got ";"', { csv: { decimalSeparator: ';' } }],
    ['`ignoredFileNames` must have at most 20 names, got 21', { ignoredFileNames: Array(21).fill('a') }],
    ['`ignoredFileNames` must have 1 to 128 characters each, got 0', { ignoredFileNames: [''] }],
    ['`ignoredFileNames` must have 1 to 128 characters each, got 129', { ignoredFileNames: ['x'.repeat(129)] }],
    ['`ignoredFileNames` must be names without folders, got a/_SUCCESS; write the part after the last /', { ignoredFileNames: ['a/_SUCCESS'] }],
    ['`ignoredFileNames` must not be *, which ignores all files; set `fileIngest` to false instead', { ignoredFileNames: ['*'] }],
    ['`ignoredFileNames` must have at most one * each, got *.tmp*', { ignoredFileNames: ['*.tmp*'] }],
    ['`validateFile.timeout` must be a whole number of seconds, got 1 second 500 millis', { validateFile: { timeout: Duration.millis(1500) } }],
    ['`eventSource` must not begin with "aws.", got aws.orders', { eventSource: 'aws.orders' }],
    ['`eventSource` must have 1 to 256 characters, got 0', { eventSource: '' }],
    ...['address', 'a@', '@b', 'a b@c', 'a@b@c', ''].map<[string, Props]>((address) =>
      [`\`alertEmails\` must be email addresses, got ${address}`, { alertEmails: ['one@example.com', address] }]),
  ])('%s', (message, props) => {
    expect(() => synthFiles(props)).toThrow(new Error(`Test/Ingest: ${message}`));
  });

  test.each(['fileRetention', 'reportRetention'] as const)('%s is given for a bucket that is not the construct\'s own', (prop) => {
    expect(() => synthFiles((stack) => ({ bucket: Bucket.fromBucketName(stack, 'Existing', 'my-files'), [prop]: Duration.days(20) })))
      .toThrow(new Error(`Test/Ingest: \`bucket\` cannot be set together with \`${prop}\``));
  });

  test.each(['validateFile', 'extractOrders'] as const)('the timeout that the visibility timeout follows from is known only at deployment: %s', (prop) => {
    const timeout = (stack: Stack) => Duration.seconds(new CfnParameter(stack, 'Timeout', { type: 'Number' }).valueAsNumber);
    expect(() => synthFiles((stack) => ({ [prop]: { timeout: timeout(stack) } }))).toThrow(new Error(
      `Test/Ingest: \`${prop}.timeout\` must be known at synth, because the visibility timeout of the queue is six times as long`,
    ));
  });

  test('csv is known only at deployment', () => {
    const parameter = (stack: Stack) => new CfnParameter(stack, 'Parameter').valueAsString;
    const options: ((stack: Stack) => CsvOptions)[] = [
      (stack) => ({ delimiter: parameter(stack) }), (stack) => ({ columns: { id: CsvColumn.orderId(parameter(stack)) } }),
    ];
    for (const csv of options) {
      expect(() => synthFiles((stack) => ({ csv: csv(stack) }))).toThrow('Test/Ingest: `csv` must be known at synth, because its columns are compared with each other');
    }
  });

  test('csv.columns are more than the environment of a function can hold', () => {
    const columns = { id: CsvColumn.orderId(), ...Object.fromEntries(Array.from({ length: 80 }, (_, n) => [`column-${n}`, CsvColumn.text(`/attributes/column-${n}`)])) };
    expect(() => synthFiles({ csv: { columns } })).toThrow(/the environment variables must have at most 4096 bytes, .* of which CSV_FORMAT has \d+; list fewer `csv\.columns`/);
  });

  test.each(['fileSuffixes', 'ignoredFileNames'] as const)('%s is known only at deployment', (prop) => {
    expect(() => synthFiles((stack) => ({ [prop]: new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList })))
      .toThrow(`Test/Ingest: \`${prop}\` must be known at synth, because `);
  });

  test('encryptionKey is given in a stack without region', () => {
    expect(() => synthFiles((stack) => ({ encryptionKey: new Key(stack, 'Key') }))).toThrow(new Error(
      'Test/Ingest: `encryptionKey` needs a stack with a region, because DynamoDB names it together with the key; give the stack env: { region }',
    ));
  });

  test('fileHistoryRetention is not a whole number of seconds', () => {
    expect(() => synthFiles({ fileHistoryRetention: Duration.millis(20 * 86_400_000 + 500) })).toThrow(/^Test\/Ingest: `fileHistoryRetention` must be a whole number of seconds/);
  });

  test('several props are wrong, and names them all', () => {
    expect(() => synthFiles({
      validateFile: { memorySize: 1 },
      extractOrders: { maxConcurrency: 1 },
      maxFileSize: Size.bytes(1),
      maxOrdersPerFile: 0,
      fileRetention: Duration.days(0),
      alertEmails: ['x', 'y'],
    })).toThrow(new Error('Test/Ingest: ' + [
      '`validateFile.memorySize` must be an integer between 128 and 10240, got 1',
      '`extractOrders.maxConcurrency` must be an integer between 2 and 1000, got 1',
      '`maxFileSize` must be between 1 KiB and 5242880 KiB, got 1 bytes',
      '`maxOrdersPerFile` must be an integer between 1 and 5000000, got 0',
      '`fileRetention` must be between 1 day and 3650 days, got 0 days',
      '`alertEmails` must be email addresses, got x',
      '`alertEmails` must be email addresses, got y',
    ].join('; ')));
  });

  test('the orders queue is not a FIFO queue, which would lose their order', () => {
    expect(() => synthFiles((stack) => ({ ordersQueue: new Queue(stack, 'Standard') }))).toThrow(/^Test\/Ingest: `ordersQueue` must be /);
  });

  test('an address is repeated', () => {
    expect(() => synthFiles({ alertEmails: ['one@example.com', 'one@example.com'] })).toThrow(/^Test\/Ingest: `alertEmails` must /);
  });

  test('alertEmails is a token', () => {
    expect(() => synthFiles((stack) => ({ alertEmails: new CfnParameter(stack, 'Emails', { type: 'CommaDelimitedList' }).valueAsList })))
      .toThrow(/^Test\/Ingest: `alertEmails` must be known at synth/);
  });
});

test('an orders queue with a key of its own may be used by extract-orders', () => {
  const { template } = synthFiles((stack) => ({ ordersQueue: new Queue(stack, 'Own', { fifo: true, encryptionMasterKey: new Key(stack, 'OwnKey') }) }));
  expect(actionsByResource(roleStatements(template, 'ExtractOrders'))).toMatchObject({ Own: ['sqs:SendMessage'], OwnKey: ['kms:Decrypt', 'kms:GenerateDataKey'] });
  expect(idOf(variables(template, 'ExtractOrders').ORDERS_QUEUE_URL)).toBe(queue(template, 'Own').id);
});

test('grantPutFiles grants uploads under incoming/ and nothing else', () => {
  const { template } = synth((stack) => create(stack).grantPutFiles(new User(stack, 'Shop')));
  const [{ properties }] = resourcesOf(template, 'AWS::IAM::Policy').filter(({ id }) => id.startsWith('Shop'));
  expect(properties.PolicyDocument.Statement).toEqual([{
    Action: ['s3:PutObject', 's3:AbortMultipartUpload'],
    Effect: 'Allow',
    Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.stringMatching(/^IngestBucket/), 'Arn'] }, '/incoming/*']] },
  }]);
});
