import '../support/handler-env';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, PutCommand, type PutCommandInput } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../handlers/process-order';
import { loggedEntries, loggedText } from '../support/captured-logs';
import { acceptEvents, eventBridge, saidEvents } from '../support/published-events';
import { confirmedItem, onTheBus, orderRejected, orderValidated, SAMPLE_TOTAL } from '../support/sample-messages';
import { sentMessages, sqs } from '../support/sent-messages';
import { failed, sqsEvent, sqsRecord } from '../support/sqs-event';

const table = mockClient(DynamoDBDocumentClient);

beforeEach(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0); // no pause between attempts
  [table, eventBridge, sqs].forEach((client) => client.reset());
  table.on(PutCommand).callsFake(store);
  acceptEvents();
  sqs.on(SendMessageCommand).resolves({});
});

/** Takes what the real client takes: an item that it cannot write in DynamoDB's own form is an error. */
const store = ({ Item }: PutCommandInput) => {
  marshall(Item);
  return {};
};

const taken = (item?: object) =>
  new ConditionalCheckFailedException({ $metadata: {}, message: 'the condition failed', ...(item ? { Item: marshall(item) } : {}) });

const message = (event: Parameters<typeof onTheBus>[0], messageId = 'message-1') => sqsRecord(messageId, onTheBus(event));

const writes = (): PutCommandInput[] => table.commandCalls(PutCommand).map(({ args: [{ input }] }) => input);

const outcomes = (): string[] => loggedEntries()[0].outcomes.map(({ outcome }: { outcome: string }) => outcome);

describe('a validated order', () => {
  test('is stored once, confirmed, in version 1, unless there is one that stays', async () => {
    expect(await handler(sqsEvent(message(orderValidated())))).toEqual(failed());

    expect(writes()).toEqual([expect.objectContaining({
      TableName: 'orders-table',
      ConditionExpression: 'attribute_not_exists(orderId) OR #status = :rejected',
      ExpressionAttributeValues: { ':rejected': 'REJECTED' },
      Item: expect.objectContaining({ orderId: 'order-1', status: 'CONFIRMED', version: 1, total: SAMPLE_TOTAL }),
    })]);
    expect(outcomes()).toEqual(['OrderStored']);
  });

  test('says nothing on the bus: that follows from the table\'s stream', async () => {
    await handler(sqsEvent(message(orderValidated())));

    expect(saidEvents()).toEqual([]);
  });

  test('changes nothing when its message comes again', async () => {
    table.on(PutCommand).rejects(taken(confirmedItem(orderValidated())));

    expect(await handler(sqsEvent(message(orderValidated())))).toEqual(failed());
    expect(saidEvents()).toEqual([]);
    expect(outcomes()).toEqual(['OrderRedelivered']);
  });

  test('changes nothing when the same order was placed before', async () => {
    table.on(PutCommand).rejects(taken(confirmedItem(orderValidated({ commandId: 'command-0' }))));

    expect(await handler(sqsEvent(message(orderValidated())))).toEqual(failed());
    expect(saidEvents()).toEqual([]);
    expect(outcomes()).toEqual(['OrderRepeated']);
  });
});

describe('an order with the id of another', () => {
  beforeEach(() => {
    table.on(PutCommand).rejects(taken(confirmedItem(orderValidated({ commandId: 'command-0' }, { customerId: 'somebody-else' }))));
  });

  test('is rejected on the bus before its message is done', async () => {
    expect(await handler(sqsEvent(message(orderValidated())))).toEqual(failed());

    expect(saidEvents()).toMatchObject([{
      type: 'OrderRejected',
      metadata: { orderId: 'order-1', commandId: 'command-1', correlationId: 'correlation-1', causationId: orderValidated().metadata.eventId },
      data: { code: 'DUPLICATE_ORDER_ID', errors: [{ path: '/orderId', code: 'DUPLICATE_ORDER_ID' }] },
    }]);
    expect(loggedEntries()[0].outcomes).toMatchObject([{ outcome: 'OrderDuplicateRejected' }]);
  });

  test('fails when the bus does not take the rejection: the message comes again', async () => {
    acceptEvents(() => true);

    expect(await handler(sqsEvent(message(orderValidated())))).toEqual(failed('message-1'));
  });

  test('is rejected with the same event id when its message comes again', async () => {
    await handler(sqsEvent(message(orderValidated())));
    await handler(sqsEvent(message(orderValidated())));

    const [first, second] = saidEvents();
    expect(second.metadata.eventId).toBe(first.metadata.eventId);
  });

  test('does not tell one customer anything of the other', async () => {
    await handler(sqsEvent(message(orderValidated())));

    expect(JSON.stringify(saidEvents())).not.toContain('somebody-else');
  });
});

