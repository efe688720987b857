import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration, Stage, type Stack } from 'aws-cdk-lib';
import { UserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { run } from '../../../../cli/local/system/run-program';
import {
  OrderApi, OrderAuthentication, OrderListKey, OrderOperators, OrderPipeline, OrderSaga, OrderSagaStep, OrderTenants, type OrderPipelineProps,
} from '../../../../src';
import { apiOf } from '../../../../src/private/contracts/api-of';
import { contractFiles } from '../../../../src/private/contracts/contract-files';
import { DEFAULT_API } from '../../../../src/private/contracts/openapi';
import { STANDARD_MODEL } from '../../../../src/private/order-model/load-model';
import { synth, UNWATCHED } from '../../../support/synth';

const ROOT = join(__dirname, '..', '..', '..', '..');

interface Document {
  readonly servers: object[];
  readonly security?: object[];
  readonly paths: Record<string, Record<string, { security?: object[] }>>;
  readonly components: { securitySchemes?: Record<string, object>; responses: Record<string, { content: Record<string, unknown> }> };
}

/** The OpenAPI document of a pipeline. */
function documentOf(props: (stack: Stack) => OrderPipelineProps, change: (orders: OrderPipeline) => unknown = () => undefined): Document {
  const { created } = synth((stack) => {
    const orders = new OrderPipeline(stack, 'Orders', { ...UNWATCHED, ...props(stack) });
    change(orders);
    return orders;
  });
  return JSON.parse(JSON.stringify(contractFiles(STANDARD_MODEL, apiOf(created.ingest))['openapi.json'])) as Document;
}

const users = (stack: Stack) => OrderAuthentication.cognito({
  userPools: [UserPool.fromUserPoolId(stack, 'Users', 'eu-central-1_Users')], userPoolClients: [UserPoolClient.fromUserPoolClientId(stack, 'Client', 'client-1')],
});
const authorize = (stack: Stack) => LambdaFunction.fromFunctionName(stack, 'Authorize', 'authorize');

test.each<[string, (stack: Stack) => OrderPipelineProps, object]>([
  ['is a variable, which is known at deployment', () => ({}), { url: '{baseUrl}', variables: { baseUrl: { default: '/', description: expect.any(String) } } }],
  ['is the custom domain name with its base path', () => ({ domain: { domainName: 'orders.example.com', basePath: 'shop' } }), { url: 'https://orders.example.com/shop' }],
])('the server of an API %s', (_, props, server) => {
  expect(documentOf(props).servers).toEqual([server]);
});

test('operators of a pipeline with tenants name the tenant in the query of every request', () => {
  const tenants = OrderTenants.apiKeys({ tenant: 'acme' });
  const parametersOf = (props: OrderPipelineProps) => Object.values(documentOf(() => props).paths).map((path) =>
    ((path as { parameters?: { name: string; in: string }[] }).parameters ?? []).filter(({ name }) => name === 'tenant'));
  for (const [parameter] of parametersOf({ tenants, operators: [OrderOperators.apiKeys('support')] })) expect(parameter).toMatchObject({ in: 'query' });
  expect(parametersOf({ tenants }).flat()).toEqual([]);
});

test('lists have the parameters of the keys by which orders are listed, and a status that limits them', () => {
  const parametersOf = (listOrdersBy?: OrderListKey[]) => {
    const folder = mkdtempSync(join(tmpdir(), 'contracts-'));
    const { created } = synth((stack) => {
      const orders = new OrderPipeline(stack, 'Orders', { ...UNWATCHED, listOrdersBy });
      orders.writeContracts(folder);
      return orders;
    });
    Stage.of(created)!.synth({ force: true });
    const { paths } = JSON.parse(readFileSync(join(folder, 'openapi.json'), 'utf8')) as { paths: Record<string, Record<string, { parameters: { name: string }[] }>> };
    return paths['/orders'].get?.parameters.map(({ name }) => name).filter((name) => ['customerId', 'externalReference', 'status'].includes(name));
  };
  expect(parametersOf()).toEqual(['customerId', 'externalReference', 'status']);
  expect(parametersOf([OrderListKey.EXTERNAL_REFERENCE])).toEqual(['externalReference', 'status']);
  expect(parametersOf([])).toBeUndefined();
});

test('an API without props is described as in contracts/', () => {
  const { created } = synth((stack) => new OrderPipeline(stack, 'Orders', UNWATCHED));
  const { security, gatewayErrors } = apiOf(created.ingest);
  expect({ security, gatewayErrors }).toEqual({ security: DEFAULT_API.security, gatewayErrors: DEFAULT_API.gatewayErrors });
});

describe('an HTTP API with scopes and a Lambda authorizer', () => {
  const document = documentOf((stack) => {
    const authentication = users(stack).withScopes('orders/read');
    return {
      api: OrderApi.http(),
      authentication,
      routeAuthentication: {
        placeOrders: authentication.withScopes('orders/place'),
        readFiles: OrderAuthentication.lambda(authorize(stack), { identityHeaders: ['X-Token', 'X-Shop'] }),
        cancelOrders: OrderAuthentication.none(),
      },
    };
  });

  test('is an OpenAPI 3.1 document', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'contracts-')), 'openapi.json');
    writeFileSync(path, JSON.stringify(document));
    await run(process.execPath, [join(ROOT, 'node_modules', '@seriousme', 'openapi-schema-validator', 'bin', 'validate-api-cli.js'), path]);
  });

  test('has one security scheme for each way to authenticate', () => {
    expect(document.components.securitySchemes).toEqual({
      token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'A token of the Cognito user pool.' },
      headerXToken: { type: 'apiKey', in: 'header', name: 'X-Token' },
      headerXShop: { type: 'apiKey', in: 'header', name: 'X-Shop' },
    });
    expect(document.security).toEqual([{ token: ['orders/read'] }]);
  });

  test.each<[string, string, object[] | undefined]>([
    ['/orders', 'get', undefined],
    ['/orders', 'post', [{ token: ['orders/place'] }]],
    ['/orders/{orderId}', 'patch', undefined],
    ['/orders/{orderId}/cancellation', 'post', []],
    ['/files', 'get', [{ headerXToken: [], headerXShop: [] }]],
  ])('has the security of %s %s', (path, method, security) => {
    expect(document.paths[path][method].security).toEqual(security);
  });

  test('describes the errors of the API itself beside those of handlers', () => {
    const typesOf = (name: string) => Object.keys(document.components.responses[name].content);
    for (const name of ['Unauthorized', 'Forbidden', 'NotFound', 'TooManyRequests']) expect(typesOf(name)).toEqual(['application/problem+json', 'application/json']);
    for (const name of ['BadRequest', 'MethodNotAllowed', 'Conflict']) expect(typesOf(name)).toEqual(['application/problem+json']);
  });
});

