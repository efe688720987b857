import '../support/handler-env';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { handler } from '../../handlers/validate-order';
import { loggedEntries, loggedText } from '../support/captured-logs';
import { acceptEvents, eventBridge, putEventsRequests, saidEvents } from '../support/published-events';
import { SAMPLE_TOTAL, sampleCommand } from '../support/sample-messages';
import { sampleOrder } from '../support/sample-order';
import { sentMessages, sqs } from '../support/sent-messages';
import { failed, fifoRecord, sqsEvent } from '../support/sqs-event';

beforeEach(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0); // no pause between attempts
  eventBridge.reset();
  sqs.reset();
  acceptEvents();
  sqs.on(SendMessageCommand).resolves({});
});

/** One valid command of the n-th order, by default in a group of its own. */
const record = (n: number, group = `order-${n}`) =>
  fifoRecord(`message-${n}`, sampleCommand({ commandId: `command-${n}`, orderId: group }), group, String(n));

const wrongTotal = () => fifoRecord('message-1', sampleCommand({ payload: sampleOrder({ orderId: 'order-1', total: 1 }) }), 'order-1');

describe('a valid order', () => {
  test('is said to be valid, with its total and where it comes from', async () => {
    expect(await handler(sqsEvent(fifoRecord('message-1', sampleCommand(), 'order-1', '18850')))).toEqual(failed());

    const [event] = saidEvents();
    expect(event).toMatchObject({
      type: 'OrderValidated',
      metadata: {
        orderId: 'order-1',
        commandId: 'command-1',
        causationId: 'command-1',
        correlationId: 'correlation-1',
        version: 0,
        sequence: '18850'.padStart(39, '0'),
        channel: 'api',
        schemaVersion: 1,
      },
      data: { order: { orderId: 'order-1', total: SAMPLE_TOTAL } },
    });
    expect(putEventsRequests()[0][0]).toMatchObject({ EventBusName: 'orders-bus', Source: 'shop.orders' });
  });

  test('is said with the same event id when its message comes twice', async () => {
    await handler(sqsEvent(record(1)));
    await handler(sqsEvent(record(1)));

    const [first, second] = saidEvents();
    expect(second.metadata.eventId).toBe(first.metadata.eventId);
  });
});

test('a batch of ten orders is said in one request, in order', async () => {
  await handler(sqsEvent(...Array.from({ length: 10 }, (_, n) => record(n))));

  expect(putEventsRequests()).toHaveLength(1);
  expect(saidEvents().map(({ metadata }) => metadata.commandId)).toEqual(Array.from({ length: 10 }, (_, n) => `command-${n}`));
});

describe('an order that breaks a rule', () => {
  test('is rejected with the rule, and its message is done', async () => {
    expect(await handler(sqsEvent(wrongTotal()))).toEqual(failed());

    expect(saidEvents()).toMatchObject([{
      type: 'OrderRejected',
      data: { code: 'INVALID_ORDER', customerId: 'customer-1', errors: [{ path: '/total', code: 'TOTAL_MISMATCH' }] },
    }]);
    expect(sentMessages()).toEqual([]);
  });

  test('leaves the rejection\'s code in the log and a count of it', async () => {
    await handler(sqsEvent(wrongTotal()));

    expect(loggedEntries()).toEqual([
      expect.objectContaining({ message: 'orders validated', outcomes: [expect.objectContaining({ outcome: 'OrderRejected', reason: 'INVALID_ORDER' })] }),
      expect.objectContaining({ OrderRejected: 1 }),
    ]);
  });
});

describe('when the bus refuses some events', () => {
  test('those, and only those, are tried again', async () => {
    acceptEvents(({ metadata }, request) => metadata.commandId === 'command-2' && request === 1);

    expect(await handler(sqsEvent(record(1), record(2), record(3)))).toEqual(failed());
    expect(putEventsRequests().map((entries) => entries.length)).toEqual([3, 1]);
  });

  test('fails when they are refused to the end: exactly their messages come again', async () => {
    acceptEvents(({ metadata }) => metadata.commandId === 'command-2');

    expect(await handler(sqsEvent(record(1), record(2), record(3)))).toEqual(failed('message-2'));
    expect(putEventsRequests().map((entries) => entries.length)).toEqual([3, 1, 1]);
  });

  test('fails when they are refused to the end: the rest of their order comes again behind them', async () => {
    acceptEvents(({ metadata }) => metadata.commandId === 'command-2');

    expect(await handler(sqsEvent(record(1, 'a'), record(2, 'a'), record(3, 'b'), record(4, 'a')))).toEqual(failed('message-2', 'message-4'));
  });

  test('fails when the whole request fails: every message comes again', async () => {
    eventBridge.on(PutEventsCommand).rejects(new Error('down'));

    expect(await handler(sqsEvent(record(1), record(2)))).toEqual(failed('message-1', 'message-2'));
  });
});

describe('a message that is no command', () => {
  const poison = () => fifoRecord('message-1', 'not JSON', 'order-1');

  test('goes to the dead-letter queue at once, with its group and the reason, and never comes again', async () => {
    expect(await handler(sqsEvent(poison()))).toEqual(failed());

    expect(sentMessages()).toEqual([{
      QueueUrl: 'https://sqs.test/dead-letters',
      MessageBody: 'not JSON',
      MessageGroupId: 'order-1',
      MessageDeduplicationId: 'message-1',
      MessageAttributes: {
        Reason: { DataType: 'String', StringValue: 'the body is not JSON' },
        SourceArn: { DataType: 'String', StringValue: 'arn:aws:sqs:eu-central-1:111122223333:queue' },
      },
    }]);
  });

  test.each([
    ['lacks its id', { ...sampleCommand(), commandId: undefined }, '/commandId'],
    ['is of a version to come', { ...sampleCommand(), schemaVersion: 2 }, '/schemaVersion'],
    ['is of a kind to come', { ...sampleCommand(), commandType: 'CancelOrder' }, '/commandType'],
  ])('is set aside when it %s', async (_, message, path) => {
    await handler(sqsEvent(fifoRecord('message-1', message, 'order-1')));

    expect(sentMessages()).toMatchObject([{ MessageAttributes: { Reason: { StringValue: `wrong or missing: ${path}` } } }]);
    expect(saidEvents()).toEqual([]);
  });

  test('does not stop the order\'s next command', async () => {
    await handler(sqsEvent(poison(), record(2, 'order-1')));

    expect(saidEvents().map(({ metadata }) => metadata.commandId)).toEqual(['command-2']);
  });

  test('fails when the dead-letter queue does not take it: it comes again, with the rest of its order', async () => {
    sqs.on(SendMessageCommand).rejects(new Error('down'));

    expect(await handler(sqsEvent(poison(), record(2, 'order-1'), record(3)))).toEqual(failed('message-1', 'message-2'));
  });
});

test('the log holds nothing of what is in an order', async () => {
  const payload = sampleOrder({ orderId: 'order-1', customerId: 'canary', notes: 'canary', attributes: { canary: 'canary' } });
  await handler(sqsEvent(
    fifoRecord('message-1', sampleCommand({ payload }), 'order-1'),
    fifoRecord('message-2', sampleCommand({ payload: { ...payload, canary: 'canary', total: 1 } }), 'order-1'),
    fifoRecord('message-3', { canary: 'canary' }, 'order-2'),
  ));

  expect(loggedText()).not.toContain('canary');
});
