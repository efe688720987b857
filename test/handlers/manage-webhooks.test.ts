import '../support/handler-env';
import { createDelivery, deliveryStore } from '../../handlers/aws/deliveries-table';
import type * as module from '../../handlers/manage-webhooks';
import { newDelivery, type Delivery } from '../../handlers/shared';
import { WEBHOOK_METHODS, WEBHOOK_ROUTES } from '../../src/private/contract';
import { apiRequest } from '../support/api-request';
import { loggedText } from '../support/captured-logs';
import { loadHandler } from '../support/load-handler';
import { sampleWebhook, sampleWebhookEvent, SETTINGS } from '../support/sample-webhooks';
import { WebhookSystem } from '../support/webhook-system';

/** The DNS of the tests. */
const mockAddresses: Record<string, string[]> = {};
jest.mock('node:dns/promises', () => ({
  Resolver: class {
    async resolve4(host: string) {
      if (!mockAddresses[host]) throw new Error('ENOTFOUND');
      return mockAddresses[host];
    }

    async resolve6() { throw new Error('ENODATA'); }
  },
}));

const ALLOWED_METHODS = JSON.stringify(Object.fromEntries(Object.entries(WEBHOOK_METHODS).map(([path, methods]) => [path, methods.join(', ')])));
const TENANTS = JSON.stringify({
  tenant: { from: 'apiKey', tenants: { 'key-acme': 'acme', 'key-globex': 'globex' } }, operators: [{ from: 'apiKey', ids: ['key-support'] }],
});
const load = (env: object = {}) => loadHandler<typeof module>('manage-webhooks', { ALLOWED_METHODS, ...env }).handler;

let system: WebhookSystem;
let handler = load();
beforeEach(() => {
  system = new WebhookSystem();
  handler = load();
});

interface Call {
  readonly body?: unknown;
  readonly key?: string;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
}
async function call(method: string, resource: string, ids: Record<string, string> = {}, { body, key = 'caller-1', query, headers = {} }: Call = {}) {
  const path = resource.replace(/\{(\w+)\}/g, (_, name: string) => ids[name]);
  const response = await handler(apiRequest({
    httpMethod: method,
    resource,
    path,
    pathParameters: ids,
    queryStringParameters: query ?? null,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: body === undefined ? null : JSON.stringify(body),
    requestContext: { requestId: 'request-1', path: `/prod${path}`, resourceId: 'abc', identity: { apiKeyId: key } },
  }));
  return { status: response.statusCode, headers: response.headers ?? {}, body: response.body ? JSON.parse(response.body) : undefined };
}
const { WEBHOOKS, WEBHOOK, SECRET, DELIVERIES, DELIVERY, REDELIVERY } = WEBHOOK_ROUTES;
const URL_ = 'https://example.invalid/webhooks';
const create = (body: object = {}, more: Call = {}) => call('POST', WEBHOOKS, {}, { body: { url: URL_, ...body }, ...more });

