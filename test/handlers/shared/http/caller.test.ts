import { callerOf, Problem } from '#shared';
import type { CallerSettings } from '../../../../src/private/contract';
import { apiRequest } from '../../../support/api-request';

const caller = (requestContext: Record<string, unknown>) => callerOf(apiRequest({ requestContext })).id;

test.each([
  ['a Lambda authorizer names', { authorizer: { principalId: 'caller' } }],
  ['Cognito names', { authorizer: { claims: { sub: 'caller' } } }],
  ['IAM names', { identity: { userArn: 'caller' } }],
  ['the API key names', { identity: { apiKeyId: 'caller' } }],
])('the caller is the one whom %s', (_, requestContext) => {
  expect(caller(requestContext)).toBe('caller');
});

test.each([{}, { authorizer: null, identity: {} }, { identity: { userArn: null, apiKeyId: null } }])('an unidentified caller is anonymous: %j', (requestContext) => {
  expect(caller(requestContext)).toBe('anonymous');
});

test('the authorizer takes precedence over IAM, and IAM over the API key', () => {
  const identity = { userArn: 'arn:aws:iam::111122223333:user/u', apiKeyId: 'key' };

  expect(caller({ authorizer: { principalId: 'principal', claims: { sub: 'sub' } }, identity })).toBe('principal');
  expect(caller({ identity })).toBe('arn:aws:iam::111122223333:user/u');
});

test('all sessions of a role are one caller, and roles are not', () => {
  const session = (role: string, name: string) => caller({ identity: { userArn: `arn:aws:sts::111122223333:assumed-role/${role}/${name}` } });

  expect(session('shop', 'machine-1')).toBe(session('shop', 'machine-2'));
  expect(session('shop', 'machine-1')).not.toBe(session('warehouse', 'machine-1'));
});

describe('a tenant', () => {
  const tenantOf = (settings: CallerSettings, requestContext: Record<string, unknown>, query: Record<string, string> | null = null) =>
    callerOf(apiRequest({ requestContext, queryStringParameters: query }), settings).tenant;
  const role = (name: string) => ({ identity: { userArn: `arn:aws:sts::111122223333:assumed-role/${name}/session` } });

  test.each<[string, CallerSettings['tenant'], Record<string, unknown>]>([
    ['a claim', { from: 'claim', name: 'custom:tenant' }, { authorizer: { claims: { 'custom:tenant': 'acme' } } }],
    ['the context of an authorizer', { from: 'context', name: 'tenant' }, { authorizer: { tenant: 'acme' } }],
    ['an API key', { from: 'apiKey', tenants: { 'key-1': 'acme' } }, { identity: { apiKeyId: 'key-1' } }],
    ['a role', { from: 'principal', tenants: { 'arn:aws:sts::111122223333:assumed-role/shop': 'acme' } }, role('shop')],
  ])('comes from %s', (_, tenant, requestContext) => {
    expect(tenantOf({ tenant }, requestContext)).toBe('acme');
    expect(() => tenantOf({ tenant }, {})).toThrow(expect.objectContaining({ status: 403, code: 'no-tenant' }));
    expect(() => tenantOf({ tenant }, { identity: { apiKeyId: 'key-2', userArn: 'toString' }, authorizer: { claims: {} } })).toThrow(Problem);
  });

  test.each(['', 'a/b', 'a'.repeat(51), 'Ä', ['acme'], { name: 'acme' }, null])('fails when its name is %j', (tenant) => {
    expect(() => tenantOf({ tenant: { from: 'claim', name: 'tenant' } }, { authorizer: { claims: { tenant } } })).toThrow(expect.objectContaining({ status: 403 }));
  });

  test('of a request is not that which the request names', () => {
    expect(tenantOf({ tenant: { from: 'claim', name: 'tenant' } }, { authorizer: { claims: { tenant: 'acme' } } }, { tenant: 'globex' })).toBe('acme');
  });

  test('keeps its idempotency keys when it replaces its API key', () => {
    const settings: CallerSettings = { tenant: { from: 'apiKey', tenants: { old: 'acme', new: 'acme', other: 'globex' } } };
    const scopeOf = (apiKeyId: string) => callerOf(apiRequest({ requestContext: { identity: { apiKeyId } } }), settings).idempotencyScope;

    expect(scopeOf('new')).toBe(scopeOf('old'));
    expect(scopeOf('other')).not.toBe(scopeOf('old'));
  });
});