describe('a rejected order', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2026-02-01T00:00:00Z'), doNotFake: ['nextTick', 'setImmediate', 'setTimeout'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('is remembered with its reasons until it expires', async () => {
    expect(await handler(sqsEvent(message(orderRejected())))).toEqual(failed());

    expect(writes()).toMatchObject([{
      Item: {
        orderId: 'order-1',
        status: 'REJECTED',
        version: 0,
        customerId: 'customer-1',
        rejection: { code: 'INVALID_ORDER', errors: [{ path: '/total', code: 'TOTAL_MISMATCH' }] },
        expiresAt: Date.parse('2026-02-01T01:00:00Z') / 1000,
      },
    }]);
    expect(outcomes()).toEqual(['RejectionStored']);
  });

  test('changes nothing when there is an order, or a later rejection', async () => {
    table.on(PutCommand).rejects(taken());

    expect(await handler(sqsEvent(message(orderRejected())))).toEqual(failed());
    expect(saidEvents()).toEqual([]);
    expect(outcomes()).toEqual(['RejectionOutdated']);
  });
});

test('fails when the table throttles one order: only its message comes again', async () => {
  const throttled = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
  table.on(PutCommand).callsFake(({ Item }: PutCommandInput) => {
    if (Item!.orderId === 'order-2') throw throttled;
    return {};
  });
  const messages = [1, 2, 3].map((n) => message(orderValidated({ orderId: `order-${n}` }), `message-${n}`));

  expect(await handler(sqsEvent(...messages))).toEqual(failed('message-2'));
  expect(loggedEntries()[0].outcomes).toContainEqual({ outcome: 'ConsumeFailed', messageId: 'message-2', reason: 'ThrottlingException' });
});

describe('a message that is no event of the pipeline', () => {
  test.each([
    ['is not JSON', 'not JSON', 'the body is not JSON'],
    ['is of another type', { 'detail-type': 'OrderShipped', 'detail': {} }, 'wrong or missing: /detail-type'],
    ['lacks its metadata', { 'detail-type': 'OrderValidated', 'detail': { data: onTheBus(orderValidated()) } }, '/detail/metadata'],
  ])('goes to the dead-letter queue at once when it %s', async (_, body, reason) => {
    expect(await handler(sqsEvent(sqsRecord('message-1', body)))).toEqual(failed());

    expect(sentMessages()).toMatchObject([{
      QueueUrl: 'https://sqs.test/dead-letters', MessageAttributes: { Reason: { StringValue: expect.stringContaining(reason) } },
    }]);
    expect(writes()).toEqual([]);
  });

  test('fails when the dead-letter queue does not take it: it comes again', async () => {
    sqs.on(SendMessageCommand).rejects(new Error('down'));

    expect(await handler(sqsEvent(sqsRecord('message-1', 'not JSON')))).toEqual(failed('message-1'));
  });
});

test('the log holds nothing of what is in an order', async () => {
  const order = { customerId: 'canary', notes: 'canary', attributes: { canary: 'canary' } };
  await handler(sqsEvent(message(orderValidated({}, order)), sqsRecord('message-2', { canary: 'canary' })));

  expect(loggedText()).not.toContain('canary');
});
