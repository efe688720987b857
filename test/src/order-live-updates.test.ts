import { CfnParameter, Duration, type Environment, type Stack } from 'aws-cdk-lib';
import { HttpLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { UserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Function } from 'aws-cdk-lib/aws-lambda';
import {
  OrderApi, OrderAuthentication, OrderListKey, OrderLiveUpdates, OrderOperators, OrderTenants, RealtimeOrderIngest, type OrderLiveUpdatesProps,
  type RealtimeOrderIngestProps,
} from '../../src';
import { LIVE_KEYS } from '../../src/private/contract';
import { wrongHandlerOptions, wrongQueueOptions } from '../support/queue-options';
import { synth, synthPipeline, synthUnwatched, warningsOf } from '../support/synth';
import { actionsByResource, resourceOf, resourcesOf, roleStatements } from '../support/template';

type Of<T> = T | ((stack: Stack) => T);
const valueOf = <T extends object>(value: Of<T>, stack: Stack): T => (typeof value === 'function' ? (value as (stack: Stack) => T)(stack) : value);

const HERE: Environment = { account: '111111111111', region: 'eu-central-1' };
const TABLE_ARN = 'arn:aws:dynamodb:eu-central-1:111111111111:table/orders';
const FILES_ARN = 'arn:aws:dynamodb:eu-central-1:111111111111:table/files';

const synthLive = (props: Of<Partial<OrderLiveUpdatesProps>> = {}, ingest: Of<Partial<RealtimeOrderIngestProps>> = {}) => synth((stack) => {
  const eventBus = EventBus.fromEventBusName(stack, 'Bus', 'shared');
  return new OrderLiveUpdates(stack, 'Live', {
    eventBus,
    pipelineId: 'shop',
    acceptEventsWithoutPipeline: true,
    ingest: new RealtimeOrderIngest(stack, 'Ingest', { eventBus, pipelineId: 'shop', ...valueOf(ingest, stack) }),
    ordersTable: TableV2.fromTableArn(stack, 'Table', TABLE_ARN),
    ...valueOf(props, stack),
  });
}, HERE);
type Template = ReturnType<typeof synthLive>['template'];

const handler = (template: Template, id: string) => resourceOf(template, 'AWS::Lambda::Function', id).properties;
const routeOf = (template: Template, key: string) => resourcesOf(template, 'AWS::ApiGatewayV2::Route').find(({ properties }) => properties.RouteKey === key)!.properties;
const stageOf = (template: Template) => resourcesOf(template, 'AWS::ApiGatewayV2::Stage').find(({ properties }) => properties.StageName === 'live')!.properties;
const authenticationOf = (template: Template) => JSON.stringify(handler(template, 'AuthorizeLiveConnection').Environment.Variables.AUTHENTICATION);
const users = (stack: Stack) => UserPool.fromUserPoolId(stack, 'Users', 'eu-central-1_users');
const http = (stack: Stack) => ({
  api: OrderApi.http(),
  authentication: OrderAuthentication.cognito({ userPools: [users(stack)], userPoolClients: [UserPoolClient.fromUserPoolClientId(stack, 'Client', 'client-1')] }),
});

describe('with an API, a bus and a table', () => {
  const { template, created, stack } = synthLive({ encryptionKey: undefined });

  test('one function answers all routes of the WebSocket API, and only connections are authorized', () => {
    expect(resourcesOf(template, 'AWS::ApiGatewayV2::Api').map(({ properties }) => properties))
      .toMatchObject([{ Name: 'Test-Live', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' }]);
    expect(resourcesOf(template, 'AWS::ApiGatewayV2::Route').map(({ properties }) => [properties.RouteKey, properties.AuthorizationType]).sort())
      .toEqual([['$connect', 'CUSTOM'], ['$default', 'NONE'], ['$disconnect', 'NONE']]);
    for (const { properties } of resourcesOf(template, 'AWS::ApiGatewayV2::Integration')) {
      expect(JSON.stringify(properties.IntegrationUri)).toContain(resourceOf(template, 'AWS::Lambda::Function', 'ReceiveLiveMessage').id);
    }
    expect(stack.resolve(created.url)).toEqual({ 'Fn::Join': ['', ['wss://', { Ref: expect.stringMatching(/^LiveApiWebSocketApi/) }, '.execute-api.eu-central-1.', { Ref: 'AWS::URLSuffix' }, '/live']] });
  });

  test('the API keys of the API are verified, whichever way they are sent', () => {
    expect(authenticationOf(template)).toContain('apiKeyIds');
    template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', { AuthorizerType: 'REQUEST', IdentitySource: ['route.request.header.Host'] });
    expect(Object.values(actionsByResource(roleStatements(template, 'AuthorizeLiveConnection')))).toContainEqual(['apigateway:GET']);
  });

  test('access logs have neither client addresses, headers nor query strings', () => {
    const { Format } = stageOf(template).AccessLogSettings;
    expect(Format).toContain('$context.connectionId');
    expect(Format).not.toMatch(/header|querystring|requestOverride|path|identity|sourceIp|authorizer\.(?!error)/i);
    expect(stageOf(template).DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 2000 });
  });

  test('the role of API Gateway is that of the REST API', () => {
    template.resourceCountIs('AWS::ApiGateway::Account', 1);
    const [stage] = Object.values(template.findResources('AWS::ApiGatewayV2::Stage'));
    expect(stage.DependsOn).toContain(resourcesOf(template, 'AWS::ApiGateway::Account')[0].id);
  });

  test('the table expires entries, by topic', () => {
    expect(resourceOf(template, 'AWS::DynamoDB::GlobalTable', 'LiveTable').properties).toMatchObject({
      KeySchema: [{ AttributeName: LIVE_KEYS.partitionKey, KeyType: 'HASH' }, { AttributeName: LIVE_KEYS.sortKey, KeyType: 'RANGE' }],
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      BillingMode: 'PAY_PER_REQUEST',
    });
  });

  test('events of orders are routed into the queue, and those of files only with a table of files', () => {
    expect(resourcesOf(template, 'AWS::Events::Rule').map(({ properties }) => properties.EventPattern)).toEqual([
      { source: ['orders'], detail: { metadata: { orderId: [{ exists: true }], pipeline: ['shop', { exists: false }] } } },
    ]);
    const withFiles = synthLive((scope) => ({ filesTable: TableV2.fromTableArn(scope, 'Files', FILES_ARN) })).template;
    expect(resourcesOf(withFiles, 'AWS::Events::Rule').map(({ properties }) => properties.EventPattern['detail-type'])).toContainEqual(
      ['OrderFileAccepted', 'OrderFileRejected', 'OrderFileCompleted', 'OrderFileProcessed'],
    );
    expect(handler(withFiles, 'ReceiveLiveMessage').Environment.Variables.FILES_TABLE_NAME).toBe('files');
    expect(actionsByResource(roleStatements(withFiles, 'ReceiveLiveMessage'))).toMatchObject({ [FILES_ARN]: ['dynamodb:GetItem', 'dynamodb:Query'] });
  });

  test('each handler may do what it does, and nothing else', () => {
    const LOG = ['logs:CreateLogStream', 'logs:PutLogEvents'];
    const CONSUME = ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage'];
    expect(actionsByResource(roleStatements(template, 'FindLiveSubscribers'))).toEqual({
      LiveFindLiveSubscribersLogs: LOG,
      LiveLiveTable: ['dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
      [TABLE_ARN]: ['dynamodb:GetItem'],
      LiveLiveEventsQueue: CONSUME,
      LiveLiveUpdatesQueue: ['sqs:SendMessage'],
      LiveLiveEventsDeadLetterQueue: ['sqs:SendMessage'],
    });
    const sender = roleStatements(template, 'SendLiveUpdates');
    expect(sender.filter(({ actions }) => actions.includes('execute-api:ManageConnections')).map(({ resources }) => JSON.stringify(resources)))
      .toEqual([expect.stringMatching(/\/live\/POST\/@connections\/\*.*\/live\/DELETE\/@connections\/\*/)]);
    expect(handler(template, 'SendLiveUpdates').RecursiveLoop).toBe('Allow');
  });

  test('warns of nothing', () => expect(warningsOf(stack)).toEqual([]));
});

describe('the authentication', () => {
  test('is that of the routes that read orders', () => {
    const { template } = synthLive({}, (stack) => {
      const { api, authentication } = http(stack);
      return { api, authentication: OrderAuthentication.iam(), routeAuthentication: { readOrders: authentication } };
    });
    expect(authenticationOf(template)).toContain('eu-central-1_users');
    expect(authenticationOf(template)).toContain('client-1');
  });

  test('of JWTs passes on the claims that identify callers, and needs no API key', () => {
    const { template } = synthLive({}, (stack) => ({
      ...http(stack), tenants: OrderTenants.claim('custom:tenant'), customerClaim: 'customer_id', operators: [OrderOperators.claim('cognito:groups', 'operators')],
    }));
    for (const claim of ['sub', 'custom:tenant', 'customer_id', 'cognito:groups']) expect(authenticationOf(template)).toContain(claim);
    expect(authenticationOf(template)).not.toContain('apiKeyIds');
    expect(JSON.stringify(handler(template, 'ReceiveLiveMessage').Environment.Variables.CALLERS)).toContain('customer_id');
  });

  test('can be another one: JWTs of an issuer beside a REST API', () => {
    const { template } = synthLive({ authentication: OrderAuthentication.oidc({ issuer: 'https://login.example.com/', audience: ['shop'] }).withScopes('orders/read') });
    expect(authenticationOf(template)).toContain('https://login.example.com/');
    expect(authenticationOf(template)).toContain('orders/read');
  });

  test('of IAM has no authorizer function, and lets principals connect', () => {
    const { template } = synth((stack) => {
      const created = synthIn(stack, { authentication: OrderAuthentication.iam() });
      created.grantConnect(Role.fromRoleArn(stack, 'Backoffice', 'arn:aws:iam::111111111111:role/backoffice'));
      return created;
    }, HERE);
    expect(routeOf(template, '$connect').AuthorizationType).toBe('AWS_IAM');
    expect(resourcesOf(template, 'AWS::Lambda::Function').map(({ id }) => id)).not.toContainEqual(expect.stringContaining('AuthorizeLiveConnection'));
    expect(JSON.stringify(resourcesOf(template, 'AWS::IAM::Policy').map(({ properties }) => properties))).toContain('/live/$connect');
  });

  test('of a Lambda authorizer has its headers as identity sources', () => {
    const { template } = synthLive((stack) => ({
      authentication: OrderAuthentication.lambda(Function.fromFunctionName(stack, 'Authorize', 'authorize'), { identityHeaders: ['Sec-WebSocket-Protocol'] }),
    }));
    template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', { IdentitySource: ['route.request.header.Sec-WebSocket-Protocol'] });
  });

  test('can be none, with a warning', () => {
    const { stack, template } = synthLive({ authentication: OrderAuthentication.none() });
    expect(routeOf(template, '$connect').AuthorizationType).toBe('NONE');
    expect(warningsOf(stack)).toContainEqual(expect.objectContaining({ path: '/Test/Live', text: expect.stringContaining('live updates accept connections of all clients; set `authentication`') }));
  });

  const lambda = (stack: Stack) => Function.fromFunctionName(stack, 'Authorize', 'authorize');
  test.each<[string, Of<Partial<OrderLiveUpdatesProps>>, Of<Partial<RealtimeOrderIngestProps>>, string]>([
    ['an authorizer of a REST API', {}, { authentication: OrderAuthentication.fromRestAuthorizer({ authorizerId: 'a', authorizationType: 'CUSTOM' as never }) },
      'The authentication of the API cannot authenticate live updates: a WebSocket API has other authorizers than a REST API; use OrderAuthentication.cognito, oidc, iam, lambda or apiKey; set `liveUpdates.authentication`'],
    ['an authorizer of an HTTP API', (stack) => ({ authentication: OrderAuthentication.fromHttpAuthorizer(new HttpLambdaAuthorizer('A', lambda(stack))) }), {},
      '`liveUpdates.authentication` cannot authenticate live updates: a WebSocket API has other authorizers than an HTTP API; use OrderAuthentication.cognito, oidc, iam, lambda or apiKey'],
    ['simple responses', {}, (stack) => ({ api: OrderApi.http(), authentication: OrderAuthentication.lambda(lambda(stack), { simpleResponses: true }) }),
      'The authentication of the API cannot authenticate live updates: the Lambda authorizers of a WebSocket API return IAM policies, not `simpleResponses`; set `liveUpdates.authentication`'],
    ['IAM with an API key', { authentication: OrderAuthentication.iam().withApiKey() }, {},
      '`liveUpdates.authentication` cannot authenticate live updates: API keys are verified together with a JWT or alone, not with iam'],
    ['an API key that the API does not have', { authentication: OrderAuthentication.apiKey() }, (stack) => http(stack),
      '`authentication` needs an API key of the API, which has none; use OrderAuthentication.cognito, oidc, iam or lambda'],
    ['tenants that it does not know', { authentication: OrderAuthentication.iam() }, (stack) => ({ ...http(stack), tenants: OrderTenants.claim('tenant') }),
      '`tenants` needs a JWT (`OrderAuthentication.cognito()` or `oidc()`) for all routes, or operators; `authentication` is iam'],
    ['options of an authorizer that it does not use', { authentication: OrderAuthentication.iam(), authorizeLiveConnection: { memorySize: 256 } }, {},
      '`authorizeLiveConnection` cannot be set with OrderAuthentication.iam, which does not use it; omit it'],
    ['an issuer that is not a URL', { authentication: OrderAuthentication.oidc({ issuer: 'login', audience: ['a'] }) }, {},
      '`liveUpdates.authentication` must have an issuer that is an https URL, as in the claim iss of the tokens, got "login"'],
  ])('fails with %s', (_, props, ingest, message) => {
    expect(() => synthLive(props, ingest)).toThrow(new Error(`Test/Live: ${message}`));
  });

  test('fails to let principals connect without IAM', () => {
    const { created } = synthLive();
    expect(() => created.grantConnect(created.receiveLiveMessageFunction)).toThrow(new Error(
      'Test/Live: `grantConnect` needs `authentication` that is OrderAuthentication.iam(), got apiKey',
    ));
  });
});

/** Live updates in a stack of the test. */
const synthIn = (stack: Stack, props: Partial<OrderLiveUpdatesProps>): OrderLiveUpdates => {
  const eventBus = EventBus.fromEventBusName(stack, 'Bus', 'shared');
  const ingest = new RealtimeOrderIngest(stack, 'Ingest', { eventBus, pipelineId: 'shop' });
  return new OrderLiveUpdates(stack, 'Live', { eventBus, pipelineId: 'shop', ingest, ordersTable: TableV2.fromTableArn(stack, 'Table', TABLE_ARN), ...props });
};

describe('options', () => {
  test('of logs: without access logs, there is no log group and no role; an HTTP API needs the role', () => {
    const off = synthLive({ accessLog: false }, http).template;
    expect(stageOf(off)).not.toHaveProperty('AccessLogSettings');
    off.resourceCountIs('AWS::ApiGateway::Account', 0);
    const on = synthLive({}, http).template;
    on.hasResource('AWS::ApiGateway::Account', { DeletionPolicy: 'Retain' });
    synthLive({ cloudWatchRole: false }, http).template.resourceCountIs('AWS::ApiGateway::Account', 0);
  });

  test('of a key encrypt table and queues', () => {
    const { template } = synthLive((stack) => ({ encryptionKey: new Key(stack, 'Key') }));
    expect(resourceOf(template, 'AWS::DynamoDB::GlobalTable', 'LiveTable').properties.SSESpecification).toEqual({ SSEEnabled: true, SSEType: 'KMS' });
    expect(resourcesOf(template, 'AWS::SQS::Queue').filter(({ id }) => id.startsWith('Live')).every(({ properties }) => 'KmsMasterKeyId' in properties)).toBe(true);
    for (const id of ['ReceiveLiveMessage', 'FindLiveSubscribers', 'SendLiveUpdates']) {
      expect(roleStatements(template, id).some(({ actions }) => actions.includes('kms:Decrypt'))).toBe(true);
    }
  });

  test('of audits publish reads', () => {
    const { template } = synthLive({ auditReads: true });
    expect(handler(template, 'ReceiveLiveMessage').Environment.Variables).toMatchObject({ EVENT_BUS_NAME: 'shared', EVENT_SOURCE: 'orders', PIPELINE_ID: 'shop' });
    expect(handler(synthLive().template, 'ReceiveLiveMessage').Environment.Variables).not.toHaveProperty('EVENT_BUS_NAME');
  });

  test('accept tokens', () => {
    synthLive((stack) => {
      const number = (id: string) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
      return { throttle: { rateLimit: number('Rate'), burstLimit: number('Burst') }, receiveLiveMessage: { memorySize: number('Memory') } };
    });
  });

  test.each<[Partial<OrderLiveUpdatesProps>, string]>([
    [{ throttle: { rateLimit: 0 } }, '`throttle.rateLimit` must be an integer between 1 and 1000000, got 0'],
    [{ throttle: { burstLimit: 1.5 } }, '`throttle.burstLimit` must be an integer between 1 and 1000000, got 1.5'],
    [{ accessLog: false, cloudWatchRole: true }, '`cloudWatchRole` cannot be set to true when `accessLog` is false'],
    [{ receiveLiveMessage: { timeout: Duration.seconds(30) } }, '`receiveLiveMessage.timeout` must be between 1 second and 29 seconds, got 30 seconds'],
    ...wrongHandlerOptions('authorizeLiveConnection').map<[Partial<OrderLiveUpdatesProps>, string]>(([authorizeLiveConnection, message]) => [{ authorizeLiveConnection }, message]),
    ...wrongQueueOptions('findLiveSubscribers').map<[Partial<OrderLiveUpdatesProps>, string]>(([findLiveSubscribers, message]) => [{ findLiveSubscribers }, message]),
    ...wrongQueueOptions('sendLiveUpdates').map<[Partial<OrderLiveUpdatesProps>, string]>(([sendLiveUpdates, message]) => [{ sendLiveUpdates }, message]),
  ])('fail for %j', (props, message) => {
    expect(() => synthLive(props)).toThrow(new Error(`Test/Live: ${message}`));
  });
});

describe('in a pipeline', () => {
  test('are off by default', () => {
    const { created } = synthUnwatched();
    expect(created.liveUpdates).toBeUndefined();
  });

  test('have alarms, redrive and an output', () => {
    const { template, created } = synthPipeline({ liveUpdates: {} });
    const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm').map(({ id }) => id).filter((id) => id.includes('Live'));
    expect(alarms).toHaveLength(15);
    expect(alarms).toContainEqual(expect.stringContaining('LiveUpdatesErrors'));
    expect(created.parts).toContain(created.liveUpdates);
    expect(JSON.stringify(handler(template, 'RedriveDeadLetters').Environment.Variables.REDRIVE_ROUTES)).toMatch(/live-events.*live-updates/);
    expect(template.toJSON().Outputs).toHaveProperty('OrdersLiveUpdatesUrl');
  });

  test('do not take options of the API of the same name', () => {
    const { template } = synthUnwatched({ throttle: { rateLimit: 7, burstLimit: 8 }, accessLog: false, liveUpdates: {} });
    expect(stageOf(template)).toMatchObject({ DefaultRouteSettings: { ThrottlingRateLimit: 1000 }, AccessLogSettings: expect.anything() });
  });

  test('fail when orders are not listed by customer', () => {
    expect(() => synthPipeline({ liveUpdates: {}, listOrdersBy: [OrderListKey.STATUS] })).toThrow(
      'Test/Orders/LiveUpdates: `listOrdersBy` of OrderProcessor must have OrderListKey.CUSTOMER for live updates, which show the orders of a customer',
    );
  });

  test('fail with their own prefix', () => {
    expect(() => synthPipeline({ liveUpdates: { sendLiveUpdates: { batchSize: 11 } } }))
      .toThrow(new Error('Test/Orders: `liveUpdates.sendLiveUpdates.batchSize` must be an integer between 1 and 10, got 11'));
  });
});
