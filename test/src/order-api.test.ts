import { Duration } from 'aws-cdk-lib';
import { UserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { OrderApi, OrderAuthentication, OrderPipeline, type OrderPipelineProps } from '../../src';
import { synth, synthPipeline, UNWATCHED, warningsOf } from '../support/synth';
import { idOf, readable, resourceOf, resourcesOf } from '../support/template';

const ROUTES = [
  'ANY /files', 'ANY /files/{fileId}', 'ANY /files/{fileId}/orders', 'ANY /orders', 'ANY /orders/{orderId}', 'ANY /orders/{orderId}/cancellation',
  'ANY /orders/{orderId}/events', 'PATCH /orders/{orderId}', 'POST /orders',
];
const SHOP = 'https://shop.example.com';

const synthHttp = (props: OrderPipelineProps = {}) => synthPipeline((stack) => ({
  api: OrderApi.http(),
  authentication: OrderAuthentication.cognito({
    userPools: [UserPool.fromUserPoolId(stack, 'Users', 'eu-central-1_Users')],
    userPoolClients: [UserPoolClient.fromUserPoolClientId(stack, 'Client', 'client-1')],
  }),
  ...props,
}));
type Template = ReturnType<typeof synthHttp>['template'];

const routes = (template: Template) => resourcesOf(template, 'AWS::ApiGatewayV2::Route').map(({ properties }) => properties);
const stage = (template: Template) => resourcesOf(template, 'AWS::ApiGatewayV2::Stage')[0].properties;

describe('a pipeline with an HTTP API', () => {
  const { template, stack, created: { ingest } } = synthHttp();

  test('has the routes of a REST API, all with the authorizer', () => {
    expect(routes(template).map(({ RouteKey }) => RouteKey).sort()).toEqual(ROUTES);
    for (const { AuthorizationType, AuthorizerId } of routes(template)) {
      expect([AuthorizationType, AuthorizerId]).toEqual(['JWT', { Ref: resourcesOf(template, 'AWS::ApiGatewayV2::Authorizer')[0].id }]);
    }
  });

  test('has nothing of a REST API', () => {
    expect(resourcesOf(template).filter(({ type }) => type.startsWith('AWS::ApiGateway::'))).toEqual([]);
    expect([ingest.restApi, ingest.apiKey, ingest.usagePlan]).toEqual([undefined, undefined, undefined]);
    expect(ingest.httpApi?.httpApiName).toBe('Test-Orders-Ingest');
  });

  test('sends events of the format of a REST API to its handlers, one integration for each', () => {
    const integrations = resourcesOf(template, 'AWS::ApiGatewayV2::Integration').map(({ properties }) => properties);
    expect(integrations.map(({ IntegrationUri }) => readable(IntegrationUri)).sort()).toEqual([
      'OrdersIngestReceiveOrder', 'OrdersLifecycleReceiveOrderCancellation', 'OrdersLifecycleReceiveOrderChange', 'OrdersQueriesQueryFiles',
      'OrdersQueriesQueryOrderEvents', 'OrdersQueriesQueryOrders',
    ]);
    for (const { PayloadFormatVersion, IntegrationType } of integrations) expect([PayloadFormatVersion, IntegrationType]).toEqual(['1.0', 'AWS_PROXY']);
  });

  test('may invoke a handler for its paths and no others', () => {
    const permitted = (id: string) => resourcesOf(template, 'AWS::Lambda::Permission')
      .filter(({ properties }) => idOf(properties.FunctionName)?.includes(id)).map(({ properties }) => readable(properties.SourceArn).split('OrdersIngestHttpApi')[1]);
    expect(permitted('IngestReceiveOrder')).toEqual(['/*/*/orders']);
    expect(permitted('QueryOrders').sort()).toEqual(['/*/*/orders', '/*/*/orders/{orderId}']);
  });

  test('lists the methods of each path for responses with 405', () => {
    const { ALLOWED_METHODS } = resourceOf(template, 'AWS::Lambda::Function', 'QueryOrders').properties.Environment.Variables;
    expect(JSON.parse(ALLOWED_METHODS)).toEqual({ '/orders': 'GET, HEAD, POST', '/orders/{orderId}': 'GET, HEAD, PATCH' });
  });

  test('has a URL without a stage and without a slash at the end', () => {
    expect(stack.resolve(ingest.url)).toEqual({ 'Fn::GetAtt': [resourcesOf(template, 'AWS::ApiGatewayV2::Api')[0].id, 'ApiEndpoint'] });
    expect(stage(template).StageName).toBe('$default');
  });

  test('is throttled, and writes access logs without clients and orders', () => {
    const { DefaultRouteSettings, AccessLogSettings: { DestinationArn, Format } } = stage(template);
    expect(DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 2000 });
    expect(DestinationArn).toEqual({ 'Fn::GetAtt': [resourceOf(template, 'AWS::Logs::LogGroup', 'AccessLogs').id, 'Arn'] });
    expect(JSON.parse(Format)).toMatchObject({ requestId: '$context.requestId', routeKey: '$context.routeKey', status: '$context.status' });
    expect(Format).not.toMatch(/sourceIp|userAgent|caller|\$context\.path|claims/);
  });

  test('has alarms for the ratio of 5xx responses and for latency', () => {
    const dimensions = [{ Name: 'ApiId', Value: { Ref: resourcesOf(template, 'AWS::ApiGatewayV2::Api')[0].id } }];
    const errors = resourceOf(template, 'AWS::CloudWatch::Alarm', 'ApiErrors').properties;
    expect(errors.Metrics[0].Expression).toBe('IF(requests > 0, FILL(errors, 0) / requests, 0)');
    const metricOf = ({ MetricStat: { Metric, Stat } }: { MetricStat: { Metric: object; Stat: string } }) => ({ ...Metric, Stat });
    expect(errors.Metrics.slice(1).map(metricOf)).toEqual([
      { Namespace: 'AWS/ApiGateway', MetricName: '5xx', Dimensions: dimensions, Stat: 'Sum' },
      { Namespace: 'AWS/ApiGateway', MetricName: 'Count', Dimensions: dimensions, Stat: 'Sum' },
    ]);
    expect(resourceOf(template, 'AWS::CloudWatch::Alarm', 'ApiLatency').properties)
      .toMatchObject({ MetricName: 'Latency', ExtendedStatistic: 'p99', Dimensions: dimensions });
  });

  test('is on the dashboard', () => {
    const body = JSON.stringify(resourcesOf(template, 'AWS::CloudWatch::Dashboard')[0].properties.DashboardBody);
    for (const metric of ['Count', 'Latency', 'IntegrationLatency', '4xx', '5xx']) expect(body).toContain(`\\"AWS/ApiGateway\\",\\"${metric}\\",\\"ApiId\\"`);
  });

  test('adds no warnings', () => {
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('an HTTP API that pages may call', () => {
  const { template } = synthHttp({ ...UNWATCHED, cors: { allowOrigins: [SHOP], allowHeaders: ['X-Shop'], maxAge: Duration.hours(1) } });

  test('answers preflight requests and adds CORS headers itself', () => {
    expect(resourcesOf(template, 'AWS::ApiGatewayV2::Api')[0].properties.CorsConfiguration).toEqual({
      AllowOrigins: [SHOP],
      AllowHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'If-Match', 'X-Amz-Date', 'X-Amz-Security-Token', 'X-Api-Key', 'X-Correlation-Id', 'X-Shop'],
      AllowMethods: ['GET', 'HEAD', 'PATCH', 'POST'],
      ExposeHeaders: ['Allow', 'ETag', 'Location', 'Retry-After', 'X-Correlation-Id'],
      MaxAge: 3600,
    });
  });

  test('has a route without authorizer for the preflight requests of each path with a route for every method', () => {
    const preflights = routes(template).filter(({ RouteKey }) => RouteKey.startsWith('OPTIONS'));
    expect(preflights.map(({ RouteKey }) => RouteKey).sort()).toEqual(ROUTES.filter((route) => route.startsWith('ANY')).map((route) => route.replace('ANY', 'OPTIONS')));
    for (const { AuthorizationType, AuthorizerId } of preflights) expect([AuthorizationType, AuthorizerId]).toEqual(['NONE', undefined]);
  });

  test('needs no further permissions and integrations for them', () => {
    const without = synthHttp(UNWATCHED).template;
    for (const type of ['AWS::Lambda::Permission', 'AWS::ApiGatewayV2::Integration']) template.resourceCountIs(type, resourcesOf(without, type).length);
  });

  test('has handlers that answer a preflight request, for which they need the origins', () => {
    for (const id of ['ReceiveOrderCancellation', 'QueryOrders', 'QueryOrderEvents', 'QueryFiles']) {
      expect(resourceOf(template, 'AWS::Lambda::Function', id).properties.Environment.Variables.CORS_ORIGINS).toBe(SHOP);
    }
  });

  test('answers preflight requests for a route of the app for every method by a handler of the pipeline', () => {
    const app = synth((stack) => {
      const { ingest } = new OrderPipeline(stack, 'Orders', {
        ...UNWATCHED, api: OrderApi.http(), authentication: OrderAuthentication.iam(), cors: { allowOrigins: [SHOP] },
      });
      ingest.addRoute('ANY', '/prices', LambdaFunction.fromFunctionName(stack, 'Prices', 'prices'));
    }).template;
    const { Target } = routes(app).find(({ RouteKey }) => RouteKey === 'OPTIONS /prices')!;
    const { Target: ofReceiveOrder } = routes(app).find(({ RouteKey }) => RouteKey === 'POST /orders')!;
    expect(Target).toEqual(ofReceiveOrder);
  });
});

test.each<[string, OrderPipelineProps, (template: Template) => void]>([
  ['throttle', { throttle: { rateLimit: 7 } }, (template) => expect(stage(template).DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 7, ThrottlingBurstLimit: 2000 })],
  ['accessLog: false', { accessLog: false }, (template) => expect(stage(template)).not.toHaveProperty('AccessLogSettings')],
])('an HTTP API has %s', (_, props, check) => check(synthHttp({ ...UNWATCHED, ...props }).template));

test('no resource has another type when the kind of API changes: CloudFormation would refuse the update', () => {
  const typesOf = (api: OrderApi) => synthPipeline({ api, authentication: OrderAuthentication.iam(), cors: { allowOrigins: [SHOP] } }).template;
  const [rest, http] = [OrderApi.rest(), OrderApi.http()].map((api) => new Map(resourcesOf(typesOf(api)).map(({ id, type }) => [id, type])));
  expect([...rest].filter(([id, type]) => http.has(id) && http.get(id) !== type)).toEqual([]);
  expect([...rest.keys()].filter((id) => http.has(id)).length).toBeGreaterThan(100);
});
