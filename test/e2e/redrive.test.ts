import { GetQueueAttributesCommand, SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { eventually } from '../../cli/local/system/eventually';
import type { RedriveResult } from '../../cli/redrive/redrive-result';
import type { QueueReport, RedriveResponse } from '../../handlers/shared/redrive';
import { clientConfig } from '../support/client-config';
import { DeployedPipeline } from '../support/deployed-pipeline';
import { deployedQueues, drain } from '../support/deployed-queues';
import { interruptedRedriveCommand, redriveCommand } from '../support/run-command-line';
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
    if (output === '') throw new Error(`exit status ${status}: ${errors}`);
    return JSON.parse(output);
  };
  const reports = (answer: RedriveResponse, field: keyof QueueReport) =>
    Object.fromEntries(answer.queues.map((report) => [report.queue, report[field]]));

  /** Sends a message to a dead-letter queue, as SQS or a handler would. */
  async function sendToDeadLetterQueue(queue: string, message: unknown, { group, reason }: { group?: string; reason?: string } = {}): Promise<void> {
    await sqs.send(new SendMessageCommand({
      QueueUrl: (await pipeline.queue(queue)).url,
      MessageBody: JSON.stringify(message),
      ...(group ? { MessageGroupId: group, MessageDeduplicationId: `${Date.now()}-${Math.random()}` } : {}),
      ...(reason ? { MessageAttributes: { Reason: { DataType: 'String', StringValue: reason } } } : {}),
    }));
  }

  const cancellationOf = (orderId: string) => ({ ...fromOutside('OrderCancellationRequested', { reason: 'changed my mind' }, { orderId }), id: `cancel-${orderId}` });
  const fileId = '0123456789abcdef'.repeat(2);

  /** Sends a message to each dead-letter queue of the pipeline, all about different orders. */
  async function fillDeadLetterQueues(): Promise<void> {
    for (const orderId of ['changed', 'cancelled', 'fulfilled']) {
      await pipeline.api.post({ ...sampleCommand().payload as object, orderId: `redrive-${orderId}` });
      await pipeline.waitForStatus(`redrive-${orderId}`, 'CONFIRMED');
    }
    const streamed = orderValidated({ orderId: 'redrive-streamed', commandId: 'streamed-1' });
    await sendToDeadLetterQueue('OrdersIngestOrdersDeadLetterQueue', sampleCommand({ orderId: 'redrive-placed', commandId: 'placed-1' }), { group: 'redrive-placed', reason: 'by hand' });
    await sendToDeadLetterQueue('OrdersBusIngestPlacementDeadLetterQueue', {
      ...fromOutside('OrderPlacementRequested', { order: { ...sampleCommand().payload as object, orderId: 'redrive-requested' } }, { orderId: 'redrive-requested' }), id: 'place-1',
    });
    await sendToDeadLetterQueue('OrdersProcessorProcessingDeadLetterQueue', onTheBus(orderValidated({ orderId: 'redrive-processed', commandId: 'processed-1' })));
    await sendToDeadLetterQueue('OrdersLifecycleChangeDeadLetterQueue', { ...fromOutside('OrderChangeRequested', { patch: { notes: 'changed' } }, { orderId: 'redrive-changed' }), id: 'change-1' });
    await sendToDeadLetterQueue('OrdersLifecycleCancellationDeadLetterQueue', cancellationOf('redrive-cancelled'));
    await sendToDeadLetterQueue('OrdersLifecycleFulfillmentDeadLetterQueue', { ...fromOutside('OrderFulfilled', {}, { orderId: 'redrive-fulfilled' }), id: 'fulfil-1' });
    await sendToDeadLetterQueue('OrdersProcessorChangesDeadLetterQueue', streamRecord('1', undefined, confirmedItem(streamed)), { reason: 'wrong or missing: /outcome' });
    // The outcome of an order from a file whose record has expired.
    const fileOutcome = { fileId, index: 0, outcome: 'CONFIRMED', at: '2026-01-31T12:00:00.000Z' };
    await sendToDeadLetterQueue('OrdersFileOutcomesDeadLetterQueue', streamRecord('2', undefined, { orderId: 'redrive-outcome', fileOutcome }));
    await sendToDeadLetterQueue('OrdersProcessorExpiryDeadLetterQueue', { requestContext: { condition: 'RetriesExhausted' } });
    await sendToDeadLetterQueue('OrdersHistoryHistoryDeadLetterQueue', onTheBus(orderValidated({ orderId: 'redrive-recorded', commandId: 'recorded-1' })));
    await sendToDeadLetterQueue('OrdersFilesFilesDeadLetterQueue', { Event: 's3:TestEvent', Service: 'Amazon S3' });
    await sendToDeadLetterQueue('OrdersFilesValidFilesDeadLetterQueue', { fileId });
    // The dead-letter queues of the subscribers.
    await sendToDeadLetterQueue('AlertsDeadLetterQueue', { Type: 'Notification', Message: 'an undelivered alert' });
    await sendToDeadLetterQueue('EventLogDeadLetterQueue', onTheBus(orderValidated({ orderId: 'redrive-logged', commandId: 'logged-1' })));
    await sendToDeadLetterQueue('OrdersEventsLargeOrdersDeadLetterQueue', onTheBus(orderValidated({ orderId: 'redrive-large', commandId: 'large-1' })));
  }

  const ONE_EACH = {
    'orders': 1,
    'files': 1,
    'valid-files': 1,
    'placement': 1,
    'processing': 1,
    'change': 1,
    'cancellation': 1,
    'fulfillment': 1,
    'stream': 1,
    'file-outcomes': 1,
    'expiry': 1,
    'history': 1,
    'alerts': 1,
    'event-log': 1,
    'large-orders': 1,
  };

  test('lists and redrives one message of each dead-letter queue, and every message has an outcome', async () => {
    await fillDeadLetterQueues();
    const deadLetterQueues = (await deployedQueues(pipeline.local, 'FullOrders')).filter(({ isDeadLetterQueue }) => isDeadLetterQueue);
    expect(deadLetterQueues.map(({ depth }) => depth)).toEqual(Object.values(ONE_EACH));

    const listed = await redrive('--list');
    expect(reports(listed, 'matching')).toMatchObject(ONE_EACH);
    const [message] = listed.queues.find(({ queue }) => queue === 'orders')!.messages;
    expect(message).toMatchObject({ orderId: 'redrive-placed', commandId: 'placed-1', reason: 'by hand', state: 'LISTED' });

    const dry = await redrive();
    expect(reports(dry, 'moved')).toMatchObject(Object.fromEntries(Object.keys(ONE_EACH).map((queue) => [queue, 0])));
    // The dry run keeps no message in flight.
    expect(reports(await redrive('--list'), 'matching')).toMatchObject(ONE_EACH);

    const moved = await redrive('--execute', '--max-per-second', '50');
    expect(reports(moved, 'failed')).toMatchObject(Object.fromEntries(Object.keys(ONE_EACH).map((queue) => [queue, 0])));
    expect(reports(moved, 'moved')).toMatchObject({ ...ONE_EACH, expiry: 0 });

    await pipeline.waitUntilIdle();
    await Promise.all([
      pipeline.waitForStatus('redrive-placed', 'CONFIRMED'), pipeline.waitForStatus('redrive-processed', 'CONFIRMED'),
      pipeline.waitForStatus('redrive-requested', 'CONFIRMED'), pipeline.waitForVersion('redrive-changed', 2),
      pipeline.waitForStatus('redrive-cancelled', 'CANCELLED'), pipeline.waitForStatus('redrive-fulfilled', 'FULFILLED'),
      pipeline.waitForEvent('redrive-streamed', 'OrderConfirmed'), pipeline.waitForEvent('redrive-recorded', 'OrderRedriven'),
      pipeline.waitForEvent('redrive-logged', 'OrderValidated'),
    ]);
    expect((await drain(pipeline.local, pipeline.outputs.AlertsQueueUrl)).map(({ Body }) => JSON.parse(Body!).Message)).toEqual(['an undelivered alert']);
    expect((await drain(pipeline.local, pipeline.outputs.LargeOrdersQueueUrl)).map(({ Body }) => JSON.parse(Body!).detail.metadata.orderId)).toContain('redrive-large');
    // The file message names a file that does not exist, so it fails again, with its reason. The failed invocation is not redrivable.
    const remaining = await eventually('the file message in the dead-letter queue', async () => {
      const answer = await redrive('--list');
      return reports(answer, 'matching')['valid-files'] === 1 ? answer : undefined;
    });
    expect(reports(remaining, 'matching')).toMatchObject({ ...Object.fromEntries(Object.keys(ONE_EACH).map((queue) => [queue, 0])), 'expiry': 1, 'valid-files': 1 });
    const [fileMessage] = remaining.queues.find(({ queue }) => queue === 'valid-files')!.messages;
    expect(fileMessage).toMatchObject({ fileId, reason: 'the files table has no file with this ID' });
  }, 180_000);

  test('adds the redrive to the history of the order', async () => {
    const history = await eventually('the history', async () => {
      const { body } = await pipeline.api.request('/orders/redrive-placed/events', {});
      return body.items?.some(({ type }: { type: string }) => type === 'OrderRedriven') ? body.items : undefined;
    });
    expect(history.find(({ type }: { type: string }) => type === 'OrderRedriven')).toMatchObject({
      data: { messages: 1, queues: [{ queue: 'orders', messages: 1, reasons: ['by hand'], types: ['PlaceOrder'] }] }, commandId: 'placed-1',
    });
  });

  test('preserves the sequence of the commands of an order', async () => {
    const orderId = 'redrive-in-order';
    const notes = (n: number) => sampleCommand({ orderId, commandId: `note-${n}`, commandType: 'ChangeOrder', payload: { patch: { notes: `note ${n}` } } });
    await sendToDeadLetterQueue('OrdersIngestOrdersDeadLetterQueue', sampleCommand({ orderId, commandId: 'in-order-1' }), { group: orderId });
    for (let n = 1; n <= 12; n++) await sendToDeadLetterQueue('OrdersIngestOrdersDeadLetterQueue', notes(n), { group: orderId });
    await redrive('--queue', 'orders', '--order', orderId, '--execute', '--max-per-second', '100');

    const { body } = await pipeline.waitForVersion(orderId, 13);
    expect(body.order.notes).toBe('note 12');
  }, 120_000);

  test('moves only the messages that match the filters', async () => {
    const queue = 'OrdersProcessorProcessingDeadLetterQueue';
    for (const n of [1, 2, 3]) await sendToDeadLetterQueue(queue, onTheBus(orderValidated({ orderId: `redrive-some-${n}`, commandId: `some-${n}` })), { reason: n === 2 ? 'another' : 'a bug' });
    expect(reports(await redrive('--queue', 'processing', '--error', 'A BUG', '--execute'), 'moved')).toEqual({ processing: 2 });

    await Promise.all([1, 3].map((n) => pipeline.waitForStatus(`redrive-some-${n}`, 'CONFIRMED')));
    const { url } = await pipeline.queue(queue);
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessages'] }));
    expect(Attributes).toEqual({ ApproximateNumberOfMessages: '1' });
    expect((await drain(pipeline.local, url)).map(({ Body }) => JSON.parse(Body!).detail.metadata.orderId)).toEqual(['redrive-some-2']);
  }, 120_000);

  test('prints the messages, and exits with a status', async () => {
    await sendToDeadLetterQueue('OrdersProcessorProcessingDeadLetterQueue', onTheBus(orderValidated({ orderId: 'redrive-shown', commandId: 'shown-1' })), { reason: 'a bug' });
    const dry = await command('--stack', 'FullOrders', '--queue', 'processing');
    expect(dry.status).toBe(0);
    expect(dry.output).toMatch(/would be moved {2}redrive-shown {2}OrderValidated .* a bug/);

    const wrong = await command('--stack', 'FullOrders', '--queue', 'nope');
    expect([wrong.status, wrong.errors]).toEqual([1, expect.stringContaining('unknown queue "nope"; use one of files, ')]);
    expect((await command('--stack', 'Nope', '--list')).status).toBe(1);
    expect((await command('--stack', 'FullOrders', '--frobnicate')).status).toBe(2);
  }, 60_000);

  test('moves two thousand messages although the command is interrupted twice, each of them once', async () => {
    const [count, orders] = [2000, 50];
    const orderIdOf = (n: number) => `redrive-many-${n % orders}`;
    const { url } = await pipeline.queue('OrdersEventsLargeOrdersDeadLetterQueue');
    await drain(pipeline.local, pipeline.outputs.LargeOrdersQueueUrl);
    const messageOf = (n: number) => onTheBus(orderValidated({ orderId: orderIdOf(n), commandId: `many-${n}` }));
    for (let n = 0; n < count; n += 10) {
      const Entries = Array.from({ length: 10 }, (_, i) => ({ Id: String(i), MessageBody: JSON.stringify(messageOf(n + i)) }));
      await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    }

    const args = ['--stack', 'FullOrders', '--queue', 'large-orders', '--execute', '--json'];
    // The progress of the first invocation, which takes five seconds.
    const interrupted = () => interruptedRedriveCommand(pipeline.local, 'large-orders: moved 0', ...args);
    const commands = [await interrupted(), await interrupted(), await command(...args)];

    expect(commands.map(({ status }) => status)).toEqual([3, 3, 0]);
    expect(commands[0].errors).toContain('Stopping after the current invocation');
    const results = commands.map(({ output }) => JSON.parse(output) as RedriveResult);
    expect(results.map((result) => [result.interrupted, result.complete])).toEqual([[true, false], [true, false], [false, true]]);
    const moved = results.map((result) => result.moved);
    expect(Math.min(...moved)).toBeGreaterThan(0);
    expect(moved[0] + moved[1] + moved[2]).toBe(count);

    const arrived = await drain(pipeline.local, pipeline.outputs.LargeOrdersQueueUrl);
    expect(arrived).toHaveLength(count);
    expect(new Set(arrived.map(({ Body }) => JSON.parse(Body!).detail.metadata.commandId)).size).toBe(count);

    // One event for each order and invocation, not one for each message.
    const events = await eventually('the events', async () => {
      const found = (await pipeline.eventsOf(orderIdOf(0))).filter((event) => event['detail-type'] === 'OrderRedriven');
      return found.reduce((sum, { detail: { data } }) => sum + data.messages, 0) === count / orders ? found : undefined;
    });
    expect(events.length).toBeLessThanOrEqual(results.reduce((sum, { invocations }) => sum + invocations, 0));
  }, 120_000);
});
