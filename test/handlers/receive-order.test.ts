import '../support/handler-env';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { handler } from '../../handlers/receive-order';
import { calledBy, postOrder } from '../support/api-request';
import { loggedEntries, loggedText } from '../support/captured-logs';
import { sampleOrder } from '../support/sample-order';
import { sentMessages, sqs } from '../support/sent-messages';

const MAX_ORDER_SIZE = 128 * 1024;

beforeEach(() => {
  sqs.reset();
  sqs.on(SendMessageCommand).resolves({ MessageId: 'message-1' });
});

const answerTo = async (event: APIGatewayProxyEvent) => {
  const { statusCode, headers = {}, body } = await handler(event);
  return { statusCode, headers, text: body, body: JSON.parse(body) };
};

const errorsOf = async (event: APIGatewayProxyEvent): Promise<[path: string, code: string][]> => {
  const { body } = await answerTo(event);
  return body.errors.map(({ path, code }: { path: string; code: string }) => [path, code]);
};

describe('an accepted order', () => {
  test('is answered by 202 with its id and where it will be', async () => {
    const { statusCode, headers, body } = await answerTo(postOrder(sampleOrder({ orderId: 'order-1' })));

    expect(statusCode).toBe(202);
    expect(headers).toMatchObject({ 'Location': '/orders/order-1', 'Content-Type': 'application/json' });
    expect(body).toEqual({ orderId: 'order-1', correlationId: 'request-1', status: 'RECEIVED' });
  });

  test('has a Location that starts with the stage or the base path of the request', async () => {
    const requestContext = { requestId: 'request-1', identity: {}, path: '/shop/orders' };
    const { headers } = await answerTo(postOrder(sampleOrder({ orderId: 'order-1' }), {}, { resource: '/orders', requestContext }));

    expect(headers).toMatchObject({ Location: '/shop/orders/order-1' });
  });

  test('is one message in the orders queue, in the group of its order', async () => {
    await handler(postOrder(sampleOrder({ orderId: 'order-1' })));

    const [message, ...others] = sentMessages();
    expect(others).toEqual([]);
    expect(message).toMatchObject({ QueueUrl: 'https://sqs.test/orders.fifo', MessageGroupId: 'order-1' });
    expect(JSON.parse(message.MessageBody!)).toMatchObject({
      schemaVersion: 1,
      commandType: 'PlaceOrder',
      orderId: 'order-1',
      correlationId: 'request-1',
      channel: 'api',
      payload: sampleOrder({ orderId: 'order-1' }),
    });
  });

  test('is deduplicated by its command alone, so that a second thought of the client gets through', async () => {
    await handler(postOrder(sampleOrder({ orderId: 'order-1' })));
    await handler(postOrder(sampleOrder({ orderId: 'order-1' })));

    const ids = sentMessages().map(({ MessageDeduplicationId }) => MessageDeduplicationId);
    expect(ids).toEqual(sentMessages().map(({ MessageBody }) => JSON.parse(MessageBody!).commandId));
    expect(new Set(ids).size).toBe(2);
  });

  test('gets an id from the server when it brings none', async () => {
    const first = await answerTo(postOrder(sampleOrder()));
    const second = await answerTo(postOrder(sampleOrder()));

    expect(first.body.orderId).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
    expect(second.body.orderId).not.toBe(first.body.orderId);
    expect(JSON.parse(sentMessages()[0].MessageBody!).payload.orderId).toBe(first.body.orderId);
  });

  test('may come as base64', async () => {
    const body = Buffer.from(JSON.stringify(sampleOrder({ notes: 'Grüße ☕' }))).toString('base64');
    const { statusCode } = await answerTo(postOrder(body, {}, { isBase64Encoded: true }));

    expect(statusCode).toBe(202);
    expect(JSON.parse(sentMessages()[0].MessageBody!).payload.notes).toBe('Grüße ☕');
  });

  test('leaves one line and one count in the log', async () => {
    await handler(postOrder(sampleOrder({ orderId: 'order-1' })));

    expect(loggedEntries()).toEqual([
      expect.objectContaining({ message: 'order received', outcomes: [expect.objectContaining({ outcome: 'OrderReceived', orderId: 'order-1' })] }),
      expect.objectContaining({ OrderReceived: 1 }),
    ]);
  });
});

