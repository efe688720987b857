import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as send, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { ConsoleData } from '../../../../cli/console/console-data';
import { ConsoleServer } from '../../../../cli/console/server/console-server';
import { Problem } from '../../../../handlers/shared/http/problem';

const TOKEN = 'a-token-of-this-run';
const folder = mkdtempSync(join(tmpdir(), 'console-page-'));
writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Console</title>');
writeFileSync(join(folder, 'page.js'), 'start();');
writeFileSync(join(folder, 'secret.txt'), 'not for callers');

const servers: ConsoleServer[] = [];
afterEach(async () => { await Promise.all(servers.splice(0).map((server) => server.close())); });
afterAll(() => rmSync(folder, { recursive: true }));

const HOSTILE = '</script><script>alert(1)</script>"\'&\u2028';
const CALLS: string[] = [];

/** Data whose every field is hostile, and that records calls which change something. */
const data = (changes: Partial<ConsoleData> = {}): ConsoleData => ({
  describe: async () => ({ stack: 'Shop' }) as never,
  status: async () => ({ at: 'now' }) as never,
  orders: async () => ({ orders: [{ orderId: HOSTILE, status: HOSTILE, customerId: HOSTILE, reason: HOSTILE, currency: HOSTILE }] }),
  order: async ({ orderId }) => ({ summary: { orderId } }) as never,
  files: async () => ({ files: [] }),
  file: async () => ({}) as never,
  report: async () => Readable.from(['{"index":0}\n']),
  deadLetters: async () => ({ queues: [] }),
  events: async () => ({ events: [] }),
  faults: async () => ({ faults: [] }),
  send: async ({ command }) => { CALLS.push(command); return { status: 202 }; },
  upload: async (name, _, body) => { CALLS.push(`${name}: ${await text(body)}`); return { key: name }; },
  redrive: async () => { CALLS.push('redrive'); return { moved: 0, failed: 0, remaining: 0, notes: [] }; },
  startFault: async () => { CALLS.push('fault'); return { faults: [] }; },
  endFault: async () => { CALLS.push('fault'); return { faults: [] }; },
  onEvent: () => () => undefined,
  close: async () => undefined,
  ...changes,
});

interface Answer { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }
interface Sent { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string; readonly token?: string }

async function start(options: { readonly allowsChanges?: boolean; readonly data?: Partial<ConsoleData> } = {}) {
  CALLS.length = 0;
  const server = await ConsoleServer.start({
    data: data(options.data), token: TOKEN, allowsChanges: options.allowsChanges ?? false, folder, port: 0,
  });
  servers.push(server);
  const { port } = server;
  // `fetch` does not let a test set Host, Origin or a path with dots.
  const ask = (path: string, { method = 'GET', headers = {}, body, token = TOKEN }: Sent = {}) => new Promise<Answer>((resolve, reject) => {
    const authorization = token === '' ? {} : { authorization: `Bearer ${token}` };
    const request = send({ host: '127.0.0.1', port, path, method, headers: { ...authorization, ...headers } }, (response) =>
      void text(response).then((content) => resolve({ status: response.statusCode!, headers: response.headers, body: content }), reject));
    request.on('error', reject);
    request.end(body);
  });
  return { ask, port, server };
}

const JSON_BODY = { 'content-type': 'application/json' };

describe('the token', () => {
  test.each([['no token', ''], ['another token', 'wrong'], ['a prefix of it', TOKEN.slice(0, -1)]])('refuses %s on every path of the API', async (_, token) => {
    const { ask } = await start({ allowsChanges: true });
    for (const [method, path] of [['GET', '/api/status'], ['GET', '/api/orders/order-1'], ['GET', '/api/updates'], ['POST', '/api/orders'], ['GET', '/api/unknown']]) {
      expect((await ask(path, { method, token, headers: JSON_BODY })).status).toBe(401);
    }
    expect(CALLS).toEqual([]);
  });

  test('is in the fragment of the URL, which a browser does not send', async () => {
    const { server, port } = await start();
    expect(server.url).toBe(`http://127.0.0.1:${port}/#${TOKEN}`);
  });

  test('is not accepted in the query, which logs and histories keep', async () => {
    const { ask } = await start();
    expect((await ask(`/api/status?token=${TOKEN}`, { token: '' })).status).toBe(401);
  });
});

