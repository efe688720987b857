import '../support/handler-env';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { handler } from '../../handlers/publish-order-changes';
import { nextExpiry, type OrderItem } from '../../handlers/shared';
import { loggedEntries, loggedText } from '../support/captured-logs';
import { acceptEvents, eventBridge, putEventsRequests, publishedEvents } from '../support/published-events';
import { cancel, change, fulfill, live, place, reject } from '../support/sample-commands';
import { sampleContext } from '../support/sample-context';
import { confirmedItem, orderRejected, orderValidated, rejectedItem, SAMPLE_TIME, SAMPLE_TOTAL, sampleDocument, sampleFacts } from '../support/sample-messages';
import { sentMessages, sqs } from '../support/sent-messages';
import { failed } from '../support/sqs-event';
import { streamEvent, streamRecord } from '../support/stream-event';

beforeEach(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0); // no pause between attempts
  [eventBridge, sqs].forEach((client) => client.reset());
  acceptEvents();
  sqs.on(SendMessageCommand).resolves({});
});

/** Without time for a delay before the next attempt. */
const handle = (event: DynamoDBStreamEvent) => handler(event, sampleContext(0));

const item = (n: number) => confirmedItem(orderValidated({ orderId: `order-${n}`, commandId: `command-${n}` }));

/** An image with an event that the pipeline did not write. */
const poison = () => streamRecord('9', undefined, { orderId: 'order-9', status: 'CONFIRMED', version: 1, revision: 1, outcome: { type: 'OrderConfirmed', data: {} } }, 0);

const publish = (before: object | undefined, after: object | undefined) => handle(streamEvent(streamRecord('1', before, after)));

describe('an order that appears in the table', () => {
  test('is published as confirmed, with its version and its cause', async () => {
    expect(await publish(undefined, confirmedItem())).toEqual(failed());

    expect(publishedEvents()).toMatchObject([{
      type: 'OrderConfirmed',
      metadata: {
        orderId: 'order-1',
        version: 1,
        commandId: 'command-1',
        correlationId: 'correlation-1',
        sequence: 1,
        causationId: orderValidated().metadata.eventId,
        occurredAt: SAMPLE_TIME,
        channel: 'api',
      },
      facts: { ...sampleFacts(sampleDocument()), totalParts: { billions: 0, remainder: SAMPLE_TOTAL } },
      data: { status: 'CONFIRMED' },
    }]);
  });

  test('is published as the client sent it, without the table\'s bookkeeping', async () => {
    await publish(undefined, confirmedItem());

    expect(publishedEvents()[0].data.order).toEqual(sampleDocument());
  });

  test('is published with the same event ID when the stream delivers it twice', async () => {
    await publish(undefined, confirmedItem());
    await publish(undefined, confirmedItem());

    const [first, second] = publishedEvents();
    expect(second).toEqual(first);
  });

  test('is published when it replaces a rejected one', async () => {
    await publish(rejectedItem(), live([place(2)], rejectedItem()).item);

    expect(publishedEvents()).toMatchObject([{ type: 'OrderConfirmed', metadata: { version: 1 } }]);
  });
});

