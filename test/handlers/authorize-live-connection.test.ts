import '../support/handler-env';
import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { APIGatewayClient, GetApiKeyCommand } from '@aws-sdk/client-api-gateway';
import { mockClient } from 'aws-sdk-client-mock';
import type { LiveAuthentication } from '../../src/private/contract';
import { loggedText } from '../support/captured-logs';
import { loadHandler } from '../support/load-handler';

type Handler = typeof import('../../handlers/authorize-live-connection');
const load = (authentication: Partial<LiveAuthentication>) =>
  loadHandler<Handler>('authorize-live-connection', { AUTHENTICATION: JSON.stringify({ claims: ['sub', 'custom:tenant'], ...authentication }) });

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const JWKS = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' }] };
const POOL = 'eu-central-1_users';
const COGNITO = `https://cognito-idp.eu-central-1.amazonaws.com/${POOL}`;
const ISSUER = 'https://login.example.com/';
const NOW = Math.floor(Date.now() / 1000);

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs a token. */
function tokenOf(claims: object, key: KeyObject = privateKey): string {
  const content = `${encode({ alg: 'RS256', kid: 'k1', typ: 'JWT' })}.${encode({ exp: NOW + 600, iat: NOW, ...claims })}`;
  return `${content}.${createSign('RSA-SHA256').update(content).sign(key, 'base64url')}`;
}
const accessToken = (claims: object = {}, key?: KeyObject) => tokenOf({ iss: COGNITO, token_use: 'access', client_id: 'client-1', sub: 'ada', ...claims }, key);

const apiGateway = mockClient(APIGatewayClient);
let fetched: string[];
beforeEach(() => {
  apiGateway.reset();
  fetched = [];
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (input) => {
    fetched.push(String(input));
    return Response.json(String(input).endsWith('openid-configuration') ? { jwks_uri: 'https://keys.example.com/jwks' } : JWKS);
  });
});

const METHOD_ARN = 'arn:aws:execute-api:eu-central-1:111122223333:api/live/$connect';

/** Authorizes a handshake. Returns what the handler passes on; undefined if it denies the connection. */
async function authorize({ handler }: Handler, headers: Record<string, string>): Promise<Record<string, unknown> | undefined> {
  const { policyDocument: { Statement: [statement] }, context, principalId } = await handler({ headers, methodArn: METHOD_ARN } as never);
  expect(statement).toMatchObject({ Action: 'execute-api:Invoke', Resource: METHOD_ARN });
  if (statement.Effect === 'Deny') {
    expect(context).toBeUndefined();
    return undefined;
  }
  return { principalId, ...JSON.parse(String(context!.orderPipeline)) };
}
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

describe('tokens of a user pool', () => {
  const cognito = load({ userPools: [{ userPoolId: POOL, clientIds: ['client-1'] }] });

  test('are accepted in the header and as a subprotocol, with the claims that identify callers, and until they expire', async () => {
    const token = accessToken({ 'custom:tenant': 'acme', 'email': 'ada@example.com' });
    for (const headers of [bearer(token), { 'Sec-WebSocket-Protocol': `order-updates.v1, bearer.${token}` }]) {
      expect(await authorize(cognito, headers as Record<string, string>))
        .toEqual({ principalId: 'ada', claims: { 'sub': 'ada', 'custom:tenant': 'acme' }, expiresAt: NOW + 600 });
    }
    expect(loggedText()).not.toContain('ada');
    expect(loggedText()).not.toContain(token);
  });

  test('are accepted as ID tokens of the client', async () => {
    expect(await authorize(cognito, bearer(tokenOf({ iss: COGNITO, token_use: 'id', aud: 'client-1', sub: 'ada' })))).toMatchObject({ principalId: 'ada' });
  });

  test.each([
    ['an expired token', () => accessToken({ exp: NOW - 600 })],
    ['a token with another signature', () => accessToken({}, stranger)],
    ['a token of another client', () => accessToken({ client_id: 'client-2' })],
    ['a token of another user pool', () => accessToken({ iss: `${COGNITO}2` })],
    ['a token without a signature', () => accessToken().replace(/\.[^.]*$/, '.')],
    ['no token', () => 'a.b.c'],
  ])('are denied: %s', async (_, token) => {
    expect(await authorize(cognito, bearer(token()))).toBeUndefined();
    expect(await authorize(cognito, {})).toBeUndefined();
  });

  test('of all clients are accepted without a list of clients', async () => {
    expect(await authorize(load({ userPools: [{ userPoolId: POOL }] }), bearer(accessToken({ client_id: 'client-9' })))).toMatchObject({ principalId: 'ada' });
  });

  test('need one of the scopes', async () => {
    const scoped = load({ userPools: [{ userPoolId: POOL }], scopes: ['orders/read'] });
    expect(await authorize(scoped, bearer(accessToken({ scope: 'openid orders/read' })))).toMatchObject({ principalId: 'ada' });
    expect(await authorize(scoped, bearer(accessToken({ scope: 'openid' })))).toBeUndefined();
  });

  test('fail the function, which is not a denial, when the keys cannot be fetched', async () => {
    jest.mocked(fetch).mockImplementation(async () => new Response('', { status: 503 }));
    await expect(authorize(load({ userPools: [{ userPoolId: POOL }] }), bearer(accessToken()))).rejects.toThrow();
  });
});

