import { Duration, type Stack } from 'aws-cdk-lib';
import { AuthorizationType } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { UserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Function } from 'aws-cdk-lib/aws-lambda';
import {
  OrderApi, OrderAuthentication, OrderPipeline, RealtimeOrderIngest,
  type OrderPipelineProps, type OrderRouteAuthentication, type RealtimeOrderIngestProps,
} from '../../src';
import { methodsByRoute } from '../support/api-routes';
import { synth, synthUnwatched, UNWATCHED, warningsOf } from '../support/synth';
import { actionsByResource, readable, resourcesOf, roleStatements } from '../support/template';

type Props = Omit<RealtimeOrderIngestProps, 'eventBus'>;
const synthIngest = (props: (stack: Stack) => Props) => synth((stack) => new RealtimeOrderIngest(stack, 'Ingest', {
  eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared'), pipelineId: 'shop', ...props(stack),
}));
type Template = ReturnType<typeof synthIngest>['template'];

const pool = (stack: Stack, id = 'Users') => UserPool.fromUserPoolId(stack, id, `eu-central-1_${id}`);
const client = (stack: Stack) => UserPoolClient.fromUserPoolClientId(stack, 'Client', 'client-1');
const authorize = (stack: Stack) => Function.fromFunctionName(stack, 'Authorize', 'authorize');

/** The ways to authenticate, as in docs/authentication.md. */
const WAYS: Record<string, (stack: Stack) => OrderAuthentication> = {
  'apiKey()': () => OrderAuthentication.apiKey(),
  'iam()': () => OrderAuthentication.iam(),
  'iam().withApiKey()': () => OrderAuthentication.iam().withApiKey(),
  'iam().withScopes()': () => OrderAuthentication.iam().withScopes('orders/place'),
  'cognito(userPools)': (stack) => OrderAuthentication.cognito({ userPools: [pool(stack)] }),
  'cognito(userPools).withScopes()': (stack) => OrderAuthentication.cognito({ userPools: [pool(stack)] }).withScopes('orders/place'),
  'cognito(two userPools)': (stack) => OrderAuthentication.cognito({ userPools: [pool(stack), pool(stack, 'Staff')] }),
  'cognito(userPools, userPoolClients)': (stack) => OrderAuthentication.cognito({ userPools: [pool(stack)], userPoolClients: [client(stack)] }),
  'cognito(userPools, userPoolClients).withScopes()': (stack) =>
    OrderAuthentication.cognito({ userPools: [pool(stack)], userPoolClients: [client(stack)] }).withScopes('orders/place'),
  'cognito(two userPools, userPoolClients)': (stack) =>
    OrderAuthentication.cognito({ userPools: [pool(stack), pool(stack, 'Staff')], userPoolClients: [client(stack)] }),
  'cognito(userPools).withApiKey()': (stack) => OrderAuthentication.cognito({ userPools: [pool(stack)] }).withApiKey(),
  'cognito(userPools, userPoolClients).withApiKey()': (stack) =>
    OrderAuthentication.cognito({ userPools: [pool(stack)], userPoolClients: [client(stack)] }).withApiKey(),
  'oidc()': () => OrderAuthentication.oidc({ issuer: 'https://login.example.com/', audience: ['shop'] }),
  'oidc().withScopes()': () => OrderAuthentication.oidc({ issuer: 'https://login.example.com/', audience: ['shop'] }).withScopes('orders/place'),
  'oidc().withApiKey()': () => OrderAuthentication.oidc({ issuer: 'https://login.example.com/', audience: ['shop'] }).withApiKey(),
  'lambda()': (stack) => OrderAuthentication.lambda(authorize(stack)),
  'lambda(simpleResponses)': (stack) => OrderAuthentication.lambda(authorize(stack), { simpleResponses: true }),
  'lambda().withScopes()': (stack) => OrderAuthentication.lambda(authorize(stack)).withScopes('orders/place'),
  'lambda().withApiKey()': (stack) => OrderAuthentication.lambda(authorize(stack)).withApiKey(),
  'fromRestAuthorizer()': () => OrderAuthentication.fromRestAuthorizer({ authorizerId: 'abc123', authorizationType: AuthorizationType.CUSTOM }),
  'fromRestAuthorizer() without type': () => OrderAuthentication.fromRestAuthorizer({ authorizerId: 'abc123' }),
  'fromHttpAuthorizer()': (stack) => OrderAuthentication.fromHttpAuthorizer(
    HttpAuthorizer.fromHttpAuthorizerAttributes(stack, 'Own', { authorizerId: 'abc123', authorizerType: 'CUSTOM' })),
  'none()': () => OrderAuthentication.none(),
  'none().withApiKey()': () => OrderAuthentication.none().withApiKey(),
};

