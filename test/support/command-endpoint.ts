import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { apiRequest, calledBy } from './api-request';
import { loggedEntries, loggedText } from './captured-logs';
import { sentMessages, sqs } from './sent-messages';

/** What a client asks of an order that is there: `PATCH /orders/{orderId}` or `POST /orders/{orderId}/cancellation`. */
export const askOf = (body: unknown, headers: Record<string, string> = {}, changes: object = {}): APIGatewayProxyEvent => apiRequest({
  httpMethod: 'POST',
  body: typeof body === 'string' ? body : JSON.stringify(body),
  headers: { 'Content-Type': 'application/json', ...headers },
  pathParameters: { orderId: 'order-1' },
  ...changes,
});

/** The commands that were sent in this test. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test looks into whatever was sent
export const sentCommands = (): any[] => sentMessages().map(({ MessageBody }) => JSON.parse(MessageBody!));

/** An API endpoint for commands on an order. */
interface CommandEndpoint {
  readonly handler: (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;
  readonly commandType: string;
  /** A request that is in order, another one, and what the first one's command carries. */
  readonly request: object;
  readonly other: object;
  readonly payload: object;
}

/** The tests of every API endpoint for commands on an order. */
export const behavesAsCommandEndpoint = ({ handler, commandType, request, other, payload }: CommandEndpoint): void => describe('as any endpoint for commands on an order', () => {
  beforeEach(() => {
    sqs.reset();
    sqs.on(SendMessageCommand).resolves({ MessageId: 'message-1' });
  });

  const answerTo = async (event: APIGatewayProxyEvent) => {
    const { statusCode, headers = {}, body } = await handler(event);
    return { statusCode, headers, body: JSON.parse(body) };
  };
  const commandIdFor = async (body: unknown, headers: Record<string, string>, changes: Record<string, unknown> = {}): Promise<string> => {
    const { statusCode } = await handler(askOf(body, headers, changes));
    return statusCode === 202 ? sentCommands().at(-1).commandId : `answered ${statusCode}`;
  };

  test('what is accepted is answered by 202, with where the order is', async () => {
    const { statusCode, headers, body } = await answerTo(askOf(request, { 'X-Correlation-Id': 'mine' }));

    expect(statusCode).toBe(202);
    expect(headers).toMatchObject({ 'Location': '/orders/order-1', 'Content-Type': 'application/json', 'X-Correlation-Id': 'mine' });
    expect(body).toEqual({ orderId: 'order-1', correlationId: 'mine', status: 'RECEIVED' });
  });

  test('the place of what is accepted starts with the stage or the base path of the request', async () => {
    const resource = '/orders/{orderId}/cancellation';
    const requestContext = { requestId: 'request-1', identity: {}, path: '/prod/orders/order-1/cancellation' };

    expect((await answerTo(askOf(request, {}, { resource, requestContext }))).headers).toMatchObject({ Location: '/prod/orders/order-1' });
  });

  test('what is accepted is one message in the orders queue, in the group of its order, deduplicated by its command', async () => {
    await handler(askOf(request));

    const [message, ...others] = sentMessages();
    expect(others).toEqual([]);
    expect(JSON.parse(message.MessageBody!)).toEqual({
      schemaVersion: 1, commandType, commandId: expect.any(String), orderId: 'order-1', correlationId: 'request-1', channel: 'api', receivedAt: expect.any(String), payload,
    });
    expect(message).toMatchObject({
      QueueUrl: 'https://sqs.test/orders.fifo', MessageGroupId: 'order-1', MessageDeduplicationId: JSON.parse(message.MessageBody!).commandId,
    });
  });

  describe('If-Match', () => {
    test.each([['"3"', 3], ['"1"', 1]])('%s makes the command expect version %i', async (etag, expectedVersion) => {
      expect(await answerTo(askOf(request, { 'If-Match': etag }))).toMatchObject({ statusCode: 202 });
      expect(sentCommands()).toMatchObject([{ payload: { ...payload, expectedVersion } }]);
    });

    test('* makes it expect none', async () => {
      await handler(askOf(request, { 'If-Match': '*' }));

      expect(sentCommands()[0].payload).toEqual(payload);
    });

    test.each(['3', 'W/3', '"3", "4"', '"0"', `"${'9'.repeat(30)}"`, ''])('fails with 400 when it is %s', async (etag) => {
      expect(await answerTo(askOf(request, { 'If-Match': etag }))).toMatchObject({
        statusCode: 400, body: { type: 'urn:cdk-order-pipeline:problem:invalid-if-match', errors: [{ code: 'INVALID_IF_MATCH' }] },
      });
      expect(sentMessages()).toEqual([]);
    });
  });

  describe('an idempotency key', () => {
    const key = { 'Idempotency-Key': 'key-1' };

    test('stands for the same command when the same request comes again', async () => {
      expect(await commandIdFor(request, key)).toBe(await commandIdFor(request, key));
      const [first, second] = sentMessages();
      expect(second.MessageDeduplicationId).toBe(first.MessageDeduplicationId);
    });

    test('stands for another command when another request comes: it is not lost', async () => {
      const ids = [
        await commandIdFor(request, key),
        await commandIdFor(other, key),
        await commandIdFor(request, { ...key, 'If-Match': '"3"' }),
        await commandIdFor(request, key, { pathParameters: { orderId: 'order-2' } }),
        await commandIdFor(request, key, calledBy('caller-2')),
        await commandIdFor(request, {}),
        await commandIdFor(request, {}),
      ];

      expect(new Set(ids).size).toBe(7);
      expect(ids.filter((id) => id.startsWith('answered'))).toEqual([]);
    });

    test.each([['is empty', ''], ['has 256 characters', 'k'.repeat(256)]])('fails with 400 when it %s', async (_, value) => {
      expect(await answerTo(askOf(request, { 'Idempotency-Key': value }))).toMatchObject({
        statusCode: 400, body: { type: 'urn:cdk-order-pipeline:problem:invalid-idempotency-key' },
      });
      expect(sentMessages()).toEqual([]);
    });
  });

  test.each([null, { orderId: 'an order' }, { orderId: 'o'.repeat(65) }, { orderId: '../orders' }])(
    'fails with 404 when the path names no order that there can be: %j', async (pathParameters) => {
      expect(await answerTo(askOf(request, {}, { pathParameters }))).toMatchObject({
        statusCode: 404, headers: { 'Content-Type': 'application/problem+json' }, body: { type: 'urn:cdk-order-pipeline:problem:order-not-found' },
      });
      expect(sentMessages()).toEqual([]);
    });

  test.each(['null', '[]', '7', '"text"', '{}', '{"unknown":1}'])('fails with 400 when the body is %s', async (body) => {
    const { statusCode, body: { errors } } = await answerTo(askOf(body));

    expect(statusCode).toBe(400);
    expect(errors.length).toBeGreaterThan(0);
    expect(sentMessages()).toEqual([]);
  });

  test.each([
    ['is empty', ''], ['is not JSON', '{"reason":'], ['gives a key twice', '{"reason":"a","reason":"b"}'], ['holds __proto__', '{"notes":"n","__proto__":{"a":1}}'],
  ])('fails with 400 when the body %s', async (_, body) => {
    expect(await answerTo(askOf(body))).toMatchObject({ statusCode: 400, body: { type: 'urn:cdk-order-pipeline:problem:invalid-json' } });
    expect(sentMessages()).toEqual([]);
  });

  test.each([[202, 0], [413, 1]])('is answered by %i when the body is %i bytes over the limit', async (statusCode, over) => {
    const body = JSON.stringify(request);

    expect(await answerTo(askOf(body + ' '.repeat(128 * 1024 - body.length + over)))).toMatchObject({ statusCode });
  });

  test.each(['text/plain', '', 'application/json-patch+json', 'application/x-www-form-urlencoded'])('fails with 415 when the media type is %j', async (type) => {
    expect(await answerTo(askOf(request, { 'Content-Type': type }))).toMatchObject({
      statusCode: 415, body: { type: 'urn:cdk-order-pipeline:problem:unsupported-media-type' },
    });
  });

  test('fails with 503 when the queue does not answer: the client may try again', async () => {
    sqs.on(SendMessageCommand).rejects(Object.assign(new Error('canary'), { name: 'TimeoutError' }));

    expect(await answerTo(askOf(request))).toMatchObject({
      statusCode: 503, headers: { 'Retry-After': '1' }, body: { type: 'urn:cdk-order-pipeline:problem:unavailable', correlationId: 'request-1' },
    });
    expect(loggedEntries()).toEqual([expect.objectContaining({ errorName: 'TimeoutError', correlationId: 'request-1' })]);
    expect(loggedText()).not.toContain('canary');
  });
});
