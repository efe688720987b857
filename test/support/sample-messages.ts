import {
  createEvent, invalidOrder, nextWrite, readCommandEvent,
  type EventCause, type EventData, type EventMetadata, type EventOf, type SequencedCommand, type LifecycleSettings, type OrderCommand,
  type OrderContent, type OrderDocument, type OrderEvent, type OrderFacts, type OrderItem, type PlacedItem, type RejectedItem,
} from '#shared';
import { sampleOrder } from './sample-order';

/** The sum of the items of `sampleOrder`. */
export const SAMPLE_TOTAL = 4129;

/** When everything in these samples happened. */
export const SAMPLE_TIME = '2026-01-31T12:00:00.000Z';

/** The retention settings of `handler-env`. */
export const SAMPLE_SETTINGS: LifecycleSettings = { rejectedOrderRetention: 3600, pendingCommandRetention: 1800 };

/** A command as `receive-order` sends it. By default, its order has the order ID of the command. */
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

/** The document of a valid order. */
export const sampleDocument = (changes: OrderDocument = {}): OrderDocument => sampleOrder({ orderId: 'order-1', ...changes });

/** The facts of an order of the standard model. */
export function sampleFacts({ customerId, currency, total = SAMPLE_TOTAL, externalReference, salesChannel, tags }: OrderDocument): OrderFacts {
  const facts = { customerId, currency, externalReference, salesChannel, tags, total };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as OrderFacts;
}

/** A valid order. */
export function sampleContent(changes: OrderDocument = {}): OrderContent {
  const order = sampleDocument(changes);
  return { order, facts: sampleFacts(order) };
}

const sampleCause = { orderId: 'order-1', commandId: 'command-1', sequence: 1, correlationId: 'correlation-1', channel: 'api' } as const;

const cause = (changes: Partial<EventMetadata>): EventCause =>
  ({ ...sampleCause, causationId: changes.commandId ?? sampleCause.commandId, ...changes });

/** The event of `validate-order` for a valid order. */
export function orderValidated(metadata: Partial<EventMetadata> = {}, changes: OrderDocument = {}): EventOf<'OrderValidated'> {
  const { order, facts } = sampleContent({ orderId: metadata.orderId ?? 'order-1', ...changes });
  return createEvent('OrderValidated', cause(metadata), { order }, { occurredAt: SAMPLE_TIME, facts });
}

/** The event of `validate-order` for an order that breaks a rule. */
export const orderRejected = (metadata: Partial<EventMetadata> = {}): EventOf<'OrderRejected'> => {
  const errors = [{ path: '/total', code: 'TOTAL_MISMATCH', message: 'must be 4129' }];
  return createEvent('OrderRejected', cause(metadata), invalidOrder(errors), { occurredAt: SAMPLE_TIME, facts: { customerId: 'customer-1', currency: 'EUR' } });
};

/** The event of `validate-order` for a change. By default it is the second command of its order. */
export const changeRequested = (
  metadata: Partial<EventMetadata> = {}, data: EventData['OrderChangeRequested'] = { patch: { notes: 'changed' } },
): EventOf<'OrderChangeRequested'> =>
  createEvent('OrderChangeRequested', cause({ commandId: 'command-2', sequence: 2, ...metadata }), data, { occurredAt: SAMPLE_TIME });

/** The event of `validate-order` for a cancellation. By default it is the second command of its order. */
export const cancellationRequested = (
  metadata: Partial<EventMetadata> = {}, data: EventData['OrderCancellationRequested'] = { reason: 'too late' },
): EventOf<'OrderCancellationRequested'> =>
  createEvent('OrderCancellationRequested', cause({ commandId: 'command-2', sequence: 2, ...metadata }), data, { occurredAt: SAMPLE_TIME });

/** An event as a rule of the bus puts it into a queue. */
export const onTheBus = ({ type, metadata, facts, data }: OrderEvent): Record<string, unknown> =>
  ({ 'version': '0', 'source': 'shop.orders', 'detail-type': type, 'detail': { metadata, facts, data } });

/** The request of another system on the bus. */
export const fromOutside = (type: string, data?: unknown, metadata: Record<string, unknown> = {}): Record<string, unknown> => ({
  'version': '0', 'id': 'envelope-1', 'source': 'warehouse', 'detail-type': type, 'detail': { metadata: { orderId: 'order-1', ...metadata }, data },
});

/** A stored order. */
export const confirmedItem = (event: EventOf<'OrderValidated'> = orderValidated(), now = new Date(SAMPLE_TIME)): PlacedItem =>
  itemAfter([event], now) as PlacedItem;

/** The memory of a rejected order, shown for an hour after `now`. */
export const rejectedItem = (event: EventOf<'OrderRejected'> = orderRejected(), now = new Date(SAMPLE_TIME)): RejectedItem =>
  itemAfter([event], now) as RejectedItem;

/** The item that the handlers write when events come one after the other. */
export const itemAfter = (events: readonly OrderEvent[], now = new Date(SAMPLE_TIME)): OrderItem => events.reduce<OrderItem | undefined>(
  (item, event) => {
    const command = readCommandEvent(JSON.stringify(onTheBus(event))) as SequencedCommand;
    return written(nextWrite(item, command, now, SAMPLE_SETTINGS)?.item ?? item);
  },
  undefined,
)!;

/** An item as the table keeps it. */
export const written = <Item extends object | undefined>(item: Item): Item => item && JSON.parse(JSON.stringify(item)) as Item;