describe('the result of a command is published', () => {
  const placed = live([place(1)]).item;
  const cancelled = live([cancel(2)], placed).item;
  const fulfilled = live([fulfill(2)], placed).item;
  const pending = live([place(2)]).item;
  const after = (command: Parameters<typeof live>[0][number], before: OrderItem): [OrderItem, OrderItem] => [before, live([command], before).item];

  const facts = { ...sampleFacts(sampleDocument()), totalParts: { billions: 0, remainder: SAMPLE_TOTAL } };

  test.each<[string, [OrderItem, OrderItem], object, object, object]>([
    ['OrderChanged', after(change(2, { notes: 'new' }), placed), { version: 2, sequence: 2 }, facts, { order: sampleDocument({ notes: 'new' }), status: 'CONFIRMED', changed: ['notes'] }],
    ['OrderCancelled', after(cancel(2, 'too dear'), placed), { version: 2, sequence: 2 }, facts, { order: sampleDocument(), status: 'CANCELLED', reason: 'too dear' }],
    ['OrderChangeRefused', after(change(3), cancelled), { version: 2, sequence: 3 }, facts, { code: 'ORDER_CANCELLED', reason: expect.any(String), currentStatus: 'CANCELLED', currentVersion: 2 }],
    ['OrderCancellationRefused', after(cancel(3), fulfilled), { version: 2, sequence: 3 }, facts, { code: 'ORDER_FULFILLED', reason: expect.any(String), currentStatus: 'FULFILLED', currentVersion: 2 }],
    ['OrderFulfillmentRefused', after(fulfill(2), rejectedItem()), { version: 0, sequence: 2, channel: 'bus' }, orderRejected().facts, { code: 'ORDER_REJECTED', reason: expect.any(String), currentStatus: 'REJECTED' }],
    ['OrderRejected', after(place(2, { notes: 'another' }), placed), { version: 1, sequence: 2 }, {}, { code: 'DUPLICATE_ORDER_ID', reason: expect.any(String), errors: [expect.anything()] }],
    ['OrderRejected', [pending, nextExpiry(pending, new Date('2026-03-01'))!.item], { version: 0, sequence: 2 }, {}, { code: 'EXPIRED', reason: expect.any(String), errors: [expect.anything()] }],
  ])('by %s', async (type, [before, changed], metadata, knownFacts, data) => {
    expect(await publish(before, JSON.parse(JSON.stringify(changed)))).toEqual(failed());

    const { sequence, commandId, ...rest } = publishedEvents()[0].metadata;
    expect(publishedEvents()).toEqual([{ type, metadata: expect.objectContaining({ eventType: type, ...metadata }), facts: knownFacts, data }]);
    expect(commandId).toBe(`command-${sequence}`);
    expect(rest).toMatchObject({ orderId: 'order-1', causationId: `event-${sequence}`, correlationId: `correlation-${sequence}` });
  });

  test.each<[string, OrderItem | undefined, OrderItem | undefined]>([
    ['a rejection is remembered', undefined, rejectedItem()],
    ['a rejection takes the place of another', ...after(reject(2), rejectedItem())],
    ['a rejection expires', rejectedItem(), undefined],
    ['an order is removed', placed, undefined],
    ['an order is written again in the same revision', placed, { ...placed, expiresAt: 1 }],
    ['a command becomes pending', ...after(cancel(3), placed)],
    ['a command waits for its order', undefined, live([cancel(1)]).item],
    ['an order is placed again', ...after(place(2), placed)],
    ['an order is cancelled twice', ...after(cancel(3), cancelled)],
    ['an order is fulfilled', placed, fulfilled],
    ['a change changes nothing', ...after(change(2, { notes: null }), placed)],
  ])('by nothing when %s', async (_, before, changed) => {
    expect(await publish(before, changed)).toEqual(failed());

    expect(putEventsRequests()).toEqual([]);
    expect(loggedEntries()[0]).toMatchObject({ message: 'order changes published', outcomes: [{ outcome: 'NothingToPublish' }] });
  });

  test('once, whatever is written next', async () => {
    const changed = live([change(2)], placed).item;
    const again = live([change(3)], changed).item;
    await handle(streamEvent(streamRecord('1', undefined, placed), streamRecord('2', placed, changed), streamRecord('3', changed, again)));

    expect(publishedEvents().map(({ type, metadata }) => [type, metadata.version])).toEqual([['OrderConfirmed', 1], ['OrderChanged', 2]]);
  });
});

test('a batch of changes is published in one request, in order', async () => {
  await handle(streamEvent(...[1, 2, 3].map((n) => streamRecord(String(n), undefined, item(n)))));

  expect(putEventsRequests()).toHaveLength(1);
  expect(publishedEvents().map(({ metadata }) => metadata.orderId)).toEqual(['order-1', 'order-2', 'order-3']);
});

test('fails when the bus does not take an event: its change comes again', async () => {
  acceptEvents(({ metadata }) => metadata.orderId === 'order-2');

  const records = [1, 2, 3].map((n) => streamRecord(String(n), undefined, item(n)));
  expect(await handle(streamEvent(...records))).toEqual(failed('2'));
});

describe('an image that the pipeline did not write', () => {
  test('goes to the dead-letter queue whole, with the reason', async () => {
    expect(await handle(streamEvent(poison()))).toEqual(failed());

    const [{ MessageBody, MessageAttributes, ...message }] = sentMessages();
    expect(message).toEqual({ QueueUrl: 'https://sqs.test/dead-letters' });
    expect(JSON.parse(MessageBody!)).toEqual(poison());
    expect(MessageAttributes).toMatchObject({
      Reason: {
        StringValue: 'wrong or missing: /outcome/commandId, /outcome/sequence, /outcome/correlationId, /outcome/causationId, /outcome/channel, /outcome/at',
      },
      SourceArn: { StringValue: poison().eventSourceARN },
    });
  });

  test('does not stop the changes behind it', async () => {
    expect(await handle(streamEvent(poison(), streamRecord('1', undefined, item(1))))).toEqual(failed());

    expect(publishedEvents()).toHaveLength(1);
  });

  test('goes to the dead-letter queue when one of its numbers does not fit', async () => {
    const record = streamRecord('1', undefined, item(1));
    record.dynamodb!.NewImage!.total = { N: '9007199254740993.5' };

    expect(await handle(streamEvent(record))).toEqual(failed());
    expect(sentMessages()).toMatchObject([{ MessageAttributes: { Reason: { StringValue: 'the item contains a value that cannot be read' } } }]);
  });

  test('fails when the dead-letter queue does not take it: it comes again', async () => {
    sqs.on(SendMessageCommand).rejects(new Error('down'));

    expect(await handle(streamEvent(poison()))).toEqual(failed('9'));
  });
});

test('the log holds nothing of what is in an order', async () => {
  await publish(undefined, confirmedItem(orderValidated({}, { customerId: 'canary', notes: 'canary' })));

  expect(publishedEvents()).toHaveLength(1);
  expect(loggedText()).not.toContain('canary');
});