/** What a route and its authorizer have in the template. */
interface Result {
  readonly type: string;
  readonly apiKey?: true;
  readonly scopes?: readonly string[];
  readonly authorizer?: object | string;
}
type Expected = Result | string;

const USERS = { Type: 'COGNITO_USER_POOLS', ProviderARNs: ['arn:AWS::Partition:cognito-idp:AWS::Region:AWS::AccountId:userpool/eu-central-1_Users'] };
const USERS_JWT = {
  AuthorizerType: 'JWT', JwtConfiguration: { Audience: ['client-1'], Issuer: 'https://cognito-idp.AWS::Region.amazonaws.com/eu-central-1_Users' },
};
const ISSUER_JWT = { AuthorizerType: 'JWT', JwtConfiguration: { Audience: ['shop'], Issuer: 'https://login.example.com/' } };
const SCOPES = ['orders/place'];
const POOLS = 'must have one user pool with OrderApi.http(), whose JWT authorizers have one issuer, got 2';
const NO_CLIENTS = 'must have userPoolClients with OrderApi.http(), which accepts the tokens of known clients only';
const CLIENTS = 'must not have userPoolClients with OrderApi.rest(), which accepts the tokens of all clients of a user pool; omit them, or use OrderApi.http()';
const NO_KEYS = 'must not have an API key with OrderApi.http(), which has no API keys; use OrderApi.rest()';
const NO_JWT = 'must not be OrderAuthentication.oidc with OrderApi.rest(): a REST API has no JWT authorizer; use OrderApi.http(), OrderAuthentication.cognito or OrderAuthentication.lambda';
const both = (...messages: string[]) => messages.join('; `authentication` ');
const noScopes = (way: string) => `must not have scopes: API Gateway reads them only from JWTs, got OrderAuthentication.${way}`;