test.each<[string, (stack: Stack) => OrderAuthentication, object | undefined, object[] | undefined]>([
  ['none', () => OrderAuthentication.none(), undefined, undefined],
  ['IAM', () => OrderAuthentication.iam(), { signature: expect.objectContaining({ name: 'Authorization' }) }, [{ signature: [] }]],
  ['a Lambda authorizer and an API key', (stack) => OrderAuthentication.lambda(authorize(stack)).withApiKey(),
    { headerAuthorization: expect.anything(), apiKey: expect.anything() }, [{ headerAuthorization: [], apiKey: [] }]],
  ['an authorizer of the app', () => OrderAuthentication.fromRestAuthorizer({ authorizerId: 'abc123', authorizationType: 'CUSTOM' as never }),
    { authorizer: expect.anything() }, [{ authorizer: [] }]],
])('a REST API with %s has it as security', (_, authentication, schemes, security) => {
  const document = documentOf((stack) => ({ authentication: authentication(stack) }));
  expect([document.components.securitySchemes, document.security]).toEqual([schemes, security]);
});

test('has the route of tasks when a workflow waits for an answer, and only then', () => {
  const path = '/orders/{orderId}/tasks/{task}';
  expect(documentOf(() => ({})).paths).not.toHaveProperty([path]);
  const document = documentOf(() => ({}), (orders) => {
    const steps = [OrderSagaStep.answer('Ship', { timeout: Duration.days(1) })];
    orders.addWorkflow('Fulfill', { definition: new OrderSaga(orders, 'Saga', { steps }) });
  });
  expect(Object.keys(document.paths[path])).toEqual(['parameters', 'post']);
});
