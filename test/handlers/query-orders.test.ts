import '../support/handler-env';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../handlers/query-orders';
import { apiRequest, getOrder } from '../support/api-request';
import { loggedEntries, loggedText } from '../support/captured-logs';
import { confirmedItem, orderRejected, orderValidated, rejectedItem, SAMPLE_TIME, samplePricedOrder } from '../support/sample-messages';

const table = mockClient(DynamoDBDocumentClient);

beforeEach(() => {
  table.reset();
  table.on(GetCommand).resolves({});
});

const answerTo = async (event: Parameters<typeof handler>[0]) => {
  const { statusCode, headers = {}, body } = await handler(event);
  return { statusCode, headers, body: JSON.parse(body) };
};

describe('an order that is there', () => {
  test('is answered by 200 with its version as ETag', async () => {
    table.on(GetCommand).resolves({ Item: confirmedItem() });

    expect(await answerTo(getOrder('order-1'))).toMatchObject({
      statusCode: 200, headers: { 'ETag': '"1"', 'Content-Type': 'application/json', 'X-Correlation-Id': 'request-1' },
    });
  });

  test('is answered with its state and without the table\'s bookkeeping', async () => {
    table.on(GetCommand).resolves({ Item: confirmedItem() });

    expect((await answerTo(getOrder('order-1'))).body).toEqual({
      ...samplePricedOrder(), status: 'CONFIRMED', version: 1, createdAt: SAMPLE_TIME, updatedAt: SAMPLE_TIME,
    });
  });

  test('is read as it stands after every write that was answered', async () => {
    await handler(getOrder('order-1'));

    expect(table.commandCalls(GetCommand)[0].args[0].input).toEqual({ TableName: 'orders-table', Key: { orderId: 'order-1' }, ConsistentRead: true });
  });
});

test('a rejected order is answered with the reasons', async () => {
  table.on(GetCommand).resolves({ Item: rejectedItem(orderRejected(), new Date()) });

  const { statusCode, body } = await answerTo(getOrder('order-1'));
  expect(statusCode).toBe(200);
  expect(body).toMatchObject({ status: 'REJECTED', rejection: { code: 'INVALID_ORDER', errors: [{ path: '/total' }] } });
  expect(Object.keys(body)).not.toContain('expiresAt');
  expect(Object.keys(body)).not.toContain('lastCommand');
});

describe('an order that is not there', () => {
  test('fails with 404 when no one placed it', async () => {
    expect(await answerTo(getOrder('order-1'))).toMatchObject({
      statusCode: 404, body: { type: 'urn:cdk-order-pipeline:problem:order-not-found', title: 'Not Found', correlationId: 'request-1' },
    });
  });

  test('fails with 404 when it was rejected and that has expired, even while the table still has it', async () => {
    table.on(GetCommand).resolves({ Item: rejectedItem(orderRejected(), new Date(0)) });

    expect(await answerTo(getOrder('order-1'))).toMatchObject({ statusCode: 404 });
  });

  test.each(['', 'an id', 'a/b', 'x'.repeat(65), 'order-1\n', '<script>'])('fails with 404 when %j could be no order\'s id, without asking the table', async (id) => {
    expect(await answerTo(getOrder(id))).toMatchObject({ statusCode: 404 });
    expect(table.calls()).toHaveLength(0);
  });

  test('fails with 404 when the path has no id', async () => {
    expect(await answerTo(apiRequest())).toMatchObject({ statusCode: 404 });
  });
});

test('fails with 503 and Retry-After when the table does not answer', async () => {
  table.on(GetCommand).rejects(Object.assign(new Error('down'), { name: 'TimeoutError' }));

  expect(await answerTo(getOrder('order-1'))).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '1' } });
  expect(loggedEntries()).toEqual([expect.objectContaining({ errorName: 'TimeoutError' })]);
});

test('the log holds nothing of what is in an order', async () => {
  table.on(GetCommand).resolves({ Item: confirmedItem(orderValidated({}, { customerId: 'canary', notes: 'canary' })) });
  await handler(getOrder('order-1'));

  expect(loggedText()).not.toContain('canary');
});