/** Every way with a REST API and with an HTTP API: what it makes, or why it is refused. */
const TABLE: readonly [way: string, rest: Expected, http: Expected][] = [
  ['apiKey()', { type: 'NONE', apiKey: true },
    'must not be OrderAuthentication.apiKey with OrderApi.http(): an HTTP API has no API keys; use OrderApi.rest(), or OrderAuthentication.iam, cognito, oidc or lambda'],
  ['iam()', { type: 'AWS_IAM' }, { type: 'AWS_IAM' }],
  ['iam().withApiKey()', { type: 'AWS_IAM', apiKey: true }, NO_KEYS],
  ['iam().withScopes()', noScopes('iam'), noScopes('iam')],
  ['cognito(userPools)', { type: 'COGNITO_USER_POOLS', authorizer: USERS }, NO_CLIENTS],
  ['cognito(userPools).withScopes()', { type: 'COGNITO_USER_POOLS', authorizer: USERS, scopes: SCOPES }, NO_CLIENTS],
  ['cognito(two userPools)', { type: 'COGNITO_USER_POOLS', authorizer: { Type: 'COGNITO_USER_POOLS' } }, both(POOLS, NO_CLIENTS)],
  ['cognito(userPools, userPoolClients)', CLIENTS, { type: 'JWT', authorizer: USERS_JWT }],
  ['cognito(userPools, userPoolClients).withScopes()', CLIENTS, { type: 'JWT', authorizer: USERS_JWT, scopes: SCOPES }],
  ['cognito(two userPools, userPoolClients)', CLIENTS, POOLS],
  ['cognito(userPools).withApiKey()', { type: 'COGNITO_USER_POOLS', authorizer: USERS, apiKey: true }, both(NO_CLIENTS, NO_KEYS)],
  ['cognito(userPools, userPoolClients).withApiKey()', CLIENTS, NO_KEYS],
  ['oidc()', NO_JWT, { type: 'JWT', authorizer: ISSUER_JWT }],
  ['oidc().withScopes()', NO_JWT, { type: 'JWT', authorizer: ISSUER_JWT, scopes: SCOPES }],
  ['oidc().withApiKey()', NO_JWT, NO_KEYS],
  ['lambda()', { type: 'CUSTOM', authorizer: { Type: 'REQUEST', IdentitySource: 'method.request.header.Authorization', AuthorizerResultTtlInSeconds: 300 } },
    {
      type: 'CUSTOM',
      authorizer: {
        AuthorizerType: 'REQUEST', AuthorizerPayloadFormatVersion: '1.0', IdentitySource: ['$request.header.Authorization'], AuthorizerResultTtlInSeconds: 300,
      },
    }],
  ['lambda(simpleResponses)', 'must not have simpleResponses with OrderApi.rest(), whose Lambda authorizers return IAM policies; omit it',
    { type: 'CUSTOM', authorizer: { AuthorizerType: 'REQUEST', AuthorizerPayloadFormatVersion: '2.0', EnableSimpleResponses: true } }],
  ['lambda().withScopes()', noScopes('lambda'), noScopes('lambda')],
  ['lambda().withApiKey()', { type: 'CUSTOM', authorizer: { Type: 'REQUEST' }, apiKey: true }, NO_KEYS],
  ['fromRestAuthorizer()', { type: 'CUSTOM', authorizer: 'abc123' },
    'must not be OrderAuthentication.fromRestAuthorizer with OrderApi.http(): an HTTP API has other authorizers; use OrderAuthentication.fromHttpAuthorizer'],
  ['fromRestAuthorizer() without type', 'must be an authorizer with an authorizationType, or API Gateway accepts all requests; set it on the imported authorizer',
    'must not be OrderAuthentication.fromRestAuthorizer with OrderApi.http(): an HTTP API has other authorizers; use OrderAuthentication.fromHttpAuthorizer'],
  ['fromHttpAuthorizer()', 'must not be OrderAuthentication.fromHttpAuthorizer with OrderApi.rest(): a REST API has other authorizers; use OrderAuthentication.fromRestAuthorizer',
    { type: 'CUSTOM', authorizer: 'abc123' }],
  ['none()', { type: 'NONE' }, { type: 'NONE' }],
  ['none().withApiKey()', 'must be OrderAuthentication.apiKey() instead of none().withApiKey()', NO_KEYS],
];

/** Replaces references by readable names. */
const readableIn = (value: unknown): unknown => JSON.parse(JSON.stringify(value), (_, part) =>
  (typeof part === 'object' && part !== null && 'Fn::Join' in part ? readable(part) : part));

function resultOf(template: Template): Result {
  const rest = resourcesOf(template, 'AWS::ApiGateway::Method');
  const [{ properties }] = rest.length > 0 ? rest : resourcesOf(template, 'AWS::ApiGatewayV2::Route');
  const { AuthorizationType: type, ApiKeyRequired, AuthorizationScopes, AuthorizerId } = properties;
  const authorizers = [...resourcesOf(template, 'AWS::ApiGateway::Authorizer'), ...resourcesOf(template, 'AWS::ApiGatewayV2::Authorizer')];
  const own = authorizers.find(({ id }) => id === AuthorizerId?.Ref);
  return {
    type,
    ...(ApiKeyRequired ? { apiKey: true as const } : {}),
    ...(AuthorizationScopes ? { scopes: AuthorizationScopes } : {}),
    ...(AuthorizerId ? { authorizer: own ? readableIn(own.properties) as object : AuthorizerId } : {}),
  };
}

