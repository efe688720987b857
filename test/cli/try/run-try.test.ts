import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONFIRMING, FORBIDDEN, KEY_COMMAND, NOT_FOUND, OUTPUTS, runTry, URL, type FakeResponse } from './fake-api';

const fileWith = (content: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'orders of the shop-')), 'order.json');
  writeFileSync(path, content);
  return path;
};
const awsError = (name: string, message = name) => Promise.reject(Object.assign(new Error(message), { name }));

describe('an order', () => {
  test('is placed, followed until it is confirmed, and printed with its history', async () => {
    const { status, printed, errors, requests } = await runTry('--stack Shop');

    expect(status).toBe(0);
    expect(requests.map(({ method, url }) => `${method} ${url.slice(URL.length)}`)).toEqual([
      'POST /orders', 'GET /orders/order-1', 'GET /orders/order-1', 'GET /orders/order-1/events', 'GET /orders/order-1/events',
    ]);
    for (const { url, headers } of requests) expect([url.startsWith(URL), headers['x-api-key']]).toEqual([true, 'secret-key']);
    expect(JSON.parse(requests[0].body!)).toMatchObject({ currency: 'EUR', total: 4020 });
    expect(printed.replace(/-d '[^']*'/, "-d '…'").replace(/try-[-0-9a-f]{36}/, 'try-1')).toBe(`Pipeline Orders of stack Shop

  url='${URL}'
  key=$(${KEY_COMMAND})

Place an order

  curl -i "$url/orders" -H 'Content-Type: application/json' -H 'Idempotency-Key: try-1' -H "x-api-key: $key" -d '…'

  202 Accepted
  {"orderId":"order-1","correlationId":"correlation-1","status":"RECEIVED"}

Read it

  curl "$url/orders/order-1" -H "x-api-key: $key"

  CONFIRMED after 1.0 seconds, version 1, total 4020

Its history

  curl "$url/orders/order-1/events" -H "x-api-key: $key"

  2026-03-01T12:00:01.000Z  OrderValidated
  2026-03-01T12:00:02.000Z  OrderConfirmed

Next

  Cancel the order: curl -i "$url/orders/order-1/cancellation" -H 'Content-Type: application/json' -H "x-api-key: $key" -d '{ "reason": "was a test" }'
  Subscribe to its events: https://github.com/cdk-order-pipeline/cdk-order-pipeline/blob/main/docs/events.md
  Send orders in a file: aws s3 cp orders.json s3://shop-orders/incoming/
  Dashboard: ${OUTPUTS.OrdersDashboardUrl}

`);
    expect(printed + errors).not.toContain('secret-key');
  });

  test('is another one each time', async () => {
    const [first, second] = await Promise.all([runTry('--stack Shop'), runTry('--stack Shop')]);
    expect(first.requests[0].headers['Idempotency-Key']).toMatch(/^try-/);
    expect(first.requests[0].headers['Idempotency-Key']).not.toBe(second.requests[0].headers['Idempotency-Key']);
    expect(JSON.parse(first.requests[0].body!)).not.toHaveProperty('orderId');
  });

  test('that is rejected is printed with the reasons, and the status is 1', async () => {
    const rejection = { code: 'INVALID_ORDER', reason: 'the order breaks the rules', errors: [{ path: '/total', code: 'TOTAL_MISMATCH', message: 'must be 3780' }] };
    const { status, printed } = await runTry('--stack Shop', {
      'GET /orders/order-1': [[200, { status: 'REJECTED', updatedAt: '1', rejection }]],
      'GET /orders/order-1/events': [[200, { items: [{ occurredAt: '2026-03-01T12:00:01.000Z', type: 'OrderRejected' }] }]],
    });
    expect(status).toBe(1);
    expect(printed).toContain('  REJECTED after 0.0 seconds: INVALID_ORDER, the order breaks the rules\n    /total TOTAL_MISMATCH: must be 3780\n');
    expect(printed).toContain('  2026-03-01T12:00:01.000Z  OrderRejected\n');
  });

  test('without an outcome in time ends with status 3 and where to look', async () => {
    const { status, errors, pauses } = await runTry('--stack Shop --timeout 5s', { 'GET /orders/order-1': [NOT_FOUND] });
    expect(status).toBe(3);
    expect(pauses).toHaveLength(5);
    expect(errors).toContain('The order order-1 was accepted and has no outcome after 5 seconds. It is not lost.');
    expect(errors).toContain('npx cdk-order-pipeline redrive --stack Shop --list --order order-1');
    expect(errors).toContain(OUTPUTS.OrdersDashboardUrl);
  });

  test.each<[string, FakeResponse, string]>([
    ['has no history', [404, { message: 'Not Found' }], 'The pipeline has no history: its prop history is false.'],
    ['has no events yet', NOT_FOUND, 'The history has no events yet; repeat the request later.'],
  ])('of a pipeline that %s is confirmed nevertheless', async (_, response, text) => {
    const { status, printed } = await runTry('--stack Shop', { 'GET /orders/order-1/events': [response] });
    expect(status).toBe(0);
    expect(printed).toContain(`  ${text}\n`);
  });
});

describe('the order to place', () => {
  const own = { 'cdk-order-pipeline:Orders': { orderId: '/header/number', example: { header: { number: 'order-1', buyer: "Anna's" } } } };

  test('is that of --order, as it is in the file', async () => {
    const path = fileWith('{ "orderId": "order-1",\n "currency": "EUR" }');
    const { status, printed, requests } = await runTry(['--stack', 'Shop', '--order', path], {
      'GET /orders/order-1': [NOT_FOUND, ...CONFIRMING['GET /orders/order-1']],
    });
    expect(status).toBe(0);
    expect(requests[1]).toMatchObject({ method: 'POST', body: '{ "orderId": "order-1",\n "currency": "EUR" }' });
    expect(requests[1].headers).not.toHaveProperty('Idempotency-Key');
    expect(printed).toContain(` --data-binary '@${path}'\n`);
  });

  test('is the example of the order model of the pipeline', async () => {
    const { status, printed, requests } = await runTry('--stack Shop', { 'GET /orders/order-1': [NOT_FOUND, ...CONFIRMING['GET /orders/order-1']] }, { metadata: async () => own });
    expect(status).toBe(0);
    expect(JSON.parse(requests[1].body!)).toEqual(own['cdk-order-pipeline:Orders'].example);
    expect(requests[1].headers).not.toHaveProperty('Idempotency-Key');
    expect(printed).toContain('-d \'{\n    "header": {"number":"order-1","buyer":"Anna\'\\\'\'s"}\n  }\'\n');
  });

  test('is not sent if it exists, because placing it again would have no outcome', async () => {
    const { status, errors, requests } = await runTry('--stack Shop', { 'GET /orders/order-1': [[200, { status: 'FULFILLED', createdAt: '2026-03-01T10:00:00.000Z' }]] }, { metadata: async () => own });
    expect([status, requests.length]).toEqual([1, 1]);
    expect(errors).toContain('order order-1 exists already: it was placed at 2026-03-01T10:00:00.000Z and is FULFILLED. Nothing was sent');
  });

  test('replaces a rejected one, whose rejection is not its outcome', async () => {
    const rejected: FakeResponse = [200, { status: 'REJECTED', updatedAt: '2026-03-01T10:00:00.000Z', rejection: { code: 'A', reason: 'b' } }];
    const { status, printed, requests } = await runTry('--stack Shop', {
      'GET /orders/order-1': [rejected, rejected, CONFIRMING['GET /orders/order-1'][1]],
    }, { metadata: async () => own });
    expect([status, requests.filter(({ method }) => method === 'POST').length]).toEqual([0, 1]);
    expect(printed).toContain('CONFIRMED after');
  });

  test('is the standard example if the caller may not read the template', async () => {
    const { status, requests } = await runTry('--stack Shop', {}, { metadata: () => awsError('AccessDenied') });
    expect(status).toBe(0);
    expect(JSON.parse(requests[0].body!)).toHaveProperty('currency');
  });

  test.each([
    ['the model has no example', [], { metadata: async () => ({ 'cdk-order-pipeline:Orders': { orderId: '/number' } }) }, 'the order model of the pipeline has no example: give an order with --order'],
    ['the file does not exist', ['--order', '/nowhere/order.json'], {}, '--order must be a file with an order as JSON, got /nowhere/order.json: ENOENT'],
    ['the file has no JSON', ['--order', fileWith('orderId: 1')], {}, '--order must be a file with an order as JSON, got'],
  ])('fails when %s', async (_, options, aws, message) => {
    const { status, errors, requests } = await runTry(['--stack', 'Shop', ...options], {}, aws);
    expect([status, requests]).toEqual([2, []]);
    expect(errors).toContain(message);
  });
});

describe('the API', () => {
  test('is that of the pipeline of --pipeline', async () => {
    const outputs = { ...OUTPUTS, WebApiUrl: 'https://orders.example.com/v1', WebTryCommand: `${OUTPUTS.OrdersTryCommand} --pipeline Web` };
    const describeStack = async () => ({ status: 'CREATE_COMPLETE', outputs });
    const { status, printed, requests } = await runTry('--stack Shop --pipeline Web', {}, { describe: describeStack });
    expect(status).toBe(0);
    expect(requests[0].url).toBe('https://orders.example.com/v1/orders');
    expect(requests[0].headers).not.toHaveProperty('x-api-key');
    expect(printed).toContain("Pipeline Web of stack Shop\n\n  url='https://orders.example.com/v1'\n\n");
  });

  test('is at the endpoint of a local AWS', async () => {
    const { requests } = await runTry('--stack Shop', {}, { localEndpoint: () => 'http://127.0.0.1:4566' });
    expect(requests[0].url).toBe('http://127.0.0.1:4566/_aws/execute-api/abc123/prod/orders');
  });

  test('is that of --url, without AWS, with credentials that are not printed', async () => {
    const line = ['--url', 'https://orders.example.com/', '--header', 'Authorization: Bearer abc', '--header', 'x-api-key: mine'];
    const notUsed = () => awsError('NotUsed');
    const { status, printed, requests } = await runTry(line, {}, { describe: notUsed, metadata: notUsed, apiKey: notUsed });
    expect(status).toBe(0);
    expect(requests[0]).toMatchObject({ url: 'https://orders.example.com/orders', headers: { 'Authorization': 'Bearer abc', 'x-api-key': 'mine' } });
    expect(printed).toContain('-H "Authorization: $authorization" -H "x-api-key: $x_api_key"');
    expect(printed).toContain("authorization='…'   # the value of --header\n");
    expect(printed).not.toMatch(/abc|mine/);
  });

  test('receives the key of --header instead of that of the stack', async () => {
    const { requests } = await runTry(['--stack', 'Shop', '--header', 'X-Api-Key: mine'], {}, { apiKey: () => awsError('NotUsed') });
    expect(requests[0].headers).toMatchObject({ 'X-Api-Key': 'mine' });
  });

  test.each<[string, FakeResponse]>([['403, until a new API key is active', FORBIDDEN], ['429', [429]], ['503', [503]]])('can answer %s', async (_, response) => {
    const { status, requests, pauses } = await runTry('--stack Shop', { 'POST /orders': [response, response, ...CONFIRMING['POST /orders']] });
    const placements = requests.filter(({ method }) => method === 'POST');
    expect([status, placements.length]).toEqual([0, 3]);
    expect(new Set(placements.map(({ headers }) => headers['Idempotency-Key'])).size).toBe(1);
    expect(pauses.slice(0, 2)).toEqual([1000, 1000]);
  });

  test('can answer 403 to a read after it accepted the order, because a new API key is not active everywhere at once', async () => {
    const { status } = await runTry('--stack Shop', { 'GET /orders/order-1': [FORBIDDEN, ...CONFIRMING['GET /orders/order-1']] });
    expect(status).toBe(0);
  });
});

describe('fails when', () => {
  const AUTHORIZATION = ['--header', 'Authorization: Bearer abc'];
  const WITHOUT_KEY = { describe: async () => ({ status: 'CREATE_COMPLETE', outputs: { ...OUTPUTS, OrdersApiKeyCommand: undefined as never } }) };

  test.each<[string, FakeResponse, string[], object, string, number]>([
    ['the API key is not accepted for half a minute', FORBIDDEN, [], {}, 'it can take a minute until API Gateway accepts a new API key: run the command again. Otherwise, check that the key key-1 is enabled', 31],
    ['callers without an API key are forbidden', [403], [], WITHOUT_KEY, 'Give the credentials of a caller who may place orders', 1],
    ['unsigned requests have no route', [404], [], WITHOUT_KEY, 'If its routes have IAM authentication, sign the requests with "curl --aws-sigv4"', 1],
    ['the credentials are forbidden', [403], AUTHORIZATION, WITHOUT_KEY, 'Check that the credentials of --header are valid and may place orders.', 1],
    ['callers authenticate by other means', [401, { message: 'Unauthorized' }], [], WITHOUT_KEY, "such as --header 'Authorization: Bearer …'", 1],
    ['the credentials are wrong', [401], AUTHORIZATION, WITHOUT_KEY, 'Check that the credentials of --header are right and have not expired.', 1],
    ['the path is not that of an API', [404], [], {}, 'Check that the URL is that of the API of an order pipeline, with its stage.', 1],
    ['the API is not available for half a minute', [500], [], {}, 'the logs of the function receive-order have the reason', 31],
    ['the order is not valid', [400, { detail: 'the order is not valid; see errors', errors: [{ path: '/number', code: 'REQUIRED', message: 'is required' }] }], [], {}, '/number REQUIRED: is required\nGive an order of this pipeline with --order <file>.', 1],
  ])('%s', async (_, response, options, aws, message, count) => {
    const { status, printed, errors, requests } = await runTry(['--stack', 'Shop', ...options], { 'POST /orders': [response] }, aws);
    expect([status, requests.length]).toEqual([1, count]);
    expect(printed).toMatch(/Place an order\n\n {2}curl -i "\$url\/orders" [^]*'\n\n$/);
    expect(errors).toContain(`placing the order failed: the API answered ${response[0]}`);
    expect(errors).toContain(message);
  });

  test('the order of --order is not valid', async () => {
    const { errors } = await runTry(['--stack', 'Shop', '--order', fileWith('{}')], { 'POST /orders': [[400]] });
    expect(errors).toContain('Fix the order in the file of --order.');
  });

  test('the caller may place orders and not read them', async () => {
    const { status, errors } = await runTry(['--stack', 'Shop', ...AUTHORIZATION], { 'GET /orders/order-1': [[403]] }, WITHOUT_KEY);
    expect(status).toBe(1);
    expect(errors).toContain('reading the accepted order order-1 failed: the API answered 403');
  });

  test.each([
    ['the stack does not exist', { describe: () => awsError('ValidationError', 'Stack with id Shop does not exist') }, 'stack Shop does not exist: check its name'],
    ['describing the stack is not allowed', { describe: () => awsError('AccessDenied') }, 'allow cloudformation:DescribeStacks, or give the URL of the API with --url'],
    ['reading the API key is not allowed', { apiKey: () => awsError('AccessDeniedException') }, 'allow apigateway:GET, or give the key with --header'],
    ['the API key was deleted', { apiKey: () => awsError('NotFoundException') }, 'the API key key-1 does not exist any more: deploy the stack again'],
    ['reading the template fails', { metadata: () => awsError('ThrottlingException', 'Rate exceeded') }, 'Rate exceeded'],
    ['there are no credentials', { describe: () => awsError('CredentialsProviderError', 'Could not load credentials from any providers') }, 'no credentials of AWS: Could not load credentials from any providers; configure them'],
  ])('%s', async (_, aws, message) => {
    const { status, printed, errors } = await runTry('--stack Shop', {}, aws);
    expect([status, printed]).toEqual([1, '']);
    expect(errors).toContain(message);
  });
});
