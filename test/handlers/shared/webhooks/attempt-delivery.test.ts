import { createServer, type Server } from 'node:net';
import { attemptDelivery, deriveSecret, type Resolve } from '../../../../handlers/shared';
import { LOCAL_SETTINGS, sampleWebhook, SETTINGS } from '../../../support/sample-webhooks';
import { answerWith, hang, WebhookReceiver } from '../../../support/webhook-receiver';

const SECRET = deriveSecret('signing-secret', sampleWebhook(), 1);
const DELIVERY = { eventId: 'event-1', payload: '{"type":"OrderConfirmed"}' };
const noDns: Resolve = async () => { throw new Error('no name is resolved'); };

const receivers: WebhookReceiver[] = [];
const receiverWith = async (...args: Parameters<typeof WebhookReceiver.start>) => {
  const receiver = await WebhookReceiver.start(...args);
  receivers.push(receiver);
  return receiver;
};
afterAll(() => Promise.all(receivers.map((receiver) => receiver.stop())));

const attempt = (url: string, { resolve = noDns, ...settings }: Partial<typeof SETTINGS> & { resolve?: Resolve } = {}) =>
  attemptDelivery(DELIVERY, url, [SECRET], { ...LOCAL_SETTINGS, ...settings }, resolve);

test('a request has the body, the headers of Standard Webhooks and a signature', async () => {
  const receiver = await receiverWith();
  expect(await attempt(receiver.url)).toEqual({
    result: 'DELIVERED', attempt: { attemptedAt: expect.stringMatching(/Z$/), duration: expect.any(Number), statusCode: 200, responseBody: 'the answer' },
  });
  expect(receiver.requests).toMatchObject([{
    body: DELIVERY.payload, headers: { 'content-type': 'application/json', 'webhook-id': 'event-1', 'user-agent': 'cdk-order-pipeline-webhooks', 'content-length': '25' },
  }]);
  receiver.verifyAll(SECRET);
});

test.each([[201, 'DELIVERED', undefined], [204, 'DELIVERED', undefined], [301, 'RETRY', 'REDIRECT'], [307, 'RETRY', 'REDIRECT'], [400, 'RETRY', 'HTTP_STATUS'], [404, 'RETRY', 'HTTP_STATUS'],
  [500, 'RETRY', 'HTTP_STATUS'], [410, 'GONE', 'GONE']])('after the status %d the result is %s', async (status, result, error) => {
  const trap = await receiverWith();
  const receiver = await receiverWith(answerWith(status, { Location: trap.url }));
  expect(await attempt(receiver.url)).toMatchObject({ result, attempt: { statusCode: status, ...(error ? { error } : {}) } });
  expect(trap.requests).toEqual([]);
});

test.each([[429, '7', 7000], [503, '120', 120_000], [503, 'tomorrow', undefined], [500, '7', undefined]])('status %d with Retry-After %s pauses for %p ms', async (status, retryAfter, expected) => {
  const receiver = await receiverWith(answerWith(status, { 'Retry-After': retryAfter }));
  expect((await attempt(receiver.url)).retryAfter).toBe(expected);
});

test('a receiver that does not answer has the request timeout, no longer', async () => {
  const receiver = await receiverWith(hang);
  const started = Date.now();
  expect(await attempt(receiver.url, { requestTimeout: 1 })).toMatchObject({ result: 'RETRY', attempt: { error: 'TIMEOUT' } });
  expect(Date.now() - started).toBeLessThan(4000);
});

test('a DNS server that does not answer has the request timeout, no longer', async () => {
  const started = Date.now();
  const never: Resolve = () => new Promise(() => undefined);
  expect(await attempt('https://slow.example.com/', { requestTimeout: 1, resolve: never })).toMatchObject({ result: 'RETRY', attempt: { error: 'TIMEOUT' } });
  expect(Date.now() - started).toBeLessThan(4000);
});

test('a response counts with its headers, even if its body never ends', async () => {
  const receiver = await receiverWith((response) => { response.writeHead(200).write('begin'); return 200; });
  expect(await attempt(receiver.url, { requestTimeout: 1 })).toMatchObject({ result: 'DELIVERED', attempt: { statusCode: 200, responseBody: 'begin' } });
});

test('of a large response, only the beginning is kept and little is read', async () => {
  let written = 0;
  const receiver = await receiverWith((response) => {
    response.writeHead(200);
    const write = (): void => { while (written < 1e9 && response.write('x'.repeat(65_536))) written += 65_536; };
    response.on('drain', write);
    write();
    return 200;
  });
  const { attempt: { responseBody } } = await attempt(receiver.url);
  expect(responseBody).toBe('x'.repeat(1024));
  expect(written).toBeLessThan(50e6);
});

