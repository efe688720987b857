import { CfnParameter, Stack } from 'aws-cdk-lib';
import { UserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { modelFile } from '../support/own-models';
import { synthUnwatched } from '../support/synth';
import { readable, resourceOf, resourcesOf } from '../support/template';
import { testApp } from '../support/test-app';
import {
  OrderApi, OrderAuthentication, OrderModel, OrderOperators, OrderPipeline, OrderTenants, type OrderPipelineProps,
} from 'cdk-order-pipeline';

type Props = OrderPipelineProps | ((stack: Stack) => OrderPipelineProps);

const cognito = (stack: Stack) => OrderAuthentication.cognito({ userPools: [UserPool.fromUserPoolId(stack, 'Users', 'eu-central-1_users')] });
const lambda = (stack: Stack) => OrderAuthentication.lambda(LambdaFunction.fromFunctionName(stack, 'Authorizer', 'authorizer'));
const httpCognito = (stack: Stack) => OrderAuthentication.cognito({
  userPools: [UserPool.fromUserPoolId(stack, 'Users', 'eu-central-1_users')], userPoolClients: [UserPoolClient.fromUserPoolClientId(stack, 'Client', 'client-1')],
});
const oidc = () => OrderAuthentication.oidc({ issuer: 'https://login.example.com/', audience: ['orders'] });
const http = OrderApi.http();
const template = (props: Props) => synthUnwatched(props as never).template;
const callersOf = (props: Props, handler = 'QueryOrders'): string | undefined => {
  const { CALLERS } = resourceOf(template(props), 'AWS::Lambda::Function', handler).properties.Environment.Variables;
  return CALLERS && readable(CALLERS);
};
const settingsOf = (props: Props): unknown => JSON.parse(callersOf(props)!);
const errorOf = (props: Props): string => {
  const stack = new Stack(testApp(), 'Test');
  try {
    new OrderPipeline(stack, 'Orders', typeof props === 'function' ? props(stack) : props);
    return 'no error';
  } catch (error) {
    return (error as Error).message;
  }
};

test('without tenants and customers, the handlers have no settings of callers', () => {
  expect(callersOf({})).toBeUndefined();
});

describe('tenants', () => {
  test('with API keys have a usage plan each, and their keys belong to them', () => {
    const props = {
      tenants: OrderTenants.apiKeys({ tenant: 'acme', keys: ['2026', '2027'], throttle: { rateLimit: 5, burstLimit: 9 } }, { tenant: 'globex' }),
      operators: [OrderOperators.apiKeys('support')],
    };
    const resources = template(props);
    expect(resourcesOf(resources, 'AWS::ApiGateway::ApiKey')).toHaveLength(4);
    expect(resourcesOf(resources, 'AWS::ApiGateway::UsagePlan').map(({ properties }) => properties.Throttle?.RateLimit)).toEqual([5, undefined, undefined]);
    expect(settingsOf(props)).toEqual({
      tenant: {
        from: 'apiKey',
        tenants: {
          OrdersIngestCallerKeysTenantsacmeKey2026: 'acme', OrdersIngestCallerKeysTenantsacmeKey2027: 'acme', OrdersIngestCallerKeysTenantsglobexKeydefault: 'globex',
        },
      },
      operators: [{ from: 'apiKey', ids: ['OrdersIngestCallerKeysOperatorsKeysupport'] }],
    });
  });

  test.each<[string, Props, unknown]>([
    ['a claim', (stack) => ({ authentication: cognito(stack), tenants: OrderTenants.claim('custom:tenant') }), { from: 'claim', name: 'custom:tenant' }],
    ['the context of an authorizer', (stack) => ({ authentication: lambda(stack), tenants: OrderTenants.authorizerContext('tenant') }), { from: 'context', name: 'tenant' }],
    ['a claim over an HTTP API', (stack) => ({ api: http, authentication: httpCognito(stack), tenants: OrderTenants.claim('tenant') }), { from: 'claim', name: 'tenant' }],
    ['a claim of any issuer', () => ({ api: http, authentication: oidc(), tenants: OrderTenants.claim('tenant') }), { from: 'claim', name: 'tenant' }],
    ['the context of an authorizer of an HTTP API', (stack) => ({
      api: http, authentication: lambda(stack), tenants: OrderTenants.authorizerContext('tenant'),
    }), { from: 'context', name: 'tenant' }],
    ['roles over an HTTP API', (stack) => ({
      api: http, authentication: OrderAuthentication.iam(), tenants: OrderTenants.roles({ acme: [Role.fromRoleArn(stack, 'Shop', 'arn:aws:iam::111122223333:role/shop')] }),
    }), { from: 'principal', tenants: { 'arn:aws:sts::111122223333:assumed-role/shop': 'acme' } }],
    ['roles', (stack) => ({
      authentication: OrderAuthentication.iam(), tenants: OrderTenants.roles({ acme: [Role.fromRoleArn(stack, 'Shop', 'arn:aws:iam::111122223333:role/apps/shop')] }),
    }), { from: 'principal', tenants: { 'arn:aws:sts::111122223333:assumed-role/shop': 'acme' } }],
  ])('are known by %s', (_, props, tenant) => {
    expect(settingsOf(props)).toEqual({ tenant });
  });

  test('are known to every handler of the API, and required by every consumer of messages and events', () => {
    const resources = template({ tenants: OrderTenants.apiKeys({ tenant: 'acme' }) });
    const variablesOf = (id: string) => resourceOf(resources, 'AWS::Lambda::Function', id).properties.Environment.Variables;
    for (const id of ['ReceiveOrder', 'ReceiveOrderChange', 'ReceiveOrderCancellation', 'QueryOrders', 'QueryOrderEvents', 'QueryFiles']) {
      expect(variablesOf(id)).toHaveProperty('CALLERS');
    }
    for (const id of ['ValidateOrder', 'ReceiveOrderEvent', 'ChangeOrder', 'CancelOrder', 'FulfillOrder', 'ValidateFile']) {
      expect(variablesOf(id)).toHaveProperty('HAS_TENANTS', 'true');
    }
  });
});

describe('synthesis fails', () => {
  const acme = OrderTenants.apiKeys({ tenant: 'acme' });
  const model = OrderModel.fromJsonSchema(modelFile({ type: 'object', properties: { id: { type: 'string' } } }), { orderId: '/id' });

  test.each<[string, Props, RegExp]>([
    ['without tenants', { tenants: OrderTenants.apiKeys() }, /`tenants` must have at least one tenant/],
    ['with a tenant that is none', { tenants: OrderTenants.apiKeys({ tenant: 'a/b' }) }, /`tenants` must have 1 to 50 of A-Z a-z 0-9 _ - each, got a\/b/],
    ['with a tenant twice', { tenants: OrderTenants.apiKeys({ tenant: 'acme' }, { tenant: 'acme' }) }, /`tenants` must have each tenant once/],
    ['with a tenant without keys', { tenants: OrderTenants.apiKeys({ tenant: 'acme', keys: [] }) }, /the `keys` of tenant acme must have at least one name/],
    ['with a key twice', { tenants: OrderTenants.apiKeys({ tenant: 'acme', keys: ['a', 'a'] }) }, /the `keys` of tenant acme must have each name once/],
    ['with API keys of tenants and other authentication', (stack) => ({ authentication: cognito(stack), tenants: acme }),
      /`tenants` needs an API key .* for all routes, or operators; `authentication` is cognito/],
    ['with a claim and API keys', { tenants: OrderTenants.claim('tenant') }, /`tenants` needs a JWT .*; `authentication` is apiKey/],
    ['with a claim, and IAM for one group of routes', (stack) => ({
      authentication: cognito(stack), routeAuthentication: { cancelOrders: OrderAuthentication.iam() }, tenants: OrderTenants.claim('tenant'),
    }), /`tenants` needs a JWT .*; `routeAuthentication.cancelOrders` is iam/],
    ['with API keys of tenants and an HTTP API', { api: OrderApi.http(), authentication: OrderAuthentication.iam(), tenants: acme }, /`tenants` needs an API key/],
    ['with a customer claim and API keys', { customerClaim: 'sub' }, /`customerClaim` needs a JWT .*; `authentication` is apiKey/],
    ['with a customer claim and a model without customers', (stack) => ({ authentication: cognito(stack), customerClaim: 'sub', orderModel: model }),
      /`customerClaim` needs an `orderModel` with a pointer `customerId`/],
    ['with a customer claim and a model whose customer can be changed', (stack) => ({
      authentication: cognito(stack),
      customerClaim: 'sub',
      orderModel: OrderModel.fromJsonSchema(modelFile({
        type: 'object', properties: { id: { type: 'string' }, buyer: { type: 'object', properties: { id: { type: 'string' } } } },
      }), { orderId: '/id', customerId: '/buyer/id', changeable: ['/buyer'] }),
    }), /`customerClaim` needs an `orderModel` whose customer cannot be changed: remove \/buyer from `changeable`/],
    ['with a group of operators whose name has a space', (stack) => ({
      authentication: cognito(stack), tenants: OrderTenants.claim('tenant'), operators: [OrderOperators.claim('cognito:groups', 'our operators')],
    }), /`operators` must have a claim value without spaces, commas and brackets, got "our operators"/],
    ['with operators who are like all others', { operators: [OrderOperators.apiKeys('support')] }, /`operators` has no effect without `tenants` or `customerClaim`/],
    ['with operators without an API key', { tenants: acme, operators: [OrderOperators.apiKeys()] }, /`operators` must have at least one name, got none/],
    ['with an API key of operators that has no name', { tenants: acme, operators: [OrderOperators.apiKeys('a b')] }, /`operators` must have names of 1 to 50 of A-Z a-z 0-9 _ -, got a b/],
    ['with operators without a role', { tenants: acme, operators: [OrderOperators.roles()] }, /`operators` must have at least one role, got none/],
    ['with no operator', { tenants: acme, operators: [] }, /`operators` must have at least one entry/],
  ])('%s', (_, props, error) => {
    expect(errorOf(props)).toMatch(error);
  });

  test('not for a group whose name is known at deployment', () => {
    expect(errorOf((stack) => ({
      authentication: cognito(stack), customerClaim: 'sub', operators: [OrderOperators.claim('cognito:groups', new CfnParameter(stack, 'Group').valueAsString)],
    }))).toBe('no error');
  });

  test('not where only operators can call a group of routes', () => {
    expect(errorOf((stack) => ({
      authentication: cognito(stack),
      routeAuthentication: { cancelOrders: OrderAuthentication.iam() },
      tenants: OrderTenants.claim('tenant'),
      customerClaim: 'sub',
      operators: [OrderOperators.roles(Role.fromRoleName(stack, 'Backoffice', 'backoffice'))],
    }))).toBe('no error');
  });
});

test('a hundred tenants with API keys fit into the environment variables, and many more fail', () => {
  const tenants = (count: number) => OrderTenants.apiKeys(...Array.from({ length: count }, (_, index) => ({ tenant: `tenant-${index}` })));
  expect(() => template({ tenants: tenants(100) })).not.toThrow();
  expect(() => template({ tenants: tenants(200) })).toThrow(/CALLERS has \d+; list fewer tenants, with shorter names/);
});

test('a key of a tenant or of operators is found by its name', () => {
  const { ingest } = new OrderPipeline(new Stack(testApp(), 'Test'), 'Orders', {
    tenants: OrderTenants.apiKeys({ tenant: 'acme', keys: ['2026'] }, { tenant: 'globex' }), operators: [OrderOperators.apiKeys('support')],
  });
  expect([ingest.tenantApiKey('acme', '2026'), ingest.tenantApiKey('globex'), ingest.operatorApiKey('support')].map(({ node }) => node.id))
    .toEqual(['Key-2026', 'Key-default', 'Key-support']);
  expect(ingest.apiKey).toBeUndefined();
  expect(() => ingest.tenantApiKey('acme')).toThrow('Test/Orders/Ingest: tenant acme has no API key default; add it to `tenants`');
  expect(() => ingest.operatorApiKey('other')).toThrow('operators have no API key other; add it to `operators`');
});