describe('a page of another site', () => {
  test.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1.evil.example:$port', '0.0.0.0:$port', '[::1]:$port'])('cannot use the name %s of this address (DNS rebinding)', async (host) => {
    const { ask, port } = await start();
    for (const path of ['/', '/page.js', '/api/status']) {
      expect((await ask(path, { headers: { host: host.replace('$port', String(port)) } })).status).toBe(403);
    }
  });

  test.each(['http://evil.example', 'null', 'http://127.0.0.1:1', 'https://127.0.0.1:$port'])('cannot send requests from the origin %s, even with the token', async (origin) => {
    const { ask, port } = await start({ allowsChanges: true });
    const headers = { origin: origin.replace('$port', String(port)), ...JSON_BODY };
    expect((await ask('/api/orders', { method: 'POST', headers, body: '{}' })).status).toBe(403);
    expect(CALLS).toEqual([]);
  });

  test.each(['cross-site', 'same-site'])('cannot send requests as %s', async (site) => {
    const { ask } = await start();
    expect((await ask('/api/status', { headers: { 'sec-fetch-site': site } })).status).toBe(403);
    expect((await ask('/', { headers: { 'sec-fetch-site': site } })).status).toBe(403);
  });

  test('is not allowed by CORS: neither an answer nor a preflight has its headers', async () => {
    const { ask } = await start();
    const preflight = await ask('/api/status', { method: 'OPTIONS', headers: { 'access-control-request-method': 'GET' } });
    expect(preflight.status).toBe(405);
    for (const { headers } of [preflight, await ask('/api/status')]) {
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });
});

test('the own page is accepted at both names of this machine', async () => {
  const { ask, port } = await start();
  for (const name of ['127.0.0.1', 'localhost']) {
    const headers = { 'host': `${name}:${port}`, 'origin': `http://${name}:${port}`, 'sec-fetch-site': 'same-origin' };
    expect((await ask('/api/status', { headers })).body).toBe('{"at":"now"}');
  }
});

test('the server listens on this machine only', async () => {
  const { server } = await start();
  expect((server as unknown as { server: { address(): { address: string } } }).server.address().address).toBe('127.0.0.1');
});

