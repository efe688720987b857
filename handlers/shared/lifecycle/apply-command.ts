import { stringify } from 'safe-stable-stringify';
import { done, refuse, withoutEvent, type Decision, type LifecycleSettings } from './decision';
import type { OrderItem, PlacedItem, RejectedItem } from './order-item';
import type { SequencedCommand } from './sequenced-command';
import { REFUSAL_CODE } from '../../../src/private/contract';
import { pricedOrderSchema, type PricedOrder } from '../orders/order';
import { changeOrder } from '../orders/order-change';

type Of<Type extends SequencedCommand['type']> = Extract<SequencedCommand, { type: Type }>;

/** The order takes its place: that of nothing, of commands that waited for it, or of a rejected one. */
export function placeOrder(line: OrderItem, command: Of<'PlaceOrder'>, now: Date): Decision {
  const at = now.toISOString();
  const item: PlacedItem = {
    ...command.data.order!,
    ...sequenceOf(line),
    status: 'CONFIRMED',
    version: 1,
    createdAt: at,
    updatedAt: at,
    placement: { commandId: command.commandId, fingerprint: command.data.fingerprint },
  };
  return done(item, command, {}, now);
}

/** The memory of a rejection, of which the bus was told when it was decided. */
export function rejectOrder(line: OrderItem, command: Of<'RejectOrder'>, now: Date, { rejectedOrderRetention }: LifecycleSettings): Decision {
  const { customerId, ...rejection } = command.data;
  const at = now.toISOString();
  const item: RejectedItem = {
    ...sequenceOf(line),
    ...(customerId === undefined ? {} : { customerId }),
    status: 'REJECTED',
    version: 0,
    rejection,
    createdAt: at,
    updatedAt: at,
    visibleUntil: Math.floor(now.getTime() / 1000) + rejectedOrderRetention,
  };
  return withoutEvent(item, command, 'RejectionStored');
}

/** The order with other contents. */
export function applyChange(item: PlacedItem, command: Of<'ChangeOrder'>, now: Date): Decision {
  const before = orderIn(item);
  const { value: after, errors } = changeOrder(before, command.data.patch);
  if (errors) return refuse(item, command, REFUSAL_CODE.INVALID_COMMAND, now, errors);
  const changed = Object.keys(pricedOrderSchema.shape).filter((field) => stringify(fieldOf(before, field)) !== stringify(fieldOf(after, field)));
  if (changed.length === 0) return withoutEvent(item, command, 'ChangeRepeated');
  const { items, shippingAddress, notes, attributes, ...rest } = item;
  return done({ ...rest, ...after, ...nextVersion(item, now) }, command, { changed }, now);
}

/** The order, cancelled. */
export function applyCancellation(item: PlacedItem, command: Of<'CancelOrder'>, now: Date): Decision {
  const { reason } = command.data;
  const cancelled: PlacedItem = { ...item, status: 'CANCELLED', cancellation: { reason }, ...nextVersion(item, now) };
  return done(cancelled, command, { reason }, now);
}

/** The order, fulfilled. Whoever fulfilled it said so on the bus. */
export const applyFulfillment = (item: PlacedItem, command: Of<'FulfillOrder'>, now: Date): Decision =>
  withoutEvent({ ...item, status: 'FULFILLED', ...nextVersion(item, now) }, command, 'OrderFulfilled');

const nextVersion = ({ version }: PlacedItem, now: Date) => ({ version: version + 1, updatedAt: now.toISOString() });

/** What stays of an item whose order goes: the line of its commands. */
const sequenceOf = ({ orderId, revision, sequence, pending, skipped }: OrderItem) => ({ orderId, revision, sequence, pending, skipped });

/** The order in an item, without its state and bookkeeping. */
export const orderIn = (item: PlacedItem): PricedOrder =>
  Object.fromEntries(Object.entries(item).filter(([field, value]) => field in pricedOrderSchema.shape && value !== undefined)) as PricedOrder;

const fieldOf = (order: PricedOrder, field: string): unknown => (order as Record<string, unknown>)[field];
