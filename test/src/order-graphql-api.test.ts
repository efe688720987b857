import { writeFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Expiration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { TokenAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { UserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Role, ServicePrincipal, User } from 'aws-cdk-lib/aws-iam';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { buildSchema } from 'graphql';
import { modelFile } from '../support/own-models';
import { synth, synthUnwatched, UNWATCHED, warningsOf } from '../support/synth';
import { actionsByResource, resourceOf, resourcesOf, roleStatements } from '../support/template';
import { testApp } from '../support/test-app';
import {
  OrderAuthentication, OrderGraphqlApi, OrderListKey, OrderModel, OrderOperators, OrderPipeline, OrderTenants,
  type OrderGraphqlApiOptions, type OrderPipelineProps,
} from 'cdk-order-pipeline';

const users = (stack: Stack, id = 'Users') => UserPool.fromUserPoolId(stack, id, `eu-central-1_${id.toLowerCase()}`);
const inDays = (days: number) => Expiration.atDate(new Date(Date.now() + days * 86_400_000));
const API_KEY: OrderGraphqlApiOptions = { apiKeyExpiration: inDays(300) };

/** A pipeline with a GraphQL API. */
const withApi = (
  graphqlApi: OrderGraphqlApiOptions | ((stack: Stack) => OrderGraphqlApiOptions) = API_KEY, props: (stack: Stack) => OrderPipelineProps = () => ({}),
) =>
  synthUnwatched((stack) => ({ graphqlApi: typeof graphqlApi === 'function' ? graphqlApi(stack) : graphqlApi, ...props(stack) }));

const apiOf = ({ template }: ReturnType<typeof withApi>) => resourcesOf(template, 'AWS::AppSync::GraphQLApi')[0].properties;

const standard = withApi();

describe('the authentication', () => {
  const lambda = (stack: Stack) => Function.fromFunctionArn(stack, 'Authorize', 'arn:aws:lambda:eu-central-1:111122223333:function:authorize');

  test.each<[string, (stack: Stack) => OrderGraphqlApiOptions, object, string]>([
    ['API keys', () => API_KEY, { AuthenticationType: 'API_KEY' }, '@aws_api_key'],
    ['a user pool', (stack) => ({ authentication: OrderAuthentication.cognito({ userPools: [users(stack)] }) }),
      { AuthenticationType: 'AMAZON_COGNITO_USER_POOLS', UserPoolConfig: { UserPoolId: 'eu-central-1_users', DefaultAction: 'ALLOW' } }, '@aws_cognito_user_pools'],
    ['clients of a user pool', (stack) => ({
      authentication: OrderAuthentication.cognito({ userPools: [users(stack)], userPoolClients: ['a', 'b'].map((id) => UserPoolClient.fromUserPoolClientId(stack, id, id)) }),
    }), { UserPoolConfig: { AppIdClientRegex: '^(a|b)$' } }, '@aws_cognito_user_pools'],
    ['an OIDC issuer', () => ({ authentication: OrderAuthentication.oidc({ issuer: 'https://login.example.com', audience: ['shop.web', 'app'] }) }),
      { AuthenticationType: 'OPENID_CONNECT', OpenIDConnectConfig: { Issuer: 'https://login.example.com', ClientId: '^(shop\\.web|app)$' } }, '@aws_oidc'],
    ['IAM', () => ({ authentication: OrderAuthentication.iam() }), { AuthenticationType: 'AWS_IAM' }, '@aws_iam'],
    ['a function', (stack) => ({ authentication: OrderAuthentication.lambda(lambda(stack)) }),
      { AuthenticationType: 'AWS_LAMBDA', LambdaAuthorizerConfig: { AuthorizerUri: 'arn:aws:lambda:eu-central-1:111122223333:function:authorize' } }, '@aws_lambda'],
  ])('by %s is that of AppSync, and only the pipeline publishes', (_, options, expected, directive) => {
    const api = withApi(options);
    expect(apiOf(api)).toMatchObject(expected);
    expect(apiOf(api).AdditionalAuthenticationProviders ?? []).toEqual(directive === '@aws_iam' ? [] : [{ AuthenticationType: 'AWS_IAM' }]);
    const { Definition: schema } = resourcesOf(api.template, 'AWS::AppSync::GraphQLSchema')[0].properties;
    expect(schema).toContain(`type OrderChange ${directive === '@aws_iam' ? '@aws_iam' : `@aws_iam ${directive}`} {`);
    expect(schema.match(/.*@aws_.*/g).length).toBe(4);
  });

  test('is that of the pipeline by default', () => {
    const api = withApi({}, (stack) => ({ authentication: OrderAuthentication.cognito({ userPools: [users(stack)] }) }));
    expect(apiOf(api)).toMatchObject({ AuthenticationType: 'AMAZON_COGNITO_USER_POOLS' });
  });

  test('has an API key that expires when the app wants', () => {
    const { properties } = resourcesOf(standard.template, 'AWS::AppSync::ApiKey')[0];
    expect(properties).toMatchObject({ Expires: API_KEY.apiKeyExpiration!.toEpoch() });
    expect(standard.created.graphqlApi!.apiKey).toBeDefined();
  });

  const MUST_BE = 'must be in the next 365 days, got';
  test.each<[string, (stack: Stack) => OrderGraphqlApiOptions, (stack: Stack) => OrderPipelineProps, string]>([
    ['no expiration of an API key', () => ({}), () => ({}), '`graphqlApi.apiKeyExpiration` must be set with OrderAuthentication.apiKey(): an API key of AppSync expires after 365 days at the latest'],
    ['an expiration that is over', () => ({ apiKeyExpiration: inDays(-1) }), () => ({}), `\`graphqlApi.apiKeyExpiration\` ${MUST_BE}`],
    ['an expiration that AppSync does not have', () => ({ apiKeyExpiration: inDays(366) }), () => ({}), `\`graphqlApi.apiKeyExpiration\` ${MUST_BE}`],
    ['an expiration without a key', () => ({ ...API_KEY, authentication: OrderAuthentication.iam() }), () => ({}), '`graphqlApi.apiKeyExpiration` cannot be set without OrderAuthentication.apiKey()'],
    ['no authentication', () => ({ authentication: OrderAuthentication.none() }), () => ({}), '`graphqlApi.authentication` cannot be none: AppSync authenticates every caller'],
    ['an authorizer of a REST API', (stack) => ({
      authentication: OrderAuthentication.fromRestAuthorizer(new TokenAuthorizer(stack, 'Authorizer', { handler: lambda(stack) })),
    }), () => ({}), '`graphqlApi.authentication` cannot be an authorizer of a REST API'],
    ['an authorizer of an HTTP API', () => ({ authentication: OrderAuthentication.fromHttpAuthorizer(new HttpIamAuthorizer()) }), () => ({}), '`graphqlApi.authentication` cannot be an authorizer of an HTTP API'],
    ['scopes', (stack) => ({ authentication: OrderAuthentication.cognito({ userPools: [users(stack)] }).withScopes('a') }), () => ({}), '`graphqlApi.authentication` cannot have scopes, which AppSync does not check'],
    ['an API key besides', () => ({ authentication: OrderAuthentication.iam().withApiKey() }), () => ({}), '`graphqlApi.authentication` cannot be withApiKey(): AppSync has no usage plans'],
    ['two user pools', (stack) => ({ authentication: OrderAuthentication.cognito({ userPools: [users(stack), users(stack, 'Others')] }) }), () => ({}), '`graphqlApi.authentication` must have one user pool with a GraphQL API, got 2'],
    ['no user pool client', (stack) => ({ authentication: OrderAuthentication.cognito({ userPools: [users(stack)], userPoolClients: [] }) }), () => ({}), 'must have at least one user pool client, got none'],
    ['an issuer without https', () => ({ authentication: OrderAuthentication.oidc({ issuer: 'http://a', audience: ['b'] }) }), () => ({}), '`graphqlApi.authentication` must have an issuer with https, got http://a'],
    ['no audience', () => ({ authentication: OrderAuthentication.oidc({ issuer: 'https://a', audience: [] }) }), () => ({}), '`graphqlApi.authentication` must have at least one audience, got none'],
    ['other identity headers', (stack) => ({ authentication: OrderAuthentication.lambda(lambda(stack), { identityHeaders: ['X-Token'] }) }), () => ({}), 'must have the identity header Authorization only, which AppSync passes on, got X-Token'],
    ['the format of HTTP APIs', (stack) => ({ authentication: OrderAuthentication.lambda(lambda(stack), { simpleResponses: true }) }), () => ({}), 'cannot have simpleResponses: functions for AppSync return { isAuthorized, resolverContext }'],
    ['the function of API Gateway', () => ({}), (stack) => ({ authentication: OrderAuthentication.lambda(lambda(stack)) }), '`graphqlApi.authentication` must be set with OrderAuthentication.lambda: the function of `authentication` authorizes requests to API Gateway'],
    ['rights of routes', () => API_KEY, () => ({ routeAuthentication: { cancelOrders: OrderAuthentication.iam() } }), '`graphqlApi.authentication` must be set with `routeAuthentication`: AppSync has one authentication for all fields'],
    ['API keys of tenants', () => ({ authentication: OrderAuthentication.iam() }), () => ({ tenants: OrderTenants.apiKeys({ tenant: 'acme' }) }), '`tenants` cannot be OrderTenants.apiKeys with a GraphQL API: AppSync passes on no ID of the API key'],
    ['tenants by a claim without a JWT', () => ({ authentication: OrderAuthentication.iam() }), (stack) => ({
      authentication: OrderAuthentication.cognito({ userPools: [users(stack)] }), tenants: OrderTenants.claim('custom:tenant'),
    }), '`tenants` needs a JWT (`OrderAuthentication.cognito()` or `oidc()`) for all routes, or operators; `graphqlApi.authentication` is iam'],
    ['customers by a claim without a JWT', () => API_KEY, (stack) => ({
      graphqlApi: { ...API_KEY, authentication: OrderAuthentication.apiKey() }, authentication: OrderAuthentication.cognito({ userPools: [users(stack)] }), customerClaim: 'sub',
    }), '`customerClaim` needs a JWT'],
  ])('fails with %s', (_, options, props, message) => {
    expect(() => withApi(options, props)).toThrow(message);
  });
});

describe('the options', () => {
  test('have limits by default, no logs, and no tracing', () => {
    expect(apiOf(standard)).toMatchObject({ QueryDepthLimit: 20, ResolverCountLimit: 20, IntrospectionConfig: 'ENABLED', Name: 'Test/Orders/GraphqlApi' });
    expect(apiOf(standard)).not.toHaveProperty('LogConfig');
    expect(apiOf(standard).XrayEnabled ?? false).toBe(false);
    expect(warningsOf(standard.stack)).toEqual([]);
  });

  test('switch subscriptions off, with their queue and function', () => {
    const off = withApi({ ...API_KEY, subscriptions: false });
    expect(apiOf(off)).not.toHaveProperty('AdditionalAuthenticationProviders.0');
    expect(resourcesOf(off.template, 'AWS::SQS::Queue').filter(({ id }) => /Graphql/.test(id))).toEqual([]);
    expect(off.created.graphqlApi).toMatchObject({ notifyGraphqlSubscribersFunction: undefined, subscribersQueue: undefined });
    expect(off.created.graphqlApi!.schema).not.toMatch(/Subscription|@aws/);
  });

  test.each<[OrderGraphqlApiOptions, string]>([
    [{ queryDepthLimit: 0 }, '`graphqlApi.queryDepthLimit` must be an integer between 1 and 75, got 0'],
    [{ resolverCountLimit: 10_001 }, '`graphqlApi.resolverCountLimit` must be an integer between 1 and 10000, got 10001'],
    [{ webAclArn: 'acl' }, '`graphqlApi.webAclArn` must be the ARN of a regional web ACL'],
    [{ resolveGraphqlQuery: { memorySize: 64 } }, '`graphqlApi.resolveGraphqlQuery.memorySize` must be an integer between 128 and 10240, got 64'],
    [{ notifyGraphqlSubscribers: { batchSize: 0 } }, 'graphqlApi.notifyGraphqlSubscribers.batchSize'],
    [{ subscriptions: false, notifyGraphqlSubscribers: {} }, '`graphqlApi.notifyGraphqlSubscribers` cannot be set when `graphqlApi.subscriptions` is false'],
  ])('fail when they are wrong: %j', (options, message) => {
    expect(() => withApi({ ...API_KEY, ...options })).toThrow(message);
  });

  test('fail with a model that has no GraphQL types, with the path', () => {
    const orderModel = OrderModel.fromJsonSchema(modelFile({ type: 'object', required: ['order-number'], properties: { 'order-number': { type: 'string' } } }), { orderId: '/order-number' });
    expect(() => withApi(API_KEY, () => ({ orderModel }))).toThrow('`orderModel` has no GraphQL types: /properties: an order must be an object with at least one field');
  });
});

describe('the fields', () => {
  const resolvers = resourcesOf(standard.template, 'AWS::AppSync::Resolver').map(({ properties }) => [`${properties.TypeName}.${properties.FieldName}`, properties] as const);

  test('have one resolver each, by the function with the rights for it', () => {
    const sources = Object.fromEntries(resolvers.map(([field, { DataSourceName }]) => [field, JSON.stringify(DataSourceName)]));
    const schema = buildSchema(`scalar AWSJSON scalar AWSDateTime directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION
      directive @aws_iam on FIELD_DEFINITION | OBJECT directive @aws_api_key on FIELD_DEFINITION | OBJECT ${standard.created.graphqlApi!.schema}`);
    const fields = [schema.getQueryType()!, schema.getMutationType()!, schema.getSubscriptionType()!].flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));
    expect(Object.keys(sources).sort()).toEqual(fields.sort());
    for (const [field, source] of Object.entries(sources)) {
      const [type] = field.split('.');
      const expected = field === 'Mutation.publishOrderChange' ? /Publisher/ : type === 'Mutation' ? /Mutations/ : /Queries/;
      expect([field, source]).toEqual([field, expect.stringMatching(expected)]);
    }
    for (const [, { Runtime }] of resolvers) expect(Runtime).toEqual({ Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' });
  });

  test('do not exist for what the pipeline does not have', () => {
    const small = withApi(API_KEY, () => ({ fileIngest: false, history: false, orderChanges: false, orderCancellations: false }));
    const names = resourcesOf(small.template, 'AWS::AppSync::Resolver').map(({ properties }) => properties.FieldName).sort();
    expect(names).toEqual(['customerOrdersChanged', 'order', 'orderChanged', 'orders', 'placeOrder', 'publishOrderChange']);
    const { Variables } = resourceOf(small.template, 'AWS::Lambda::Function', 'ResolveGraphqlQuery').properties.Environment;
    expect(Object.keys(Variables)).not.toEqual(expect.arrayContaining(['HISTORY_TABLE_NAME']));
  });

  test('have a tenant argument where operators see all tenants', () => {
    const api = (operators?: OrderOperators[]) => withApi({}, (stack) => ({
      authentication: OrderAuthentication.cognito({ userPools: [users(stack)] }).withApiKey(),
      graphqlApi: { authentication: OrderAuthentication.cognito({ userPools: [users(stack, 'Graphql')] }) },
      tenants: OrderTenants.claim('custom:tenant'),
      operators,
    })).created.graphqlApi!.schema;
    expect(api([OrderOperators.claim('cognito:groups', 'operators')])).toContain('order(orderId: ID!, tenant: String): OrderView');
    expect(api([OrderOperators.apiKeys('backoffice')])).toContain('order(orderId: ID!): OrderView');
    expect(api()).toContain('order(orderId: ID!): OrderView');
  });
});

describe('the permissions', () => {
  test('are those of each function', () => {
    const of = (id: string) => actionsByResource(roleStatements(standard.template, id));
    expect(of('ResolveGraphqlMutation')).toEqual({
      OrdersGraphqlApiResolveGraphqlMutationLogs: ['logs:CreateLogStream', 'logs:PutLogEvents'], OrdersIngestOrdersQueue: ['sqs:SendMessage'],
    });
    expect(of('ResolveGraphqlQuery')).toEqual({
      'OrdersGraphqlApiResolveGraphqlQueryLogs': ['logs:CreateLogStream', 'logs:PutLogEvents'],
      'OrdersProcessorOrdersTable': ['dynamodb:GetItem'],
      'OrdersProcessorOrdersTable/index/byCustomer': ['dynamodb:Query'],
      'OrdersProcessorOrdersTable/index/byStatus': ['dynamodb:Query'],
      'OrdersProcessorOrdersTable/index/byExternalReference': ['dynamodb:Query'],
      'OrdersHistoryHistoryTable': ['dynamodb:Query'],
      'OrdersFilesFilesTable': ['dynamodb:GetItem', 'dynamodb:Query'],
      'OrdersFilesFilesTable/index/byState': ['dynamodb:Query'],
    });
  });

  test('do not include indexes by which orders are not listed', () => {
    const { template } = synthUnwatched({ graphqlApi: API_KEY, listOrdersBy: [OrderListKey.STATUS] });
    expect(Object.keys(actionsByResource(roleStatements(template, 'ResolveGraphqlQuery'))).filter((resource) => resource.includes('OrdersTable/index/')))
      .toEqual(['OrdersProcessorOrdersTable/index/byStatus']);
    expect(resourceOf(template, 'AWS::Lambda::Function', 'ResolveGraphqlQuery').properties.Environment.Variables.LIST_KEYS).toBe('status');
  });

  test('let only the publisher publish, and AppSync know its role', () => {
    const statements = roleStatements(standard.template, 'NotifyGraphqlSubscribers').filter(({ actions }) => actions.includes('appsync:GraphQL'));
    expect(statements).toHaveLength(1);
    expect(JSON.stringify(statements[0].resources)).toContain('/types/Mutation/fields/publishOrderChange');
    expect(apiOf(standard).EnvironmentVariables).toEqual({ PUBLISHER_ROLE: { Ref: resourceOf(standard.template, 'AWS::IAM::Role', 'NotifyGraphqlSubscribersRole').id } });
  });

  const iam = () => withApi({ authentication: OrderAuthentication.iam() });

  test('of callers are those that the app grants', () => {
    const stack = new Stack(testApp(), 'Test');
    const { graphqlApi } = new OrderPipeline(stack, 'Orders', { ...UNWATCHED, graphqlApi: { authentication: OrderAuthentication.iam() } });
    const [reader, all] = ['Reader', 'All'].map((id) => new User(stack, id));
    graphqlApi!.grantAccess(reader, 'Query.order', 'Subscription.orderChanged');
    graphqlApi!.grantAccess(all);
    const policies = resourcesOf(Template.fromStack(stack), 'AWS::IAM::Policy');
    const [ofReader, ofAll] = ['Reader', 'All'].map((id) => JSON.stringify(policies.find((policy) => policy.id.startsWith(id))!.properties));
    expect(ofReader.match(/\/types\/[^"]*/g)).toEqual(['/types/Query/fields/order', '/types/Subscription/fields/orderChanged']);
    expect(ofAll).toContain('/types/Mutation/fields/placeOrder');
    expect(ofAll).not.toContain('publishOrderChange');
  });

  test('fail for another authentication, and for fields that do not exist', () => {
    expect(() => standard.created.graphqlApi!.grantAccess(Role.fromRoleName(standard.stack, 'Any', 'any'))).toThrow('`grantAccess` needs OrderAuthentication.iam(), got apiKey');
    expect(() => iam().created.graphqlApi!.grantAccess(new ServicePrincipal('lambda.amazonaws.com'), 'Query.all', 'Mutation.publishOrderChange')).toThrow(/fields must be among Query\.order, .*, got Query\.all, Mutation\.publishOrderChange/);
  });
});

describe('the events for subscribers', () => {
  test('are the outcomes of commands, by a queue with a dead-letter queue', () => {
    const rule = resourcesOf(standard.template, 'AWS::Events::Rule').find(({ id }) => /SubscriberEvents/.test(id))!.properties;
    expect(rule.EventPattern['detail-type']).toEqual([
      'OrderPending', 'OrderConfirmed', 'OrderRejected', 'OrderChanged', 'OrderChangeRefused', 'OrderCancelled', 'OrderCancellationRefused', 'OrderFulfilled', 'OrderFulfillmentRefused',
    ]);
    expect(JSON.stringify(rule.Targets)).toMatch(/GraphqlApiSubscribersQueue.*GraphqlApiSubscribersDeadLetterQueue|GraphqlApiSubscribersDeadLetterQueue.*GraphqlApiSubscribersQueue/);
    expect(standard.created.parts).toContain(standard.created.graphqlApi);
  });

  test('have an alarm of their dead-letter queue, and are redriven; the API has alarms of errors and latency', () => {
    const { template } = synth((stack) => new OrderPipeline(stack, 'Orders', { graphqlApi: API_KEY }));
    const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm').map(({ id }) => id);
    for (const name of ['GraphqlApiErrors', 'GraphqlApiLatency', 'GraphqlSubscribersDeadLetterQueue']) expect(alarms).toContainEqual(expect.stringContaining(name));
    expect(JSON.stringify(resourceOf(template, 'AWS::Lambda::Function', 'RedriveDeadLetters').properties.Environment.Variables.REDRIVE_ROUTES)).toContain('subscribers');
  });
});

test('the construct can be used alone, with existing resources', () => {
  const { template, created } = synth((stack) => new OrderGraphqlApi(stack, 'Graphql', {
    authentication: OrderAuthentication.cognito({ userPools: [users(stack)] }),
    ordersQueue: Queue.fromQueueAttributes(stack, 'Queue', { queueArn: 'arn:aws:sqs:eu-central-1:111122223333:orders.fifo', fifo: true }),
    ordersTable: TableV2.fromTableName(stack, 'Orders', 'orders'),
    eventBus: new EventBus(stack, 'Bus'),
    customerClaim: 'sub',
    operators: [OrderOperators.claim('cognito:groups', 'operators')],
    auditReads: true,
    removalPolicy: RemovalPolicy.DESTROY,
  }), { account: '111122223333', region: 'eu-central-1' });
  expect(created.url).toBeDefined();
  const { Variables } = resourceOf(template, 'AWS::Lambda::Function', 'ResolveGraphqlMutation').properties.Environment;
  expect(JSON.parse(Variables.CALLERS)).toEqual({ customer: { from: 'claim', name: 'sub' }, operators: [{ from: 'claim', name: 'cognito:groups', value: 'operators' }] });
  expect(resourcesOf(template, 'AWS::AppSync::Resolver').map(({ properties }) => properties.FieldName)).not.toContain('orderHistory');
});

test('fails alone without an expiration of the API key, and with a queue that is not FIFO', () => {
  expect(() => synth((stack) => new OrderGraphqlApi(stack, 'Graphql', {
    ordersQueue: new Queue(stack, 'Queue'), ordersTable: TableV2.fromTableName(stack, 'Orders', 'orders'), eventBus: new EventBus(stack, 'Bus'),
  }))).toThrow(/`apiKeyExpiration` must be set.*`ordersQueue` must be a FIFO queue/);
});

describe('the contracts of a pipeline', () => {
  const contractOf = (props: OrderPipelineProps): string | undefined => {
    const folder = mkdtempSync(join(tmpdir(), 'contracts-'));
    writeFileSync(join(folder, 'old'), '');
    const app = testApp();
    new OrderPipeline(new Stack(app, 'Test'), 'Orders', { ...UNWATCHED, ...props }).writeContracts(folder);
    app.synth();
    try {
      return readFileSync(join(folder, 'schema.graphql'), 'utf8');
    } catch {
      return undefined;
    }
  };

  test('have the schema for clients, as it is configured', () => {
    const schema = buildSchema(contractOf({ graphqlApi: { ...API_KEY, subscriptions: false }, orderCancellations: false })!);
    expect([Object.keys(schema.getMutationType()!.getFields()), schema.getSubscriptionType()]).toEqual([['placeOrder', 'changeOrder'], undefined]);
  });

  test('have no schema without a GraphQL API', () => expect(contractOf({})).toBeUndefined());
});