test('every answer has the policy of the page, is not stored and not guessed', async () => {
  const { ask } = await start();
  for (const path of ['/', '/page.js', '/nothing', '/api/status', '/api/unknown']) {
    expect((await ask(path)).headers).toMatchObject({
      'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
  }
});

describe('the page', () => {
  test('has three files', async () => {
    const { ask } = await start();
    expect(await ask('/')).toMatchObject({ status: 200, body: '<!doctype html><title>Console</title>', headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(await ask('/page.js')).toMatchObject({ body: 'start();', headers: { 'content-type': 'text/javascript; charset=utf-8' } });
    expect(await ask('/page.js', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
    // The style sheet is not built in this test.
    expect(await ask('/page.css')).toMatchObject({ status: 404, body: expect.stringContaining('npm run bundle') });
  });

  test.each([
    '/secret.txt', '/../../etc/passwd', '/..%2f..%2fetc%2fpasswd', '/%2e%2e/%2e%2e/etc/passwd', '/page.js/../secret.txt', '/..\\..\\etc\\passwd', '/page.js%00.css',
    '//evil.example/page.js', '/constructor', '/__proto__', '/index.html/',
    '/%252e%252e/%252e%252e/etc/passwd', '/..%252f..%252fetc%252fpasswd', '/%5c..%5csecret.txt', '/page.js/..%2fsecret.txt', '/api/../secret.txt', '/.%2e/secret.txt',
  ])('is nothing else: %s', async (path) => {
    const { ask } = await start();
    const { status, body } = await ask(path);
    expect([400, 404]).toContain(status);
    expect(body).not.toMatch(/root:|not for callers/);
  });

  test.each(['POST', 'PUT', 'DELETE', 'TRACE'])('is not answered to %s', async (method) => {
    const { ask } = await start();
    expect(await ask('/', { method })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });
});

describe('without --allow-changes', () => {
  test.each([
    ['POST', '/api/orders'], ['POST', '/api/orders/order-1/changes'], ['POST', '/api/orders/order-1/cancellations'], ['PUT', '/api/files/orders.json'],
    ['POST', '/api/dead-letters/redrive'], ['POST', '/api/faults/poison-messages'], ['DELETE', '/api/faults/poison-messages'],
  ])('%s %s is refused', async (method, path) => {
    const { ask } = await start();
    const { status, body, headers } = await ask(path, { method, headers: JSON_BODY, ...(method === 'DELETE' ? {} : { body: '{}' }) });
    expect([status, headers['content-type'], JSON.parse(body)])
      .toEqual([403, 'application/problem+json; charset=utf-8', { status: 403, title: 'the console was started without --allow-changes: it only reads' }]);
    expect(CALLS).toEqual([]);
  });
});

test.each(['HEAD', 'PUT', 'PATCH', 'OPTIONS', 'DELETE', 'PROPFIND'])('%s changes nothing where the API has no such method, with and without --allow-changes', async (method) => {
  for (const allowsChanges of [false, true]) {
    const { ask } = await start({ allowsChanges });
    for (const path of ['/api/orders', '/api/orders/order-1/changes', '/api/orders/order-1/cancellations', '/api/dead-letters/redrive']) {
      expect(await ask(path, { method, headers: { ...JSON_BODY, 'x-http-method-override': 'POST' } })).toMatchObject({ status: 405 });
    }
    expect(CALLS).toEqual([]);
  }
});

describe('with --allow-changes', () => {
  test('commands, uploads, redrives and faults arrive', async () => {
    const { ask } = await start({ allowsChanges: true });
    await ask('/api/orders', { method: 'POST', headers: JSON_BODY, body: '{}' });
    await ask('/api/orders/order-1/changes', { method: 'POST', headers: JSON_BODY, body: '{}' });
    await ask('/api/orders/order-1/cancellations', { method: 'POST', headers: JSON_BODY, body: '{}' });
    await ask('/api/files/a%20file.json', { method: 'PUT', body: '[]' });
    await ask('/api/dead-letters/redrive', { method: 'POST', headers: JSON_BODY, body: '{"queue":"orders"}' });
    await ask('/api/faults/poison-messages', { method: 'POST' });
    expect(CALLS).toEqual(['place', 'change', 'cancel', 'a file.json: []', 'redrive', 'fault']);
  });

  test.each([
    ['another content type', { 'content-type': 'text/plain' }, '{}', 415],
    ['text that is not JSON', JSON_BODY, '{', 400],
    ['more than a megabyte', JSON_BODY, `"${'x'.repeat(1024 * 1024)}"`, 413],
  ])('fails when the body is %s', async (_, headers, body, status) => {
    const { ask } = await start({ allowsChanges: true });
    expect((await ask('/api/orders', { method: 'POST', headers, body })).status).toBe(status);
    expect(CALLS).toEqual([]);
  });

  test.each([['an unknown field', '{"queues":["orders"]}'], ['messages without a queue', '{"messageIds":["1"]}'], ['a list', '[]'], ['no messages', '{"queue":"orders","messageIds":[]}']])(
    'fails when a redrive selects %s, and redrives nothing', async (_, body) => {
      const { ask } = await start({ allowsChanges: true });
      expect((await ask('/api/dead-letters/redrive', { method: 'POST', headers: JSON_BODY, body })).status).toBe(400);
      expect(CALLS).toEqual([]);
    });

  test('fails when a file is empty', async () => {
    const { ask } = await start({ allowsChanges: true });
    expect((await ask('/api/files/a.json', { method: 'PUT', headers: { 'content-length': '0' } })).status).toBe(411);
  });
});

describe('answers', () => {
  test('have what users wrote as data of JSON, which no browser shows as a page', async () => {
    const { ask } = await start();
    const { body, headers } = await ask('/api/orders?status=CONFIRMED');
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(JSON.parse(body).orders[0]).toEqual({ orderId: HOSTILE, status: HOSTILE, customerId: HOSTILE, reason: HOSTILE, currency: HOSTILE });
  });

  test('of a report are a download with a harmless name', async () => {
    const { ask } = await start();
    const { headers, body } = await ask('/api/files/a%22%0d%0aSet-Cookie/report');
    expect(headers).toMatchObject({ 'content-type': 'application/octet-stream', 'content-disposition': 'attachment; filename="a___Set-Cookie.ndjson"' });
    expect(headers).not.toHaveProperty('set-cookie');
    expect(body).toBe('{"index":0}\n');
  });

  test.each(['/api/orders/%', '/api/orders/%ff'])('fails when a path is not valid: %s', async (path) => {
    const { ask } = await start();
    expect((await ask(path)).status).toBe(400);
  });

  test('decode the ID in a path', async () => {
    const { ask } = await start();
    expect(JSON.parse((await ask('/api/orders/a%2Fb')).body)).toEqual({ summary: { orderId: 'a/b' } });
  });
});

describe('errors', () => {
  const failing = async (error: Error) => {
    const { ask } = await start({ data: { status: () => Promise.reject(error) } });
    const { status, body } = await ask('/api/status');
    return { status, problem: JSON.parse(body), body };
  };

  test('of a request have their fields', async () => {
    const { problem } = await failing(new Problem(400, 'invalid-query', 'the query is not valid', [{ path: 'limit', code: 'INVALID', message: 'must be a number' }]));
    expect(problem).toEqual({ status: 400, title: 'the query is not valid', errors: [{ path: 'limit', message: 'must be a number' }] });
  });

  test('of AWS state the missing permission', async () => {
    const error = Object.assign(new Error('User: arn:aws:sts::1:assumed-role/A/b is not authorized to perform: dynamodb:Query on resource: arn:aws:dynamodb:eu-central-1:1:table/T because'), { name: 'AccessDeniedException', $metadata: {} });
    expect((await failing(error)).problem).toEqual({
      status: 403,
      title: 'You are not allowed to do this: dynamodb:Query is missing',
      detail: 'Allow dynamodb:Query on arn:aws:dynamodb:eu-central-1:1:table/T, such as with `pipeline.grantOperate(grantee)`.',
    });
  });

  test('about expired credentials state what to do', async () => {
    expect((await failing(Object.assign(new Error('expired'), { name: 'ExpiredTokenException', $metadata: {} }))).problem)
      .toMatchObject({ status: 502, title: 'Your AWS credentials are not valid or have expired' });
  });

  test('do not show credentials', async () => {
    const { body } = await failing(Object.assign(new Error('key AKIAIOSFODNN7EXAMPLE is wrong'), { name: 'SomeError', $metadata: {} }));
    expect(body).not.toContain('IOSFODNN7EXAMPLE');
    const other = await failing(new TypeError('secret-key in a message of a program'));
    expect(other.problem).toEqual({ status: 500, title: 'the console failed: TypeError' });
  });
});

test('updates are a stream of server-sent events that ends with the connection', async () => {
  const listeners: ((event: object) => void)[] = [];
  let unsubscribed = false;
  const { port } = await start({
    data: {
      onEvent: (listener) => {
        listeners.push(listener as never);
        return () => { unsubscribed = true; };
      },
    },
  });
  const received = await new Promise<string>((resolve, reject) => {
    const request = send({ host: '127.0.0.1', port, path: '/api/updates', headers: { authorization: `Bearer ${TOKEN}` } }, (response) => {
      let all = '';
      response.on('data', (chunk) => {
        all += String(chunk);
        if (!all.includes('order-event') && all.includes('status')) listeners[0]({ eventId: 'event-1' });
        if (!all.includes('event-1')) return;
        request.destroy();
        resolve(all);
      });
    });
    request.on('error', reject);
    request.end();
  });
  expect(received).toContain('event: status\ndata: {"at":"now"}\n\n');
  expect(received).toContain('event: order-event\ndata: {"eventId":"event-1"}\n\n');
  await new Promise((resolve) => { setImmediate(resolve); });
  for (let tries = 0; tries < 100 && !unsubscribed; tries++) await new Promise((resolve) => { setTimeout(resolve, 10); });
  expect(unsubscribed).toBe(true);
});
