import { historyRecord, metadataSchema, orderRedrivenEvent, type MovedOfOrder } from '#shared';
import { onTheBus } from '../../../support/sample-messages';

const moved = (n: number, changes: Partial<MovedOfOrder> = {}): MovedOfOrder =>
  ({ id: `message-${n}`, queue: 'processing', reason: 'failed 5 times', type: 'OrderValidated', commandId: `command-${n}`, correlationId: `correlation-${n}`, ...changes });
const eventOf = (...all: MovedOfOrder[]) => orderRedrivenEvent('order-1', all);
const idOf = (...all: MovedOfOrder[]) => eventOf(...all).metadata.eventId;

test('the event has the number of messages, the queues, the reasons and the types', () => {
  const event = eventOf(moved(1), moved(2, { reason: 'NO_PERMISSIONS' }), moved(3), moved(4, { queue: 'history', type: undefined }));

  expect(event).toMatchObject({
    type: 'OrderRedriven',
    metadata: { orderId: 'order-1', commandId: 'command-1', correlationId: 'correlation-1', causationId: 'message-1', sequence: 0, version: 0, channel: 'bus' },
    data: {
      messages: 4,
      queues: [
        { queue: 'processing', messages: 3, reasons: ['failed 5 times', 'NO_PERMISSIONS'], types: ['OrderValidated'] },
        { queue: 'history', messages: 1, reasons: ['failed 5 times'] },
      ],
    },
  });
});

test('the event has the shape of all events, and can be recorded in the history', () => {
  const event = eventOf(moved(1));
  expect(metadataSchema.safeParse(event.metadata).success).toBe(true);
  expect(historyRecord(JSON.stringify(onTheBus(event)), new Date())).toMatchObject({ orderId: 'order-1', eventId: event.metadata.eventId, type: 'OrderRedriven' });
});

test('the event has the same ID for the same messages in any order, and another one for other messages or queues', () => {
  expect(idOf(moved(2), moved(1))).toBe(idOf(moved(1), moved(2)));
  expect(new Set([idOf(moved(1)), idOf(moved(1), moved(2)), idOf(moved(2)), idOf(moved(1, { queue: 'history' }))]).size).toBe(4);
});

test('a message without IDs uses its message ID', () => {
  expect(eventOf(moved(1, { commandId: undefined, correlationId: undefined })).metadata).toMatchObject({ commandId: 'message-1', correlationId: 'message-1' });
});

test('a queue has at most five reasons, so that the event stays small', () => {
  const [queue] = eventOf(...Array.from({ length: 9 }, (_, n) => moved(n, { reason: `reason ${n}` }))).data.queues;
  expect([queue.messages, queue.reasons]).toEqual([9, ['reason 0', 'reason 1', 'reason 2', 'reason 3', 'reason 4']]);
});

test('the event states who requested the redrive, if they are known', () => {
  expect(orderRedrivenEvent('order-1', [moved(1)], 'arn:aws:iam::1:user/bob').data.requestedBy).toBe('arn:aws:iam::1:user/bob');
  expect(eventOf(moved(1)).data).not.toHaveProperty('requestedBy');
  expect(orderRedrivenEvent('order-1', [moved(1)], 'bob').metadata.eventId).toBe(idOf(moved(1)));
});