describe('an operator', () => {
  const tenant = { from: 'claim', name: 'tenant' } as const;
  const operators = [
    { from: 'claim', name: 'cognito:groups', value: 'operators' }, { from: 'context', name: 'role', value: 'operator' },
    { from: 'apiKey', ids: ['key-1'] }, { from: 'principal', ids: ['arn:aws:sts::111122223333:assumed-role/ops'] },
  ] as const;
  const call = (requestContext: Record<string, unknown>, query: Record<string, string> | null = { tenant: 'acme' }) =>
    callerOf(apiRequest({ requestContext, queryStringParameters: query }), { tenant, operators, customer: { from: 'claim', name: 'sub' } });

  test.each([
    ['a group in a list of a REST API', { authorizer: { claims: { 'sub': 'user-1', 'cognito:groups': 'staff,operators' } } }],
    ['a group in a list of an HTTP API', { authorizer: { claims: { 'sub': 'user-1', 'cognito:groups': '[staff operators]' } } }],
    ['the only group', { authorizer: { claims: { 'sub': 'user-1', 'cognito:groups': ['operators'] } } }],
    ['the context', { authorizer: { role: 'operator' } }],
    ['an API key', { identity: { apiKeyId: 'key-1' } }],
    ['a role', { identity: { userArn: 'arn:aws:sts::111122223333:assumed-role/ops/session' } }],
  ])('is known by %s, names the tenant, and sees all customers', (_, requestContext) => {
    expect(call(requestContext)).toMatchObject({ isOperator: true, tenant: 'acme' });
    expect(call(requestContext)).not.toHaveProperty('customerId');
  });

  test('cannot name two tenants', () => {
    const event = apiRequest({
      requestContext: { identity: { apiKeyId: 'key-1' } },
      queryStringParameters: { tenant: 'acme' },
      multiValueQueryStringParameters: { tenant: ['globex', 'acme'] },
    });
    expect(() => callerOf(event, { tenant, operators })).toThrow(expect.objectContaining({ status: 400, code: 'tenant-required' }));
  });

  test.each([null, {}, { tenant: '' }, { tenant: 'a/b' }])('has to name a tenant, which is not %j', (query) => {
    expect(() => call({ identity: { apiKeyId: 'key-1' } }, query as never)).toThrow(expect.objectContaining({ status: 400, code: 'tenant-required' }));
  });

  test.each([
    [{ authorizer: { claims: { 'sub': 'user-1', 'tenant': 'acme', 'cognito:groups': 'nooperators operators2' } } }],
    [{ authorizer: { claims: { 'sub': 'user-1', 'tenant': 'acme', 'cognito:groups': 'former operators' } } }],
    [{ authorizer: { claims: { 'sub': 'user-1', 'tenant': 'acme', 'cognito:groups': ['former operators', 'x,operators'] } } }],
    [{ authorizer: { claims: { sub: 'user-1', tenant: 'acme' }, role: 'operator,x' } }],
    [{ authorizer: { claims: { sub: 'user-1', tenant: 'acme', role: 'operator' } } }],
    [{ authorizer: { claims: { sub: 'user-1', tenant: 'acme' } }, identity: { apiKeyId: 'key-2' } }],
  ])('is not everyone: %j', (requestContext) => {
    expect(call(requestContext)).toMatchObject({ isOperator: false, customerId: 'user-1' });
  });
});

test.each([undefined, '', ' ', 'c'.repeat(129), ['customer-1'], null])('a customer has an ID, which is not %j', (sub) => {
  expect(() => callerOf(apiRequest({ requestContext: { authorizer: { claims: { sub } } } }), { customer: { from: 'claim', name: 'sub' } }))
    .toThrow(expect.objectContaining({ status: 403, code: 'no-customer' }));
});
