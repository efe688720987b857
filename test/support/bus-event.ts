/** Creates an order event, as a rule of the bus delivers it to a queue, with the given changes of envelope and metadata. */
export const busEvent = (
  envelope: Record<string, unknown> = {}, metadata: Record<string, unknown> = {}, data: unknown = { n: 1 },
): Record<string, unknown> => ({
  'version': '0',
  'id': 'envelope-1',
  'detail-type': 'OrderConfirmed',
  'source': 'shop.orders',
  'account': '111122223333',
  'time': '2026-01-31T12:00:01Z',
  'region': 'eu-central-1',
  'resources': [],
  'detail': { metadata: { eventId: 'event-1', orderId: 'order-1', occurredAt: '2026-01-31T12:00:00.000Z', ...metadata }, data },
  ...envelope,
});