describe('a webhook', () => {
  test('is created with its filters, and its secret is part of the response', async () => {
    const filters = { eventTypes: ['OrderConfirmed'], currencies: ['EUR'], minimumTotal: 100, ordered: true, maxConcurrency: 3, description: 'shop' };
    const { status, headers, body } = await create(filters);
    expect(status).toBe(201);
    expect(body).toEqual({
      webhookId: expect.stringMatching(/^wh_[a-z0-9]{26}$/),
      url: URL_,
      ...filters,
      enabled: true,
      isReadOnly: false,
      secret: expect.stringMatching(/^whsec_[\w+/]{43}=$/),
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: body.createdAt,
    });
    expect(headers.Location).toBe(`/prod/webhooks/${body.webhookId}`);
    const { secret, ...view } = body;
    expect((await call('GET', WEBHOOK, body)).body).toEqual(view);
    expect((await call('GET', WEBHOOKS)).body).toEqual({ items: [view] });
    expect(await call('GET', SECRET, body)).toMatchObject({ status: 200, body: { webhookId: body.webhookId, secret }, headers: { 'Cache-Control': 'no-store' } });
    expect(JSON.stringify(system.webhooks)).not.toContain(secret);
    expect(loggedText()).not.toMatch(/whsec|example\.invalid/);
  });

  test('is created once by repeated requests with an idempotency key', async () => {
    const headers = { 'Idempotency-Key': 'setup-1' };
    const [first, second, other] = [await create({}, { headers }), await create({}, { headers }), await create({}, { headers: { 'Idempotency-Key': 'setup-2' } })];
    expect(second.body).toEqual(first.body);
    expect(other.body.webhookId).not.toBe(first.body.webhookId);
    expect(system.webhooks).toHaveLength(2);
  });

  test('is one of at most so many', async () => {
    for (let index = 0; index < SETTINGS.maxWebhooks; index++) expect((await create()).status).toBe(201);
    expect(await create()).toMatchObject({ status: 409, body: { type: expect.stringMatching(/:too-many-webhooks$/) } });
  });

  test.each<[object, object]>([
    [{ url: 'https://127.0.0.1/' }, { path: '/url', code: 'ADDRESS_NOT_ALLOWED' }],
    [{ url: 'https://[::ffff:169.254.169.254]/' }, { path: '/url', code: 'ADDRESS_NOT_ALLOWED' }],
    [{ url: 'http://example.com/' }, { path: '/url', code: 'HTTPS_REQUIRED' }],
    [{ url: 1 }, { path: '/url', code: 'INVALID_TYPE' }],
    [{ url: undefined }, { path: '/url', code: 'REQUIRED' }],
    [{ eventTypes: ['OrderConfirm'] }, { path: '/eventTypes/0', code: 'UNKNOWN_VALUE' }],
    [{ eventTypes: ['OrderRead'] }, { path: '/eventTypes/0', code: 'UNKNOWN_VALUE' }],
    [{ eventTypes: [] }, { path: '/eventTypes', code: 'TOO_SMALL' }],
    [{ channels: ['fax'] }, { path: '/channels/0', code: 'UNKNOWN_VALUE' }],
    [{ minimumTotal: -1 }, { path: '/minimumTotal', code: 'TOO_SMALL' }],
    [{ maxConcurrency: 51 }, { path: '/maxConcurrency', code: 'TOO_BIG' }],
    [{ secret: 'mine' }, { path: '/secret', code: 'UNKNOWN_FIELD' }],
    [{ tenants: ['acme'] }, { path: '/tenants', code: 'UNKNOWN_FIELD' }],
  ])('fails with 400 for %j', async (changes, error) => {
    expect(await create(changes)).toMatchObject({ status: 400, headers: { 'Content-Type': 'application/problem+json' }, body: { type: expect.stringMatching(/:invalid-webhook$/), errors: [error] } });
    expect(system.webhooks).toEqual([]);
  });

  test('fails with 400 for a name that resolves to a private address, also among others, and not for a name without an address', async () => {
    Object.assign(mockAddresses, { 'inside.example.com': ['93.184.215.14', '10.0.0.1'], 'outside.example.com': ['93.184.215.14'] });
    expect(await create({ url: 'https://inside.example.com/' })).toMatchObject({ status: 400, body: { errors: [{ path: '/url', code: 'ADDRESS_NOT_ALLOWED', message: expect.stringContaining('resolves') }] } });
    expect((await create({ url: 'https://outside.example.com/' })).status).toBe(201);
    expect((await create({ url: 'https://later.example.com/' })).status).toBe(201);
  });

  test('is changed: null removes a filter, and what is not named remains', async () => {
    const { body } = await create({ currencies: ['EUR'], tags: ['gift'] });
    const changed = await call('PATCH', WEBHOOK, body, { body: { currencies: null, url: 'https://other.invalid/' } });
    expect(changed).toMatchObject({ status: 200, body: { url: 'https://other.invalid/', tags: ['gift'] } });
    expect(changed.body).not.toHaveProperty('currencies');
    expect((await call('GET', WEBHOOK, body)).body).toEqual(changed.body);
    expect((await call('PATCH', WEBHOOK, body, { body: { url: null } })).status).toBe(400);
    expect((await call('PATCH', WEBHOOK, body, { body: { url: 'https://10.0.0.1/' } })).status).toBe(400);
  });

  test('is disabled and enabled, without the failures of before', async () => {
    const { body } = await create();
    const item = system.webhooks[0];
    expect((await call('PATCH', WEBHOOK, body, { body: { enabled: false } })).body).toMatchObject({ enabled: false, disabledReason: 'BY_OWNER', disabledAt: expect.any(String) });
    Object.assign(system.webhooks[0], { failures: 9, opened: 3, failingSince: 1, openUntil: 2 });
    const enabled = (await call('PATCH', WEBHOOK, body, { body: { enabled: true } })).body;
    expect(enabled.enabled).toBe(true);
    for (const name of ['disabledAt', 'disabledReason', 'failingSince', 'openUntil']) expect(system.webhooks[0]).not.toHaveProperty(name);
    expect(system.webhooks[0]).toMatchObject({ failures: 0, opened: 0, webhookId: item.webhookId });
    expect(system.sent.deliveries).toHaveLength(2);
  });

  test('is deleted', async () => {
    const { body } = await create();
    expect((await call('DELETE', WEBHOOK, body)).status).toBe(204);
    for (const method of ['GET', 'PATCH', 'DELETE']) expect((await call(method, WEBHOOK, body, { body: { enabled: true } })).status).toBe(404);
    expect((await call('GET', WEBHOOKS)).body).toEqual({ items: [] });
  });

  test('gets a new secret, and the old one signs until the end of the overlap', async () => {
    const { body } = await create();
    const rotated = await call('POST', SECRET, body);
    expect(rotated).toMatchObject({ status: 200, body: { secret: expect.stringMatching(/^whsec_/) } });
    expect(rotated.body.secret).not.toBe(body.secret);
    expect((await call('GET', SECRET, body)).body.secret).toBe(rotated.body.secret);
    const until = Date.parse(rotated.body.previousSecretUntil) - Date.now();
    expect(until).toBeGreaterThan(SETTINGS.secretOverlap * 1000 - 60_000);
    expect((await call('GET', WEBHOOK, body)).body.previousSecretUntil).toBe(rotated.body.previousSecretUntil);
    expect((await call('POST', SECRET, body)).body.secret).not.toBe(rotated.body.secret);
  });
});