describe('tokens of an issuer', () => {
  const oidc = load({ issuer: ISSUER, audience: ['shop', 'app'] });
  const token = (claims: object) => bearer(tokenOf({ iss: ISSUER, sub: 'ada', ...claims }));

  test('are verified with the keys that its configuration names, which are fetched once', async () => {
    const own = load({ issuer: ISSUER, audience: ['shop'] });
    for (let n = 0; n < 2; n++) expect(await authorize(own, token({ aud: ['shop', 'other'] }))).toMatchObject({ principalId: 'ada' });
    expect(fetched).toEqual(['https://login.example.com/.well-known/openid-configuration', 'https://keys.example.com/jwks']);
  });

  test('are denied for another audience and issuer', async () => {
    expect(await authorize(oidc, token({ client_id: 'app' }))).toMatchObject({ principalId: 'ada' });
    expect(await authorize(oidc, token({ aud: 'bank' }))).toBeUndefined();
    expect(await authorize(oidc, token({ aud: 'shop', iss: 'https://evil.example.com/' }))).toBeUndefined();
  });

  test('are verified again after its configuration could not be fetched', async () => {
    const own = load({ issuer: ISSUER, audience: ['shop'] });
    jest.mocked(fetch).mockRejectedValueOnce(new Error('no route'));
    await expect(authorize(own, token({ aud: 'shop' }))).rejects.toThrow('no route');
    expect(await authorize(own, token({ aud: 'shop' }))).toMatchObject({ principalId: 'ada' });
  });
});

describe('API keys', () => {
  const values: Record<string, object> = { 'id-1': { value: 'secret-1', enabled: true }, 'id-2': { value: 'secret-2', enabled: false } };
  beforeEach(() => {
    apiGateway.on(GetApiKeyCommand).callsFake(({ apiKey, includeValue }) => (includeValue ? { id: apiKey, ...values[apiKey] } : {}));
  });
  const key = (value: string) => ({ 'x-api-key': value });

  test('are accepted by their value, if they are enabled, and are read once', async () => {
    const own = load({ apiKeyIds: ['id-1', 'id-2'] });
    expect(await authorize(own, key('secret-1'))).toEqual({ principalId: 'id-1', apiKeyId: 'id-1' });
    expect(await authorize(own, { 'Sec-WebSocket-Protocol': 'order-updates.v1, api-key.secret-1' })).toMatchObject({ apiKeyId: 'id-1' });
    for (const value of ['secret-2', 'id-1', '']) expect(await authorize(own, key(value))).toBeUndefined();
    expect(apiGateway.commandCalls(GetApiKeyCommand)).toHaveLength(2);
  });

  test('are read again after five minutes, and used as before for 30 seconds when that fails', async () => {
    const own = load({ apiKeyIds: ['id-1'] });
    const now = jest.spyOn(Date, 'now');
    const at = (seconds: number, answer: () => object) => {
      now.mockReturnValue((NOW + seconds) * 1000);
      apiGateway.on(GetApiKeyCommand).callsFake(answer);
    };
    at(0, () => ({ id: 'id-1', value: 'secret-1', enabled: true }));
    expect(await authorize(own, key('secret-1'))).toBeDefined();
    at(301, () => { throw new Error('TooManyRequests'); });
    expect(await authorize(own, key('secret-1'))).toBeDefined();
    at(330, () => ({ id: 'id-1', value: 'secret-3', enabled: true }));
    expect(await authorize(own, key('secret-3'))).toBeUndefined();
    at(332, () => ({ id: 'id-1', value: 'secret-3', enabled: true }));
    expect(await authorize(own, key('secret-3'))).toBeDefined();
    expect(await authorize(own, key('secret-1'))).toBeUndefined();
    now.mockRestore();
  });

  test('are required besides a token, where both are', async () => {
    const both = load({ userPools: [{ userPoolId: POOL }], apiKeyIds: ['id-1'] });
    expect(await authorize(both, { ...bearer(accessToken()), ...key('secret-1') })).toMatchObject({ principalId: 'ada', apiKeyId: 'id-1' });
    for (const headers of [bearer(accessToken()), key('secret-1')]) expect(await authorize(both, headers as Record<string, string>)).toBeUndefined();
  });
});
