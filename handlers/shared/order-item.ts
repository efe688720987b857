import type { EventCause } from './create-event';
import type { EventOf } from './event';
import { fingerprint } from './fingerprint';
import type { PricedOrder } from './order';
import type { Rejection } from './rejection';

/** Status of an order in the table. */
export type OrderStatus = 'CONFIRMED' | 'REJECTED';

/** Who wrote an item, when, and which command it followed. */
interface ItemTrace {
  readonly orderId: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The command that wrote this state, for the event that follows from it. Not shown to clients. */
  readonly lastCommand: Omit<EventCause, 'orderId'>;
}

/** An order in the table. It is its own idempotency record: `placement` remembers what placed it. */
export interface ConfirmedItem extends PricedOrder, ItemTrace {
  readonly orderId: string;
  readonly status: 'CONFIRMED';
  /** 1 when placed, one more with each change. */
  readonly version: number;
  readonly placement: { readonly commandId: string; readonly fingerprint: string };
}

/** The memory of an order that was refused, so that a client can ask why. Another order may take its place. */
export interface RejectedItem extends ItemTrace {
  readonly status: 'REJECTED';
  readonly version: 0;
  readonly customerId?: string;
  readonly rejection: Omit<Rejection, 'customerId'>;
  /** Unix time in seconds. DynamoDB may show an item for days after it. */
  readonly expiresAt: number;
}

/** Anything in the orders table. */
export type OrderItem = ConfirmedItem | RejectedItem;

/** The item that a validated order becomes. */
export const toConfirmedItem = (event: EventOf<'OrderValidated'>, now: Date): ConfirmedItem => ({
  ...event.data.order,
  ...trace(event, now),
  status: 'CONFIRMED',
  version: 1,
  placement: { commandId: event.metadata.commandId, fingerprint: fingerprint(event.data.order) },
});

/** The item that a rejection becomes, kept for `retentionSeconds`. */
export function toRejectedItem(event: EventOf<'OrderRejected'>, now: Date, retentionSeconds: number): RejectedItem {
  const { customerId, ...reasons } = event.data;
  return {
    ...trace(event, now),
    ...(customerId === undefined ? {} : { customerId }),
    status: 'REJECTED',
    version: 0,
    rejection: reasons,
    expiresAt: Math.floor(now.getTime() / 1000) + retentionSeconds,
  };
}

function trace({ metadata }: EventOf<'OrderValidated'> | EventOf<'OrderRejected'>, now: Date): ItemTrace {
  const { orderId, commandId, sequence, correlationId, channel, eventId } = metadata;
  const at = now.toISOString();
  return { orderId, createdAt: at, updatedAt: at, lastCommand: { commandId, sequence, correlationId, causationId: eventId, channel } };
}