test('other methods are answered with 405 and those of the path', async () => {
  expect(await call('PUT', WEBHOOK, { webhookId: 'wh_1' })).toMatchObject({ status: 405, headers: { Allow: 'DELETE, GET, HEAD, PATCH' } });
  expect(await call('GET', REDELIVERY, { webhookId: 'wh_1', eventId: 'e' })).toMatchObject({ status: 405, headers: { Allow: 'POST' } });
});

describe('the deliveries of a webhook', () => {
  let webhookId: string;
  const ids = () => ({ webhookId, eventId: 'order-1-1' });
  const stored = async () => (await deliveryStore('deliveries-table').get(webhookId, 'order-1-1'))!;
  const add = (sequence: number, at = Date.now()) => createDelivery('deliveries-table', newDelivery(sampleWebhook({ webhookId }), sampleWebhookEvent({ sequence }), SETTINGS, at));
  const attempt = { attemptedAt: '2026-11-27T08:00:00.000Z', duration: 12, statusCode: 500, error: 'HTTP_STATUS', responseBody: 'no' };
  const finish = async (status: Delivery['status'] & ('DELIVERED' | 'FAILED')) =>
    deliveryStore('deliveries-table').finish(await stored(), { status, attempt, ...(status === 'FAILED' ? { reason: 'RETRIES_EXHAUSTED' } : {}) });

  beforeEach(async () => {
    webhookId = (await create()).body.webhookId;
  });

  test('are listed newest first, page by page, and by status', async () => {
    for (let index = 1; index <= 5; index++) await add(index, Date.now() + index * 1000);
    await finish('FAILED');
    const first = (await call('GET', DELIVERIES, { webhookId }, { query: { limit: '3' } })).body;
    expect(first.items.map(({ eventId }: { eventId: string }) => eventId)).toEqual(['order-1-5', 'order-1-4', 'order-1-3']);
    const second = (await call('GET', DELIVERIES, { webhookId }, { query: { limit: '3', nextToken: first.nextToken } })).body;
    expect(second.items.map(({ eventId }: { eventId: string }) => eventId)).toEqual(['order-1-2', 'order-1-1']);
    const { items } = (await call('GET', DELIVERIES, { webhookId }, { query: { status: 'FAILED' } })).body;
    expect(items).toEqual([{
      eventId: 'order-1-1',
      eventType: 'OrderChanged',
      orderId: 'order-1',
      status: 'FAILED',
      reason: 'RETRIES_EXHAUSTED',
      createdAt: expect.any(String),
      finishedAt: expect.any(String),
      attemptCount: 1,
      lastAttempt: attempt,
    }]);
    expect(first.items[0]).toMatchObject({ status: 'PENDING', attemptCount: 0, nextAttemptAt: expect.stringMatching(/Z$/) });
  });

  test.each([[{ status: 'LOST' }, 'INVALID_STATUS'], [{ limit: '0' }, 'INVALID_LIMIT'], [{ nextToken: 'x' }, 'INVALID_TOKEN'], [{ order: 'x' }, 'UNKNOWN_PARAMETER']])(
    'fail with 400 for %j', async (query, code) => {
      expect(await call('GET', DELIVERIES, { webhookId }, { query })).toMatchObject({ status: 400, body: { errors: [{ code }] } });
    });

  test('are shown with their request and attempts', async () => {
    await add(1);
    await finish('DELIVERED');
    const { body } = await call('GET', DELIVERY, ids());
    expect(body).toMatchObject({ status: 'DELIVERED', attempts: [attempt], request: { url: 'https://example.com/webhooks' } });
    expect(JSON.parse(body.request.body)).toMatchObject({ type: 'OrderChanged', data: { status: 'CONFIRMED' } });
    expect((await call('GET', DELIVERY, { webhookId, eventId: 'missing' })).status).toBe(404);
  });

  test.each(['FAILED', 'DELIVERED'] as const)('are made again when they are %s, with three days of retries', async (status) => {
    await add(1, Date.now() - 86_400_000);
    await finish(status);
    expect(await call('POST', REDELIVERY, ids())).toMatchObject({ status: 202, body: { eventId: 'order-1-1', status: 'PENDING', attemptCount: 1, nextAttemptAt: expect.any(String) } });
    const delivery = await stored();
    expect(delivery).toMatchObject({ status: 'PENDING', attemptCount: 1 });
    expect(delivery).not.toHaveProperty('reason');
    expect(delivery.giveUpAt - Date.now()).toBeGreaterThan(SETTINGS.retryDuration * 1000 - 60_000);
    expect(await deliveryStore('deliveries-table').listDue(webhookId, 10)).toMatchObject([{ eventId: 'order-1-1', dueAt: delivery.dueAt }]);
    expect(system.sent.deliveries).toMatchObject([{ body: JSON.stringify({ owner: '*', webhookId }) }]);
  });

  test('that are pending are attempted now', async () => {
    await add(1, Date.now() + 3_600_000);
    expect((await call('POST', REDELIVERY, ids())).status).toBe(202);
    expect((await deliveryStore('deliveries-table').listDue(webhookId, 10)).map(({ dueAt }) => dueAt <= Date.now())).toEqual([true]);
  });

  test('of a disabled webhook are not made again', async () => {
    await add(1);
    await call('PATCH', WEBHOOK, { webhookId }, { body: { enabled: false } });
    expect(await call('POST', REDELIVERY, ids())).toMatchObject({ status: 409, body: { type: expect.stringMatching(/:webhook-disabled$/) } });
  });
});

