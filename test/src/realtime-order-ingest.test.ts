import { CfnParameter, Duration, RemovalPolicy, Size, type Environment, type Stack } from 'aws-cdk-lib';
import { AuthorizationType } from 'aws-cdk-lib/aws-apigateway';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { AttributeType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Alias, ApplicationLogLevel, Code, Function, Runtime, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { OrderAuthentication, RealtimeOrderIngest, type RealtimeOrderIngestProps } from '../../src';
import { parametersForQueue, wrongHandlerOptions, wrongQueueOptions, wrongTimeouts } from '../support/queue-options';
import { synth, warningsOf } from '../support/synth';
import { actionsByResource, readable, resourceOf, resourcesOf, roleStatements } from '../support/template';

type Props = Omit<RealtimeOrderIngestProps, 'eventBus'>;
const synthIngest = (props?: Props | ((stack: Stack) => Props), env?: Environment) => synth((stack) => new RealtimeOrderIngest(stack, 'Ingest', {
  eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared'),
  pipelineId: 'shop',
  ...(typeof props === 'function' ? props(stack) : props),
}), env);
type Template = ReturnType<typeof synthIngest>['template'];

const handler = (template: Template, id: string) => resourceOf(template, 'AWS::Lambda::Function', id).properties;
const methods = (template: Template) => resourcesOf(template, 'AWS::ApiGateway::Method').map(({ properties }) => properties);
const stage = (template: Template) => resourcesOf(template, 'AWS::ApiGateway::Stage')[0].properties;

const tables = (template: Template) => resourcesOf(template, 'AWS::DynamoDB::GlobalTable');
const SEQUENCE_TABLE_ARN = 'arn:aws:dynamodb:eu-central-1:111111111111:table/places';
const KEY_ENV: Environment = { region: 'eu-central-1' };

const users = (stack: Stack) => OrderAuthentication.cognito({ userPools: [new UserPool(stack, 'Users')] });

describe('with nothing but a bus', () => {
  const { template, created, stack } = synthIngest();

  test('POST /orders is answered by receive-order', () => {
    expect(resourcesOf(template, 'AWS::ApiGateway::Resource').map(({ properties }) => properties.PathPart)).toEqual(['orders']);
    const receiveOrder = { 'Fn::GetAtt': [resourceOf(template, 'AWS::Lambda::Function', 'ReceiveOrder').id, 'Arn'] };
    expect(methods(template)).toMatchObject([{ HttpMethod: 'POST', Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST' } }]);
    expect(JSON.stringify(methods(template)[0].Integration.Uri)).toContain(JSON.stringify(receiveOrder));
  });

  test('API Gateway may call the handler for this route and no other', () => {
    const permissions = resourcesOf(template, 'AWS::Lambda::Permission');
    expect(permissions).toHaveLength(1);
    expect(JSON.stringify(permissions[0].properties.SourceArn)).toMatch(/\/POST\/orders"/);
  });

  test('validate-order publishes the outcome on the bus', () => {
    expect(handler(template, 'ValidateOrder').Environment.Variables).toMatchObject({ EVENT_BUS_NAME: 'shared', EVENT_SOURCE: 'orders' });
  });

  test('places are given in a table of its own, by order and number, on demand, with recovery and expiry', () => {
    expect(tables(template)).toHaveLength(1);
    expect(tables(template)[0].properties).toMatchObject({
      KeySchema: [{ AttributeName: 'orderId', KeyType: 'HASH' }, { AttributeName: 'sequence', KeyType: 'RANGE' }],
      AttributeDefinitions: [{ AttributeName: 'orderId', AttributeType: 'S' }, { AttributeName: 'sequence', AttributeType: 'N' }],
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      Replicas: [{ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
      SSESpecification: { SSEEnabled: false },
    });
    for (const property of ['StreamSpecification', 'GlobalSecondaryIndexes', 'LocalSecondaryIndexes', 'TableName']) {
      expect(tables(template)[0].properties).not.toHaveProperty(property);
    }
    template.hasResource('AWS::DynamoDB::GlobalTable', { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    expect(created.sequenceTable.node.path).toBe('Test/Ingest/SequenceTable');
  });

  test('validate-order can assign sequence numbers, publish the outcome and send to the dead-letter queue, and has no other permissions', () => {
    expect(handler(template, 'ValidateOrder').Environment.Variables.SEQUENCE_TABLE_NAME).toEqual({ Ref: tables(template)[0].id });
    expect(actionsByResource(roleStatements(template, 'ValidateOrder'))).toEqual({
      'IngestValidateOrderLogs': ['logs:CreateLogStream', 'logs:PutLogEvents'],
      'IngestSequenceTable': ['dynamodb:PutItem', 'dynamodb:Query'],
      'arn:AWS::Partition:events:AWS::Region:AWS::AccountId:event-bus/shared': ['events:PutEvents'],
      'IngestOrdersDeadLetterQueue': ['sqs:SendMessage'],
      'IngestOrdersQueue': ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage'],
    });
  });

  test('receive-order knows nothing of places', () => {
    expect(handler(template, 'ReceiveOrder').Environment.Variables).not.toHaveProperty('SEQUENCE_TABLE_NAME');
    expect(JSON.stringify(roleStatements(template, 'ReceiveOrder'))).not.toContain('dynamodb:');
  });

  test('without further rules, no handler can invoke a function', () => {
    expect(JSON.stringify(template.toJSON())).not.toContain('VALIDATION_HOOK');
    expect(roleStatements(template).flatMap(({ actions }) => actions).filter((action) => action.startsWith('lambda:'))).toEqual([]);
  });

  test('the handlers have their default sizes', () => {
    expect(handler(template, 'ReceiveOrder')).toMatchObject({ MemorySize: 512, Timeout: 10 });
    expect(handler(template, 'ValidateOrder')).toMatchObject({ MemorySize: 512, Timeout: 30 });
  });

  test('the queue has its default settings', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', { BatchSize: 10, ScalingConfig: { MaximumConcurrency: 50 } });
    expect(resourceOf(template, 'AWS::SQS::Queue', 'OrdersQueue').properties).toMatchObject({
      MessageRetentionPeriod: 4 * 24 * 3600, RedrivePolicy: { maxReceiveCount: 1000 },
    });
    expect(resourceOf(template, 'AWS::SQS::Queue', 'OrdersDeadLetterQueue').properties).toMatchObject({ MessageRetentionPeriod: 14 * 24 * 3600 });
  });

  test('requests need an API key, which is not in the template', () => {
    expect(methods(template)).toMatchObject([{ ApiKeyRequired: true, AuthorizationType: 'NONE' }]);
    expect(resourcesOf(template, 'AWS::ApiGateway::ApiKey')[0].properties).not.toHaveProperty('Value');
    expect(created.apiKey).toBeDefined();
  });

  test('the API key belongs to a usage plan for the stage', () => {
    template.hasResourceProperties('AWS::ApiGateway::UsagePlanKey', {
      KeyId: { Ref: resourcesOf(template, 'AWS::ApiGateway::ApiKey')[0].id },
      UsagePlanId: { Ref: resourcesOf(template, 'AWS::ApiGateway::UsagePlan')[0].id },
    });
    template.hasResourceProperties('AWS::ApiGateway::UsagePlan', {
      ApiStages: [{ Stage: { Ref: resourcesOf(template, 'AWS::ApiGateway::Stage')[0].id } }],
    });
    expect(created.usagePlan).toBeDefined();
  });

  test('logs and metrics name the path of the construct', () => {
    expect(handler(template, 'ReceiveOrder').Environment.Variables.POWERTOOLS_SERVICE_NAME).toBe('Test/Ingest');
  });

  test('there is nothing to warn of', () => {
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('its props', () => {
  test('authentication: none() removes the API key and adds a warning', () => {
    const { template, created, stack } = synthIngest({ authentication: OrderAuthentication.none() });
    expect(methods(template)).toMatchObject([{ ApiKeyRequired: false, AuthorizationType: 'NONE' }]);
    for (const type of ['ApiKey', 'UsagePlan', 'UsagePlanKey']) template.resourceCountIs(`AWS::ApiGateway::${type}`, 0);
    expect([created.apiKey, created.usagePlan]).toEqual([undefined, undefined]);
    expect(warningsOf(stack)).toEqual([{
      path: '/Test/Ingest',
      text: 'routes of the API accept requests of all clients; set `authentication` [ack: cdk-order-pipeline:openApi]',
    }]);
  });

  test('authentication decides who may call, in place of an API key', () => {
    const { template, stack } = synthIngest((scope) => ({ authentication: users(scope) }));
    expect(methods(template)).toMatchObject([{
      ApiKeyRequired: false,
      AuthorizationType: 'COGNITO_USER_POOLS',
      AuthorizerId: { Ref: resourcesOf(template, 'AWS::ApiGateway::Authorizer')[0].id },
    }]);
    template.resourceCountIs('AWS::ApiGateway::ApiKey', 0);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('an authorizer may be imported', () => {
    const authentication = OrderAuthentication.fromRestAuthorizer({ authorizerId: 'abc123', authorizationType: AuthorizationType.COGNITO });
    expect(methods(synthIngest({ authentication }).template)).toMatchObject([{ AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId: 'abc123' }]);
  });

  test('an authorizer and an API key may be asked for together', () => {
    const { template } = synthIngest((stack) => ({ authentication: users(stack).withApiKey() }));
    expect(methods(template)).toMatchObject([{ ApiKeyRequired: true, AuthorizationType: 'COGNITO_USER_POOLS' }]);
    template.resourceCountIs('AWS::ApiGateway::ApiKey', 1);
  });

  test.each<[string, Props, object]>([
    ['throttle limits the requests', { throttle: { rateLimit: 7, burstLimit: 9 } }, { ThrottlingRateLimit: 7, ThrottlingBurstLimit: 9 }],
    ['throttle may name one limit of the two', { throttle: { rateLimit: 7 } }, { ThrottlingRateLimit: 7, ThrottlingBurstLimit: 2000 }],
  ])('%s', (_, props, settings) => {
    expect(stage(synthIngest(props).template).MethodSettings).toMatchObject([settings]);
  });

  test('accessLog: false leaves out the log, its group and the role of the account', () => {
    const { template, created } = synthIngest({ accessLog: false });
    expect(stage(template)).not.toHaveProperty('AccessLogSetting');
    expect(created.accessLogGroup).toBeUndefined();
    expect(resourcesOf(template, 'AWS::Logs::LogGroup')).toHaveLength(2);
    template.resourceCountIs('AWS::ApiGateway::Account', 0);
  });

  test('cloudWatchRole: false leaves the account alone, and the API still logs', () => {
    const { template } = synthIngest({ cloudWatchRole: false });
    template.resourceCountIs('AWS::ApiGateway::Account', 0);
    expect(stage(template)).toHaveProperty('AccessLogSetting');
  });

  test('maxOrderSize is set for receive-order in bytes', () => {
    expect(handler(synthIngest().template, 'ReceiveOrder').Environment.Variables.MAX_ORDER_SIZE).toBe('131072');
    expect(handler(synthIngest({ maxOrderSize: Size.kibibytes(192) }).template, 'ReceiveOrder').Environment.Variables.MAX_ORDER_SIZE).toBe('196608');
  });

  test('receiveOrder sizes the handler behind the API', () => {
    const { template } = synthIngest({ receiveOrder: { memorySize: 128, timeout: Duration.seconds(29) } });
    expect(handler(template, 'ReceiveOrder')).toMatchObject({ MemorySize: 128, Timeout: 29 });
    expect(handler(template, 'ValidateOrder')).toMatchObject({ MemorySize: 512, Timeout: 30 });
  });

  test('validateOrder sizes the handler behind the queue, and the queue', () => {
    const { template } = synthIngest({
      validateOrder: {
        memorySize: 10_240,
        timeout: Duration.minutes(15),
        batchSize: 1,
        maxConcurrency: 2,
        retryDuration: Duration.hours(1),
        retentionPeriod: Duration.hours(5),
        deadLetterRetentionPeriod: Duration.hours(6),
      },
    });
    expect(handler(template, 'ValidateOrder')).toMatchObject({ MemorySize: 10_240, Timeout: 900 });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });
    expect(resourceOf(template, 'AWS::SQS::Queue', 'OrdersQueue').properties).toMatchObject({
      VisibilityTimeout: 5400, MessageRetentionPeriod: 18_000,
    });
    expect(resourceOf(template, 'AWS::SQS::Queue', 'OrdersDeadLetterQueue').properties).toMatchObject({ MessageRetentionPeriod: 21_600 });
  });

  test('receiveOrder and validateOrder may hold undefined, which is the default', () => {
    const nothing = { memorySize: undefined, timeout: undefined };
    const { template } = synthIngest({ receiveOrder: nothing, validateOrder: nothing });
    expect(handler(template, 'ReceiveOrder')).toMatchObject({ MemorySize: 512, Timeout: 10 });
    expect(handler(template, 'ValidateOrder')).toMatchObject({ MemorySize: 512, Timeout: 30 });
  });

  test('eventSource, logLevel, logRetention and serviceName reach the handlers', () => {
    const { template } = synthIngest({
      eventSource: 'shop', logLevel: ApplicationLogLevel.ERROR, logRetention: RetentionDays.ONE_DAY, serviceName: 'storefront',
    });
    expect(handler(template, 'ValidateOrder')).toMatchObject({
      LoggingConfig: { ApplicationLogLevel: 'ERROR' },
      Environment: { Variables: { EVENT_SOURCE: 'shop', POWERTOOLS_LOG_LEVEL: 'ERROR', POWERTOOLS_SERVICE_NAME: 'storefront' } },
    });
    for (const { properties } of resourcesOf(template, 'AWS::Logs::LogGroup')) expect(properties.RetentionInDays).toBe(1);
  });

  test('removalPolicy is what happens to the sequence table', () => {
    synthIngest({ removalPolicy: RemovalPolicy.DESTROY }).template
      .hasResource('AWS::DynamoDB::GlobalTable', { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  });

  test('encryptionKey encrypts queues and sequence table, and validate-order may use it for both', () => {
    const { template } = synthIngest((stack) => ({ encryptionKey: new Key(stack, 'Key') }), KEY_ENV);
    const key = { 'Fn::GetAtt': [resourcesOf(template, 'AWS::KMS::Key')[0].id, 'Arn'] };
    expect(tables(template)[0].properties).toMatchObject({
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' }, Replicas: [{ Region: 'eu-central-1', SSESpecification: { KMSMasterKeyId: key } }],
    });
    for (const { properties } of resourcesOf(template, 'AWS::SQS::Queue')) expect(properties.KmsMasterKeyId).toEqual(key);
    expect(actionsByResource(roleStatements(template, 'ValidateOrder')).Key)
      .toEqual(expect.arrayContaining(['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKey*']));
  });

  test('sequenceTable takes the place of a new table', () => {
    const { template, created } = synthIngest((stack) => ({
      sequenceTable: new TableV2(stack, 'Existing', {
        partitionKey: { name: 'orderId', type: AttributeType.STRING }, sortKey: { name: 'sequence', type: AttributeType.NUMBER },
      }),
    }));
    expect(tables(template).map(({ id }) => id)).toEqual([expect.stringMatching(/^Existing/)]);
    expect(created.sequenceTable.node.path).toBe('Test/Existing');
    expect(handler(template, 'ValidateOrder').Environment.Variables.SEQUENCE_TABLE_NAME).toEqual({ Ref: tables(template)[0].id });
    expect(actionsByResource(roleStatements(template, 'ValidateOrder'))).toMatchObject({ Existing: ['dynamodb:PutItem', 'dynamodb:Query'] });
  });

  test('sequenceTable may be imported, and no index of it is asked', () => {
    const { template } = synthIngest((stack) => ({ sequenceTable: TableV2.fromTableArn(stack, 'Existing', SEQUENCE_TABLE_ARN) }));
    expect(tables(template)).toEqual([]);
    expect(handler(template, 'ValidateOrder').Environment.Variables.SEQUENCE_TABLE_NAME).toBe('places');
    const onTables = roleStatements(template, 'ValidateOrder').filter(({ actions }) => actions.some((action) => action.startsWith('dynamodb:')));
    expect(onTables).toMatchObject([{ effect: 'Allow', actions: ['dynamodb:PutItem', 'dynamodb:Query'], resources: [SEQUENCE_TABLE_ARN] }]);
  });

  test('sequenceTable may have a key of its own, which validate-order may then use', () => {
    const { template } = synthIngest((stack) => ({
      sequenceTable: new TableV2(stack, 'Existing', {
        partitionKey: { name: 'orderId', type: AttributeType.STRING },
        sortKey: { name: 'sequence', type: AttributeType.NUMBER },
        encryption: TableEncryptionV2.customerManagedKey(new Key(stack, 'TableKey')),
      }),
    }), KEY_ENV);
    expect(actionsByResource(roleStatements(template, 'ValidateOrder')).TableKey).toEqual(expect.arrayContaining(['kms:Decrypt', 'kms:Encrypt']));
    expect(JSON.stringify(roleStatements(template, 'ReceiveOrder'))).not.toContain('kms:');
  });

  test('sequenceTable and encryptionKey may be given together: the key is for the queues, wherever the stack goes', () => {
    const { template } = synthIngest((stack) => ({
      sequenceTable: TableV2.fromTableArn(stack, 'Existing', SEQUENCE_TABLE_ARN), encryptionKey: new Key(stack, 'Key'),
    }));
    for (const { properties } of resourcesOf(template, 'AWS::SQS::Queue')) expect(properties).toHaveProperty('KmsMasterKeyId');
  });

  describe('validationHook', () => {
    const HOOK_ARN = 'arn:aws:lambda:eu-central-1:111111111111:function:order-rules';
    const newHook = (stack: Stack) =>
      new Function(stack, 'Hook', { runtime: Runtime.NODEJS_LATEST, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => ({});') });
    const calls = (template: Template) => roleStatements(template).filter(({ actions }) => actions.some((action) => action.startsWith('lambda:')));

    test.each<[string, (stack: Stack) => IFunction, string]>([
      ['a function of the app', newHook, 'Hook'],
      ['an imported function', (stack) => Function.fromFunctionArn(stack, 'Hook', HOOK_ARN), HOOK_ARN],
      ['an alias', (stack) => new Alias(stack, 'Live', { aliasName: 'live', version: newHook(stack).currentVersion }), 'Live'],
    ])('can be %s: validate-order can invoke it and no other', (_, hook, name) => {
      const { template } = synthIngest((stack) => ({ validationHook: hook(stack) }));
      expect(readable(handler(template, 'ValidateOrder').Environment.Variables.VALIDATION_HOOK_NAME)).toBe(name);
      expect(handler(template, 'ReceiveOrder').Environment.Variables).not.toHaveProperty('VALIDATION_HOOK_NAME');
      expect(calls(template).map(({ effect, actions, resources: of }) => ({ effect, actions, of: of.map(readable) })))
        .toEqual([{ effect: 'Allow', actions: ['lambda:InvokeFunction'], of: [name] }]);
      expect(calls(template)).toEqual(roleStatements(template, 'ValidateOrder').filter(({ actions }) => actions.includes('lambda:InvokeFunction')));
    });

    test('changes nothing else', () => {
      const { template } = synthIngest((stack) => ({ validationHook: Function.fromFunctionArn(stack, 'Hook', HOOK_ARN) }));
      expect(resourcesOf(template).map(({ id }) => id)).toEqual(resourcesOf(synthIngest().template).map(({ id }) => id));
    });
  });

  test('may be known only at deployment', () => {
    const { template } = synthIngest((stack) => {
      const parameter = (id: string) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
      return {
        throttle: { rateLimit: parameter('Rate'), burstLimit: parameter('Burst') },
        maxOrderSize: Size.bytes(parameter('Bytes')),
        receiveOrder: { memorySize: parameter('ReceiveMemory'), timeout: Duration.seconds(parameter('ReceiveTimeout')) },
        validateOrder: parametersForQueue(stack),
      };
    });
    expect(stage(template).MethodSettings).toMatchObject([{ ThrottlingRateLimit: { Ref: 'Rate' }, ThrottlingBurstLimit: { Ref: 'Burst' } }]);
    expect(handler(template, 'ReceiveOrder')).toMatchObject({
      MemorySize: { Ref: 'ReceiveMemory' },
      Timeout: { Ref: 'ReceiveTimeout' },
      Environment: { Variables: { MAX_ORDER_SIZE: { Ref: 'Bytes' } } },
    });
    expect(handler(template, 'ValidateOrder')).toMatchObject({ MemorySize: { Ref: 'MemorySize' } });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: { Ref: 'BatchSize' }, ScalingConfig: { MaximumConcurrency: { Ref: 'MaxConcurrency' } },
    });
    expect(resourceOf(template, 'AWS::SQS::Queue', 'OrdersDeadLetterQueue').properties).toMatchObject({
      MessageRetentionPeriod: { Ref: 'DeadLetterRetention' },
    });
  });
});

describe('fails when', () => {
  const size = (given: number) => `\`maxOrderSize\` must be between 1 KiB and 192 KiB, got ${given} bytes`;

  test.each<[string, Props]>([
    ...wrongQueueOptions('validateOrder').map<[string, Props]>(([validateOrder, message]) => [message, { validateOrder }]),
    ...[...wrongHandlerOptions('receiveOrder'), ...wrongTimeouts('receiveOrder', '29 seconds')]
      .map<[string, Props]>(([receiveOrder, message]) => [message, { receiveOrder }]),
    ['`receiveOrder.timeout` must be between 1 second and 29 seconds, got 30 seconds', { receiveOrder: { timeout: Duration.seconds(30) } }],
    ['`throttle.rateLimit` must be an integer between 1 and 1000000, got 0', { throttle: { rateLimit: 0 } }],
    ['`throttle.burstLimit` must be an integer between 1 and 1000000, got 1000001', { throttle: { burstLimit: 1_000_001 } }],
    [size(1023), { maxOrderSize: Size.bytes(1023) }],
    [size(196_609), { maxOrderSize: Size.bytes(196_609) }],
    ['`cloudWatchRole` cannot be set to true when `accessLog` is false', { cloudWatchRole: true, accessLog: false }],
  ])('%s', (message, props) => {
    expect(() => synthIngest(props)).toThrow(new Error(`Test/Ingest: ${message}`));
  });

  test('several props are wrong, and names them all', () => {
    expect(() => synthIngest({
      receiveOrder: { memorySize: 64 },
      validateOrder: { batchSize: 11, maxConcurrency: 1 },
      throttle: { rateLimit: -1 },
      maxOrderSize: Size.mebibytes(1),
    })).toThrow(new Error('Test/Ingest: ' + [
      '`receiveOrder.memorySize` must be an integer between 128 and 10240, got 64',
      '`validateOrder.maxConcurrency` must be an integer between 2 and 1000, got 1',
      '`validateOrder.batchSize` must be an integer between 1 and 10, got 11',
      '`throttle.rateLimit` must be an integer between 1 and 1000000, got -1',
      size(1_048_576),
    ].join('; ')));
  });

  test('eventSource is one of AWS', () => {
    expect(() => synthIngest({ eventSource: 'aws.orders' })).toThrow(new Error('Test/Ingest: `eventSource` must not begin with "aws.", got aws.orders'));
  });

  test('encryptionKey is given for a new sequence table in a stack without region', () => {
    expect(() => synthIngest((stack) => ({ encryptionKey: new Key(stack, 'Key') }))).toThrow(new Error(
      'Test/Ingest: `encryptionKey` needs a stack with a region, because DynamoDB names it together with the key; give the stack env: { region }',
    ));
  });

  test('an authorizer does not say how it authorizes, because the API would be open', () => {
    expect(() => synthIngest({ authentication: OrderAuthentication.fromRestAuthorizer({ authorizerId: 'abc123' }) })).toThrow(/^Test\/Ingest: `authentication` must /);
  });

  test('the timeout that the visibility timeout follows from is known only at deployment', () => {
    const timeout = (stack: Stack) => Duration.seconds(new CfnParameter(stack, 'Timeout', { type: 'Number' }).valueAsNumber);
    expect(() => synthIngest((stack) => ({ validateOrder: { timeout: timeout(stack) } }))).toThrow(/^Test\/Ingest: `validateOrder\.timeout` must /);
  });

  test('a timeout is not a whole number of seconds', () => {
    expect(() => synthIngest({ receiveOrder: { timeout: Duration.millis(1500) } })).toThrow(/^Test\/Ingest: `receiveOrder\.timeout` must /);
  });
});

describe('addRoute', () => {
  test('adds a route with the same key, for a handler', () => {
    const { template } = synth((stack) => {
      const ingest = new RealtimeOrderIngest(stack, 'Ingest', { eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared') });
      ingest.addRoute('DELETE', '/orders/{orderId}/notes', ingest.receiveOrderFunction);
    });
    expect(methods(template)).toMatchObject([
      { HttpMethod: 'POST', ApiKeyRequired: true },
      { HttpMethod: 'DELETE', ApiKeyRequired: true, Integration: { Type: 'AWS_PROXY' } },
    ]);
    expect(resourcesOf(template, 'AWS::ApiGateway::Resource').map(({ properties }) => properties.PathPart)).toEqual(['orders', '{orderId}', 'notes']);
  });

  test('adds a route behind the same authorizer', () => {
    const { template } = synth((stack) => {
      const eventBus = EventBus.fromEventBusName(stack, 'Bus', 'shared');
      const ingest = new RealtimeOrderIngest(stack, 'Ingest', { eventBus, authentication: users(stack) });
      ingest.addRoute('GET', '/stock', ingest.receiveOrderFunction);
    });
    const [post, get] = methods(template);
    expect(get).toMatchObject({ HttpMethod: 'GET', AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId: post.AuthorizerId });
  });
});

test('grantSendOrders grants to send commands to the orders queue and nothing else', () => {
  const { template } = synth((stack) =>
    new RealtimeOrderIngest(stack, 'Ingest', { eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared') })
      .grantSendOrders(new Role(stack, 'Importer', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })));
  expect(resourceOf(template, 'AWS::IAM::Policy', 'ImporterDefaultPolicy').properties.PolicyDocument.Statement).toEqual([{
    Effect: 'Allow',
    Action: ['sqs:SendMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl'],
    Resource: { 'Fn::GetAtt': [resourceOf(template, 'AWS::SQS::Queue', 'OrdersQueue').id, 'Arn'] },
  }]);
});