describe.each(['rest', 'http'] as const)('with OrderApi.%s()', (kind) => {
  test.each(TABLE.map(([way, rest, http]) => [way, kind === 'rest' ? rest : http] as const))('%s', (way, expected) => {
    const create = () => synthIngest((stack) => ({ api: OrderApi[kind](), authentication: WAYS[way](stack) }));
    if (typeof expected === 'string') {
      expect(create).toThrow(new Error(`Test/Ingest: \`authentication\` ${expected}`));
    } else {
      const { template, stack, created } = create();
      const result = resultOf(template);
      expect(result).toMatchObject(expected);
      expect([result.apiKey, result.scopes]).toEqual([expected.apiKey, expected.scopes]);
      expect(created.usagePlan !== undefined).toBe(expected.apiKey ?? false);
      expect(warningsOf(stack).map(({ text }) => text)).toEqual(way === 'none()'
        ? ['routes of the API accept requests of all clients; set `authentication` [ack: cdk-order-pipeline:openApi]'] : []);
    }
  });

  test('the table has every way', () => {
    expect(TABLE.map(([way]) => way)).toEqual(Object.keys(WAYS));
  });
});

describe('an HTTP API', () => {
  const http = (props: Partial<Props>) => () => synthIngest(() => ({ api: OrderApi.http(), authentication: OrderAuthentication.iam(), ...props }));

  test('fails without authentication', () => {
    expect(() => synthIngest(() => ({ api: OrderApi.http() }))).toThrow(new Error(
      'Test/Ingest: `authentication` must be set with OrderApi.http(), which has no API keys; use OrderAuthentication.cognito, oidc, iam or lambda',
    ));
  });

  test.each<[string, Partial<Props>, string]>([
    ['webAclArn', { webAclArn: 'arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/orders/0a1b' },
      'with OrderApi.http(): AWS WAF does not protect HTTP APIs; use OrderApi.rest(), or a CloudFront distribution with a web ACL'],
    ['cloudWatchRole', { cloudWatchRole: false }, 'with OrderApi.http(), which writes access logs without a role of the account; omit it'],
  ])('fails with %s', (prop, props, reason) => {
    expect(http(props)).toThrow(new Error(`Test/Ingest: \`${prop}\` cannot be set ${reason}`));
  });
});

describe('routes', () => {
  const routes = (template: Template) => Object.fromEntries(resourcesOf(template, 'AWS::ApiGatewayV2::Route')
    .map(({ properties: { RouteKey, AuthorizationType: type, AuthorizationScopes: scopes = [], AuthorizerId } }) =>
      [RouteKey, { type, scopes, authorizer: AuthorizerId?.Ref }]));

  test('of one authentication share its authorizer, with scopes of their own', () => {
    const { template } = synthIngest((stack) => {
      const users = OrderAuthentication.cognito({ userPools: [pool(stack)], userPoolClients: [client(stack)] });
      return { api: OrderApi.http(), authentication: users, routeAuthentication: { placeOrders: users.withScopes('orders/place') } };
    });
    expect(routes(template)).toMatchObject({ 'POST /orders': { type: 'JWT', scopes: ['orders/place'] } });
    template.resourceCountIs('AWS::ApiGatewayV2::Authorizer', 1);
  });

  test('that the app adds have the authentication of the construct, or their own', () => {
    const { template } = synth((stack) => {
      const users = OrderAuthentication.cognito({ userPools: [pool(stack)], userPoolClients: [client(stack)] }).withScopes('orders/read');
      const ingest = new RealtimeOrderIngest(stack, 'Ingest', {
        eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared'), pipelineId: 'shop', api: OrderApi.http(), authentication: users,
      });
      ingest.addRoute('GET', '/prices', authorize(stack));
      ingest.addRoute('GET', '/health', Function.fromFunctionName(stack, 'Health', 'health'), OrderAuthentication.iam());
    });
    const { authorizer } = routes(template)['POST /orders'];
    expect(routes(template)).toEqual({
      'POST /orders': { type: 'JWT', scopes: ['orders/read'], authorizer },
      'GET /prices': { type: 'JWT', scopes: ['orders/read'], authorizer },
      'GET /health': { type: 'AWS_IAM', scopes: [], authorizer: undefined },
    });
  });

  test('an authorizer that no route of the pipeline has is part of the REST API', () => {
    const { template } = synthIngest((stack) => ({
      authentication: OrderAuthentication.lambda(authorize(stack)), routeAuthentication: { placeOrders: OrderAuthentication.apiKey() },
    }));
    expect(resultOf(template)).toEqual({ type: 'NONE', apiKey: true });
    template.resourceCountIs('AWS::ApiGateway::Authorizer', 1);
  });
});

