import { messageIdsOf } from '#shared';
import { sampleDeadLetterMessage } from './sample-dead-letter-message';
import { fromOutside, confirmedItem, onTheBus, orderValidated, sampleCommand } from '../../../support/sample-messages';
import { streamRecord } from '../../../support/stream-event';

test('of a command', () => {
  expect(messageIdsOf(sampleDeadLetterMessage(sampleCommand()))).toEqual({ orderId: 'order-1', type: 'PlaceOrder', commandId: 'command-1', correlationId: 'correlation-1' });
});

test('of an event', () => {
  expect(messageIdsOf(sampleDeadLetterMessage(onTheBus(orderValidated())))).toEqual({ orderId: 'order-1', type: 'OrderValidated', commandId: 'command-1', correlationId: 'correlation-1' });
});

test('of an event from another system, as far as it has them', () => {
  expect(messageIdsOf(sampleDeadLetterMessage(fromOutside('OrderFulfilled')))).toEqual({ orderId: 'order-1', type: 'OrderFulfilled' });
});

test('of a stream record', () => {
  expect(messageIdsOf(sampleDeadLetterMessage(streamRecord('1', undefined, confirmedItem()))))
    .toEqual({ orderId: 'order-1', type: 'OrderConfirmed', commandId: 'command-1', correlationId: 'correlation-1' });
  expect(messageIdsOf(sampleDeadLetterMessage({ dynamodb: { Keys: { orderId: { S: 'order-2' } } } }))).toEqual({ orderId: 'order-2' });
});

test('of a stream record with the outcome of an order from a file, which may have no event', () => {
  const fileId = '0123456789abcdef0123456789abcdef';
  const item = { orderId: 'order-1', fileOutcome: { fileId, index: 1, outcome: 'UNCHANGED' } };
  expect(messageIdsOf(sampleDeadLetterMessage(streamRecord('1', undefined, item)))).toEqual({ orderId: 'order-1', fileId });
});

test('of a file to be extracted', () => {
  expect(messageIdsOf(sampleDeadLetterMessage({ fileId: '0123456789abcdef0123456789abcdef' }))).toEqual({ fileId: '0123456789abcdef0123456789abcdef' });
});

test('of an upload, with the same file ID as elsewhere', () => {
  const record = {
    eventName: 'ObjectCreated:Put',
    eventTime: '2026-01-01T00:00:00.000Z',
    s3: { bucket: { name: 'files' }, object: { key: 'incoming/Jane+Doe.json', size: 1, versionId: 'v1' } },
  };
  const ids = messageIdsOf(sampleDeadLetterMessage({ Records: [record] }));
  expect(ids).toEqual({ fileId: expect.stringMatching(/^[0-9a-f]{32}$/) });
  expect(JSON.stringify(ids)).not.toContain('Jane');
});

test('of an unreadable message, the message group if groups are orders', () => {
  const message = sampleDeadLetterMessage('no JSON', { group: 'order-1' });
  expect(messageIdsOf(message, { groupIsOrder: true })).toEqual({ orderId: 'order-1' });
  expect(messageIdsOf(message)).toEqual({});
});

test.each([
  ['no JSON'], ['null'], ['7'], [{ Records: 'none' }], [{ Records: [] }], [{ detail: 'x' }], [{ orderId: 'Jane Doe, 1 Main St' }], [{ orderId: ['order-1'] }],
  [{ commandId: 'Jane Doe', correlationId: 'x'.repeat(129), fileId: '../x' }],
])('of %p, nothing', (body) => {
  expect(messageIdsOf(sampleDeadLetterMessage(body))).toEqual({});
});
