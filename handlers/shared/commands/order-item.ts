import type { ConfirmationState } from './confirmation-state';
import type { FileOutcome } from './file-outcome';
import type { Fulfillment } from './fulfillment-record';
import type { Rejection } from './rejection';
import type { CommandCause, PendingCommand } from './sequenced-command';
import { OPTIONAL_FACTS, type EventType } from '../../../src/private/contract';
import type { OrderDocument, ValidOrder } from '../orders/order-document';
import type { OrderFacts } from '../orders/order-facts';
import { identityOf, type OrderKey } from '../orders/order-identity';
import type { OrderStatus } from '../orders/order-states';

/** The event that a write leads to. It is stored with the order and published from the table's stream (transactional outbox). */
export interface ItemOutcome extends CommandCause {
  readonly type: EventType;
  readonly sequence: number;
  readonly at: string;
  /** `data` of the event, without the order. */
  readonly data: Record<string, unknown>;
}

/** The sequence of an order's commands, which every item in the orders table has. Clients do not see it. */
interface CommandSequence {
  readonly orderId: OrderKey;
  /** Increases by one with every write. Each write requires the previous revision (optimistic locking). */
  readonly revision: number;
  /** The sequence number of the last command that was applied. */
  readonly sequence: number;
  /** Pending commands by sequence number: those that arrived out of order, and those that wait for the order to be placed. */
  readonly pending?: Readonly<Record<string, PendingCommand>>;
  /** Gaps: ranges of sequence numbers, first and last, that the order advanced past because their commands were believed lost. */
  readonly gaps?: readonly (readonly [number, number])[];
  /** The event of the last write, if it led to one. */
  readonly outcome?: ItemOutcome;
  /** The outcome of the last write's command for its file, if the command is from one. */
  readonly fileOutcome?: FileOutcome;
  /** Keys of the indexes. */
  readonly listKey?: string;
  readonly customerShard?: string;
  readonly statusShard?: string;
  readonly externalReferenceKey?: string;
  readonly pendingShard?: string;
  /** Unix seconds, as all times below. */
  readonly pendingUntil?: number;
  /** DynamoDB may return an item for days after it. */
  readonly expiresAt?: number;
}

interface Dates {
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Commands whose order has not been placed. */
export interface AwaitedItem extends CommandSequence {
  readonly status: 'AWAITED';
  readonly version: 0;
  readonly confirmation?: undefined;
}

/** An order that was placed. It is its own idempotency record: `placement` identifies the command and the content. */
export interface PlacedItem extends OrderFacts, CommandSequence, Dates {
  readonly order: OrderDocument;
  readonly status: Exclude<OrderStatus, 'AWAITED' | 'REJECTED'>;
  /** 1 when placed, one more with each change of the order or its status. */
  readonly version: number;
  /** What was fulfilled, in the order in which it was: of orders that are fulfilled in parts, and of shipments with an ID or a tracking number. */
  readonly fulfillments?: readonly Fulfillment[];
  readonly placement: { readonly commandId: string; readonly fingerprint: string };
  /** Only of an order that is or was pending. */
  readonly confirmation?: ConfirmationState;
}

/** The record of a rejected order, which clients can read. Placing a fixed order under the same id replaces it. */
export interface RejectedItem extends OrderFacts, CommandSequence, Dates {
  readonly status: 'REJECTED';
  readonly version: 0;
  readonly rejection: Rejection;
  /** Until when clients can read it. The item outlives it, because it keeps the sequence of the order's commands. */
  readonly visibleUntil: number;
  /** Only of an order that was pending. */
  readonly confirmation?: ConfirmationState;
}

/** Any item in the orders table. */
export type OrderItem = AwaitedItem | PlacedItem | RejectedItem;

/** Whether an order was placed. */
export const isPlaced = (item: OrderItem | undefined): item is PlacedItem => item !== undefined && item.status !== 'AWAITED' && item.status !== 'REJECTED';

/** The status of an item; `AWAITED` without one. */
export const statusOf = (item: OrderItem | undefined): OrderStatus => item?.status ?? 'AWAITED';

/** The facts in an item. */
export const factsIn = (item: object): OrderFacts =>
  Object.fromEntries(OPTIONAL_FACTS.map((fact) => [fact, (item as OrderFacts)[fact]]).filter(([, value]) => value !== undefined)) as OrderFacts;

/** The order in an item, without status and bookkeeping. */
export const validOrderIn = (item: PlacedItem): ValidOrder =>
  ({ orderId: identityOf(item.orderId).orderId, facts: factsIn(item), order: item.order });

/** The item with another order. Facts that the other order does not have are removed. */
export const withOrder = (item: PlacedItem, { facts, order }: ValidOrder): PlacedItem =>
  ({ ...item, ...Object.fromEntries(OPTIONAL_FACTS.map((fact) => [fact, facts[fact]])), order });
