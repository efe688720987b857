import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { eventually } from '../../cli/local/system/eventually';
import { clientConfig } from '../support/client-config';
import { DeployedPipeline } from '../support/deployed-pipeline';
import { peek } from '../support/deployed-queues';
import { sampleOrder } from '../support/sample-order';

const withText = (changes: Record<string, unknown>, text: string) => JSON.stringify(sampleOrder(changes)).replace('"@"', text);
const JSON_BODY = { 'Content-Type': 'application/json' };

describe('hostile input, on a local AWS', () => {
  let pipeline: DeployedPipeline;
  beforeAll(async () => {
    pipeline = await DeployedPipeline.start();
  }, 300_000);
  afterAll(() => pipeline?.stop());

  const requests: [description: string, status: number, body: string | Uint8Array, headers?: Record<string, string>][] = [
    ['an empty body', 400, ''],
    ['a wrong media type', 415, JSON.stringify(sampleOrder()), { 'Content-Type': 'text/plain' }],
    ['XML under the right media type', 400, '<order/>'],
    ['an array', 400, '[]'],
    ['null', 400, 'null'],
    ['11 MB', 413, `{"notes":"${'x'.repeat(11 * 1024 * 1024)}"}`],
    ['a body just over the limit', 413, `{"notes":"${'x'.repeat(128 * 1024)}"}`],
    ['nesting of 50 000 levels', 400, '['.repeat(50_000) + ']'.repeat(50_000)],
    ['__proto__', 400, withText({ notes: '@' }, '"n","__proto__":{"admin":true}')],
    ['a number larger than the largest double', 400, withText({ total: '@' }, '1e400')],
    ['an integer that is not exact as a double', 400, withText({ total: '@' }, '9007199254740993')],
    ['bytes that are not UTF-8', 400, Buffer.concat([Buffer.from('{"notes":"'), Buffer.from([0xff, 0xfe, 0x80]), Buffer.from('"}')])],
    ['a lone surrogate', 400, withText({ notes: '@' }, '"\\ud83d"')],
    ['an unknown field', 400, JSON.stringify(sampleOrder({ colour: 'blue' }))],
    ['a key given twice', 400, withText({ notes: '@' }, '"a","notes":"b"')],
    ['60 000 items that are not objects', 400, `{"items":[${'1,'.repeat(60_000)}1]}`],
    ['an empty idempotency key', 400, JSON.stringify(sampleOrder()), { 'Idempotency-Key': ' ' }],
    ['an idempotency key of 256 characters', 400, JSON.stringify(sampleOrder()), { 'Idempotency-Key': 'k'.repeat(256) }],
    ['an idempotency key with the id of another order', 422, JSON.stringify(sampleOrder({ orderId: 'mine' })), { 'Idempotency-Key': 'k' }],
  ];
  test.each(requests.map(([description, status, body, headers]) => ({ description, status, body, headers })))('responds to $description with $status', async ({ status, body, headers }) => {
    const response = await pipeline.api.post(body, headers);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.body).toMatchObject({ status, title: expect.any(String), detail: expect.any(String), correlationId: expect.any(String) });
  });

  test.each(['%00', '..%2f..', 'a%20b', 'x'.repeat(65), '%F0%9F%98%80'])('responds to the order ID %s with 404', async (orderId) => {
    expect((await pipeline.api.get(orderId)).status).toBe(404);
  });

  test('stores and returns characters of all Unicode planes', async () => {
    const notes = 'Grüße \u0001 " \\ \u2028 日本 👩‍👩‍👧 \u{10FFFF}';
    await pipeline.api.request('/orders', { method: 'POST', body: JSON.stringify(sampleOrder({ orderId: 'e2e-text', notes })), headers: JSON_BODY });
    const stored = await pipeline.waitForStatus('e2e-text', 'CONFIRMED');
    expect(stored.body.order.notes).toBe(notes);
  });

  test('sends a message that is not a command to the dead-letter queue with its reason, without blocking its message group', async () => {
    const { url } = await pipeline.queue('OrdersIngestOrdersQueue');
    const sqs = new SQSClient(clientConfig(pipeline.local));
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'poison', MessageGroupId: 'e2e-poison', MessageDeduplicationId: 'poison-1' }));
    await pipeline.api.post(sampleOrder({ orderId: 'e2e-poison' }));

    await pipeline.waitForStatus('e2e-poison', 'CONFIRMED');
    const message = await waitForDeadLetterMessage(pipeline, 'OrdersIngestOrdersDeadLetterQueue', 'poison');
    expect(message.MessageAttributes?.Reason.StringValue).toBe('the body is not JSON');
    expect(message.Attributes?.MessageGroupId).toBe('e2e-poison');
  });

  test('sends a message that is not an event to the dead-letter queue of the processing queue', async () => {
    const { url } = await pipeline.queue('OrdersProcessorProcessingQueue');
    const event = JSON.stringify({ 'detail-type': 'OrderValidated', 'detail': { metadata: { orderId: 'e2e-no-event' } } });
    await new SQSClient(clientConfig(pipeline.local)).send(new SendMessageCommand({ QueueUrl: url, MessageBody: event }));

    const message = await waitForDeadLetterMessage(pipeline, 'OrdersProcessorProcessingDeadLetterQueue', 'e2e-no-event');
    expect(message.MessageAttributes?.Reason.StringValue).toMatch(/^only the pipeline publishes OrderValidated/);
  });
});

/** Waits until a dead-letter queue contains a message with a text. */
const waitForDeadLetterMessage = (pipeline: DeployedPipeline, queue: string, text: string) => eventually(`a message in ${queue}`, async () => {
  const { url } = await pipeline.queue(queue);
  return (await peek(pipeline.local, url)).find(({ Body }) => Body!.includes(text));
});
