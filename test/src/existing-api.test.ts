import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ApiDefinition, MockIntegration, RestApi, SpecRestApi, TokenAuthorizer, type IRestApi } from 'aws-cdk-lib/aws-apigateway';
import { CorsHttpMethod, HttpApi, HttpAuthorizer, HttpAuthorizerType, type IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { UNWATCHED, warningsOf } from '../support/synth';
import { idOf, readable, resourcesOf } from '../support/template';
import { testApp } from '../support/test-app';
import { OrderApi, OrderAuthentication, OrderPipeline, type ExistingApiOptions, type OrderPipelineProps } from 'cdk-order-pipeline';

const HERE = { account: '111111111111', region: 'eu-central-1' };
const stackIn = () => new Stack(testApp(), 'Test', { env: HERE });
const pipelineIn = (stack: Stack, props: OrderPipelineProps) => new OrderPipeline(stack, 'Orders', { ...UNWATCHED, ...props });
const appRestApi = (stack: Stack) => {
  const api = new RestApi(stack, 'Shop', { cloudWatchRole: false });
  api.root.addResource('prices').addMethod('GET', new MockIntegration());
  return api;
};
const importedRestApi = (stack: Stack) => RestApi.fromRestApiAttributes(stack, 'Shop', { restApiId: 'shop-api', rootResourceId: 'root' });
const importedHttpApi = (stack: Stack) => HttpApi.fromHttpApiAttributes(stack, 'Shop', { httpApiId: 'shop-api' });
const ROUTES = [
  'ANY /files', 'ANY /files/{fileId}', 'ANY /files/{fileId}/orders', 'ANY /orders', 'ANY /orders/{orderId}', 'ANY /orders/{orderId}/cancellation',
  'ANY /orders/{orderId}/events', 'PATCH /orders/{orderId}', 'POST /orders',
];

/** The paths of the methods of a REST API, by its resources. */
function restRoutes(template: Template): string[] {
  const resources = new Map(resourcesOf(template, 'AWS::ApiGateway::Resource').map(({ id, properties }) => [id, properties]));
  const pathOf = (id: string | undefined): string => {
    const resource = id === undefined ? undefined : resources.get(id);
    return resource ? `${pathOf(idOf(resource.ParentId))}/${resource.PathPart}` : '';
  };
  return resourcesOf(template, 'AWS::ApiGateway::Method').map(({ properties: { HttpMethod, ResourceId } }) => `${HttpMethod} ${pathOf(idOf(ResourceId))}`).sort();
}

const deploymentOf = (template: Template) => resourcesOf(template, 'AWS::ApiGateway::Deployment');

describe('a RestApi of the app', () => {
  const stack = stackIn();
  const api = appRestApi(stack);
  const { ingest } = pipelineIn(stack, { api: OrderApi.fromRestApi(api) });
  const template = Template.fromStack(stack);

  test('has the routes besides its own, and no other API is created', () => {
    expect(restRoutes(template)).toEqual([...ROUTES, 'GET /prices'].sort());
    template.resourceCountIs('AWS::ApiGateway::RestApi', 1);
    template.resourceCountIs('AWS::ApiGateway::Stage', 1);
    expect(ingest.restApi).toBeUndefined();
  });

  test('deploys them to its stage', () => {
    const [deployment, ...others] = deploymentOf(template);
    expect(others).toEqual([]);
    expect(template.toJSON().Resources[deployment.id].DependsOn.filter((id: string) => /orders|files/.test(id)).length).toBeGreaterThanOrEqual(ROUTES.length);
    const withoutPipeline = stackIn();
    appRestApi(withoutPipeline);
    expect(deploymentOf(Template.fromStack(withoutPipeline))[0].id).not.toBe(deployment.id);
  });

  test('may invoke the functions', () => {
    const sources = resourcesOf(template, 'AWS::Lambda::Permission').map(({ properties }) => readable(properties.SourceArn));
    expect(sources.filter((source) => source.includes(':execute-api:'))).toHaveLength(ROUTES.length);
  });

  test('has an API key for them', () => {
    expect(ingest.apiKey).toBeDefined();
    template.hasResourceProperties('AWS::ApiGateway::UsagePlan', {
      ApiStages: [{ ApiId: { Ref: resourcesOf(template, 'AWS::ApiGateway::RestApi')[0].id }, Stage: { Ref: resourcesOf(template, 'AWS::ApiGateway::Stage')[0].id } }],
    });
  });

  test('keeps its settings: stage, gateway responses and alarms', () => {
    expect(resourcesOf(template, 'AWS::ApiGateway::Stage')[0].properties).not.toHaveProperty('AccessLogSetting');
    template.resourceCountIs('AWS::ApiGateway::GatewayResponse', 0);
    expect(resourcesOf(template, 'AWS::Logs::LogGroup').filter(({ id }) => id.includes('AccessLogs'))).toEqual([]);
  });

  test('gives the URL', () => {
    const [{ id }] = resourcesOf(template, 'AWS::ApiGateway::RestApi');
    expect(stack.resolve(ingest.url)).toEqual({
      'Fn::Join': ['', [
        'https://', { Ref: id }, `.execute-api.${HERE.region}.`, { Ref: 'AWS::URLSuffix' }, '/', { Ref: resourcesOf(template, 'AWS::ApiGateway::Stage')[0].id },
      ]],
    });
  });

  test('gives no warnings', () => {
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('an imported REST API', () => {
  const create = (props: OrderPipelineProps = {}, options: ExistingApiOptions = { stageName: 'live' }) => {
    const stack = stackIn();
    const { ingest } = pipelineIn(stack, { api: OrderApi.fromRestApi(importedRestApi(stack), options), ...props });
    return { stack, ingest, template: Template.fromStack(stack) };
  };
  const { template, ingest, stack } = create();

  test('has the routes below its root', () => {
    expect(restRoutes(template)).toEqual(ROUTES);
    for (const { properties } of resourcesOf(template, 'AWS::ApiGateway::Method')) expect(properties.RestApiId).toBe('shop-api');
    expect(resourcesOf(template, 'AWS::ApiGateway::Resource').filter(({ properties }) => properties.ParentId === 'root').map(({ properties }) => properties.PathPart).sort())
      .toEqual(['files', 'orders']);
  });

  test('gets a deployment to its stage after all of them, which stays when the stack is deleted', () => {
    const [{ id, properties }] = deploymentOf(template);
    expect(properties).toEqual({ RestApiId: 'shop-api', StageName: 'live' });
    const resource = template.toJSON().Resources[id];
    expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    for (const method of resourcesOf(template, 'AWS::ApiGateway::Method')) expect(resource.DependsOn).toContain(method.id);
  });

  test.each<[string, OrderPipelineProps]>([
    ['another authentication', { authentication: OrderAuthentication.iam() }],
    ['fewer routes', { history: false }],
    ['other preflight responses', { cors: { allowOrigins: ['https://shop.example.com'], maxAge: Duration.minutes(1) } }],
  ])('gets another deployment for %s', (_, props) => {
    expect(deploymentOf(create(props).template)[0].id).not.toBe(deploymentOf(template)[0].id);
    expect(deploymentOf(create().template)[0].id).toBe(deploymentOf(template)[0].id);
  });

  test('answers preflight requests for the routes', () => {
    const withCors = create({ cors: { allowOrigins: ['https://shop.example.com'] } }).template;
    const preflights = resourcesOf(withCors, 'AWS::ApiGateway::Method').filter(({ properties }) => properties.HttpMethod === 'OPTIONS');
    expect(preflights).toHaveLength(7);
    for (const { id } of preflights) expect(withCors.toJSON().Resources[deploymentOf(withCors)[0].id].DependsOn).toContain(id);
  });

  test('has an API key for them', () => {
    template.hasResourceProperties('AWS::ApiGateway::UsagePlan', { ApiStages: [{ ApiId: 'shop-api', Stage: 'live' }] });
  });

  test('gives the URL of the stage, or another one', () => {
    expect(stack.resolve(ingest.url)).toEqual({ 'Fn::Join': ['', [`https://shop-api.execute-api.${HERE.region}.`, { Ref: 'AWS::URLSuffix' }, '/live']] });
    expect(create({}, { stageName: 'live', url: 'https://shop.example.com' }).ingest.url).toBe('https://shop.example.com');
  });
});

describe.each<[string, (stack: Stack) => IHttpApi]>([
  ['of the app', (stack) => new HttpApi(stack, 'Shop')],
  ['that is imported', importedHttpApi],
])('an HTTP API %s', (_, apiIn) => {
  const create = (options?: ExistingApiOptions) => {
    const stack = stackIn();
    const api = apiIn(stack);
    const { ingest } = pipelineIn(stack, { api: OrderApi.fromHttpApi(api, options), authentication: OrderAuthentication.iam() });
    return { stack, ingest, api, template: Template.fromStack(stack) };
  };
  const { stack, ingest, api, template } = create();

  test('has the routes, and no other API is created', () => {
    const routes = resourcesOf(template, 'AWS::ApiGatewayV2::Route').map(({ properties }) => properties);
    expect(routes.map(({ RouteKey }) => RouteKey).sort()).toEqual(ROUTES);
    for (const { ApiId, AuthorizationType } of routes) expect([ApiId, AuthorizationType]).toEqual([stack.resolve(api.apiId), 'AWS_IAM']);
    expect(resourcesOf(template, 'AWS::ApiGatewayV2::Api').filter(({ id }) => id.startsWith('Orders'))).toEqual([]);
    expect(resourcesOf(template, 'AWS::ApiGatewayV2::Stage').filter(({ id }) => id.startsWith('Orders'))).toEqual([]);
    expect([ingest.httpApi, ingest.restApi]).toEqual([undefined, undefined]);
  });

  test('may invoke the functions', () => {
    const sources = resourcesOf(template, 'AWS::Lambda::Permission').map(({ properties }) => readable(properties.SourceArn)).filter((arn) => arn.includes(':execute-api:'));
    expect(sources.map((arn) => arn.split('/*/*')[1]).sort()).toEqual([
      '/files', '/files/{fileId}', '/files/{fileId}/orders', '/orders', '/orders', '/orders/{orderId}', '/orders/{orderId}', '/orders/{orderId}/cancellation',
      '/orders/{orderId}/events',
    ]);
  });

  test.each<[ExistingApiOptions | undefined, string]>([
    [undefined, ''], [{ stageName: 'live' }, '/live'], [{ url: 'https://shop.example.com' }, 'https://shop.example.com'],
  ])('with the options %j, gives the URL %s', (options, url) => {
    expect(readable(stack.resolve(create(options).ingest.url))).toMatch(new RegExp(`^https://.*${url.replace('https://', '')}$`));
  });

  test('gives no warnings', () => {
    expect(warningsOf(stack)).toEqual([]);
  });
});

test('an HTTP API with corsPreflight has routes for preflight requests', () => {
  const stack = stackIn();
  const origins = ['https://shop.example.com'];
  const api = new HttpApi(stack, 'Shop', { corsPreflight: { allowOrigins: origins, allowMethods: [CorsHttpMethod.ANY] } });
  pipelineIn(stack, { api: OrderApi.fromHttpApi(api), authentication: OrderAuthentication.iam(), cors: { allowOrigins: origins } });
  const preflights = resourcesOf(Template.fromStack(stack), 'AWS::ApiGatewayV2::Route').filter(({ properties }) => properties.RouteKey.startsWith('OPTIONS '));
  expect(preflights).toHaveLength(7);
  for (const { properties } of preflights) expect(properties.AuthorizationType).toBe('NONE');
});

describe('existing authorizers', () => {
  test('an authorizer of the app authorizes the routes of an existing REST API', () => {
    const stack = stackIn();
    const authorizer = new TokenAuthorizer(stack, 'Authorizer', { handler: LambdaFunction.fromFunctionName(stack, 'Handler', 'authorize') });
    pipelineIn(stack, { api: OrderApi.fromRestApi(appRestApi(stack)), authentication: OrderAuthentication.fromRestAuthorizer(authorizer) });
    const template = Template.fromStack(stack);
    const [{ id }] = resourcesOf(template, 'AWS::ApiGateway::Authorizer');
    const ours = resourcesOf(template, 'AWS::ApiGateway::Method').map(({ properties }) => properties).filter(({ AuthorizationType }) => AuthorizationType === 'CUSTOM');
    expect(ours).toHaveLength(ROUTES.length);
    for (const { AuthorizerId } of ours) expect(AuthorizerId).toEqual({ Ref: id });
  });

  test('an imported authorizer authorizes the routes of an existing HTTP API', () => {
    const stack = stackIn();
    const authorizer = HttpAuthorizer.fromHttpAuthorizerAttributes(stack, 'Authorizer', { authorizerId: 'authorizer-1', authorizerType: HttpAuthorizerType.JWT });
    pipelineIn(stack, { api: OrderApi.fromHttpApi(importedHttpApi(stack)), authentication: OrderAuthentication.fromHttpAuthorizer(authorizer) });
    Template.fromStack(stack).allResourcesProperties('AWS::ApiGatewayV2::Route', { AuthorizationType: 'JWT', AuthorizerId: 'authorizer-1' });
  });
});

test('an existing API has no alarms and graphs of the pipeline, which has all others', () => {
  const stack = stackIn();
  new OrderPipeline(stack, 'Orders', { api: OrderApi.fromRestApi(appRestApi(stack)) });
  const alarms = resourcesOf(Template.fromStack(stack), 'AWS::CloudWatch::Alarm').map(({ id }) => id);
  expect(alarms.filter((id) => /ApiErrors|ApiLatency/.test(id))).toEqual([]);
  expect(alarms.length).toBeGreaterThan(20);
  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Dashboard', { DashboardBody: Match.anyValue() });
});

const elsewhere = (stack: Stack, env = { ...HERE, region: 'us-east-1' }) => new Stack(stack.node.root, 'Other', { env });
const rest = (api: IRestApi, options?: ExistingApiOptions) => ({ api: OrderApi.fromRestApi(api, options) });
const http = (api: IHttpApi) => ({ api: OrderApi.fromHttpApi(api), authentication: OrderAuthentication.iam() });
const OWNERS = 'it is a setting of the existing API or of its stage';
const OWNERS_OPTIONS: OrderPipelineProps = {
  throttle: {}, accessLog: false, webAclArn: 'arn:aws:wafv2:eu-central-1:111111111111:regional/webacl/shop/1', domain: { domainName: 'shop.example.com' }, defaultEndpoint: false,
};

const REFUSED: readonly [name: string, props: (stack: Stack) => OrderPipelineProps, error: string][] = [
  ...Object.entries({ ...OWNERS_OPTIONS, cloudWatchRole: true }).map(([option, value]): typeof REFUSED[number] =>
    [`${option} for a REST API`, (stack) => ({ ...rest(appRestApi(stack)), [option]: value }), `\`${option}\` cannot be set with OrderApi.fromRestApi(): ${OWNERS}`]),
  ...Object.entries(OWNERS_OPTIONS).filter(([option]) => option !== 'webAclArn').map(([option, value]): typeof REFUSED[number] =>
    [`${option} for an HTTP API`, (stack) => ({ ...http(new HttpApi(stack, 'Shop')), [option]: value }), `\`${option}\` cannot be set with OrderApi.fromHttpApi(): ${OWNERS}`]),
  ['cors for an HttpApi without it', (stack) => ({ ...http(new HttpApi(stack, 'Shop')), cors: { allowOrigins: ['https://shop.example.com'] } }),
    '`cors` needs an HttpApi with `corsPreflight`, which adds the headers to all responses of the API; set it to the same origins'],
  ['a REST API of another stack', (stack) => rest(appRestApi(elsewhere(stack, HERE))),
    '`api` must be an API of the stack, got Other/Shop; import it into the stack by fromRestApiAttributes or fromHttpApiAttributes'],
  ['an HTTP API of another stack', (stack) => http(new HttpApi(elsewhere(stack, HERE), 'Shop')),
    '`api` must be an API of the stack, got Other/Shop; import it into the stack by fromRestApiAttributes or fromHttpApiAttributes'],
  ['an API of another region', (stack) => rest(importedRestApi(elsewhere(stack)), { stageName: 'live' }),
    '`api` must be in the account and region of the stack, got 111111111111, us-east-1; use an API of the stack'],
  ['an imported REST API without a stage', (stack) => rest(importedRestApi(stack)), '`api` must have a `stageName`, to which the routes are deployed, because the API is imported'],
  ['a RestApi of the app with a stage', (stack) => rest(appRestApi(stack), { stageName: 'live' }),
    '`api` must not have a `stageName`: an API of the app deploys all routes to its own stage; omit it'],
  ['a RestApi that is not deployed', (stack) => rest(new RestApi(stack, 'Shop', { deploy: false })),
    '`api` must be a RestApi with a stage, got Test/Shop, which has `deploy: false`'],
  ['a SpecRestApi', (stack) => rest(new SpecRestApi(stack, 'Shop', { apiDefinition: ApiDefinition.fromInline({ openapi: '3.0.1', paths: {} }) })),
    '`api` must not be a SpecRestApi, whose definition determines all routes, got Test/Shop; use a RestApi'],
];

test.each(REFUSED)('fails with %s', (_, props, error) => {
  const stack = stackIn();
  expect(() => pipelineIn(stack, props(stack))).toThrow(new Error(`Test/Orders: ${error}`));
});