describe('an idempotency key', () => {
  const orderIdFor = async (key: string, caller: string) => {
    const { body } = await answerTo(postOrder(sampleOrder(), { 'Idempotency-Key': key }, calledBy(caller)));
    return body.orderId as string;
  };

  test('stands for the same order, however often one caller sends it', async () => {
    expect(await orderIdFor('key-1', 'caller-1')).toBe(await orderIdFor('key-1', 'caller-1'));
  });

  test('stands for another order when another caller sends it', async () => {
    expect(await orderIdFor('key-1', 'caller-1')).not.toBe(await orderIdFor('key-1', 'caller-2'));
  });

  test('stands for the same order in whatever case its header is written', async () => {
    const { body } = await answerTo(postOrder(sampleOrder(), { 'IDEMPOTENCY-KEY': 'key-1' }));

    expect(body.orderId).toBe(await orderIdFor('key-1', 'caller-1'));
  });

  test('goes with the id of its own order', async () => {
    const orderId = await orderIdFor('key-1', 'caller-1');

    expect(await answerTo(postOrder(sampleOrder({ orderId }), { 'Idempotency-Key': 'key-1' }))).toMatchObject({ statusCode: 202, body: { orderId } });
  });

  test('refuses the id of another order with 422, and names its own', async () => {
    const { statusCode, body } = await answerTo(postOrder(sampleOrder({ orderId: 'order-1' }), { 'Idempotency-Key': 'key-1' }));

    expect(statusCode).toBe(422);
    expect(body).toMatchObject({
      type: 'urn:cdk-order-pipeline:problem:idempotency-key-conflict',
      detail: expect.stringContaining(await orderIdFor('key-1', 'caller-1')),
      errors: [{ path: '/orderId', code: 'IDEMPOTENCY_KEY_CONFLICT' }],
    });
  });

  test.each([['is empty', ''], ['is blank', '   '], ['has 256 characters', 'k'.repeat(256)]])('fails when it %s', async (_, key) => {
    expect(await answerTo(postOrder(sampleOrder(), { 'Idempotency-Key': key }))).toMatchObject({
      statusCode: 400, body: { type: 'urn:cdk-order-pipeline:problem:invalid-idempotency-key' },
    });
    expect(sentMessages()).toEqual([]);
  });

  test('may have 255 characters', async () => {
    expect(await answerTo(postOrder(sampleOrder(), { 'Idempotency-Key': 'k'.repeat(255) }))).toMatchObject({ statusCode: 202 });
  });
});

