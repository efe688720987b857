import { Duration, Stack } from 'aws-cdk-lib';
import { InterfaceVpcEndpoint, InterfaceVpcEndpointAwsService, Vpc, type IInterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { synthUnwatched } from '../support/synth';
import { idOf, resourcesOf } from '../support/template';
import { testApp } from '../support/test-app';
import { OrderApi, OrderAuthentication, OrderPipeline, type OrderPipelineProps } from 'cdk-order-pipeline';

const HERE = { account: '111111111111', region: 'eu-central-1' };
const endpointIn = (stack: Stack, vpcEndpointId = 'vpce-1'): IInterfaceVpcEndpoint =>
  InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, vpcEndpointId, { vpcEndpointId, port: 443 });
const privateRest = (stack: Stack) => OrderApi.privateRest({ vpcEndpoints: [endpointIn(stack, 'vpce-1'), endpointIn(stack, 'vpce-2')] });
const synthPrivate = (props: OrderPipelineProps = {}) => synthUnwatched((stack) => ({ api: privateRest(stack), ...props }), HERE);
const apiOf = (template: ReturnType<typeof synthPrivate>['template']) => resourcesOf(template, 'AWS::ApiGateway::RestApi')[0];

const DENY_OTHERS = {
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: 'execute-api:Invoke',
  Resource: 'execute-api:/*',
  Condition: { StringNotEquals: { 'aws:SourceVpce': ['vpce-1', 'vpce-2'] } },
};
const allow = (Resource: string) => ({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'execute-api:Invoke', Resource });

describe('a private API', () => {
  const { template, created: { ingest }, stack } = synthPrivate();

  test('has the endpoints', () => {
    expect(apiOf(template).properties.EndpointConfiguration).toEqual({ Types: ['PRIVATE'], VpcEndpointIds: ['vpce-1', 'vpce-2'] });
  });

  test('refuses requests that do not come through the endpoints', () => {
    expect(apiOf(template).properties.Policy.Statement).toEqual([DENY_OTHERS, allow('execute-api:/*')]);
  });

  test('has the URL of the first endpoint, which needs no private DNS', () => {
    const [{ id }] = resourcesOf(template, 'AWS::ApiGateway::Stage');
    expect(stack.resolve(ingest.url)).toEqual({
      'Fn::Join': ['', ['https://', { Ref: apiOf(template).id }, `-vpce-1.execute-api.${HERE.region}.`, { Ref: 'AWS::URLSuffix' }, '/', { Ref: id }]],
    });
  });

  test('has the other properties of a REST API', () => {
    expect(ingest.apiKey).toBeDefined();
    const regional = synthUnwatched({}, HERE).template;
    const routes = (each: typeof template) => resourcesOf(each, 'AWS::ApiGateway::Method').map(({ properties: { HttpMethod, ApiKeyRequired } }) => [HttpMethod, ApiKeyRequired]);
    expect(routes(template)).toEqual(routes(regional));
    expect(resourcesOf(template, 'AWS::ApiGateway::GatewayResponse')).toHaveLength(resourcesOf(regional, 'AWS::ApiGateway::GatewayResponse').length);
  });
});

test('endpoints of the app are referred to', () => {
  const { template } = synthUnwatched((stack) => ({
    api: OrderApi.privateRest({ vpcEndpoints: [new Vpc(stack, 'Vpc').addInterfaceEndpoint('Endpoint', { service: InterfaceVpcEndpointAwsService.APIGATEWAY })] }),
  }), HERE);
  const [{ id }] = resourcesOf(template, 'AWS::EC2::VPCEndpoint');
  expect(apiOf(template).properties.EndpointConfiguration.VpcEndpointIds.map(idOf)).toEqual([id]);
  expect(apiOf(template).properties.Policy.Statement[0].Condition).toEqual({ StringNotEquals: { 'aws:SourceVpce': [{ Ref: id }] } });
});

test('another endpoint is a new deployment, because a resource policy takes effect with one', () => {
  const deployment = (id: string) => {
    const { template } = synthUnwatched((stack) => ({ api: OrderApi.privateRest({ vpcEndpoints: [endpointIn(stack, id)] }) }), HERE);
    return resourcesOf(template, 'AWS::ApiGateway::Deployment')[0].id;
  };
  expect(deployment('vpce-1')).not.toBe(deployment('vpce-2'));
});