describe.each(['rest', 'http'] as const)('routeAuthentication with OrderApi.%s()', (kind) => {
  const READ = ['ANY /orders', 'ANY /orders/{orderId}', 'ANY /orders/{orderId}/events'];
  const routesWith = (template: Template, authorizationType: string) => (kind === 'rest'
    ? Object.entries(methodsByRoute(template)).map(([route, properties]) => ({ RouteKey: route, ...properties }))
    : resourcesOf(template, 'AWS::ApiGatewayV2::Route').map(({ properties }) => properties))
    .filter(({ AuthorizationType: type }) => type === authorizationType).map(({ RouteKey }) => RouteKey).sort();

  test.each<[keyof OrderRouteAuthentication, string[]]>([
    ['placeOrders', ['POST /orders']],
    ['changeOrders', ['PATCH /orders/{orderId}']],
    ['cancelOrders', ['ANY /orders/{orderId}/cancellation']],
    ['readOrders', READ],
    ['readFiles', ['ANY /files', 'ANY /files/{fileId}', 'ANY /files/{fileId}/orders']],
  ])('%s is for its routes and no others', (group, routes) => {
    const { template } = synthUnwatched((stack) => ({
      api: OrderApi[kind](),
      authentication: OrderAuthentication.lambda(authorize(stack)),
      routeAuthentication: { [group]: OrderAuthentication.iam() },
    }));
    expect(routesWith(template, 'AWS_IAM')).toEqual(routes);
    expect(routesWith(template, 'CUSTOM')).toHaveLength(9 - routes.length);
  });
});

test('a pipeline without authentication has one warning', () => {
  const { stack } = synthUnwatched({ authentication: OrderAuthentication.none() });
  expect(warningsOf(stack).map(({ path }) => path)).toEqual(['/Test/Orders/Ingest']);
});

describe('grantInvokeApi', () => {
  test('is about the stage of an existing API', () => {
    const { template } = synth((stack) => {
      const existing = HttpApi.fromHttpApiAttributes(stack, 'Shop', { httpApiId: 'shop-api' });
      const { ingest } = new OrderPipeline(stack, 'Orders', {
        ...UNWATCHED, api: OrderApi.fromHttpApi(existing, { stageName: 'live' }), authentication: OrderAuthentication.iam(),
      });
      ingest.grantInvokeApi(new Role(stack, 'Caller', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));
    });
    expect(JSON.stringify(roleStatements(template).filter(({ actions }) => actions.includes('execute-api:Invoke')))).toContain('shop-api/live/*/*');
  });

  const grant = (api: OrderApi, authentication: OrderAuthentication, ...routes: string[]) => synth((stack) => {
    const eventBus = EventBus.fromEventBusName(stack, 'Bus', 'shared');
    const ingest = new RealtimeOrderIngest(stack, 'Ingest', { eventBus, pipelineId: 'shop', api, authentication });
    ingest.grantInvokeApi(new Role(stack, 'Shop', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }), ...routes);
  }).template;
  const granted = (template: Template) => actionsByResource(roleStatements(template).filter(({ actions }) => actions.includes('execute-api:Invoke')));

  test.each<[string, OrderApi, string]>([
    ['a REST API', OrderApi.rest(), 'arn:AWS::Partition:execute-api:AWS::Region:AWS::AccountId:IngestApi/IngestApiDeploymentStageprod'],
    ['an HTTP API', OrderApi.http(), 'arn:AWS::Partition:execute-api:AWS::Region:AWS::AccountId:IngestHttpApi/$default'],
  ])('permits to call %s, or some of its routes', (_, api, arn) => {
    expect(granted(grant(api, OrderAuthentication.iam()))).toEqual({ [`${arn}/*/*`]: ['execute-api:Invoke'] });
    expect(granted(grant(api, OrderAuthentication.iam(), 'POST /orders', 'POST /orders/{orderId}/cancellation'))).toEqual({
      [`${arn}/POST/orders`]: ['execute-api:Invoke'], [`${arn}/POST/orders/*/cancellation`]: ['execute-api:Invoke'],
    });
  });

  test('fails without IAM authentication, which would ignore it', () => {
    expect(() => grant(OrderApi.rest(), OrderAuthentication.apiKey()))
      .toThrow('`grantInvokeApi` needs `authentication`, or one of `routeAuthentication`, that is OrderAuthentication.iam()');
  });

  test('fails for a route that is none', () => {
    expect(() => grant(OrderApi.rest(), OrderAuthentication.iam(), '/orders')).toThrow('routes must have a method and a path, such as POST /orders, got "/orders"');
  });
});