describe('a wrong order', () => {
  test('is answered by 400 with all that is wrong at once, each with its path', async () => {
    const order = { orderId: 'not an id', customerId: 'c'.repeat(129), currency: 'QQQ', items: [{ sku: '', quantity: 0, unitPrice: 1.5 }], total: -1, colour: 'red' };

    expect(await errorsOf(postOrder(order))).toEqual(expect.arrayContaining([
      ['/orderId', 'INVALID_FORMAT'],
      ['/customerId', 'TOO_BIG'],
      ['/currency', 'UNKNOWN_CURRENCY'],
      ['/items/0/sku', 'INVALID_FORMAT'],
      ['/items/0/quantity', 'TOO_SMALL'],
      ['/items/0/unitPrice', 'INVALID_TYPE'],
      ['/total', 'TOO_SMALL'],
      ['/colour', 'UNKNOWN_FIELD'],
    ]));
    expect(sentMessages()).toEqual([]);
  });

  test('is answered as a problem of RFC 9457', async () => {
    const { statusCode, headers, body } = await answerTo(postOrder(sampleOrder({ customerId: '' })));

    expect(statusCode).toBe(400);
    expect(headers).toMatchObject({ 'Content-Type': 'application/problem+json', 'X-Correlation-Id': 'request-1' });
    expect(body).toEqual({
      type: 'urn:cdk-order-pipeline:problem:invalid-order',
      title: 'Bad Request',
      status: 400,
      detail: 'the order is not valid; see errors',
      correlationId: 'request-1',
      errors: [{ path: '/customerId', code: 'INVALID_FORMAT', message: 'must be text that is not blank' }],
    });
  });

  test('gets a short answer when it holds 60 000 wrong items, which is what fits into the size limit', async () => {
    const { text, body } = await answerTo(postOrder(sampleOrder({ items: new Array(60_000).fill(0) })));

    expect(text.length).toBeLessThan(32 * 1024);
    expect(body.errors.slice(0, 2)).toMatchObject([{ path: '/items', code: 'TOO_BIG' }, { path: '/items/0', code: 'INVALID_TYPE' }]);
    expect(body.errors.at(-1)).toEqual({ path: '', code: 'MORE_ERRORS', message: '59801 more errors are not listed' });
  });

  test.each([
    ['20 000 numbers that cannot be kept', 1, 20_000],
    ['numbers that cannot be kept under a long key', 1000, 20_000],
    ['numbers that cannot be kept under a very long key', 100_000, 5000],
    ['a field with a very long name', 120_000, 1],
  ])('gets an answer of bounded size when it holds %s', async (_, keyLength, count) => {
    const body = `{"${'k'.repeat(keyLength)}":[${new Array(count).fill('1e400').join(',')}]}`;

    const { statusCode, text } = await answerTo(postOrder(body));

    expect(statusCode).toBe(400);
    expect(text.length).toBeLessThan(1024 * 1024);
  });

  test('gets an answer of bounded size when it holds thousands of unknown fields', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`x${n}`, 0]));

    const { text, body } = await answerTo(postOrder(sampleOrder(unknown)));

    expect(text.length).toBeLessThan(64 * 1024);
    expect(body.errors.at(-1)).toMatchObject({ path: '', code: 'MORE_ERRORS' });
  });

  test.each(['null', '[]', '"order"', '1', 'true'])('fails when the body is %s instead of an object', async (body) => {
    expect(await errorsOf(postOrder(body))).toEqual([['', 'INVALID_TYPE']]);
  });

  test.each([
    ['customerId', { customerId: '\ud800' }, '/customerId', 'ILL_FORMED_TEXT'],
    ['a product', { items: [{ sku: 'x\udc00', quantity: 1, unitPrice: 1 }] }, '/items/0/sku', 'ILL_FORMED_TEXT'],
    ['an attribute', { attributes: { gift: '\ud800' } }, '/attributes/gift', 'ILL_FORMED_TEXT'],
  ])('fails when %s holds half a surrogate pair', async (_, changes, path, code) => {
    expect(await errorsOf(postOrder(sampleOrder(changes)))).toEqual([[path, code]]);
  });

  test.each(['1e16', '1e300', '1e-200'])('refuses the attribute %s, which the orders table cannot keep', async (number) => {
    const order = JSON.stringify(sampleOrder({ attributes: { weight: 0 } })).replace('"weight":0', `"weight":${number}`);

    expect(await answerTo(postOrder(order))).toMatchObject({ statusCode: 400, body: { errors: [{ path: '/attributes/weight' }] } });
  });
});

describe('a body that means nothing, or more than one thing', () => {
  const withNumber = (number: string) => `{"total":${number}}`;

  test.each([
    ['is empty', '', '', 'INVALID_JSON'],
    ['is not JSON', '{"customerId":', '', 'INVALID_JSON'],
    ['gives a key twice', '{"total":1,"total":2}', '/total', 'DUPLICATE_KEY'],
    ['holds the key __proto__', '{"__proto__":{"customerId":"x"}}', '/__proto__', 'FORBIDDEN_KEY'],
    ['holds 1e400', withNumber('1e400'), '/total', 'INEXACT_NUMBER'],
    ['holds 2^53 + 1', withNumber('9007199254740993'), '/total', 'INEXACT_NUMBER'],
  ])('fails when it %s', async (_, body, path, code) => {
    const { statusCode, body: problem } = await answerTo(postOrder(body));

    expect(statusCode).toBe(400);
    expect(problem).toMatchObject({ type: 'urn:cdk-order-pipeline:problem:invalid-json', errors: [{ path, code }] });
    expect(sentMessages()).toEqual([]);
  });

  test('fails when it is missing', async () => {
    expect(await errorsOf(postOrder('', {}, { body: null }))).toEqual([['', 'INVALID_JSON']]);
  });

  test('fails when its bytes are not UTF-8', async () => {
    const body = Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]).toString('base64');

    expect(await errorsOf(postOrder(body, {}, { isBase64Encoded: true }))).toEqual([['', 'INVALID_ENCODING']]);
  });

  test('fails when it nests 60 000 levels deep, which is what fits into the size limit', async () => {
    const [[, code], ...others] = await errorsOf(postOrder('['.repeat(60_000) + ']'.repeat(60_000)));

    expect(others).toEqual([]);
    expect(code).toBe('TOO_DEEP');
  });
});

