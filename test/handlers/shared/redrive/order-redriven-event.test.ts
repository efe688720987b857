import { describeMessage, historyRecord, metadataSchema, orderRedrivenEvent, type DeadLetterMessage } from '#shared';
import { sampleDeadLetterMessage, sampleRoute } from './sample-dead-letter-message';
import { onTheBus, orderValidated, sampleCommand } from '../../../support/sample-messages';

const redriven = (message: DeadLetterMessage, queue = 'orders') => orderRedrivenEvent(queue, describeMessage(message, sampleRoute(), 0), 'failed 5 times');

test('the event has the command, the queue and the reason', () => {
  expect(redriven(sampleDeadLetterMessage(sampleCommand()))).toMatchObject({
    type: 'OrderRedriven',
    metadata: { orderId: 'order-1', commandId: 'command-1', correlationId: 'correlation-1', causationId: 'message-1', sequence: 0, version: 0, channel: 'bus' },
    data: { queue: 'orders', reason: 'failed 5 times', type: 'PlaceOrder' },
  });
});

test('the event has the shape of all events, and can be recorded in the history', () => {
  const event = redriven(sampleDeadLetterMessage(sampleCommand()))!;
  expect(metadataSchema.safeParse(event.metadata).success).toBe(true);
  expect(historyRecord(JSON.stringify(onTheBus(event)), new Date())).toMatchObject({ orderId: 'order-1', eventId: event.metadata.eventId, type: 'OrderRedriven' });
});

test('the event has the same ID when published again for the same message and queue', () => {
  const message = sampleDeadLetterMessage(sampleCommand());
  const ids = [redriven(message), redriven(message), redriven({ ...message, id: 'message-2' }), redriven(message, 'history')].map((event) => event!.metadata.eventId);
  expect(ids[1]).toBe(ids[0]);
  expect(new Set(ids).size).toBe(3);
});

test('a message without IDs uses its message ID', () => {
  expect(redriven(sampleDeadLetterMessage({ orderId: 'order-1' }))!.metadata).toMatchObject({ orderId: 'order-1', commandId: 'message-1', correlationId: 'message-1' });
});

test.each([
  ['is about no order', sampleDeadLetterMessage({})],
  ['is an OrderRedriven event itself', sampleDeadLetterMessage({ ...onTheBus(orderValidated()), 'detail-type': 'OrderRedriven' })],
])('there is no event for a message that %s', (_, message) => {
  expect(redriven(message)).toBeUndefined();
});
