import { Duration, RemovalPolicy, Size, type Stack } from 'aws-cdk-lib';
import { AttributeType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { InvalidOrderPolicy, type BatchFileIngestOptions, type OrderPipelineProps, type OrderQueriesOptions, type OrderSizeOptions } from '../../src';
import { everythingOn, EVERYTHING_ON_ENV } from '../support/everything-on';
import { synthPipeline, warningsOf } from '../support/synth';
import { actionsByResource, resourceOf, resourcesOf, roleStatements } from '../support/template';

const existingTable = (stack: Stack) => new TableV2(stack, 'Existing', {
  partitionKey: { name: 'orderId', type: AttributeType.STRING }, dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
});

const minimal = synthPipeline();
const everything = synthPipeline(everythingOn, EVERYTHING_ON_ENV);

/** What holds data, or is known outside of the stack: an upgrade must not replace it. */
const STATEFUL = {
  'AWS::DynamoDB::GlobalTable': ['OrdersFilesFilesTable1E39D5CC', 'OrdersProcessorOrdersTableA0B92E27'],
  'AWS::S3::Bucket': ['OrdersFilesBucket0BF6B5B4'],
  'AWS::SNS::Topic': ['OrdersFilesAlertTopic07CD5245'],
  'AWS::SQS::Queue': [
    'OrdersFilesFilesDeadLetterQueueAACF2DA2',
    'OrdersFilesFilesQueue7DAF5F53',
    'OrdersFilesValidFilesDeadLetterQueue881F4552',
    'OrdersFilesValidFilesQueue07E22748',
    'OrdersIngestOrdersDeadLetterQueue4B73D4F9',
    'OrdersIngestOrdersQueue3F549B4F',
    'OrdersProcessorChangesDeadLetterQueueC57ECED8',
    'OrdersProcessorProcessingDeadLetterQueueBC1C215A',
    'OrdersProcessorProcessingQueue18E35760',
  ],
  'AWS::Events::EventBus': ['OrdersEventsBus2355737B'],
  'AWS::Events::Archive': ['OrdersEventsArchiveC63A4094'],
  'AWS::ApiGateway::RestApi': ['OrdersIngestApi163ED50E'],
  'AWS::ApiGateway::ApiKey': ['OrdersIngestApiKey760CF20D'],
};

/** Properties that would name a resource by hand, so that no second one could be in the account. */
const PHYSICAL_NAMES = {
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::Events::Archive': 'ArchiveName',
  'AWS::Events::Rule': 'Name',
  'AWS::ApiGateway::ApiKey': 'Name',
  'AWS::ApiGateway::UsagePlan': 'UsagePlanName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Lambda::LayerVersion': 'LayerName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::IAM::Role': 'RoleName',
};

describe.each([['without props', minimal], ['with everything on', everything]])('a pipeline %s', (_, { template, stack }) => {
  test.each(Object.entries(STATEFUL))('keeps the logical ids of what must not be replaced: %s', (type, ids) => {
    expect(resourcesOf(template, type).map(({ id }) => id).sort()).toEqual(ids);
  });

  test('gives no warnings', () => {
    expect(warningsOf(stack)).toEqual([]);
  });

  test('needs no custom resources', () => {
    expect(resourcesOf(template).filter(({ type }) => type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource')).toEqual([]);
  });

  test.each(Object.entries(PHYSICAL_NAMES))('gives no physical names: %s', (type, property) => {
    const resources = resourcesOf(template, type);
    expect(resources).not.toEqual([]);
    for (const { properties } of resources) expect(properties).not.toHaveProperty(property);
  });
});

describe('its props', () => {
  const { template } = everything;
  const handler = (id: string) => resourceOf(template, 'AWS::Lambda::Function', id).properties;
  const queue = (id: string) => resourceOf(template, 'AWS::SQS::Queue', id).properties;
  const stage = resourcesOf(template, 'AWS::ApiGateway::Stage')[0].properties;
  const lifecycle = resourcesOf(template, 'AWS::S3::Bucket')[0].properties.LifecycleConfiguration.Rules;
  const mappingOf = (id: string) => resourcesOf(template, 'AWS::Lambda::EventSourceMapping')
    .find(({ properties }) => properties.FunctionName.Ref === resourceOf(template, 'AWS::Lambda::Function', id).id)!.properties;

  /** One check for each prop; the compiler asks for it when there is a new one. */
  const EFFECTS: Record<keyof ReturnType<typeof everythingOn>, () => void> = {
    eventSource: () => {
      for (const id of ['ValidateOrder', 'ProcessOrder', 'PublishOrderChanges', 'ValidateFile', 'ExtractOrders']) {
        expect(handler(id).Environment.Variables.EVENT_SOURCE).toBe('shop.orders');
      }
      for (const { properties } of [...resourcesOf(template, 'AWS::Events::Rule'), ...resourcesOf(template, 'AWS::Events::Archive')]) {
        expect(properties.EventPattern.source).toEqual(['shop.orders']);
      }
    },
    encryptionKey: () => {
      for (const type of ['AWS::Events::EventBus', 'AWS::Events::Archive']) expect(resourcesOf(template, type)[0].properties).toHaveProperty('KmsKeyIdentifier');
      for (const { properties } of resourcesOf(template, 'AWS::SQS::Queue')) expect(properties).toHaveProperty('KmsMasterKeyId');
      for (const { properties } of resourcesOf(template, 'AWS::DynamoDB::GlobalTable')) {
        expect(properties.SSESpecification).toEqual({ SSEEnabled: true, SSEType: 'KMS' });
      }
      const key = { 'Fn::GetAtt': [resourcesOf(template, 'AWS::KMS::Key')[0].id, 'Arn'] };
      expect(resourcesOf(template, 'AWS::SNS::Topic')[0].properties.KmsMasterKeyId).toEqual(key);
      template.hasResourceProperties('AWS::S3::Bucket', {
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key } }] },
      });
    },
    logLevel: () => {
      for (const { properties } of resourcesOf(template, 'AWS::Lambda::Function')) expect(properties.LoggingConfig.ApplicationLogLevel).toBe('DEBUG');
    },
    logRetention: () => {
      for (const { properties } of resourcesOf(template, 'AWS::Logs::LogGroup')) expect(properties.RetentionInDays).toBe(365);
    },
    removalPolicy: () => {
      for (const type of ['AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket']) template.allResources(type, { DeletionPolicy: 'Delete' });
    },
    serviceName: () => {
      for (const { properties } of resourcesOf(template, 'AWS::Lambda::Function')) {
        expect(properties.Environment.Variables.POWERTOOLS_SERVICE_NAME).toBe('shop');
      }
    },
    archive: () => template.resourceCountIs('AWS::Events::Archive', 1),
    archiveRetention: () => template.hasResourceProperties('AWS::Events::Archive', { RetentionDays: 90 }),
    apiKeyRequired: () => template.allResourcesProperties('AWS::ApiGateway::Method', { ApiKeyRequired: true }),
    throttle: () => expect(stage.MethodSettings).toMatchObject([{ ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 }]),
    accessLog: () => expect(stage).toHaveProperty('AccessLogSetting'),
    cloudWatchRole: () => template.resourceCountIs('AWS::ApiGateway::Account', 1),
    maxOrderSize: () => {
      for (const id of ['ReceiveOrder', 'ValidateFile']) expect(handler(id).Environment.Variables.MAX_ORDER_SIZE).toBe('65536');
    },
    receiveOrder: () => expect(handler('ReceiveOrder')).toMatchObject({ MemorySize: 256, Timeout: 5 }),
    validateOrder: () => {
      expect(handler('ValidateOrder')).toMatchObject({ MemorySize: 1024, Timeout: 20 });
      expect(mappingOf('ValidateOrder')).toMatchObject({ BatchSize: 5, ScalingConfig: { MaximumConcurrency: 10 } });
      expect(queue('OrdersQueue')).toMatchObject({ MessageRetentionPeriod: 172_800, RedrivePolicy: { maxReceiveCount: 3 } });
      expect(queue('OrdersDeadLetterQueue')).toMatchObject({ MessageRetentionPeriod: 604_800 });
    },
    processOrder: () => {
      expect(handler('ProcessOrder')).toMatchObject({ MemorySize: 768, Timeout: 40 });
      expect(mappingOf('ProcessOrder')).toMatchObject({ BatchSize: 8, ScalingConfig: { MaximumConcurrency: 100 } });
      expect(queue('ProcessingQueue')).toMatchObject({ MessageRetentionPeriod: 86_400, RedrivePolicy: { maxReceiveCount: 10 } });
      expect(queue('ProcessingDeadLetterQueue')).toMatchObject({ MessageRetentionPeriod: 864_000 });
    },
    publishOrderChanges: () => expect(handler('PublishOrderChanges')).toMatchObject({ MemorySize: 384, Timeout: 60 }),
    queryOrders: () => expect(handler('QueryOrders')).toMatchObject({ MemorySize: 128, Timeout: 3 }),
    rejectedOrderRetention: () => expect(handler('ProcessOrder').Environment.Variables.REJECTED_ORDER_RETENTION).toBe('604800'),
    fileIngest: () => template.resourceCountIs('AWS::S3::Bucket', 1),
    onInvalidOrder: () => expect(handler('ValidateFile').Environment.Variables.ON_INVALID_ORDER).toBe('REJECT_FILE'),
    maxFileSize: () => expect(handler('ValidateFile').Environment.Variables.MAX_FILE_SIZE).toBe('209715200'),
    maxOrdersPerFile: () => expect(handler('ValidateFile').Environment.Variables.MAX_ORDERS_PER_FILE).toBe('50000'),
    fileRetention: () => expect(lifecycle).toContainEqual(expect.objectContaining({ Prefix: 'incoming/', ExpirationInDays: 30 })),
    reportRetention: () => expect(lifecycle).toContainEqual(expect.objectContaining({ Prefix: 'reports/', ExpirationInDays: 60 })),
    fileHistoryRetention: () => expect(handler('ValidateFile').Environment.Variables.FILE_HISTORY_RETENTION).toBe('10368000'),
    alertEmails: () => template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'operations@example.com' }),
    alertSubscriptions: () => template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'https', Endpoint: 'https://example.com/alerts' }),
    validateFile: () => {
      expect(handler('ValidateFile')).toMatchObject({ MemorySize: 2048, Timeout: 600 });
      expect(mappingOf('ValidateFile')).toMatchObject({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 4 } });
      expect(queue('FilesFilesQueue')).toMatchObject({ MessageRetentionPeriod: 259_200, RedrivePolicy: { maxReceiveCount: 3 } });
    },
    extractOrders: () => {
      expect(handler('ExtractOrders')).toMatchObject({ MemorySize: 1024, Timeout: 180 });
      expect(mappingOf('ExtractOrders')).toMatchObject({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 6 } });
      expect(queue('ValidFilesDeadLetterQueue')).toMatchObject({ MessageRetentionPeriod: 1_123_200 });
    },
    queryFiles: () => expect(handler('QueryFiles')).toMatchObject({ MemorySize: 192, Timeout: 4 }),
  };

  test.each(Object.entries(EFFECTS))('%s reaches the part that it is for', (_, check) => check());

  test('what is on by default can be switched off', () => {
    const off = synthPipeline({ apiKeyRequired: false, archive: false, accessLog: false, cloudWatchRole: false });
    for (const type of ['Events::Archive', 'ApiGateway::ApiKey', 'ApiGateway::UsagePlan', 'ApiGateway::Account']) {
      minimal.template.resourceCountIs(`AWS::${type}`, 1);
      off.template.resourceCountIs(`AWS::${type}`, 0);
    }
    expect(resourcesOf(off.template, 'AWS::ApiGateway::Stage')[0].properties).not.toHaveProperty('AccessLogSetting');
  });

  test('authorizer guards every route', () => {
    const authorizer = { authorizerId: 'abc123', authorizationType: 'CUSTOM' } as OrderPipelineProps['authorizer'];
    const guarded = synthPipeline({ authorizer }).template;
    guarded.resourceCountIs('AWS::ApiGateway::Method', 4);
    guarded.allResourcesProperties('AWS::ApiGateway::Method', { AuthorizationType: 'CUSTOM', AuthorizerId: 'abc123' });
  });

  test('ordersTable takes the place of a new table, for those who write and those who read', () => {
    const { template: withTable } = synthPipeline((stack) => ({
      ordersTable: existingTable(stack),
    }));
    expect(resourcesOf(withTable, 'AWS::DynamoDB::GlobalTable').map(({ id }) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual(['Existing', 'OrdersFilesFilesTable']);
    for (const id of ['ProcessOrder', 'QueryOrders']) {
      expect(resourceOf(withTable, 'AWS::Lambda::Function', id).properties.Environment.Variables.ORDERS_TABLE_NAME)
        .toEqual({ Ref: expect.stringMatching(/^Existing/) });
    }
  });

  test('ordersTable and removalPolicy may be given together: the files table and the bucket are still the pipeline\'s own', () => {
    const { template: withBoth } = synthPipeline((stack) => ({ ordersTable: existingTable(stack), removalPolicy: RemovalPolicy.DESTROY }));
    withBoth.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Delete' });
    expect(withBoth.toJSON().Resources[resourceOf(withBoth, 'AWS::DynamoDB::GlobalTable', 'FilesTable').id].DeletionPolicy).toBe('Delete');
    expect(withBoth.toJSON().Resources[resourceOf(withBoth, 'AWS::DynamoDB::GlobalTable', 'Existing').id].DeletionPolicy).toBe('Retain');
  });

  test('ordersTable and encryptionKey need no region where there are no files', () => {
    const { template: withBoth } = synthPipeline((stack) => ({ ordersTable: existingTable(stack), encryptionKey: new Key(stack, 'Key'), fileIngest: false }));
    withBoth.resourceCountIs('AWS::DynamoDB::GlobalTable', 1);
  });

  test('bucket takes the place of a new bucket, for those who read files and those who report on them', () => {
    const { template: withBucket, created } = synthPipeline((stack) => ({ bucket: new Bucket(stack, 'Existing') }));
    withBucket.resourceCountIs('AWS::S3::Bucket', 1);
    expect(created.files!.bucket.node.path).toBe('Test/Existing');
    for (const id of ['ValidateFile', 'ExtractOrders']) {
      expect(actionsByResource(roleStatements(withBucket, id))).toMatchObject({
        'Existing/incoming/*': ['s3:GetObject', 's3:GetObjectVersion'], 'Existing/reports/*': expect.arrayContaining(['s3:PutObject']),
      });
    }
  });

  test('eventBus takes the place of a new bus', () => {
    const { template: withBus } = synthPipeline((stack) => ({ eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared') }));
    withBus.resourceCountIs('AWS::Events::EventBus', 0);
    withBus.allResourcesProperties('AWS::Events::Rule', { EventBusName: 'shared' });
    for (const id of ['ValidateOrder', 'ProcessOrder', 'PublishOrderChanges', 'ValidateFile', 'ExtractOrders']) {
      expect(resourceOf(withBus, 'AWS::Lambda::Function', id).properties.Environment.Variables.EVENT_BUS_NAME).toBe('shared');
    }
  });

  test('eventBus and encryptionKey may be given together: the key is for all that the pipeline makes', () => {
    const { template: withBoth } = synthPipeline(
      (stack) => ({ eventBus: new EventBus(stack, 'Shared'), encryptionKey: new Key(stack, 'Key') }), EVERYTHING_ON_ENV,
    );
    expect(resourcesOf(withBoth, 'AWS::Events::EventBus')[0].properties).not.toHaveProperty('KmsKeyIdentifier');
    for (const { properties } of resourcesOf(withBoth, 'AWS::SQS::Queue')) expect(properties).toHaveProperty('KmsMasterKeyId');
    for (const { properties } of resourcesOf(withBoth, 'AWS::DynamoDB::GlobalTable')) {
      expect(properties.SSESpecification).toEqual({ SSEEnabled: true, SSEType: 'KMS' });
    }
    expect(resourcesOf(withBoth, 'AWS::Events::Archive')[0].properties).toHaveProperty('KmsKeyIdentifier');
  });

  test('none is needed: the service is then named after the path', () => {
    for (const { properties } of resourcesOf(minimal.template, 'AWS::Lambda::Function')) {
      expect(properties.Environment.Variables.POWERTOOLS_SERVICE_NAME).toBe('Test/Orders');
    }
  });
});

describe('fileIngest: false', () => {
  const { template, created, stack } = synthPipeline({ fileIngest: false });

  test('leaves no trace of files in the template', () => {
    expect(JSON.stringify(template.toJSON())).not.toMatch(/file|incoming|reports\/|s3\.amazonaws\.com|sns/i);
    for (const type of ['AWS::S3::Bucket', 'AWS::SNS::Topic', 'AWS::S3::BucketPolicy', 'AWS::SNS::TopicPolicy']) template.resourceCountIs(type, 0);
    expect([created.files, created.queries.queryFiles]).toEqual([undefined, undefined]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('leaves the rest as it is', () => {
    const ids = resourcesOf(minimal.template).map(({ id }) => id).filter((id) => !/file|Deployment/i.test(id));
    expect(resourcesOf(template).map(({ id }) => id).filter((id) => !id.includes('Deployment'))).toEqual(ids);
  });

  /** What belongs to files alone; the compiler asks for it when there is a new option. */
  const FILE_OPTIONS: Required<Omit<BatchFileIngestOptions & Pick<OrderQueriesOptions, 'queryFiles'>, keyof OrderSizeOptions>> = {
    bucket: Bucket.fromBucketName(stack, 'Existing', 'files'),
    onInvalidOrder: InvalidOrderPolicy.SKIP_ORDER,
    maxFileSize: Size.mebibytes(1),
    maxOrdersPerFile: 1,
    fileRetention: Duration.days(1),
    reportRetention: Duration.days(1),
    fileHistoryRetention: Duration.days(1),
    alertEmails: ['operations@example.com'],
    alertSubscriptions: [new UrlSubscription('https://example.com')],
    validateFile: {},
    extractOrders: {},
    queryFiles: {},
  };

  test.each(Object.entries(FILE_OPTIONS))('fails when %s is given with it', (option, value) => {
    expect(() => synthPipeline({ fileIngest: false, [option]: value })).toThrow(new Error(`Test/Orders: ${option} is of no use with fileIngest: false`));
  });

  test('fails when several options are given with it, and names them all', () => {
    expect(() => synthPipeline({ fileIngest: false, maxOrdersPerFile: 0, alertEmails: ['nobody'] })).toThrow(new Error(
      'Test/Orders: maxOrdersPerFile is of no use with fileIngest: false; alertEmails is of no use with fileIngest: false',
    ));
  });

  test('keeps maxOrderSize, which is for the API, too', () => {
    const small = synthPipeline({ fileIngest: false, maxOrderSize: Size.kibibytes(1) }).template;
    expect(resourceOf(small, 'AWS::Lambda::Function', 'ReceiveOrder').properties.Environment.Variables.MAX_ORDER_SIZE).toBe('1024');
  });
});

describe('fails when', () => {
  test.each<[string, OrderPipelineProps, string]>([
    ['a prop of the bus is wrong', { archiveRetention: Duration.hours(1) }, 'archiveRetention must be between 1 day and 365000 days, got 1 hour'],
    ['a prop of the ingest is wrong', { validateOrder: { batchSize: 0 } }, 'validateOrder.batchSize must be an integer between 1 and 10, got 0'],
    [
      'a prop of the processor is wrong', { processOrder: { maxConcurrency: 1 } },
      'processOrder.maxConcurrency must be an integer between 2 and 1000, got 1',
    ],
    ['a prop of the files is wrong', { maxOrdersPerFile: 0 }, 'maxOrdersPerFile must be an integer between 1 and 5000000, got 0'],
    ['a prop of the queries is wrong', { queryOrders: { memorySize: 1 } }, 'queryOrders.memorySize must be an integer between 128 and 10240, got 1'],
  ])('%s', (_, props, message) => {
    expect(() => synthPipeline(props)).toThrow(message);
  });

  test('props of several parts are wrong, and names them all at once', () => {
    const wrong = () => synthPipeline({
      archiveRetention: Duration.hours(1),
      validateOrder: { batchSize: 0 },
      processOrder: { maxConcurrency: 1 },
      queryOrders: { memorySize: 1 },
      extractOrders: { maxConcurrency: 1 },
      queryFiles: { memorySize: 1 },
    });
    for (const prop of [
      'archiveRetention', 'validateOrder.batchSize', 'processOrder.maxConcurrency', 'queryOrders.memorySize', 'extractOrders.maxConcurrency',
      'queryFiles.memorySize',
    ]) {
      expect(wrong).toThrow(`${prop} must be`);
    }
  });

  test('an option that parts share is wrong, and says so once', () => {
    expect(() => synthPipeline({ maxOrderSize: Size.mebibytes(1), eventSource: 'aws.orders' })).toThrow(new Error(
      'Test/Orders: eventSource must not begin with "aws.", got aws.orders; maxOrderSize must be between 1 KiB and 192 KiB, got 1048576 bytes',
    ));
  });
});