describe('in a pipeline with tenants', () => {
  const [acme, globex] = ['key-acme', 'key-globex'];
  const support = (tenant: string): Call => ({ key: 'key-support', query: { tenant } });
  beforeEach(() => { handler = load({ CALLERS: TENANTS, WEBHOOK_ENDPOINTS: '[{"webhookId":"erp","url":"https://erp.invalid"}]' }); });

  test('callers see and change the webhooks of their tenant only, and operators those of the tenant that they name and of the app', async () => {
    const { body } = await create({}, { key: acme });
    expect(body.tenant).toBe('acme');
    await createDelivery('deliveries-table', newDelivery(sampleWebhook({ owner: 'acme', webhookId: body.webhookId }), sampleWebhookEvent(), SETTINGS, 0));
    const ids = { webhookId: body.webhookId, eventId: 'order-1-1' };
    for (const [path, methods] of Object.entries(WEBHOOK_METHODS).filter(([each]) => each !== WEBHOOKS)) {
      for (const method of methods) {
        expect([method, path, (await call(method, path, ids, { key: globex, body: { enabled: false } })).status]).toEqual([method, path, 404]);
        expect([method, path, (await call(method, path, { ...ids, webhookId: 'erp' }, { key: acme, body: { enabled: false } })).status]).toEqual([method, path, 404]);
      }
    }
    const listed = async (more: Call) => (await call('GET', WEBHOOKS, {}, more)).body.items.map(({ webhookId }: { webhookId: string }) => webhookId);
    expect(await listed({ key: acme })).toEqual([body.webhookId]);
    expect(await listed({ key: globex })).toEqual([]);
    expect(await listed(support('acme'))).toEqual(['erp', body.webhookId]);
    expect(await listed(support('globex'))).toEqual(['erp']);
    expect((await call('GET', DELIVERY, ids, support('acme'))).status).toBe(200);
    expect((await call('GET', DELIVERY, ids, support('globex'))).status).toBe(404);
    expect((await call('GET', WEBHOOKS, {}, { key: 'key-support' })).status).toBe(400);
    expect((await call('GET', WEBHOOKS, {}, { key: 'unknown' })).status).toBe(403);
  });

  test('a webhook of the app is enabled and disabled by operators, and not changed or deleted', async () => {
    const ids = { webhookId: 'erp' };
    const operator = (body?: object): Call => ({ ...support('acme'), body });
    expect((await call('GET', WEBHOOK, ids, operator())).body).toEqual({ webhookId: 'erp', url: 'https://erp.invalid', ordered: false, enabled: true, isReadOnly: true });
    expect((await call('PATCH', WEBHOOK, ids, operator({ enabled: false }))).body).toMatchObject({ enabled: false, disabledReason: 'BY_OWNER' });
    expect((await call('GET', WEBHOOK, ids, operator())).body.enabled).toBe(false);
    expect((await call('PATCH', WEBHOOK, ids, operator({ enabled: true }))).body.enabled).toBe(true);
    expect((await call('PATCH', WEBHOOK, ids, operator({ enabled: true, url: 'https://other.invalid' }))).body.errors).toMatchObject([{ path: '/url', code: 'UNKNOWN_FIELD' }]);
    expect(await call('DELETE', WEBHOOK, ids, operator())).toMatchObject({ status: 409, body: { type: expect.stringMatching(/:webhook-read-only$/) } });
    const [before, rotated] = [(await call('GET', SECRET, ids, operator())).body.secret, (await call('POST', SECRET, ids, operator())).body.secret];
    expect(rotated).not.toBe(before);
  });
});

