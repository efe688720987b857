import { toConfirmedItem, toRejectedItem } from '#shared';
import { orderRejected, orderValidated, samplePricedOrder } from '../../support/sample-messages';

const NOW = new Date('2026-02-01T00:00:00.999Z');

test('a validated order becomes version 1 of a confirmed item that remembers what placed it', () => {
  const event = orderValidated();

  expect(toConfirmedItem(event, NOW)).toEqual({
    ...samplePricedOrder(),
    status: 'CONFIRMED',
    version: 1,
    createdAt: NOW.toISOString(),
    updatedAt: NOW.toISOString(),
    placement: { commandId: 'command-1', fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) },
    lastCommand: { commandId: 'command-1', sequence: 'sequence-1', correlationId: 'correlation-1', causationId: event.metadata.eventId, channel: 'api' },
  });
});

test('a rejection becomes an item with its reasons that expires, in whole seconds', () => {
  const { customerId, ...rejection } = orderRejected().data;

  expect(toRejectedItem(orderRejected(), NOW, 60)).toMatchObject({
    orderId: 'order-1', status: 'REJECTED', version: 0, customerId, rejection, expiresAt: Date.parse('2026-02-01T00:01:00Z') / 1000,
  });
});

test('a rejection of nobody in particular has no customer', () => {
  const { metadata, type, data: { customerId, ...data } } = orderRejected();

  expect(toRejectedItem({ type, metadata, data }, NOW, 60)).not.toHaveProperty('customerId');
});
