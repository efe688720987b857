import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { QueueReport, RedriveResponse } from '../../handlers/shared/redrive';
import { clientConfig } from '../support/deploy-example';
import { DeployedPipeline } from '../support/deployed-pipeline';
import { deployedQueues, drain } from '../support/deployed-queues';
import { eventually } from '../support/eventually';
import { redriveCommand } from '../support/redrive-command';
import { confirmedItem, fromOutside, onTheBus, orderValidated, sampleCommand } from '../support/sample-messages';
import { streamRecord } from '../support/stream-event';

describe('the command redrive, on a local AWS', () => {
  let pipeline: DeployedPipeline;
  let sqs: SQSClient;
  beforeAll(async () => {
    pipeline = await DeployedPipeline.start();
    sqs = new SQSClient(clientConfig(pipeline.local));
  }, 300_000);
  afterAll(() => pipeline?.stop());

  const command = (...args: string[]) => redriveCommand(pipeline.local, ...args);
  const redrive = async (...args: string[]): Promise<RedriveResponse> => {
    const { output, errors, status } = await command('--stack', 'FullOrders', '--json', ...args);
    if (output === '') throw new Error(`ended with ${status}: ${errors}`);
    return JSON.parse(output);
  };
  const reports = (answer: RedriveResponse, field: keyof QueueReport) =>
    Object.fromEntries(answer.queues.map((report) => [report.queue, report[field]]));

  /** Puts a message into a dead-letter queue, as it would end there. */
  async function fail(queue: string, message: unknown, { group, reason }: { group?: string; reason?: string } = {}): Promise<void> {
    await sqs.send(new SendMessageCommand({
      QueueUrl: (await pipeline.queue(queue)).url,
      MessageBody: JSON.stringify(message),
      ...(group ? { MessageGroupId: group, MessageDeduplicationId: `${Date.now()}-${Math.random()}` } : {}),
      ...(reason ? { MessageAttributes: { Reason: { DataType: 'String', StringValue: reason } } } : {}),
    }));
  }

  const cancelled = (orderId: string) => ({ ...fromOutside('OrderCancellationRequested', { reason: 'changed my mind' }, { orderId }), id: `cancel-${orderId}` });
  const fileId = '0123456789abcdef'.repeat(2);

  /** A message in each dead-letter queue of the pipeline, all about different orders. */
  async function failEverywhere(): Promise<void> {
    for (const orderId of ['changed', 'cancelled', 'fulfilled']) {
      await pipeline.api.post({ ...sampleCommand().payload as object, orderId: `redrive-${orderId}` });
      await pipeline.status(`redrive-${orderId}`, 'CONFIRMED');
    }
    const streamed = orderValidated({ orderId: 'redrive-streamed', commandId: 'streamed-1' });
    await fail('OrdersIngestOrdersDeadLetterQueue', sampleCommand({ orderId: 'redrive-placed', commandId: 'placed-1' }), { group: 'redrive-placed', reason: 'by hand' });
    await fail('OrdersProcessorProcessingDeadLetterQueue', onTheBus(orderValidated({ orderId: 'redrive-processed', commandId: 'processed-1' })));
    await fail('OrdersLifecycleChangeDeadLetterQueue', { ...fromOutside('OrderChangeRequested', { patch: { notes: 'changed' } }, { orderId: 'redrive-changed' }), id: 'change-1' });
    await fail('OrdersLifecycleCancellationDeadLetterQueue', cancelled('redrive-cancelled'));
    await fail('OrdersLifecycleFulfillmentDeadLetterQueue', { ...fromOutside('OrderFulfilled', {}, { orderId: 'redrive-fulfilled' }), id: 'fulfil-1' });
    await fail('OrdersProcessorChangesDeadLetterQueue', streamRecord('1', undefined, confirmedItem(streamed)), { reason: 'wrong or missing: /outcome' });
    await fail('OrdersProcessorExpiryDeadLetterQueue', { requestContext: { condition: 'RetriesExhausted' } });
    await fail('OrdersHistoryHistoryDeadLetterQueue', onTheBus(orderValidated({ orderId: 'redrive-recorded', commandId: 'recorded-1' })));
    await fail('OrdersFilesFilesDeadLetterQueue', { Event: 's3:TestEvent', Service: 'Amazon S3' });
    await fail('OrdersFilesValidFilesDeadLetterQueue', { fileId });
    // Those of the subscribers.
    await fail('AlertsDeadLetterQueue', { Type: 'Notification', Message: 'an alert that nobody heard' });
    await fail('EventLogDeadLetterQueue', onTheBus(orderValidated({ orderId: 'redrive-logged', commandId: 'logged-1' })));
    await fail('OrdersEventsLargeOrdersDeadLetterQueue', onTheBus(orderValidated({ orderId: 'redrive-large', commandId: 'large-1' })));
  }

  const EACH = {
    'orders': 1,
    'files': 1,
    'valid-files': 1,
    'processing': 1,
    'change': 1,
    'cancellation': 1,
    'fulfillment': 1,
    'stream': 1,
    'expiry': 1,
    'history': 1,
    'alerts': 1,
    'event-log': 1,
    'large-orders': 1,
  };

  test('finds, shows and puts back one message of each dead-letter queue, and every one is accounted for', async () => {
    await failEverywhere();
    const deadLetterQueues = (await deployedQueues(pipeline.local, 'FullOrders')).filter(({ isDeadLetterQueue }) => isDeadLetterQueue);
    expect(deadLetterQueues.map(({ depth }) => depth)).toEqual(Object.values(EACH));

    const listed = await redrive('--list');
    expect(reports(listed, 'matching')).toMatchObject(EACH);
    const [message] = listed.queues.find(({ queue }) => queue === 'orders')!.messages;
    expect(message).toMatchObject({ orderId: 'redrive-placed', commandId: 'placed-1', reason: 'by hand', state: 'LISTED' });

    const dry = await redrive();
    expect(reports(dry, 'moved')).toMatchObject(Object.fromEntries(Object.keys(EACH).map((queue) => [queue, 0])));
    // Nobody holds anything: it is all there for the next.
    expect(reports(await redrive('--list'), 'matching')).toMatchObject(EACH);

    const moved = await redrive('--execute', '--max-per-second', '50');
    expect(reports(moved, 'failed')).toMatchObject(Object.fromEntries(Object.keys(EACH).map((queue) => [queue, 0])));
    expect(reports(moved, 'moved')).toMatchObject({ ...EACH, expiry: 0 });

    await pipeline.quiet();
    await Promise.all([
      pipeline.status('redrive-placed', 'CONFIRMED'), pipeline.status('redrive-processed', 'CONFIRMED'), pipeline.version('redrive-changed', 2),
      pipeline.status('redrive-cancelled', 'CANCELLED'), pipeline.status('redrive-fulfilled', 'FULFILLED'),
      pipeline.event('redrive-streamed', 'OrderConfirmed'), pipeline.event('redrive-recorded', 'OrderRedriven'),
      pipeline.event('redrive-logged', 'OrderValidated'),
    ]);
    expect((await drain(pipeline.local, pipeline.outputs.AlertsQueueUrl)).map(({ Body }) => JSON.parse(Body!).Message)).toEqual(['an alert that nobody heard']);
    expect((await drain(pipeline.local, pipeline.outputs.LargeOrdersQueueUrl)).map(({ Body }) => JSON.parse(Body!).detail.metadata.orderId)).toContain('redrive-large');
    // The file's ticket names a file that is not there, so it is set aside again, with its reason; the call that failed stays; the rest is gone.
    const left = await eventually('the ticket to be set aside', async () => {
      const answer = await redrive('--list');
      return reports(answer, 'matching')['valid-files'] === 1 ? answer : undefined;
    });
    expect(reports(left, 'matching')).toMatchObject({ ...Object.fromEntries(Object.keys(EACH).map((queue) => [queue, 0])), 'expiry': 1, 'valid-files': 1 });
    const [ticket] = left.queues.find(({ queue }) => queue === 'valid-files')!.messages;
    expect(ticket).toMatchObject({ fileId, reason: 'the files table has no file of this id' });
  }, 180_000);

  test('is in the history of the order', async () => {
    const history = await eventually('the history', async () => {
      const { body } = await pipeline.api.request('/orders/redrive-placed/events', {});
      return body.items?.some(({ type }: { type: string }) => type === 'OrderRedriven') ? body.items : undefined;
    });
    expect(history.find(({ type }: { type: string }) => type === 'OrderRedriven')).toMatchObject({
      data: { queue: 'orders', reason: 'by hand', type: 'PlaceOrder' }, commandId: 'placed-1',
    });
  });

  test('keeps the order of an order\'s commands', async () => {
    const orderId = 'redrive-in-order';
    const notes = (n: number) => sampleCommand({ orderId, commandId: `note-${n}`, commandType: 'ChangeOrder', payload: { patch: { notes: `note ${n}` } } });
    await fail('OrdersIngestOrdersDeadLetterQueue', sampleCommand({ orderId, commandId: 'in-order-1' }), { group: orderId });
    for (let n = 1; n <= 12; n++) await fail('OrdersIngestOrdersDeadLetterQueue', notes(n), { group: orderId });
    await redrive('--queue', 'orders', '--order', orderId, '--execute', '--max-per-second', '100');

    const { body } = await pipeline.version(orderId, 13);
    expect(body.notes).toBe('note 12');
  }, 120_000);

  test('moves what is asked for, and leaves the rest', async () => {
    const queue = 'OrdersProcessorProcessingDeadLetterQueue';
    for (const n of [1, 2, 3]) await fail(queue, onTheBus(orderValidated({ orderId: `redrive-some-${n}`, commandId: `some-${n}` })), { reason: n === 2 ? 'another' : 'a bug' });
    expect(reports(await redrive('--queue', 'processing', '--error', 'A BUG', '--execute'), 'moved')).toEqual({ processing: 2 });

    await Promise.all([1, 3].map((n) => pipeline.status(`redrive-some-${n}`, 'CONFIRMED')));
    const { url } = await pipeline.queue(queue);
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessages'] }));
    expect(Attributes).toEqual({ ApproximateNumberOfMessages: '1' });
    expect((await drain(pipeline.local, url)).map(({ Body }) => JSON.parse(Body!).detail.metadata.orderId)).toEqual(['redrive-some-2']);
  }, 120_000);

  test('prints what it did, and ends with a status that says how it went', async () => {
    await fail('OrdersProcessorProcessingDeadLetterQueue', onTheBus(orderValidated({ orderId: 'redrive-shown', commandId: 'shown-1' })), { reason: 'a bug' });
    const dry = await command('--stack', 'FullOrders', '--queue', 'processing');
    expect(dry.status).toBe(0);
    expect(dry.output).toMatch(/would be moved {2}redrive-shown {2}OrderValidated .* a bug/);

    const wrong = await command('--stack', 'FullOrders', '--queue', 'nope');
    expect([wrong.status, wrong.errors]).toEqual([1, expect.stringContaining('there is no queue "nope", there are orders, ')]);
    expect((await command('--stack', 'Nope', '--list')).status).toBe(1);
    expect((await command('--stack', 'FullOrders', '--frobnicate')).status).toBe(2);
  }, 60_000);
});