describe('with IAM', () => {
  const iam = OrderAuthentication.iam();

  test('the resource policy allows nothing that an identity policy does not allow', () => {
    expect(apiOf(synthPrivate({ authentication: iam }).template).properties.Policy.Statement).toEqual([DENY_OTHERS]);
  });

  test('the resource policy allows preflight requests, which have no signature', () => {
    const { template } = synthPrivate({ authentication: iam, cors: { allowOrigins: ['https://shop.example.com'] } });
    expect(apiOf(template).properties.Policy.Statement).toEqual([DENY_OTHERS, allow('execute-api:/*/OPTIONS/*')]);
  });

  test('all routes have it', () => {
    const { created: { ingest }, stack } = synthPrivate({ authentication: iam, routeAuthentication: { cancelOrders: OrderAuthentication.iam() } });
    const handler = LambdaFunction.fromFunctionName(stack, 'Handler', 'handler');
    expect(() => ingest.addRoute('GET', '/prices', handler)).not.toThrow();
    expect(() => ingest.addRoute('GET', '/stock', handler, OrderAuthentication.apiKey())).toThrow(
      'Test/Orders/Ingest: `authentication` must be OrderAuthentication.iam(), as `authentication` is',
    );
  });
});

const otherRegion = (stack: Stack) => new Stack(stack.node.root, 'Other', { env: { ...HERE, region: 'us-east-1' } });
const MIXED = 'the resource policy of a private API that allows requests without signatures would allow signed ones of all callers, too';
const REFUSED: readonly [name: string, props: (stack: Stack) => OrderPipelineProps, error: string][] = [
  ['no endpoints', () => ({ api: OrderApi.privateRest({ vpcEndpoints: [] }) }), '`api.vpcEndpoints` must contain at least one endpoint, or nothing can call the private API'],
  ['an endpoint of another region', (stack) => ({ api: OrderApi.privateRest({ vpcEndpoints: [endpointIn(otherRegion(stack))] }) }),
    '`api.vpcEndpoints[0]` must be in the region of the stack, got 111111111111, us-east-1; use an endpoint of the region'],
  ['an endpoint of another service', (stack) => ({
    api: OrderApi.privateRest({ vpcEndpoints: [new Vpc(stack, 'Vpc').addInterfaceEndpoint('Sqs', { service: InterfaceVpcEndpointAwsService.SQS })] }),
  }), '`api.vpcEndpoints[0]` must be an endpoint for API Gateway (InterfaceVpcEndpointAwsService.APIGATEWAY), got "com.amazonaws.eu-central-1.sqs"'],
  ['a custom domain name', (stack) => ({ api: privateRest(stack), domain: { domainName: 'orders.example.com' } }),
    '`domain` cannot be set with OrderApi.privateRest(): private custom domain names are other resources of API Gateway, which this construct does not create'],
  ['no default endpoint', (stack) => ({ api: privateRest(stack), defaultEndpoint: false }),
    '`defaultEndpoint` cannot be set with OrderApi.privateRest(), which has no other endpoint'],
  ['IAM for some routes', (stack) => ({ api: privateRest(stack), routeAuthentication: { cancelOrders: OrderAuthentication.iam() } }),
    `\`routeAuthentication.cancelOrders\` must not be OrderAuthentication.iam(), as \`authentication\` is not: ${MIXED}`],
  ['other routes than those with IAM', (stack) => ({
    api: privateRest(stack),
    authentication: OrderAuthentication.iam(),
    routeAuthentication: { placeOrders: OrderAuthentication.lambda(LambdaFunction.fromFunctionName(stack, 'Handler', 'handler'), { resultsCacheTtl: Duration.seconds(0) }) },
  }), `\`routeAuthentication.placeOrders\` must be OrderAuthentication.iam(), as \`authentication\` is: ${MIXED}`],
];

test.each(REFUSED)('fails with %s', (_, props, error) => {
  const stack = new Stack(testApp(), 'Test', { env: HERE });
  expect(() => new OrderPipeline(stack, 'Orders', props(stack))).toThrow(new Error(`Test/Orders: ${error}`));
});
