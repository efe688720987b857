import { Duration, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { AuthorizationType } from 'aws-cdk-lib/aws-apigateway';
import { AttributeType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import {
  ExistingOrderPolicy, InvalidOrderPolicy, OrderAuthentication, OrderPipeline, type BatchFileIngestOptions,
  type EventAcceptanceOptions, type OrderEventHistoryOptions, type TableOptions, type OrderPipelineProps, type OrderQueriesOptions,
  type OrderSizeOptions,
} from '../../src';
import { WEBHOOK_METHODS } from '../../src/private/contract';
import { methodsByRoute } from '../support/api-routes';
import { everythingOn, EVERYTHING_ON_ENV } from '../support/everything-on';
import { synth, synthPipeline, synthUnwatched, warningsBesidesSize, warningsOf } from '../support/synth';
import { actionsByResource, isOfNetworkInterfaces, isOfTracing, readable, resourceOf, resourcesOf, roleStatements } from '../support/template';

const existingTable = (stack: Stack) => new TableV2(stack, 'Existing', {
  partitionKey: { name: 'orderId', type: AttributeType.STRING }, dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
});

const existingSequenceTable = (stack: Stack) => new TableV2(stack, 'Places', {
  partitionKey: { name: 'orderId', type: AttributeType.STRING }, sortKey: { name: 'sequence', type: AttributeType.NUMBER },
});

const minimal = synthPipeline();
const everything = synthPipeline(everythingOn, EVERYTHING_ON_ENV);

/** What holds data, or is known outside of the stack: an upgrade must not replace it. */
const STATEFUL = {
  'AWS::DynamoDB::GlobalTable': [
    'OrdersFilesFilesTable1E39D5CC',
    'OrdersHistoryHistoryTableE2DCDC8B',
    'OrdersIngestSequenceTableE2A4C99B',
    'OrdersProcessorOrdersTableA0B92E27',
  ],
  'AWS::S3::Bucket': ['OrdersFilesBucket0BF6B5B4'],
  'AWS::SNS::Topic': ['OrdersFilesAlertTopic07CD5245'],
  'AWS::SQS::Queue': [
    'OrdersBusIngestPlacementDeadLetterQueue750FAD84',
    'OrdersBusIngestPlacementQueue9D770C18',
    'OrdersFileOutcomesDeadLetterQueue4FAFCADD',
    'OrdersFilesFilesDeadLetterQueueAACF2DA2',
    'OrdersFilesFilesQueue7DAF5F53',
    'OrdersFilesValidFilesDeadLetterQueue881F4552',
    'OrdersFilesValidFilesQueue07E22748',
    'OrdersHistoryHistoryDeadLetterQueueC65A7203',
    'OrdersHistoryHistoryQueue655CC9BA',
    'OrdersIngestOrdersDeadLetterQueue4B73D4F9',
    'OrdersIngestOrdersQueue3F549B4F',
    'OrdersLifecycleCancellationDeadLetterQueue4CEED5AA',
    'OrdersLifecycleCancellationQueueFC99368F',
    'OrdersLifecycleChangeDeadLetterQueueCEE8BC74',
    'OrdersLifecycleChangeQueue709D51B3',
    'OrdersLifecycleFulfillmentDeadLetterQueueBEEB9314',
    'OrdersLifecycleFulfillmentQueue2016FCDB',
    'OrdersProcessorChangesDeadLetterQueueC57ECED8',
    'OrdersProcessorExpiryDeadLetterQueue3D3B651A',
    'OrdersProcessorProcessingDeadLetterQueueBC1C215A',
    'OrdersProcessorProcessingQueue18E35760',
  ],
  'AWS::Events::EventBus': ['OrdersEventsBus2355737B'],
  'AWS::Events::Archive': ['OrdersEventsArchiveC63A4094'],
  'AWS::ApiGateway::RestApi': ['OrdersIngestApi163ED50E'],
  'AWS::ApiGateway::ApiKey': ['OrdersIngestApiKey760CF20D'],
  'AWS::Kinesis::Stream': [],
};

/** The same of the optional parts. */
const STATEFUL_OPTIONAL: Partial<Record<string, readonly string[]>> = {
  'AWS::Kinesis::Stream': ['OrdersStreamDataStreamB4637BBD'],
  'AWS::S3::Bucket': ['OrdersStreamBucketDDB1FA1E'],
  'AWS::SQS::Queue': [
    'OrdersConfirmationConfirmationDeadLetterQueue2F67F984',
    'OrdersConfirmationConfirmationQueueFFFA1712',
    'OrdersConfirmationDecisionDeadLetterQueue88230FC8',
    'OrdersConfirmationDecisionQueue23C825F9',
    'OrdersStreamStreamDeadLetterQueue4FD34AA2',
    'OrdersStreamStreamQueueAD662785',
    'OrdersWebhooksDeliveryDeadLetterQueue66858F1D',
    'OrdersWebhooksDeliveryQueue188FAB7A',
    'OrdersWebhooksWebhookEventDeadLetterQueueC0123309',
    'OrdersWebhooksWebhookEventQueue9E0B7DEE',
    'OrdersLiveUpdatesLiveEventsDeadLetterQueue3BABC575',
    'OrdersLiveUpdatesLiveEventsQueueE0A41DB1',
    'OrdersLiveUpdatesLiveUpdatesDeadLetterQueue60E7BBC8',
    'OrdersLiveUpdatesLiveUpdatesQueue63CCB30C',
    'OrdersSourceQueueSourceQueueDeadLetterQueue423BC507',
    'OrdersGraphqlApiSubscribersDeadLetterQueue293E516D',
    'OrdersGraphqlApiSubscribersQueueEDE3712A',
  ],
  'AWS::DynamoDB::GlobalTable': ['OrdersLiveUpdatesLiveTableEC491D62', 'OrdersWebhooksDeliveriesTableB5185864', 'OrdersWebhooksWebhooksTable16F9C333'],
};

/** The types of resources that hold orders. */
const HOLDING_ORDERS = ['AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket', 'AWS::SQS::Queue', 'AWS::Events::Archive'];

/** The publishers and consumers of events. */
const PUBLISHERS = ['ValidateOrder', 'ChangeOrder', 'CancelOrder', 'FulfillOrder', 'PublishOrderChanges', 'ValidateFile', 'ExtractOrders', 'RecordFileOutcomes'];
const routingRules = (of: typeof minimal.template) => resourcesOf(of, 'AWS::Events::Rule').filter(({ properties }) => properties.EventPattern);
const ROUTES = [
  'ANY /files', 'ANY /files/{fileId}', 'ANY /files/{fileId}/orders', 'ANY /orders', 'ANY /orders/{orderId}', 'ANY /orders/{orderId}/events', 'PATCH /orders/{orderId}',
  'POST /orders', 'ANY /orders/{orderId}/cancellation',
].sort();

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

describe.each([['without props', minimal, {}], ['with everything on', everything, STATEFUL_OPTIONAL]])('a pipeline %s', (_, { template, stack }, optional: typeof STATEFUL_OPTIONAL) => {
  test.each(Object.entries(STATEFUL))('keeps the logical ids of what must not be replaced: %s', (type, ids) => {
    expect(resourcesOf(template, type).map(({ id }) => id).sort()).toEqual([...ids, ...optional[type] ?? []].sort());
  });

  test('gives no warnings', () => {
    expect(warningsBesidesSize(stack)).toEqual([]);
  });

  test('needs no custom resources', () => {
    expect(resourcesOf(template).filter(({ type }) => type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource')).toEqual([]);
  });

  test.each(Object.entries(PHYSICAL_NAMES))('gives no physical names: %s', (type, property) => {
    // AppSync and API Gateway determine the names of log groups that contain the ID of the API.
    const resources = resourcesOf(template, type).filter(({ id }) => !/GraphqlApiApiLogs|IngestExecutionLogs/.test(id));
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

  const COMMAND_HANDLERS = ['ProcessOrder', 'ChangeOrder', 'CancelOrder', 'FulfillOrder', 'ExpirePendingCommands'];

  /** One check for each prop; the compiler asks for it when there is a new one. */
  const EFFECTS: Record<keyof ReturnType<typeof everythingOn>, () => void> = {
    eventSource: () => {
      for (const id of [...PUBLISHERS, 'QueryOrders', 'QueryOrderEvents']) expect(handler(id).Environment.Variables.EVENT_SOURCE).toBe('shop.orders');
      for (const { properties } of [...routingRules(template), ...resourcesOf(template, 'AWS::Events::Archive')]) {
        expect(properties.EventPattern.source).toEqual(['shop.orders']);
      }
    },
    orderModel: () => {
      const [layer] = resourcesOf(template, 'AWS::Lambda::LayerVersion');
      for (const { properties } of resourcesOf(template, 'AWS::Lambda::Function').filter(({ properties: { Layers } }) => Layers)) expect(properties.Layers).toEqual([{ Ref: layer.id }]);
      const [standard] = resourcesOf(minimal.template, 'AWS::Lambda::LayerVersion');
      expect(layer.properties.Content.S3Key).not.toEqual(standard.properties.Content.S3Key);
    },
    pipelineId: () => {
      for (const id of [...PUBLISHERS, 'QueryOrders', 'QueryOrderEvents', 'RedriveDeadLetters']) expect(handler(id).Environment.Variables.PIPELINE_ID).toBe('shop');
      for (const { properties } of [...routingRules(template), ...resourcesOf(template, 'AWS::Events::Archive')]) {
        expect(properties.EventPattern.detail.metadata.pipeline).toContain('shop');
      }
    },
    acceptEventsWithoutPipeline: () => {
      for (const { properties } of [...routingRules(template), ...resourcesOf(template, 'AWS::Events::Archive')]) {
        expect(properties.EventPattern.detail.metadata.pipeline).toEqual(['shop']);
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
      for (const type of HOLDING_ORDERS) template.allResources(type, { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
    },
    sources: () => {
      expect(handler('ReceiveSourceOrders').Environment.Variables.SOURCE_TENANT).toBe('{"kind":"header","name":"tenant"}');
      expect(everything.created.sources.map(({ node }) => node.id)).toEqual(['SourceQueue']);
    },
    warmThroughput: () => {
      for (const [id, indexes] of [['OrdersTable', 1], ['SequenceTable', 0], ['HistoryTable', 0]] as const) {
        const { WarmThroughput, GlobalSecondaryIndexes = [] } = resourceOf(template, 'AWS::DynamoDB::GlobalTable', id).properties;
        expect(WarmThroughput).toEqual({ ReadUnitsPerSecond: 15_000, WriteUnitsPerSecond: 20_000 });
        expect(GlobalSecondaryIndexes.filter((index: object) => 'WarmThroughput' in index)).toHaveLength(indexes);
      }
      expect(resourceOf(template, 'AWS::DynamoDB::GlobalTable', 'FilesTable').properties).not.toHaveProperty('WarmThroughput');
    },
    autoDeleteObjects: () => template.resourceCountIs('Custom::S3AutoDeleteObjects', 0),
    serviceName: () => {
      for (const { properties } of resourcesOf(template, 'AWS::Lambda::Function')) {
        expect(properties.Environment.Variables.POWERTOOLS_SERVICE_NAME).toBe('shop');
      }
    },
    domain: () => {
      template.hasResourceProperties('AWS::ApiGatewayV2::ApiMapping', { ApiMappingKey: 'shop/v1' });
      template.hasResourceProperties('AWS::Route53::RecordSet', { Name: 'orders.example.com.' });
      expect(everything.created.ingest.url).toBe('https://orders.example.com/shop/v1');
    },
    defaultEndpoint: () => template.hasResourceProperties('AWS::ApiGateway::RestApi', { DisableExecuteApiEndpoint: true }),
    vpc: () => expect(handler('ReceiveOrder')).toHaveProperty('VpcConfig'),
    vpcSubnets: () => {
      for (const { properties } of resourcesOf(template, 'AWS::Lambda::Function')) expect(properties.VpcConfig.SubnetIds).toEqual(['subnet-a']);
    },
    securityGroups: () => {
      for (const { properties } of resourcesOf(template, 'AWS::Lambda::Function')) expect(properties.VpcConfig.SecurityGroupIds).toEqual(['sg-1']);
    },
    webhooks: () => {
      const { WEBHOOK_SETTINGS, WEBHOOK_ENDPOINTS } = handler('DeliverWebhooks').Environment.Variables;
      expect(JSON.parse(WEBHOOK_SETTINGS)).toEqual({
        allowHttp: true,
        allowedNetworks: ['10.0.0.0/16'],
        requestTimeout: 5,
        retryDuration: 172_800,
        disableAfter: 345_600,
        deliveryRetention: 1_209_600,
        secretOverlap: 43_200,
        maxPayloadSize: 65_536,
        maxWebhooks: 10,
      });
      expect(JSON.stringify(WEBHOOK_ENDPOINTS)).toContain('https://erp.example.com/orders');
      expect(handler('DeliverWebhooks')).toMatchObject({ MemorySize: 640, Timeout: 45 });
      expect(handler('ManageWebhooks')).toMatchObject({ MemorySize: 208, Timeout: 9 });
      expect(mappingOf('CreateWebhookDeliveries')).toMatchObject({ BatchSize: 7, ScalingConfig: { MaximumConcurrency: 22 } });
      expect(mappingOf('DeliverWebhooks')).toMatchObject({ BatchSize: 8, ScalingConfig: { MaximumConcurrency: 24 } });
    },
    archive: () => template.resourceCountIs('AWS::Events::Archive', 1),
    archiveRetention: () => template.hasResourceProperties('AWS::Events::Archive', { RetentionDays: 90 }),
    api: () => template.resourceCountIs('AWS::ApiGateway::RestApi', 1),
    authentication: () => expect(methodsByRoute(template)).toMatchObject({ 'POST /orders': { ApiKeyRequired: true } }),
    routeAuthentication: () => expect(methodsByRoute(template)['ANY /orders/{orderId}/cancellation']).toMatchObject({ ApiKeyRequired: true, AuthorizationType: 'AWS_IAM' }),
    tenants: () => {
      expect(JSON.stringify(handler('QueryOrders').Environment.Variables.CALLERS)).toContain('custom:tenant');
      for (const id of ['ValidateOrder', 'ReceiveOrderEvent', 'ChangeOrder', 'CancelOrder', 'FulfillOrder', 'ValidateFile']) {
        expect(handler(id).Environment.Variables.HAS_TENANTS).toBe('true');
      }
    },
    customerClaim: () => {
      for (const id of ['ReceiveOrder', 'QueryOrders', 'QueryFiles']) expect(JSON.stringify(handler(id).Environment.Variables.CALLERS)).toContain('customer');
      for (const id of ['ReceiveOrderChange', 'ReceiveOrderCancellation', 'QueryOrderEvents']) expect(handler(id).Environment.Variables.ORDERS_TABLE_NAME).toBeDefined();
    },
    operators: () => expect(JSON.stringify(handler('QueryOrders').Environment.Variables.CALLERS)).toContain('operators'),
    throttle: () => expect(stage.MethodSettings).toMatchObject([{ ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 }]),
    accessLog: () => expect(stage).toHaveProperty('AccessLogSetting'),
    executionLogLevel: () => expect(stage.MethodSettings[0].LoggingLevel).toBe('INFO'),
    tracing: () => expect(stage.TracingEnabled).toBe(true),
    serverAccessLogsBucket: () => expect(resourceOf(template, 'AWS::S3::Bucket', 'FilesBucket').properties.LoggingConfiguration.DestinationBucketName).toBe('shop-access-logs'),
    cloudWatchRole: () => template.resourceCountIs('AWS::ApiGateway::Account', 1),
    maxOrderSize: () => {
      for (const id of ['ReceiveOrder', 'ReceiveOrderChange', 'ReceiveOrderCancellation', 'ReceiveOrderEvent', 'ValidateFile']) expect(handler(id).Environment.Variables.MAX_ORDER_SIZE).toBe('65536');
    },
    outputs: () => expect(template.toJSON().Outputs).toBeUndefined(),
    cors: () => expect(handler('QueryOrders').Environment.Variables.CORS_ORIGINS).toBe('https://shop.example.com,http://localhost:8080'),
    receiveOrder: () => expect(handler('ReceiveOrder')).toMatchObject({ MemorySize: 256, Timeout: 5, ReservedConcurrentExecutions: 30 }),
    orderPlacements: () => expect(resourceOf(template, 'AWS::Events::Rule', 'PlacementEvents').properties.EventPattern['detail-type']).toEqual(['OrderPlacementRequested']),
    receiveOrderEvent: () => {
      expect(handler('ReceiveOrderEvent')).toMatchObject({ MemorySize: 304, Timeout: 15 });
      expect(mappingOf('ReceiveOrderEvent')).toMatchObject({ BatchSize: 6, ScalingConfig: { MaximumConcurrency: 20 } });
      expect(queue('PlacementQueue')).toMatchObject({ VisibilityTimeout: 90 });
      expect(handler('ReceiveOrderEvent').Environment.Variables.RETRY_DURATION).toBe('18000');
    },
    validateOrder: () => {
      expect(handler('ValidateOrder')).toMatchObject({ MemorySize: 1024, Timeout: 20 });
      expect(mappingOf('ValidateOrder')).toMatchObject({ BatchSize: 5, ScalingConfig: { MaximumConcurrency: 10 } });
      expect(queue('OrdersQueue')).toMatchObject({ MessageRetentionPeriod: 172_800, VisibilityTimeout: 120 });
      expect(handler('ValidateOrder').Environment.Variables.RETRY_DURATION).toBe('10800');
      expect(queue('OrdersDeadLetterQueue')).toMatchObject({ MessageRetentionPeriod: 604_800 });
    },
    processOrder: () => {
      expect(handler('ProcessOrder')).toMatchObject({ MemorySize: 768, Timeout: 40 });
      expect(mappingOf('ProcessOrder')).toMatchObject({ BatchSize: 8, ScalingConfig: { MaximumConcurrency: 100 } });
      expect(queue('ProcessingQueue')).toMatchObject({ MessageRetentionPeriod: 86_400 });
      expect(handler('ProcessOrder').Environment.Variables).toMatchObject({ RETRY_DURATION: '36000', MAX_MESSAGE_AGE: '84600' });
      expect(queue('ProcessingDeadLetterQueue')).toMatchObject({ MessageRetentionPeriod: 864_000 });
    },
    publishOrderChanges: () => expect(handler('PublishOrderChanges')).toMatchObject({ MemorySize: 384, Timeout: 60 }),
    listOrdersBy: () => {
      expect(resourceOf(template, 'AWS::DynamoDB::GlobalTable', 'OrdersTable').properties.GlobalSecondaryIndexes.map(({ IndexName }: { IndexName: string }) => IndexName))
        .toEqual(['byCustomer', 'byExternalReference', 'byPendingUntil']);
      expect(handler('QueryOrders').Environment.Variables.LIST_KEYS).toBe('customerId,externalReference');
    },
    queryOrders: () => expect(handler('QueryOrders')).toMatchObject({ MemorySize: 128, Timeout: 3 }),
    expirePendingCommands: () => expect(handler('ExpirePendingCommands')).toMatchObject({ MemorySize: 160, Timeout: 180 }),
    validationHook: () => {
      const hook = readable(handler('ValidateOrder').Environment.Variables.VALIDATION_HOOK_NAME);
      expect(hook).toMatch(/:function:order-rules$/);
      expect(actionsByResource(roleStatements(template, 'ValidateOrder'))).toMatchObject({ [hook]: ['lambda:InvokeFunction'] });
    },
    rejectedOrderRetention: () => {
      for (const id of COMMAND_HANDLERS) expect(handler(id).Environment.Variables.REJECTED_ORDER_RETENTION).toBe('604800');
    },
    pendingCommandRetention: () => {
      for (const id of COMMAND_HANDLERS) expect(handler(id).Environment.Variables.PENDING_COMMAND_RETENTION).toBe('259200');
    },
    confirmation: () => {
      for (const id of [...COMMAND_HANDLERS, 'DecideConfirmation']) {
        expect(JSON.parse(handler(id).Environment.Variables.CONFIRMATION)).toEqual({ timeout: 5400, onTimeout: 'CONFIRM', onChange: 'REFUSE' });
      }
      expect(readable(handler('RequestConfirmation').Environment.Variables.CONFIRMATION_FUNCTION_NAME)).toMatch(/:function:payments$/);
    },
    requestConfirmation: () => {
      expect(handler('RequestConfirmation')).toMatchObject({ MemorySize: 336, Timeout: 55 });
      expect(mappingOf('RequestConfirmation')).toMatchObject({ BatchSize: 7, ScalingConfig: { MaximumConcurrency: 22 } });
      expect(handler('RequestConfirmation').Environment.Variables.RETRY_DURATION).toBe('7200');
    },
    decideConfirmation: () => {
      expect(handler('DecideConfirmation')).toMatchObject({ MemorySize: 368, Timeout: 35 });
      expect(mappingOf('DecideConfirmation')).toMatchObject({ ScalingConfig: { MaximumConcurrency: 24 } });
      expect(handler('DecideConfirmation').Environment.Variables.RETRY_DURATION).toBe('25200');
    },
    orderChanges: () => expect(methodsByRoute(template)).toHaveProperty(['PATCH /orders/{orderId}']),
    orderCancellations: () => expect(methodsByRoute(template)).toHaveProperty(['ANY /orders/{orderId}/cancellation']),
    orderFulfillments: () => expect(resourceOf(template, 'AWS::Events::Rule', 'FulfillmentEvents').properties.EventPattern['detail-type'])
      .toEqual(['OrderFulfilled', 'OrderItemsFulfilled']),
    receiveOrderChange: () => expect(handler('ReceiveOrderChange')).toMatchObject({ MemorySize: 192, Timeout: 6 }),
    receiveOrderCancellation: () => expect(handler('ReceiveOrderCancellation')).toMatchObject({ MemorySize: 224, Timeout: 7 }),
    changeOrder: () => {
      expect(handler('ChangeOrder')).toMatchObject({ MemorySize: 320, Timeout: 30 });
      expect(mappingOf('ChangeOrder')).toMatchObject({ BatchSize: 4, ScalingConfig: { MaximumConcurrency: 12 } });
      expect(handler('ChangeOrder').Environment.Variables.RETRY_DURATION).toBe('14400');
    },
    cancelOrder: () => {
      expect(handler('CancelOrder')).toMatchObject({ MemorySize: 352, Timeout: 25 });
      expect(mappingOf('CancelOrder')).toMatchObject({ BatchSize: 3, ScalingConfig: { MaximumConcurrency: 14 } });
      expect(queue('CancellationQueue')).toMatchObject({ VisibilityTimeout: 150, MessageRetentionPeriod: 172_800 });
    },
    fulfillOrder: () => {
      expect(handler('FulfillOrder')).toMatchObject({ MemorySize: 416, Timeout: 30 });
      expect(mappingOf('FulfillOrder')).toMatchObject({ BatchSize: 2, ScalingConfig: { MaximumConcurrency: 16 } });
      expect(queue('FulfillmentDeadLetterQueue')).toMatchObject({ MessageRetentionPeriod: 1_036_800 });
    },
    history: () => expect(methodsByRoute(template)).toHaveProperty(['ANY /orders/{orderId}/events']),
    stream: () => template.hasResourceProperties('AWS::Kinesis::Stream', { ShardCount: 2, RetentionPeriodHours: 168 }),
    historyRetention: () => expect(handler('RecordOrderEvent').Environment.Variables.HISTORY_RETENTION).toBe('31536000'),
    recordOrderEvent: () => {
      expect(handler('RecordOrderEvent')).toMatchObject({ MemorySize: 448, Timeout: 30 });
      expect(mappingOf('RecordOrderEvent')).toMatchObject({ BatchSize: 9, ScalingConfig: { MaximumConcurrency: 18 } });
      expect(handler('RecordOrderEvent').Environment.Variables.RETRY_DURATION).toBe('21600');
    },
    auditReads: () => {
      for (const id of ['QueryOrders', 'QueryOrderEvents']) {
        expect(handler(id).Environment.Variables.EVENT_BUS_NAME).toEqual({ Ref: resourcesOf(template, 'AWS::Events::EventBus')[0].id });
      }
    },
    webAclArn: () => template.resourceCountIs('AWS::WAFv2::WebACLAssociation', 2),
    redrive: () => expect(handler('RedriveDeadLetters')).toBeDefined(),
    redriveDeadLetters: () => expect(handler('RedriveDeadLetters')).toMatchObject({ MemorySize: 288, Timeout: 600 }),
    monitoring: () => {
      const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm');
      expect(alarms.every(({ properties }) => properties.AlarmActions.length === 1 && properties.OKActions.length === 1)).toBe(true);
      expect(alarms.filter(({ properties }) => properties.Threshold === 2).length).toBeGreaterThan(9);
      expect(alarms.filter(({ properties }) => properties.Threshold === 5000)).toHaveLength(2);
    },
    queryOrderEvents: () => expect(handler('QueryOrderEvents')).toMatchObject({ MemorySize: 144, Timeout: 8 }),
    fileIngest: () => template.resourceCountIs('AWS::S3::Bucket', 2),
    fileSuffixes: () => expect(resourcesOf(template, 'AWS::S3::Bucket')[0].properties.NotificationConfiguration.QueueConfigurations).toHaveLength(2),
    ignoredFileNames: () => expect(handler('ValidateFile').Environment.Variables.IGNORED_FILE_NAMES).toBe('["_SUCCESS","*.done"]'),
    ignoreEmptyFiles: () => expect(handler('ValidateFile').Environment.Variables.IGNORE_EMPTY_FILES).toBe('true'),
    csv: () => expect(JSON.parse(handler('ValidateFile').Environment.Variables.CSV_FORMAT)).toMatchObject({ delimiter: ';', decimalSeparator: ',' }),
    onExistingOrder: () => expect(handler('ValidateFile').Environment.Variables.ON_EXISTING_ORDER).toBe('CHANGE'),
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
      expect(queue('FilesFilesQueue')).toMatchObject({ MessageRetentionPeriod: 259_200 });
      expect(handler('ValidateFile').Environment.Variables.RETRY_DURATION).toBe('10800');
    },
    extractOrders: () => {
      expect(handler('ExtractOrders')).toMatchObject({ MemorySize: 1024, Timeout: 180 });
      expect(mappingOf('ExtractOrders')).toMatchObject({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 6 } });
      expect(queue('ValidFilesDeadLetterQueue')).toMatchObject({ MessageRetentionPeriod: 1_123_200 });
    },
    recordFileOutcomes: () => expect(handler('RecordFileOutcomes')).toMatchObject({ MemorySize: 272, Timeout: 50 }),
    queryFiles: () => expect(handler('QueryFiles')).toMatchObject({ MemorySize: 192, Timeout: 4 }),
    liveUpdates: () => {
      template.hasResourceProperties('AWS::ApiGatewayV2::Stage', { StageName: 'live', DefaultRouteSettings: { ThrottlingRateLimit: 200, ThrottlingBurstLimit: 400 } });
      expect(JSON.stringify(handler('AuthorizeLiveConnection').Environment.Variables.AUTHENTICATION)).toContain('https://login.example.com/');
      expect(handler('AuthorizeLiveConnection')).toMatchObject({ MemorySize: 208, Timeout: 9 });
      expect(handler('ReceiveLiveMessage')).toMatchObject({ MemorySize: 240, Timeout: 12, ReservedConcurrentExecutions: 40 });
      expect(handler('ReceiveLiveMessage').Environment.Variables).toMatchObject({ CALLERS: expect.anything(), EVENT_SOURCE: 'shop.orders', FILES_TABLE_NAME: expect.anything() });
      expect(mappingOf('FindLiveSubscribers')).toMatchObject({ BatchSize: 7, ScalingConfig: { MaximumConcurrency: 22 } });
      expect(mappingOf('SendLiveUpdates')).toMatchObject({ BatchSize: 3, ScalingConfig: { MaximumConcurrency: 24 } });
    },
    graphqlApi: () => {
      const [api] = resourcesOf(template, 'AWS::AppSync::GraphQLApi');
      expect(api.properties).toMatchObject({
        AuthenticationType: 'AMAZON_COGNITO_USER_POOLS',
        IntrospectionConfig: 'DISABLED',
        QueryDepthLimit: 12,
        ResolverCountLimit: 5,
        XrayEnabled: true,
        LogConfig: { FieldLogLevel: 'ERROR', ExcludeVerboseContent: true },
      });
      expect(handler('ResolveGraphqlQuery')).toMatchObject({ MemorySize: 176, Timeout: 9 });
      expect(handler('ResolveGraphqlMutation')).toMatchObject({ MemorySize: 208, Timeout: 11 });
      expect(handler('NotifyGraphqlSubscribers')).toMatchObject({ MemorySize: 240 });
      expect(mappingOf('NotifyGraphqlSubscribers')).toMatchObject({ BatchSize: 7, ScalingConfig: { MaximumConcurrency: 22 } });
    },
  };

  test.each(Object.entries(EFFECTS))('%s reaches the part that it is for', (_, check) => check());

  test('what is on by default can be switched off', () => {
    const off = synthUnwatched({ authentication: OrderAuthentication.none(), archive: false, accessLog: false, cloudWatchRole: false });
    for (const type of ['Events::Archive', 'ApiGateway::ApiKey', 'ApiGateway::UsagePlan', 'ApiGateway::Account']) {
      minimal.template.resourceCountIs(`AWS::${type}`, 1);
      off.template.resourceCountIs(`AWS::${type}`, 0);
    }
    expect(resourcesOf(off.template, 'AWS::ApiGateway::Stage')[0].properties).not.toHaveProperty('AccessLogSetting');
  });

  test('authentication guards every route', () => {
    const authorizer = { authorizerId: 'abc123', authorizationType: AuthorizationType.CUSTOM };
    const guarded = synthUnwatched({ authentication: OrderAuthentication.fromRestAuthorizer(authorizer) }).template;
    expect(Object.keys(methodsByRoute(guarded)).sort()).toEqual(ROUTES);
    guarded.allResourcesProperties('AWS::ApiGateway::Method', { AuthorizationType: 'CUSTOM', AuthorizerId: 'abc123' });
  });

  test('ordersTable takes the place of a new table, for those who write and those who read', () => {
    const { template: withTable } = synthUnwatched((stack) => ({
      ordersTable: existingTable(stack),
    }));
    const newTables = resourcesOf(minimal.template, 'AWS::DynamoDB::GlobalTable').map(({ id }) => id).filter((id) => !id.includes('OrdersTable'));
    expect(resourcesOf(withTable, 'AWS::DynamoDB::GlobalTable').map(({ id }) => id)).toEqual([expect.stringMatching(/^Existing/), ...newTables]);
    for (const id of ['ProcessOrder', 'ChangeOrder', 'CancelOrder', 'FulfillOrder', 'ExpirePendingCommands', 'QueryOrders']) {
      expect(resourceOf(withTable, 'AWS::Lambda::Function', id).properties.Environment.Variables.ORDERS_TABLE_NAME)
        .toEqual({ Ref: expect.stringMatching(/^Existing/) });
    }
  });

  test('ordersTable and removalPolicy may be given together: the files table and the bucket are still the pipeline\'s own', () => {
    const { template: withBoth } = synthUnwatched((stack) => ({ ordersTable: existingTable(stack), removalPolicy: RemovalPolicy.DESTROY }));
    withBoth.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Delete' });
    expect(withBoth.toJSON().Resources[resourceOf(withBoth, 'AWS::DynamoDB::GlobalTable', 'FilesTable').id].DeletionPolicy).toBe('Delete');
    expect(withBoth.toJSON().Resources[resourceOf(withBoth, 'AWS::DynamoDB::GlobalTable', 'Existing').id].DeletionPolicy).toBe('Retain');
  });

  test('sequenceTable replaces the new table for all handlers that assign sequence numbers', () => {
    const { template: withTable, created } = synthPipeline((stack) => ({ sequenceTable: existingSequenceTable(stack) }));
    expect(JSON.stringify(withTable.toJSON())).not.toContain('OrdersIngestSequenceTable');
    expect(created.ingest.sequenceTable.node.path).toBe('Test/Places');
    for (const id of ['ValidateOrder', 'ChangeOrder', 'CancelOrder', 'FulfillOrder']) {
      expect(resourceOf(withTable, 'AWS::Lambda::Function', id).properties.Environment.Variables.SEQUENCE_TABLE_NAME)
        .toEqual({ Ref: expect.stringMatching(/^Places/) });
    }
  });

  test('encryptionKey needs no region where no table is new', () => {
    const { template: withAll } = synthUnwatched((stack) => ({
      ordersTable: existingTable(stack), sequenceTable: existingSequenceTable(stack), encryptionKey: new Key(stack, 'Key'), fileIngest: false, history: false,
    }));
    withAll.resourceCountIs('AWS::DynamoDB::GlobalTable', 2);
  });

  test.each<[string, (stack: Stack) => OrderPipelineProps]>([
    ['the orders table', (stack) => ({ sequenceTable: existingSequenceTable(stack), fileIngest: false, history: false })],
    ['the sequence table', (stack) => ({ ordersTable: existingTable(stack), fileIngest: false, history: false })],
    ['the files table', (stack) => ({ ordersTable: existingTable(stack), sequenceTable: existingSequenceTable(stack), history: false })],
    ['the history table', (stack) => ({ ordersTable: existingTable(stack), sequenceTable: existingSequenceTable(stack), fileIngest: false })],
  ])('encryptionKey needs a region as soon as one table is new: %s', (_, props) => {
    expect(() => synthPipeline((stack) => ({ ...props(stack), encryptionKey: new Key(stack, 'Key') }))).toThrow(new Error(
      'Test/Orders: `encryptionKey` needs a stack with a region, because DynamoDB names it together with the key; give the stack env: { region }',
    ));
  });

  test('bucket takes the place of a new bucket, for those who read files and those who report on them', () => {
    const { template: withBucket, created } = synthUnwatched((stack) => ({ bucket: new Bucket(stack, 'Existing') }));
    withBucket.resourceCountIs('AWS::S3::Bucket', 1);
    expect(created.files!.bucket.node.path).toBe('Test/Existing');
    for (const id of ['ValidateFile', 'ExtractOrders']) {
      expect(actionsByResource(roleStatements(withBucket, id))).toMatchObject({
        'Existing/incoming/*': ['s3:GetObject', 's3:GetObjectVersion'], 'Existing/reports/*': expect.arrayContaining(['s3:PutObject']),
      });
    }
  });

  test('eventBus takes the place of a new bus', () => {
    const { template: withBus } = synthUnwatched((stack) => ({ eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared') }));
    withBus.resourceCountIs('AWS::Events::EventBus', 0);
    for (const { properties } of routingRules(withBus)) expect(properties.EventBusName).toBe('shared');
    for (const id of PUBLISHERS) {
      expect(resourceOf(withBus, 'AWS::Lambda::Function', id).properties.Environment.Variables.EVENT_BUS_NAME).toBe('shared');
    }
  });

  test('eventBus and encryptionKey may be given together: the key is for all that the pipeline makes', () => {
    const { template: withBoth } = synthUnwatched(
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
    // The dashboard has a heading and a line for files, whether there are any or not.
    const resources = resourcesOf(template).filter(({ type }) => type !== 'AWS::CloudWatch::Dashboard');
    expect(JSON.stringify(resources)).not.toMatch(/file|incoming|reports\/|s3\.amazonaws\.com|sns/i);
    for (const type of ['AWS::S3::Bucket', 'AWS::SNS::Topic', 'AWS::S3::BucketPolicy', 'AWS::SNS::TopicPolicy']) template.resourceCountIs(type, 0);
    expect([created.files, created.fileOutcomes, created.queries.queryFilesFunction]).toEqual([undefined, undefined, undefined]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('leaves the rest as it is', () => {
    const ids = resourcesOf(minimal.template).map(({ id }) => id).filter((id) => !/file|Deployment/i.test(id));
    expect(resourcesOf(template).map(({ id }) => id).filter((id) => !id.includes('Deployment'))).toEqual(ids);
  });

  /** What belongs to files alone; the compiler asks for it when there is a new option. */
  const FILE_OPTIONS: Required<Omit<BatchFileIngestOptions & Pick<OrderQueriesOptions, 'queryFiles'>, keyof OrderSizeOptions>> = {
    bucket: Bucket.fromBucketName(new Stack(), 'Existing', 'files'),
    serverAccessLogsBucket: Bucket.fromBucketName(new Stack(), 'Logs', 'logs'),
    autoDeleteObjects: false,
    fileSuffixes: ['.json'],
    ignoredFileNames: [],
    ignoreEmptyFiles: false,
    csv: {},
    onInvalidOrder: InvalidOrderPolicy.SKIP_ORDER,
    onExistingOrder: ExistingOrderPolicy.REJECT,
    maxFileSize: Size.mebibytes(1),
    maxOrdersPerFile: 1,
    fileRetention: Duration.days(1),
    reportRetention: Duration.days(1),
    fileHistoryRetention: Duration.days(1),
    alertTopic: Topic.fromTopicArn(new Stack(), 'Topic', 'arn:aws:sns:eu-central-1:111111111111:alerts'),
    alertEmails: ['operations@example.com'],
    alertSubscriptions: [new UrlSubscription('https://example.com')],
    validateFile: {},
    extractOrders: {},
    queryFiles: {},
  };

  test.each(Object.entries(FILE_OPTIONS))('fails when %s is given with it', (option, value) => {
    expect(() => synthPipeline({ fileIngest: false, [option]: value })).toThrow(new Error(`Test/Orders: \`${option}\` cannot be set when \`fileIngest\` is false`));
  });

  test('fails when several options are given with it, and names them all', () => {
    expect(() => synthPipeline({ fileIngest: false, maxOrdersPerFile: 0, alertEmails: ['address'] })).toThrow(new Error(
      'Test/Orders: `maxOrdersPerFile` cannot be set when `fileIngest` is false; `alertEmails` cannot be set when `fileIngest` is false',
    ));
  });

  test('keeps maxOrderSize, which is for the API, too', () => {
    const small = synthUnwatched({ fileIngest: false, maxOrderSize: Size.kibibytes(1) }).template;
    expect(resourceOf(small, 'AWS::Lambda::Function', 'ReceiveOrder').properties.Environment.Variables.MAX_ORDER_SIZE).toBe('1024');
  });
});

/** Ids of what is in a template; a deployment's ends in a hash of what is deployed. */
const idsIn = (template: typeof minimal.template) => resourcesOf(template).map(({ id }) => id).filter((id) => !id.includes('Deployment')).sort();

test('the routes of a pipeline are these and no others, all with the key that the API wants', () => {
  const ofWebhooks = Object.keys(WEBHOOK_METHODS).map((path) => `ANY ${path}`);
  for (const [{ template }, routes] of [[minimal, ROUTES], [everything, [...ROUTES, ...ofWebhooks]]] as const) {
    // Preflight requests have no credentials.
    const methods = Object.entries(methodsByRoute(template)).filter(([route]) => !route.startsWith('OPTIONS '));
    expect(methods.map(([route]) => route).sort()).toEqual([...routes].sort());
    for (const [route, method] of methods) expect([route, method.ApiKeyRequired]).toEqual([route, true]);
  }
});

describe('the flows of an order\'s life', () => {
  const PARTS = {
    orderChanges: /ChangeOrder|OrderChange(?!s)|LifecycleChange|PATCH/,
    orderCancellations: /cancel/i,
    orderFulfillments: /fulfill/i,
  } as const;
  type Flow = keyof typeof PARTS;
  const flows = Object.keys(PARTS) as Flow[];
  const combinations = flows.reduce<Flow[][]>((sets, flow) => [...sets, ...sets.map((set) => [...set, flow])], [[]]);

  test.each(combinations.map((off) => [off.join(', ') || 'none', off] as const))('can be off: %s', (_, off) => {
    const { template, created, stack } = synthPipeline(Object.fromEntries(off.map((flow) => [flow, false])));
    const gone = (id: string) => off.some((flow) => PARTS[flow].test(id)) || (off.length === flows.length && id.includes('Lifecycle'));
    expect(idsIn(template)).toEqual(idsIn(minimal.template).filter((id) => !gone(id)));
    expect(created.lifecycle === undefined).toBe(off.length === flows.length);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('leave no trace when all are off, and orders are still placed and asked for', () => {
    const { template, created } = synthPipeline({ orderChanges: false, orderCancellations: false, orderFulfillments: false });
    expect(JSON.stringify(template.toJSON())).not.toContain('OrdersLifecycle');
    expect(created.node.tryFindChild('Lifecycle')).toBeUndefined();
    expect(Object.keys(methodsByRoute(template)).sort()).toEqual(ROUTES.filter((route) => !/PATCH|cancellation/.test(route)));
  });

  test('use the tables, the bus and the queue of the pipeline', () => {
    const { template } = minimal;
    for (const id of ['ChangeOrder', 'CancelOrder', 'FulfillOrder']) {
      expect(resourceOf(template, 'AWS::Lambda::Function', id).properties.Environment.Variables).toMatchObject({
        ORDERS_TABLE_NAME: { Ref: resourceOf(template, 'AWS::DynamoDB::GlobalTable', 'OrdersTable').id },
        SEQUENCE_TABLE_NAME: { Ref: resourceOf(template, 'AWS::DynamoDB::GlobalTable', 'SequenceTable').id },
        EVENT_BUS_NAME: { Ref: resourcesOf(template, 'AWS::Events::EventBus')[0].id },
      });
    }
    for (const id of ['ReceiveOrderChange', 'ReceiveOrderCancellation']) {
      expect(resourceOf(template, 'AWS::Lambda::Function', id).properties.Environment.Variables.ORDERS_QUEUE_URL)
        .toEqual({ Ref: resourceOf(template, 'AWS::SQS::Queue', 'OrdersQueue').id });
    }
  });

  test.each([
    ['orderChanges', 'receiveOrderChange'], ['orderChanges', 'changeOrder'], ['orderCancellations', 'receiveOrderCancellation'],
    ['orderCancellations', 'cancelOrder'], ['orderFulfillments', 'fulfillOrder'],
  ])('fails when %s is false and %s is given, also when all flows are off', (flow, option) => {
    const message = `Test/Orders: \`${option}\` cannot be set when \`${flow}\` is false`;
    const allOff = Object.fromEntries(flows.map((one) => [one, false]));
    for (const off of [{ [flow]: false }, allOff]) expect(() => synthPipeline({ ...off, [option]: {} })).toThrow(new Error(message));
  });

  test('leave their retentions to the processor when all are off', () => {
    const { template } = synthUnwatched({
      orderChanges: false, orderCancellations: false, orderFulfillments: false, pendingCommandRetention: Duration.hours(1),
    });
    expect(resourceOf(template, 'AWS::Lambda::Function', 'ExpirePendingCommands').properties.Environment.Variables.PENDING_COMMAND_RETENTION).toBe('3600');
  });
});

describe('orderPlacements: false', () => {
  const { template, created, stack } = synthPipeline({ orderPlacements: false });

  test('leaves no trace of orders on the bus in the template', () => {
    expect(JSON.stringify(resourcesOf(template).filter(({ type }) => type !== 'AWS::CloudWatch::Dashboard'))).not.toMatch(/placement|BusIngest|receive-order-event/i);
    expect(created.busIngest).toBeUndefined();
    expect(warningsOf(stack)).toEqual([]);
  });

  test('leaves the rest as it is', () => {
    expect(idsIn(template)).toEqual(idsIn(minimal.template).filter((id) => !id.includes('BusIngest')));
  });

  test('fails when receiveOrderEvent is given with it', () => {
    expect(() => synthPipeline({ orderPlacements: false, receiveOrderEvent: { batchSize: 0 } }))
      .toThrow(new Error('Test/Orders: `receiveOrderEvent` cannot be set when `orderPlacements` is false'));
  });
});

describe('history: false', () => {
  const { template, created, stack } = synthPipeline({ history: false });

  test('leaves no trace of the history in the template', () => {
    expect(JSON.stringify(template.toJSON())).not.toMatch(/OrdersHistory|(?<!FILE_)HISTORY_|RecordOrderEvent|QueryOrderEvents|"PathPart":"events"/);
    expect([created.history, created.queries.queryOrderEventsFunction]).toEqual([undefined, undefined]);
    expect(Object.keys(methodsByRoute(template)).sort()).toEqual(ROUTES.filter((route) => !route.endsWith('/events')));
    expect(warningsOf(stack)).toEqual([]);
  });

  test('leaves the rest as it is', () => {
    expect(idsIn(template)).toEqual(idsIn(minimal.template).filter((id) => !/history|RecordOrderEvent|QueryOrderEvents|orderIdevents/i.test(id)));
  });

  /** What belongs to the history alone; the compiler asks for it when there is a new option. */
  const HISTORY_PROPS: Required<Omit<OrderEventHistoryOptions, keyof (EventAcceptanceOptions & TableOptions)> & Pick<OrderQueriesOptions, 'queryOrderEvents'>> = {
    historyRetention: Duration.days(1),
    recordOrderEvent: {},
    queryOrderEvents: {},
  };

  test.each(Object.entries(HISTORY_PROPS))('fails when %s is given with it', (option, value) => {
    expect(() => synthPipeline({ history: false, [option]: value })).toThrow(new Error(`Test/Orders: \`${option}\` cannot be set when \`history\` is false`));
  });

  test('fails when all of them are given with it, and names them all, whether they are right or wrong', () => {
    expect(() => synthPipeline({ history: false, historyRetention: Duration.hours(1), recordOrderEvent: { batchSize: 1 }, queryOrderEvents: {} }))
      .toThrow(new Error('Test/Orders: ' + Object.keys(HISTORY_PROPS).map((option) => `\`${option}\` cannot be set when \`history\` is false`).join('; ')));
  });
});

describe('auditReads', () => {
  const mayPublish = (of: typeof minimal.template, id: string) => roleStatements(of, id).filter(({ actions }) => actions.includes('events:PutEvents'));

  test.each(['QueryOrders', 'QueryOrderEvents'])('lets %s say who reads, on the bus of the pipeline and under its source', (id) => {
    const { template } = synthUnwatched({ auditReads: true, eventSource: 'shop' });
    const [bus] = resourcesOf(template, 'AWS::Events::EventBus');
    expect(resourceOf(template, 'AWS::Lambda::Function', id).properties.Environment.Variables)
      .toMatchObject({ EVENT_BUS_NAME: { Ref: bus.id }, EVENT_SOURCE: 'shop' });
    expect(mayPublish(template, id)).toMatchObject([
      { resources: [{ 'Fn::GetAtt': [bus.id, 'Arn'] }], condition: { StringEquals: { 'events:source': 'shop' } } },
    ]);
  });

  test.each(['QueryOrders', 'QueryOrderEvents', 'QueryFiles'])('is off by default: %s cannot publish', (id) => {
    expect(mayPublish(minimal.template, id)).toEqual([]);
    expect(resourceOf(minimal.template, 'AWS::Lambda::Function', id).properties.Environment.Variables).not.toHaveProperty('EVENT_BUS_NAME');
  });

  test('publishes on an existing bus', () => {
    const { template } = synthUnwatched((stack) => ({ auditReads: true, eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared') }));
    expect(resourceOf(template, 'AWS::Lambda::Function', 'QueryOrders').properties.Environment.Variables.EVENT_BUS_NAME).toBe('shared');
  });

  test('adds no resources', () => {
    expect(idsIn(synthPipeline({ auditReads: true }).template)).toEqual(idsIn(minimal.template));
  });
});

describe.each([
  ['without props', minimal.template],
  ['with everything on', everything.template],
  ['with a hook of the app', synthUnwatched((stack) => ({ validationHook: Function.fromFunctionName(stack, 'Hook', 'order-rules') })).template],
])('the permissions of a pipeline %s', (_, template) => {
  const statements = roleStatements(template);

  test('name each action: the only wildcards are those of KMS, for using a key', () => {
    const wildcards = new Set(statements.flatMap(({ actions }) => actions).filter((action) => action.includes('*')));
    expect([...wildcards].filter((action) => !['kms:GenerateDataKey*', 'kms:ReEncrypt*'].includes(action))).toEqual([]);
  });

  test('name each resource: wildcards are for what is in it', () => {
    const ofSomething = /\/(incoming|reports|events|errors)\/\*$|Table\/stream\/\*$|order-rules:\*$|\/live\/(POST|DELETE)\/@connections\/\*$/;
    // Those of Lambda for network interfaces: `least-privilege.test.ts`.
    const ofPipeline = statements.filter((statement) => !isOfNetworkInterfaces(statement) && !isOfTracing(statement));
    const wildcards = ofPipeline.flatMap(({ resources }) => resources).map(readable).filter((resource) => resource.includes('*'));
    expect(wildcards.filter((resource) => !ofSomething.test(resource))).toEqual([]);
  });
});

describe('fails when', () => {
  test.each<[string, OrderPipelineProps, string]>([
    ['a prop of the bus is wrong', { archiveRetention: Duration.hours(1) }, '`archiveRetention` must be between 1 day and 365000 days, got 1 hour'],
    ['a prop of the ingest is wrong', { validateOrder: { batchSize: 0 } }, '`validateOrder.batchSize` must be an integer between 1 and 10, got 0'],
    [
      'a prop of the processor is wrong', { processOrder: { maxConcurrency: 1 } },
      '`processOrder.maxConcurrency` must be an integer between 2 and 1000, got 1',
    ],
    ['a prop of the files is wrong', { maxOrdersPerFile: 0 }, '`maxOrdersPerFile` must be an integer between 1 and 5000000, got 0'],
    [
      'a prop of the flows is wrong', { cancelOrder: { retryDuration: Duration.days(6) } },
      '`cancelOrder.retryDuration` must be between 1 minute and 5 days, got 6 days',
    ],
    ['a prop of the history is wrong', { historyRetention: Duration.hours(1) }, '`historyRetention` must be between 1 day and 36500 days, got 1 hour'],
    ['a prop of the queries is wrong', { queryOrders: { memorySize: 1 } }, '`queryOrders.memorySize` must be an integer between 128 and 10240, got 1'],
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
      receiveOrderChange: { memorySize: 1 },
      fulfillOrder: { batchSize: 0 },
      expirePendingCommands: { memorySize: 1 },
      recordOrderEvent: { batchSize: 0 },
      queryOrderEvents: { memorySize: 1 },
    });
    for (const prop of [
      'archiveRetention', 'validateOrder.batchSize', 'processOrder.maxConcurrency', 'queryOrders.memorySize', 'extractOrders.maxConcurrency',
      'queryFiles.memorySize', 'receiveOrderChange.memorySize', 'fulfillOrder.batchSize', 'expirePendingCommands.memorySize', 'recordOrderEvent.batchSize',
      'queryOrderEvents.memorySize',
    ]) {
      expect(wrong).toThrow(`\`${prop}\` must be`);
    }
  });

  test('an option that parts share is invalid, with one error', () => {
    expect(() => synthPipeline({ maxOrderSize: Size.mebibytes(1), eventSource: 'aws.orders', pendingCommandRetention: Duration.days(31) })).toThrow(new Error(
      'Test/Orders: `eventSource` must not begin with "aws.", got aws.orders; `maxOrderSize` must be between 1 KiB and 192 KiB, got 1048576 bytes; '
      + '`pendingCommandRetention` must be between 1 minute and 30 days, got 31 days',
    ));
  });
});

test('parts lists its constructs, in the sequence in which an order passes them', () => {
  const { files, busIngest, ingest, events, processor, fileOutcomes, lifecycle, history, queries, redrive, parts } = synthUnwatched().created;
  expect(parts).toEqual([files, busIngest, ingest, events, processor, fileOutcomes, lifecycle, history, queries, redrive]);
  expect(synthUnwatched({ fileIngest: false, orderPlacements: false, history: false, redrive: false }).created.parts).toHaveLength(5);
});

describe('addDeadLetterQueue', () => {
  const withQueue = (add: (orders: OrderPipeline, stack: Stack) => void, props?: OrderPipelineProps) => synth((stack) => {
    const orders = new OrderPipeline(stack, 'Orders', props);
    add(orders, stack);
    return orders;
  }).template;
  const alarmsOn = (template: Template, queueId: string) => resourcesOf(template, 'AWS::CloudWatch::Alarm')
    .filter(({ properties }) => properties.MetricName === 'ApproximateNumberOfMessagesVisible' && JSON.stringify(properties.Dimensions).includes(queueId));
  const addLost = (orders: OrderPipeline, stack: Stack) =>
    orders.addDeadLetterQueue({ name: 'event-log', deadLetterQueue: new Queue(stack, 'Lost'), sourceQueue: new Queue(stack, 'Log') });
  const routesIn = (template: Template) =>
    JSON.stringify(resourceOf(template, 'AWS::Lambda::Function', 'RedriveDeadLetters').properties.Environment.Variables.REDRIVE_ROUTES);

  test('adds an alarm and a redrive route', () => {
    const template = withQueue(addLost);
    expect(alarmsOn(template, 'Lost').map(({ id }) => id)).toEqual([expect.stringContaining('MonitoringDeadLetterQueuesEventLogNotEmpty')]);
    expect(routesIn(template)).toMatch(/event-log.*Lost.*Log/);
  });

  test('adds only an alarm when redrive is false', () => {
    expect(alarmsOn(withQueue(addLost, { redrive: false }), 'Lost')).toHaveLength(1);
  });

  test('adds only a redrive route for the dead-letter queue of a subscription, which has an alarm', () => {
    const template = withQueue((orders, stack) => {
      const sourceQueue = new Queue(stack, 'Shipping');
      const { deadLetterQueue } = orders.events.onOrderConfirmed('Shipping', { target: new SqsQueue(sourceQueue) });
      orders.addDeadLetterQueue({ name: 'shipping', deadLetterQueue: deadLetterQueue!, sourceQueue });
    });
    expect(alarmsOn(template, 'OrdersEventsShippingDeadLetterQueue')).toHaveLength(1);
    expect(routesIn(template)).toContain('shipping');
  });

  test('fails when a part has the dead-letter queue', () => {
    expect(() => withQueue((orders) => orders.addDeadLetterQueue({ name: 'mine', deadLetterQueue: orders.ingest.ordersDeadLetterQueue })))
      .toThrow('`deadLetterQueue` must be added once, got Test/Orders/Ingest/OrdersDeadLetterQueue, which is already added as orders');
  });
});