describe('a request that is not for this API', () => {
  test.each([
    ['is missing', {}],
    ['is another', { 'Content-Type': 'text/plain' }],
    ['only begins like JSON', { 'Content-Type': 'application/json-seq' }],
  ])('fails with 415 when the media type %s', async (_, headers) => {
    expect(await answerTo(postOrder(sampleOrder(), {}, { headers }))).toMatchObject({
      statusCode: 415, body: { type: 'urn:cdk-order-pipeline:problem:unsupported-media-type' },
    });
  });

  test('may say the character set with the media type', async () => {
    expect(await answerTo(postOrder(sampleOrder(), { 'Content-Type': 'Application/JSON; charset=utf-8' }))).toMatchObject({ statusCode: 202 });
  });

  test.each([
    [202, MAX_ORDER_SIZE - 1],
    [202, MAX_ORDER_SIZE],
    [413, MAX_ORDER_SIZE + 1],
  ])('is answered by %i when the body has %i bytes', async (statusCode, size) => {
    const order = JSON.stringify(sampleOrder());

    expect(await answerTo(postOrder(order + ' '.repeat(size - order.length)))).toMatchObject({ statusCode });
  });

  test('is measured in bytes, not in characters', async () => {
    const order = JSON.stringify(sampleOrder({ notes: '☕' }));

    expect(await answerTo(postOrder(order + ' '.repeat(MAX_ORDER_SIZE - order.length)))).toMatchObject({
      statusCode: 413, body: { type: 'urn:cdk-order-pipeline:problem:body-too-large', detail: expect.stringContaining(String(MAX_ORDER_SIZE)) },
    });
  });
});

describe('when the orders queue does not answer', () => {
  beforeEach(() => {
    sqs.on(SendMessageCommand).rejects(Object.assign(new Error('no connection for canary-in-error'), { name: 'TimeoutError' }));
  });

  test('the client is asked to try again: 503 with Retry-After', async () => {
    const { statusCode, headers, body } = await answerTo(postOrder(sampleOrder()));

    expect(statusCode).toBe(503);
    expect(headers).toMatchObject({ 'Retry-After': '1', 'Content-Type': 'application/problem+json' });
    expect(body).toMatchObject({ type: 'urn:cdk-order-pipeline:problem:unavailable', title: 'Service Unavailable', correlationId: 'request-1' });
  });

  test('the log names the kind of error and the request, not the message', async () => {
    await handler(postOrder(sampleOrder()));

    expect(loggedEntries()).toEqual([expect.objectContaining({ message: 'request failed', errorName: 'TimeoutError', correlationId: 'request-1' })]);
    expect(loggedText()).not.toContain('canary');
  });
});

describe('the correlation id', () => {
  test.each([
    ['the client\'s own', 'trace:1_a-b.c', 'trace:1_a-b.c'],
    ['the request\'s when it could split a header', 'a\r\nSet-Cookie: b=c', 'request-1'],
    ['the request\'s when it could be markup', '<script>', 'request-1'],
    ['the request\'s when it is too long', 'c'.repeat(129), 'request-1'],
    ['the request\'s when it is empty', '', 'request-1'],
  ])('is %s', async (_, given, used) => {
    const { headers, body } = await answerTo(postOrder(sampleOrder(), { 'x-correlation-id': given }));

    expect(headers['X-Correlation-Id']).toBe(used);
    expect(body.correlationId).toBe(used);
    expect(JSON.parse(sentMessages()[0].MessageBody!).correlationId).toBe(used);
  });
});

describe('the log', () => {
  const canaries = { customerId: 'canary', notes: 'canary', shippingAddress: { canary: 'canary' }, attributes: { canary: 'canary' } };

  test.each([
    ['a valid order', sampleOrder({ ...canaries, items: [{ sku: 'canary', quantity: 1, unitPrice: 1, name: 'canary' }] })],
    ['an invalid order', { ...canaries, canary: 'canary', items: 'canary' }],
    ['what is not JSON', '{"canary": canary'],
  ])('holds nothing of %s', async (_, order) => {
    await handler(postOrder(order));

    expect(loggedText()).not.toContain('canary');
  });
});
