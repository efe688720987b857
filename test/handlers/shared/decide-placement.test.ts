import { decidePlacement } from '#shared';
import { SAMPLE_TOTAL, sampleCommand } from '../../support/sample-messages';
import { sampleOrder } from '../../support/sample-order';

const decide = (payload: unknown) => decidePlacement(sampleCommand({ payload }), 'sequence-1');

test('a valid order is validated with its total', () => {
  expect(decidePlacement(sampleCommand(), 'sequence-1')).toMatchObject({
    type: 'OrderValidated',
    metadata: { eventType: 'OrderValidated', sequence: 'sequence-1', causationId: 'command-1', version: 0 },
    data: { order: sampleOrder({ orderId: 'order-1', total: SAMPLE_TOTAL }) },
  });
});

test('an event keeps the channel of its command', () => {
  expect(decidePlacement(sampleCommand({ channel: 'file' }), 'sequence-1').metadata.channel).toBe('file');
});

test('refuses an order that breaks a rule, and says whose it is', () => {
  expect(decide(sampleOrder({ orderId: 'order-1', total: 1 }))).toMatchObject({
    type: 'OrderRejected', data: { code: 'INVALID_ORDER', customerId: 'customer-1', errors: [{ path: '/total', code: 'TOTAL_MISMATCH' }] },
  });
});

test('refuses an order of the wrong shape, which others may have put into the queue', () => {
  const { type, data } = decide({ orderId: 'order-1', items: [] });

  expect(type).toBe('OrderRejected');
  expect(data).toMatchObject({ code: 'INVALID_ORDER', errors: expect.arrayContaining([expect.objectContaining({ path: '/customerId' })]) });
});

test('refuses an order under another id than its command\'s', () => {
  expect(decide(sampleOrder({ orderId: 'order-2' }))).toMatchObject({
    type: 'OrderRejected', metadata: { orderId: 'order-1' }, data: { errors: [{ path: '/orderId', code: 'ORDER_ID_MISMATCH' }] },
  });
});

test('a command that is decided again leads to the same event id, and another command to another', () => {
  const eventIdOf = (commandId: string) => decidePlacement(sampleCommand({ commandId }), 'sequence-1').metadata.eventId;

  expect(eventIdOf('command-1')).toBe(eventIdOf('command-1'));
  expect(eventIdOf('command-2')).not.toBe(eventIdOf('command-1'));
});
