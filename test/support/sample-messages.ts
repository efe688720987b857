import {
  createEvent, invalidOrder, toConfirmedItem, toRejectedItem,
  type ConfirmedItem, type EventCause, type EventMetadata, type EventOf, type OrderCommand, type OrderEvent, type PricedOrder, type RejectedItem,
} from '#shared';
import { sampleOrder } from './sample-order';

/** The sum of the items of `sampleOrder`. */
export const SAMPLE_TOTAL = 4129;

/** When everything in these samples happened. */
export const SAMPLE_TIME = '2026-01-31T12:00:00.000Z';

/** A command as `receive-order` sends it. Its order has the command's id unless `payload` says something else. */
export const sampleCommand = (changes: Partial<OrderCommand> = {}): OrderCommand => ({
  schemaVersion: 1,
  commandType: 'PlaceOrder',
  commandId: 'command-1',
  orderId: 'order-1',
  correlationId: 'correlation-1',
  channel: 'api',
  receivedAt: SAMPLE_TIME,
  payload: sampleOrder({ orderId: changes.orderId ?? 'order-1' }),
  ...changes,
});

/** A valid order with its total. */
export const samplePricedOrder = (changes: Partial<PricedOrder> = {}): PricedOrder =>
  sampleOrder({ orderId: 'order-1', total: SAMPLE_TOTAL, ...changes }) as PricedOrder;

const cause = (changes: Partial<EventMetadata>): EventCause => {
  const { orderId, commandId, sequence, correlationId, channel } = sampleCause;
  return { orderId, commandId, sequence, correlationId, channel, causationId: changes.commandId ?? commandId, ...changes };
};

const sampleCause = { orderId: 'order-1', commandId: 'command-1', sequence: 'sequence-1', correlationId: 'correlation-1', channel: 'api' } as const;

/** What `validate-order` says of a valid order. */
export const orderValidated = (metadata: Partial<EventMetadata> = {}, order: Partial<PricedOrder> = {}): EventOf<'OrderValidated'> =>
  createEvent('OrderValidated', cause(metadata), { order: samplePricedOrder({ orderId: metadata.orderId ?? 'order-1', ...order }) },
    { occurredAt: SAMPLE_TIME });

/** What `validate-order` says of an order that breaks a rule. */
export const orderRejected = (metadata: Partial<EventMetadata> = {}): EventOf<'OrderRejected'> => {
  const errors = [{ path: '/total', code: 'TOTAL_MISMATCH', message: 'must be 4129' }];
  return createEvent('OrderRejected', cause(metadata), invalidOrder(errors, 'customer-1'), { occurredAt: SAMPLE_TIME });
};

/** An event as a rule of the bus puts it into a queue. */
export const onTheBus = ({ type, metadata, data }: OrderEvent): Record<string, unknown> =>
  ({ 'version': '0', 'source': 'shop.orders', 'detail-type': type, 'detail': { metadata, data } });

/** A stored order. */
export const confirmedItem = (event: EventOf<'OrderValidated'> = orderValidated()): ConfirmedItem => toConfirmedItem(event, new Date(SAMPLE_TIME));

/** The memory of a rejected order, for an hour after `now`. */
export const rejectedItem = (event: EventOf<'OrderRejected'> = orderRejected(), now = new Date(SAMPLE_TIME)): RejectedItem =>
  toRejectedItem(event, now, 3600);
