import type { Channel, OrderStatus } from './order-states';
import type { PendingCommand } from './sequenced-command';
import type { EventType } from '../../../src/private/contract';
import type { EventData } from '../events/event';
import type { Rejection } from '../events/rejection';
import type { PricedOrder } from '../orders/order';

/** What a command led to: said on the bus from the table's stream, so that a change and its event cannot part. */
export interface ItemOutcome {
  readonly type: EventType;
  readonly commandId: string;
  readonly sequence: number;
  readonly correlationId: string;
  readonly causationId: string;
  readonly channel: Channel;
  readonly at: string;
  /** What the event says besides the order itself. */
  readonly data: Record<string, unknown>;
}

/** What every item in the orders table has: the line of an order's commands. None of it is shown to clients. */
interface CommandSequence {
  readonly orderId: string;
  /** One more with every write; the condition of the next one. */
  readonly revision: number;
  /** The place of the last command that had its turn. */
  readonly sequence: number;
  /** Commands that had to be kept, by their places: those that came before their turn, and those that wait for the order. */
  readonly pending?: Readonly<Record<string, PendingCommand>>;
  /** Places that the line went on without, from and to. */
  readonly skipped?: readonly (readonly [number, number])[];
  /** What this very write led to. */
  readonly outcome?: ItemOutcome;
  /** Keys of the indexes. */
  readonly listKey?: string;
  readonly statusShard?: string;
  readonly pendingShard?: string;
  /** Unix seconds, as all times below. */
  readonly pendingUntil?: number;
  /** DynamoDB may show an item for days after it. */
  readonly expiresAt?: number;
}

/** Shown to clients. */
interface Dates {
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Commands whose order has not come yet. */
export interface AwaitedItem extends CommandSequence {
  readonly status: 'AWAITED';
  readonly version: 0;
}

/** An order that was placed. It is its own idempotency record: `placement` remembers what placed it. */
export interface PlacedItem extends PricedOrder, CommandSequence, Dates {
  readonly orderId: string;
  readonly status: 'CONFIRMED' | 'CANCELLED' | 'FULFILLED';
  /** 1 when placed, one more with each change of the order or its status. */
  readonly version: number;
  readonly placement: { readonly commandId: string; readonly fingerprint: string };
  readonly cancellation?: { readonly reason: string };
}

/** The memory of an order that was refused, so that a client can ask why. A mended order takes its place. */
export interface RejectedItem extends CommandSequence, Dates {
  readonly status: 'REJECTED';
  readonly version: 0;
  readonly customerId?: string;
  readonly rejection: Omit<Rejection, 'customerId'>;
  /** The item outlives it, because it keeps the line of the order's commands. */
  readonly visibleUntil: number;
}

/** Anything in the orders table. */
export type OrderItem = AwaitedItem | PlacedItem | RejectedItem;

/** Whether an order was placed. */
export const isPlaced = (item: OrderItem | undefined): item is PlacedItem => item !== undefined && item.status !== 'AWAITED' && item.status !== 'REJECTED';

/** The status of an item, or of none. */
export const statusOf = (item: OrderItem | undefined): OrderStatus => item?.status ?? 'AWAITED';

/** `data` of any refusal. */
export type Refusal = EventData['OrderChangeRefused'];