test('customers may not manage webhooks', async () => {
  handler = load({ CALLERS: JSON.stringify({ customer: { from: 'context', name: 'customer' } }) });
  for (const method of ['GET', 'POST']) {
    const response = await handler(apiRequest({
      httpMethod: method,
      resource: WEBHOOKS,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ url: URL_ }),
      requestContext: { requestId: 'r', authorizer: { customer: 'customer-1' }, identity: {} },
    }));
    expect([response.statusCode, JSON.parse(response.body).type]).toEqual([403, expect.stringMatching(/:not-for-customers$/)]);
  }
  expect(system.webhooks).toEqual([]);
});

test('a secret of the app is rotated in Secrets Manager', async () => {
  handler = load({ WEBHOOK_ENDPOINTS: '[{"webhookId":"erp","url":"https://erp.invalid","secretArn":"erp-secret"}]' });
  system.secrets['erp-secret'] = ['bmV3LXNlY3JldA=='];
  expect((await call('GET', SECRET, { webhookId: 'erp' })).body).toEqual({ webhookId: 'erp', secret: 'bmV3LXNlY3JldA==' });
  expect(await call('POST', SECRET, { webhookId: 'erp' })).toMatchObject({ status: 409, body: { detail: expect.stringContaining('Secrets Manager') } });
});
