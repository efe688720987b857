import '../support/handler-env';
import { SendMessageCommand, type SendMessageCommandInput } from '@aws-sdk/client-sqs';
import { handler } from '../../handlers/receive-order-event';
import { loggedEntries, loggedText } from '../support/captured-logs';
import { deliver, freshAws, loggedOutcomes } from '../support/command-consumer';
import { fromOutside } from '../support/sample-messages';
import { sampleOrder } from '../support/sample-order';
import { sentMessages, sqs } from '../support/sent-messages';
import { failed } from '../support/sqs-event';

beforeEach(() => { freshAws(); });

const placement = (order: unknown = sampleOrder({ orderId: 'order-1' }), metadata: Record<string, unknown> = { eventId: 'event-1' }) =>
  fromOutside('OrderPlacementRequested', { order }, metadata);

const commandIn = ({ MessageBody }: SendMessageCommandInput) => JSON.parse(MessageBody!);

describe('an order that another system places', () => {
  test('is sent to the orders queue, in the message group of its ID', async () => {
    expect(await deliver(handler, placement())).toEqual(failed());

    const [message] = sentMessages();
    const command = commandIn(message);
    expect(command).toMatchObject({ commandType: 'PlaceOrder', orderId: 'order-1', channel: 'bus', payload: sampleOrder({ orderId: 'order-1' }) });
    expect(message).toMatchObject({ QueueUrl: 'https://sqs.test/orders.fifo', MessageGroupId: 'order-1', MessageDeduplicationId: command.commandId });
    expect(loggedEntries().find(({ outcomes }) => outcomes)?.outcomes).toEqual([
      { outcome: 'OrderPlacementReceived', orderId: 'order-1', commandId: command.commandId, correlationId: command.commandId },
    ]);
  });

  test('is the same message when its event is delivered again, so that the queue drops it', async () => {
    await deliver(handler, placement(), placement());

    const [first, second] = sentMessages().map(({ MessageDeduplicationId }) => MessageDeduplicationId);
    expect(second).toBe(first);
  });

  test('is sent with its errors when it is wrong, which is not a failure', async () => {
    expect(await deliver(handler, placement(sampleOrder({ orderId: 'order-1', items: [] })))).toEqual(failed());

    expect(commandIn(sentMessages()[0])).toMatchObject({ orderId: 'order-1', errors: [{ path: '/items', code: 'TOO_SMALL' }] });
    expect(sentMessages()).toMatchObject([{ QueueUrl: 'https://sqs.test/orders.fifo' }]);
  });

  test('is retried alone when the orders queue does not take it', async () => {
    sqs.on(SendMessageCommand, { MessageGroupId: 'order-2' }).rejects(new Error('down'));
    const orders = [1, 2, 3].map((n) => placement(sampleOrder({ orderId: `order-${n}` }), { orderId: `order-${n}`, eventId: `event-${n}` }));

    expect(await deliver(handler, ...orders)).toEqual(failed('message-2'));
    expect(loggedOutcomes()).toEqual(['OrderPlacementReceived', 'ConsumeFailed', 'OrderPlacementReceived']);
  });
});

describe('an event without a usable order ID', () => {
  test('goes to the dead-letter queue at once, with the reason, and stops no other', async () => {
    const { detail, ...envelope } = placement();

    expect(await deliver(handler, { ...envelope, detail: { metadata: { eventId: 'event-1' }, data: {} } }, placement())).toEqual(failed());
    expect(sentMessages().find(({ QueueUrl }) => QueueUrl === 'https://sqs.test/dead-letters')).toMatchObject({
      MessageAttributes: { Reason: { StringValue: 'the event has no order ID, and no order in data.order' } },
    });
    expect(sentMessages().map(({ QueueUrl }) => QueueUrl)).toContain('https://sqs.test/orders.fifo');
    expect(loggedOutcomes()).toEqual(['PoisonMessage', 'OrderPlacementReceived']);
  });
});

test('the log contains no data of an order', async () => {
  await deliver(
    handler, placement(sampleOrder({ orderId: 'order-1', notes: 'canary', customerId: 'canary', items: [] })), placement('canary'),
    placement({ canary: 'canary' }, { orderId: 'canary canary' }),
  );

  expect(loggedText()).not.toContain('canary');
});
