import { join } from 'node:path';
import { eventually } from '../../cli/local/system/eventually';
import { CognitoUsers, type UserTokens } from '../support/cognito-users';
import { deployExample } from '../support/deploy-example';
import { startLocalAws, type LocalAws } from '../support/local-aws';
import { OrdersApi, type ApiResponse } from '../support/orders-api';
import { tryCommand } from '../support/run-command-line';
import { sampleOrder } from '../support/sample-order';

const ORIGIN = 'https://shop.example.com';

describe.each([['an HTTP API', 'HttpOrders'], ['a REST API', 'RestOrders']])('the callers of %s, on a local AWS', (_kind, stackName) => {
  const isHttp = stackName === 'HttpOrders';
  let local: LocalAws;
  let outputs: Record<string, string>;
  let cognito: CognitoUsers;
  let anonymous: OrdersApi;
  let user: UserTokens;
  let api: OrdersApi;

  beforeAll(async () => {
    local = await startLocalAws();
    outputs = await deployExample(join(__dirname, 'authentication'), stackName, local);
    cognito = new CognitoUsers(local, outputs.UserPoolId);
    anonymous = OrdersApi.with(local, outputs, {});
    user = await cognito.signUp(outputs.ShopClientId, 'ada');
    api = anonymous.as(user.IdToken);
  }, 300_000);
  afterAll(() => local?.stop());

  const waitFor = (orderId: string, status: string): Promise<ApiResponse> => eventually(`${status} of ${orderId}`, async () => {
    const response = await api.get(orderId);
    return response.body.status === status ? response : undefined;
  });

  /** HTTP APIs have a format of their own for responses without a handler. */
  const refusal = (status: number, message: string) => (isHttp
    ? { status, body: { message } } : { status, body: { status, type: expect.stringMatching(/^urn:cdk-order-pipeline:problem:/), correlationId: expect.any(String) } });

  test('a user who is signed in places an order, and reads it', async () => {
    const placed = await api.post(sampleOrder({ orderId: 'auth-1' }));
    expect(placed).toMatchObject({ status: 202, body: { orderId: 'auth-1' } });
    expect(placed.headers.get('location')).toBe(isHttp ? '/orders/auth-1' : `/${api.url.split('/').at(-1)}/orders/auth-1`);
    const confirmed = await waitFor('auth-1', 'CONFIRMED');
    expect(confirmed.headers.get('etag')).toBe('"1"');
    expect((await api.request('/orders?customerId=customer-1&limit=5', {})).body.items).toMatchObject([{ orderId: 'auth-1' }]);
    expect((await api.request('/orders?customerId=customer-1&limit=1&limit=5', {})).body.errors).toMatchObject([{ path: 'limit' }]);
    expect((await api.request('/orders/auth-1/events', {})).body.items.length).toBeGreaterThan(0);
    // An HTTP API encodes bodies of this media type.
    expect((await api.patch('auth-1', { notes: 'Grüße' })).status).toBe(202);
    await eventually('the change', async () => ((await api.get('auth-1')).body.order.notes === 'Grüße' ? true : undefined));
  });

  test('a user who is signed in tries the pipeline with the command "try", which needs the token', async () => {
    const { status, output } = await tryCommand(local, '--stack', stackName, '--header', `Authorization: Bearer ${user.IdToken}`);
    expect([status, output]).toEqual([0, expect.stringContaining('OrderConfirmed')]);
    expect(output).toContain('-H "Authorization: $authorization"');
    expect(output).not.toContain(user.IdToken);
    const without = await tryCommand(local, '--stack', stackName);
    expect([without.status, without.errors]).toEqual([1, expect.stringContaining("give credentials, such as --header 'Authorization: Bearer …'")]);
  });

  test.each<[string, () => Promise<OrdersApi>]>([
    ['without a token', async () => anonymous],
    ['with a wrong token', async () => anonymous.as('nonsense')],
    ['with a token that was changed', async () => anonymous.as(user.IdToken.replace(/.{8}$/, 'AAAAAAAA'))],
  ])('a request %s is answered with 401, and the order is not placed', async (_credentials, caller) => {
    const response = await (await caller()).post(sampleOrder({ orderId: 'auth-refused' }));
    expect(response).toMatchObject(refusal(401, 'Unauthorized'));
    expect((await api.get('auth-refused')).status).toBe(404);
  });

  test('a token of another client of the user pool is accepted by a REST API only', async () => {
    const { IdToken } = await cognito.signIn(outputs.OtherClientId, 'ada');
    expect((await anonymous.as(IdToken).get('auth-none')).status).toBe(isHttp ? 401 : 404);
  });

  test('only a caller with the scope cancels an order', async () => {
    await api.post(sampleOrder({ orderId: 'auth-cancel' }));
    await waitFor('auth-cancel', 'CONFIRMED');
    const refused = await anonymous.as(user.AccessToken).cancel('auth-cancel', { reason: 'mine' });
    expect([401, 403]).toContain(refused.status);
    const operator = anonymous.as(await cognito.clientToken(outputs.BackOfficeClientId, 'orders/cancel'));
    expect((await operator.cancel('auth-cancel', { reason: 'out of stock' })).status).toBe(202);
    expect((await waitFor('auth-cancel', 'CANCELLED')).body.cancellation).toEqual({ reason: 'out of stock' });
  });

  test('a Lambda authorizer permits to read files, and nothing else', async () => {
    const files = (headers: Record<string, string>) => anonymous.request('/files?state=COMPLETED', { headers });
    expect(await files({ 'X-Token': 'operator' })).toMatchObject({ status: 200, body: { items: [] } });
    expect(await files({ 'X-Token': 'stranger' })).toMatchObject(refusal(403, 'Forbidden'));
    expect(await files({})).toMatchObject(refusal(401, 'Unauthorized'));
    expect(await files({ Authorization: `Bearer ${user.IdToken}` })).toMatchObject(refusal(401, 'Unauthorized'));
    expect((await anonymous.request('/orders/auth-1', { headers: { 'X-Token': 'operator' } })).status).toBe(401);
  });

  test('the same Idempotency-Key of two users stands for two orders', async () => {
    const { IdToken } = await cognito.signUp(outputs.ShopClientId, 'grace');
    const key = { 'Idempotency-Key': 'checkout-1' };
    const [first, again] = [await api.post(sampleOrder(), key), await api.post(sampleOrder(), key)];
    const other = await anonymous.as(IdToken).post(sampleOrder(), key);
    expect(again.body.orderId).toBe(first.body.orderId);
    expect(other.body.orderId).not.toBe(first.body.orderId);
  });

  test('a method that the path does not have is answered with 405, a path that does not exist with 404', async () => {
    const put = await api.request('/orders', { method: 'PUT', body: '{}' });
    expect([put.status, put.headers.get('allow'), put.headers.get('content-type')]).toEqual([405, 'GET, HEAD, OPTIONS, POST', 'application/problem+json']);
    expect((await api.request('/orders/auth-1', { method: 'HEAD' })).status).toBe(200);
    expect(await api.request('/nothing', {})).toMatchObject(refusal(404, 'Not Found'));
  });

  test('a page of another origin may call, and read every response of a handler', async () => {
    for (const path of ['/orders', '/orders/x', '/orders/x/cancellation', '/orders/x/events', '/files', '/files/x', '/files/x/orders']) {
      const { status, headers } = await anonymous.request(path, {
        method: 'OPTIONS', headers: { 'Origin': ORIGIN, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'authorization' },
      });
      expect([path, status, headers.get('access-control-allow-origin')]).toEqual([path, 204, ORIGIN]);
      expect(headers.get('access-control-allow-headers')).toMatch(/authorization/i);
      expect(headers.get('access-control-allow-methods')).toContain('PATCH');
    }
    const responses = {
      200: await api.request('/orders/auth-1', { headers: { Origin: ORIGIN } }),
      202: await api.post(sampleOrder({ orderId: 'auth-2' }), { Origin: ORIGIN }),
      400: await api.post({}, { Origin: ORIGIN }),
      404: await api.request('/orders/auth-none', { headers: { Origin: ORIGIN } }),
      405: await api.request('/orders/auth-none', { method: 'DELETE', headers: { Origin: ORIGIN } }),
    };
    for (const [status, response] of Object.entries(responses)) {
      expect([String(response.status), response.headers.get('access-control-allow-origin')]).toEqual([status, ORIGIN]);
      expect(response.headers.get('access-control-expose-headers')).toMatch(/etag/i);
      expect(response.headers.get('vary')).toMatch(/origin/i);
    }
    expect((await api.request('/orders/auth-1', { headers: { Origin: 'https://evil.example' } })).headers.get('access-control-allow-origin')).toBeNull();
  });
});