test('binary data and control characters of a response are replaced', async () => {
  const receiver = await receiverWith((response) => { response.writeHead(200).end(Buffer.from([0x61, 0x00, 0x1b, 0xff, 0x62, 0x0a])); return 200; });
  expect((await attempt(receiver.url)).attempt.responseBody).toBe('a\uFFFD\uFFFD\uFFFDb\n');
});

test('fails to connect where no process listens, and where the connection is closed without a response', async () => {
  const closed = await receiverWith();
  await closed.stop();
  receivers.pop();
  const silent: Server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => { silent.listen(0, '127.0.0.1', resolve); });
  const { port } = silent.address() as { port: number };
  for (const url of [`http://127.0.0.1:${port}/`]) expect(await attempt(url)).toMatchObject({ result: 'RETRY', attempt: { error: 'CONNECTION_FAILED' } });
  await new Promise((resolve) => { silent.close(resolve); });
  expect(await attempt(`http://127.0.0.1:${port}/`)).toMatchObject({ result: 'RETRY', attempt: { error: 'CONNECTION_FAILED' } });
});

test('fails when the receiver has no TLS', async () => {
  const receiver = await receiverWith();
  expect(await attempt(receiver.url.replace('http:', 'https:'))).toMatchObject({ result: 'RETRY', attempt: { error: expect.stringMatching(/TLS_FAILED|CONNECTION_FAILED/) } });
});

describe('the addresses of a name', () => {
  test('are resolved for each attempt, and the request goes to the address that was checked, with the name as host', async () => {
    const receiver = await receiverWith();
    const { port } = new URL(receiver.url);
    const resolved: string[] = [];
    const resolve: Resolve = async (host) => { resolved.push(host); return ['127.0.0.1']; };
    for (let index = 0; index < 2; index++) expect((await attempt(`http://shop.example.com:${port}/`, { resolve })).result).toBe('DELIVERED');
    expect(resolved).toEqual(['shop.example.com', 'shop.example.com']);
    expect(receiver.requests.map(({ headers }) => headers.host)).toEqual([`shop.example.com:${port}`, `shop.example.com:${port}`]);
  });

  test('that change to loopback after the webhook was created: the delivery fails with the reason, and no request is sent', async () => {
    const receiver = await receiverWith();
    const { port } = new URL(receiver.url);
    const answers = [['127.0.0.2'], ['127.0.0.1']];
    const resolve: Resolve = async () => answers.shift()!;
    // 127.0.0.2, where no process listens, stands for a public address.
    const settings = { allowedNetworks: ['127.0.0.2/32'], resolve };
    expect(await attempt(`http://rebind.example.com:${port}/`, settings)).toMatchObject({ result: 'RETRY', attempt: { error: 'CONNECTION_FAILED' } });
    expect(await attempt(`http://rebind.example.com:${port}/`, settings)).toMatchObject({ result: 'FAILED', attempt: { error: 'ADDRESS_NOT_ALLOWED' } });
    expect(receiver.requests).toEqual([]);
  });

  test.each([[['127.0.0.1']], [['93.184.215.14', '10.0.0.1']], [['::ffff:169.254.169.254']], [['fd00:ec2::254']], [['0.0.0.0']]])('%j fail: one that is not public is enough', async (addresses) => {
    const outcome = await attempt('https://shop.example.com/', { allowedNetworks: [], resolve: async () => addresses });
    expect(outcome).toMatchObject({ result: 'FAILED', attempt: { error: 'ADDRESS_NOT_ALLOWED' } });
  });

  test('that cannot be resolved are a reason to retry', async () => {
    expect(await attempt('https://missing.example.com/')).toMatchObject({ result: 'RETRY', attempt: { error: 'DNS_FAILED' } });
  });
});

test('fails for an address that the app does not allow any more', async () => {
  const receiver = await receiverWith();
  expect(await attempt(receiver.url, { allowedNetworks: [] })).toMatchObject({ result: 'FAILED', attempt: { error: 'ADDRESS_NOT_ALLOWED' } });
  expect(await attempt(receiver.url, { allowHttp: false })).toMatchObject({ result: 'FAILED', attempt: { error: 'HTTPS_REQUIRED' } });
  expect(receiver.requests).toEqual([]);
});