test.each<[string, OrderApi, string, string]>([
  ['a REST API', OrderApi.rest(), 'AWS::ApiGateway::Method', "'Authorization,Content-Type,Idempotency-Key,If-Match,X-Amz-Date,X-Amz-Security-Token,X-Api-Key,X-Correlation-Id,X-Token,X-Shop'"],
  ['an HTTP API', OrderApi.http(), 'AWS::ApiGatewayV2::Api', '"X-Correlation-Id","X-Token","X-Shop"]'],
])('pages may send the headers of a Lambda authorizer to %s, each once', (_, api, type, headers) => {
  const { template } = synthIngest((stack) => ({
    api,
    authentication: OrderAuthentication.lambda(authorize(stack), { identityHeaders: ['authorization', 'X-Token'] }),
    cors: { allowOrigins: ['*'], allowHeaders: ['x-token', 'X-Shop'] },
  }));
  expect(JSON.stringify(resourcesOf(template, type))).toContain(headers);
});

describe('fails when', () => {
  const fails = (authentication: (stack: Stack) => OrderAuthentication, api = OrderApi.http()) => () =>
    synthIngest((stack) => ({ api, authentication: authentication(stack) }));

  test.each<[string, () => unknown]>([
    ['must have an issuer that is an https URL, as in the claim iss of the tokens, got "login.example.com"', fails(() => OrderAuthentication.oidc({ issuer: 'login.example.com', audience: ['shop'] }))],
    ['must have an audience of 1 to 50 values, got 0', fails(() => OrderAuthentication.oidc({ issuer: 'https://login.example.com', audience: [] }))],
    ['must have scopes without spaces, such as orders/cancel, got "a b"', fails(() => OrderAuthentication.oidc({ issuer: 'https://login.example.com', audience: ['shop'] }).withScopes('a b'))],
    ['must have 1 to 10 identityHeaders, got 0', fails((stack) => OrderAuthentication.lambda(authorize(stack), { identityHeaders: [] }))],
    ['must have identityHeaders that are names of headers such as X-Shop, got "X Shop"', fails((stack) => OrderAuthentication.lambda(authorize(stack), { identityHeaders: ['X Shop'] }))],
    ['must have at least one user pool', fails(() => OrderAuthentication.cognito({ userPools: [] }), OrderApi.rest())],
  ])('authentication %s', (message, create) => {
    expect(create).toThrow(new Error(`Test/Ingest: \`authentication\` ${message}`));
  });

  test('the cache of a Lambda authorizer is longer than API Gateway permits', () => {
    expect(fails((stack) => OrderAuthentication.lambda(authorize(stack), { resultsCacheTtl: Duration.hours(2) })))
      .toThrow('`authentication.resultsCacheTtl` must be between 0 seconds and 1 hour, got 2 hours');
  });

  test.each<[string, OrderPipelineProps]>([
    ['changeOrders', { orderChanges: false }], ['cancelOrders', { orderCancellations: false }], ['readFiles', { fileIngest: false }],
  ])('routeAuthentication.%s is set and there is no such route', (group, props) => {
    const create = () => synthUnwatched({ ...props, routeAuthentication: { [group]: OrderAuthentication.iam() } });
    expect(create).toThrow(`\`routeAuthentication.${group}\` cannot be set when the API has no such route; omit it`);
  });

  test('a group of routes has an authentication that the API does not have', () => {
    const routeAuthentication = { readFiles: OrderAuthentication.apiKey() };
    expect(() => synthIngest(() => ({ api: OrderApi.http(), authentication: OrderAuthentication.iam(), routeAuthentication })))
      .toThrow('Test/Ingest: `routeAuthentication.readFiles` must not be OrderAuthentication.apiKey with OrderApi.http()');
  });
});
