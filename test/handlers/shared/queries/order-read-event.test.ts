import { callerOf, orderReadEvents as orderReadEventsOf, type ReturnedOrder } from '#shared';
import { metadataSchema } from '../../../../handlers/shared/events/event';
import { apiRequest, calledBy } from '../../../support/api-request';

const orderReadEvents = (request: ReturnType<typeof apiRequest>, correlationId: string, orders: readonly ReturnedOrder[]) =>
  orderReadEventsOf(request, correlationId, callerOf(request), orders);

const SHOWN = [{ orderId: 'order-1', version: 3 }, { orderId: 'order-2', version: 0 }];

test('each returned order has an event with the reader', () => {
  expect(orderReadEvents(apiRequest(calledBy('caller-9')), 'correlation-1', SHOWN)).toMatchObject([
    {
      type: 'OrderRead',
      data: { reader: 'caller-9' },
      metadata: {
        eventType: 'OrderRead',
        orderId: 'order-1',
        version: 3,
        commandId: 'request-1',
        causationId: 'request-1',
        correlationId: 'correlation-1',
        sequence: 0,
        channel: 'api',
      },
    },
    { type: 'OrderRead', data: { reader: 'caller-9' }, metadata: { orderId: 'order-2', version: 0 } },
  ]);
});

test('the events have the shape of all events', () => {
  for (const { metadata } of orderReadEvents(apiRequest(), 'correlation-1', SHOWN)) expect(metadataSchema.safeParse(metadata).error).toBeUndefined();
});

test('the event ID depends on the request and the order', () => {
  const ids = (requestId: string) =>
    orderReadEvents(apiRequest({ requestContext: { requestId, identity: {} } }), 'c', SHOWN).map(({ metadata }) => metadata.eventId);

  expect(ids('request-1')).toEqual(ids('request-1'));
  expect(new Set([...ids('request-1'), ...ids('request-2')]).size).toBe(4);
});

test('a request without an id gets one', () => {
  const [first, second] = [1, 2].map(() => orderReadEvents(apiRequest({ requestContext: { identity: {} } }), 'c', SHOWN)[0].metadata.commandId);

  expect(first).toMatch(/^[0-9a-f-]{36}$/);
  expect(second).not.toBe(first);
});

test('there is no event when no order is returned', () => {
  expect(orderReadEvents(apiRequest(), 'c', [])).toEqual([]);
});
