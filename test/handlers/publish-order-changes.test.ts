import '../support/handler-env';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { handler } from '../../handlers/publish-order-changes';
import { loggedEntries, loggedText } from '../support/captured-logs';
import { acceptEvents, eventBridge, putEventsRequests, saidEvents } from '../support/published-events';
import { confirmedItem, orderValidated, rejectedItem, SAMPLE_TIME, samplePricedOrder } from '../support/sample-messages';
import { sentMessages, sqs } from '../support/sent-messages';
import { failed } from '../support/sqs-event';
import { streamEvent, streamRecord } from '../support/stream-event';

beforeEach(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0); // no pause between attempts
  [eventBridge, sqs].forEach((client) => client.reset());
  acceptEvents();
  sqs.on(SendMessageCommand).resolves({});
});

const item = (n: number) => confirmedItem(orderValidated({ orderId: `order-${n}`, commandId: `command-${n}` }));

/** An image that says it is an order, but was not written by the pipeline. */
const poison = () => streamRecord('9', undefined, { orderId: 'order-9', status: 'CONFIRMED', version: 1 });

describe('an order that appears in the table', () => {
  test('is said to be confirmed, in its version and with what led to it', async () => {
    expect(await handler(streamEvent(streamRecord('1', undefined, confirmedItem())))).toEqual(failed());

    expect(saidEvents()).toMatchObject([{
      type: 'OrderConfirmed',
      metadata: {
        orderId: 'order-1',
        version: 1,
        commandId: 'command-1',
        correlationId: 'correlation-1',
        sequence: 'sequence-1',
        causationId: orderValidated().metadata.eventId,
        occurredAt: SAMPLE_TIME,
        channel: 'api',
      },
      data: { status: 'CONFIRMED' },
    }]);
  });

  test('is said as the client sent it, without the table\'s bookkeeping', async () => {
    await handler(streamEvent(streamRecord('1', undefined, confirmedItem())));

    expect(saidEvents()[0].data.order).toEqual(samplePricedOrder());
  });

  test('is said with the same event id when the stream tells it twice', async () => {
    await handler(streamEvent(streamRecord('1', undefined, confirmedItem())));
    await handler(streamEvent(streamRecord('1', undefined, confirmedItem())));

    const [first, second] = saidEvents();
    expect(second).toEqual(first);
  });

  test('is said when it takes the place of a rejected one', async () => {
    await handler(streamEvent(streamRecord('1', rejectedItem(), confirmedItem())));

    expect(saidEvents()).toMatchObject([{ type: 'OrderConfirmed', metadata: { version: 1 } }]);
  });
});

test.each([
  ['a rejection is remembered', undefined, rejectedItem()],
  ['a rejection takes the place of another', rejectedItem(), rejectedItem()],
  ['a rejection expires', rejectedItem(), undefined],
  ['an order is removed', confirmedItem(), undefined],
  ['an order is written again in the same version', confirmedItem(), confirmedItem()],
])('nothing is said when %s', async (_, before, after) => {
  expect(await handler(streamEvent(streamRecord('1', before, after)))).toEqual(failed());

  expect(putEventsRequests()).toEqual([]);
  expect(loggedEntries()[0]).toMatchObject({ message: 'order changes published', outcomes: [{ outcome: 'NothingToSay' }] });
});

test('a batch of changes is said in one request, in order', async () => {
  await handler(streamEvent(...[1, 2, 3].map((n) => streamRecord(String(n), undefined, item(n)))));

  expect(putEventsRequests()).toHaveLength(1);
  expect(saidEvents().map(({ metadata }) => metadata.orderId)).toEqual(['order-1', 'order-2', 'order-3']);
});

test('fails when the bus does not take an event: its change comes again', async () => {
  acceptEvents(({ metadata }) => metadata.orderId === 'order-2');

  const records = [1, 2, 3].map((n) => streamRecord(String(n), undefined, item(n)));
  expect(await handler(streamEvent(...records))).toEqual(failed('2'));
});

describe('an image that the pipeline did not write', () => {
  test('goes to the dead-letter queue whole, with the reason', async () => {
    expect(await handler(streamEvent(poison()))).toEqual(failed());

    const [{ MessageBody, MessageAttributes, ...letter }] = sentMessages();
    expect(letter).toEqual({ QueueUrl: 'https://sqs.test/dead-letters' });
    expect(JSON.parse(MessageBody!)).toEqual(poison());
    expect(MessageAttributes).toMatchObject({
      Reason: { StringValue: 'wrong or missing: /lastCommand, /updatedAt' },
      SourceArn: { StringValue: poison().eventSourceARN },
    });
  });

  test('does not stop the changes behind it', async () => {
    expect(await handler(streamEvent(poison(), streamRecord('1', undefined, item(1))))).toEqual(failed());

    expect(saidEvents()).toHaveLength(1);
  });

  test('goes to the dead-letter queue when one of its numbers does not fit', async () => {
    const record = streamRecord('1', undefined, item(1));
    record.dynamodb!.NewImage!.total = { N: '9007199254740993.5' };

    expect(await handler(streamEvent(record))).toEqual(failed());
    expect(sentMessages()).toHaveLength(1);
  });

  test('fails when the dead-letter queue does not take it: it comes again', async () => {
    sqs.on(SendMessageCommand).rejects(new Error('down'));

    expect(await handler(streamEvent(poison()))).toEqual(failed('9'));
  });
});

test('the log holds nothing of what is in an order', async () => {
  await handler(streamEvent(streamRecord('1', undefined, confirmedItem(orderValidated({}, { customerId: 'canary', notes: 'canary' })))));

  expect(loggedText()).not.toContain('canary');
});
