import { Duration } from 'aws-cdk-lib';
import { AttributeType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { OrderPipelineProps } from '../../src';
import { everythingOn, EVERYTHING_ON_ENV } from '../support/everything-on';
import { synthPipeline, warningsOf } from '../support/synth';
import { resourceOf, resourcesOf } from '../support/template';

const minimal = synthPipeline();
const everything = synthPipeline(everythingOn, EVERYTHING_ON_ENV);

/** What holds data, or is known outside of the stack: an upgrade must not replace it. */
const STATEFUL = {
  'AWS::DynamoDB::GlobalTable': ['OrdersProcessorOrdersTableA0B92E27'],
  'AWS::SQS::Queue': [
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
  const mappingOf = (id: string) => resourcesOf(template, 'AWS::Lambda::EventSourceMapping')
    .find(({ properties }) => properties.FunctionName.Ref === resourceOf(template, 'AWS::Lambda::Function', id).id)!.properties;

  /** One check for each prop; the compiler asks for it when there is a new one. */
  const EFFECTS: Record<keyof ReturnType<typeof everythingOn>, () => void> = {
    eventSource: () => {
      for (const id of ['ValidateOrder', 'ProcessOrder', 'PublishOrderChanges']) expect(handler(id).Environment.Variables.EVENT_SOURCE).toBe('shop.orders');
      for (const { properties } of [...resourcesOf(template, 'AWS::Events::Rule'), ...resourcesOf(template, 'AWS::Events::Archive')]) {
        expect(properties.EventPattern.source).toEqual(['shop.orders']);
      }
    },
    encryptionKey: () => {
      for (const type of ['AWS::Events::EventBus', 'AWS::Events::Archive']) expect(resourcesOf(template, type)[0].properties).toHaveProperty('KmsKeyIdentifier');
      for (const { properties } of resourcesOf(template, 'AWS::SQS::Queue')) expect(properties).toHaveProperty('KmsMasterKeyId');
      expect(resourcesOf(template, 'AWS::DynamoDB::GlobalTable')[0].properties.SSESpecification).toEqual({ SSEEnabled: true, SSEType: 'KMS' });
    },
    logLevel: () => {
      for (const { properties } of resourcesOf(template, 'AWS::Lambda::Function')) expect(properties.LoggingConfig.ApplicationLogLevel).toBe('DEBUG');
    },
    logRetention: () => {
      for (const { properties } of resourcesOf(template, 'AWS::Logs::LogGroup')) expect(properties.RetentionInDays).toBe(365);
    },
    removalPolicy: () => template.hasResource('AWS::DynamoDB::GlobalTable', { DeletionPolicy: 'Delete' }),
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
    maxOrderSize: () => expect(handler('ReceiveOrder').Environment.Variables.MAX_ORDER_SIZE).toBe('65536'),
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
    guarded.resourceCountIs('AWS::ApiGateway::Method', 2);
    guarded.allResourcesProperties('AWS::ApiGateway::Method', { AuthorizationType: 'CUSTOM', AuthorizerId: 'abc123' });
  });

  test('ordersTable takes the place of a new table, for those who write and those who read', () => {
    const { template: withTable } = synthPipeline((stack) => ({
      ordersTable: new TableV2(stack, 'Existing', {
        partitionKey: { name: 'orderId', type: AttributeType.STRING }, dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      }),
    }));
    withTable.resourceCountIs('AWS::DynamoDB::GlobalTable', 1);
    for (const id of ['ProcessOrder', 'QueryOrders']) {
      expect(resourceOf(withTable, 'AWS::Lambda::Function', id).properties.Environment.Variables.ORDERS_TABLE_NAME)
        .toEqual({ Ref: expect.stringMatching(/^Existing/) });
    }
  });

  test('eventBus takes the place of a new bus', () => {
    const { template: withBus } = synthPipeline((stack) => ({ eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared') }));
    withBus.resourceCountIs('AWS::Events::EventBus', 0);
    withBus.allResourcesProperties('AWS::Events::Rule', { EventBusName: 'shared' });
    for (const id of ['ValidateOrder', 'ProcessOrder', 'PublishOrderChanges']) {
      expect(resourceOf(withBus, 'AWS::Lambda::Function', id).properties.Environment.Variables.EVENT_BUS_NAME).toBe('shared');
    }
  });

  test('eventBus and encryptionKey may be given together: the key is for all that the pipeline makes', () => {
    const { template: withBoth } = synthPipeline(
      (stack) => ({ eventBus: new EventBus(stack, 'Shared'), encryptionKey: new Key(stack, 'Key') }), EVERYTHING_ON_ENV,
    );
    expect(resourcesOf(withBoth, 'AWS::Events::EventBus')[0].properties).not.toHaveProperty('KmsKeyIdentifier');
    for (const { properties } of resourcesOf(withBoth, 'AWS::SQS::Queue')) expect(properties).toHaveProperty('KmsMasterKeyId');
    expect(resourcesOf(withBoth, 'AWS::DynamoDB::GlobalTable')[0].properties.SSESpecification).toEqual({ SSEEnabled: true, SSEType: 'KMS' });
    expect(resourcesOf(withBoth, 'AWS::Events::Archive')[0].properties).toHaveProperty('KmsKeyIdentifier');
  });

  test('none is needed: the service is then named after the path', () => {
    for (const { properties } of resourcesOf(minimal.template, 'AWS::Lambda::Function')) {
      expect(properties.Environment.Variables.POWERTOOLS_SERVICE_NAME).toBe('Test/Orders');
    }
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
    ['a prop of the queries is wrong', { queryOrders: { memorySize: 1 } }, 'queryOrders.memorySize must be an integer between 128 and 10240, got 1'],
  ])('%s', (_, props, message) => {
    expect(() => synthPipeline(props)).toThrow(message);
  });

  test('props of several parts are wrong, and names them all at once', () => {
    const wrong = () => synthPipeline({
      archiveRetention: Duration.hours(1), validateOrder: { batchSize: 0 }, processOrder: { maxConcurrency: 1 }, queryOrders: { memorySize: 1 },
    });
    for (const prop of ['archiveRetention', 'validateOrder.batchSize', 'processOrder.maxConcurrency', 'queryOrders.memorySize']) {
      expect(wrong).toThrow(`${prop} must be`);
    }
  });
});
