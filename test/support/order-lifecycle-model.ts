import { isDeepStrictEqual } from 'node:util';
import { REFUSAL_CODE } from '../../src/private/contract';

type FulfilledItems = readonly { readonly lineItem: number; readonly quantity: number }[];

/** What a client, or another system, asks of the one order of a history. */
export type Ask =
  /**
   * An order with notes, a customer, and the quantities of its line items if they are others than those of `sampleOrder`: a customer who is not named
   * is always the same.
   */
  | { readonly kind: 'place'; readonly notes: string; readonly customerId?: string; readonly otherItems?: readonly number[]; readonly onExistingOrder?: 'CHANGE' }
  | { readonly kind: 'place wrongly' }
  | { readonly kind: 'change'; readonly patch: Record<string, unknown>; readonly expectedVersion?: number; readonly outside?: true }
  | { readonly kind: 'cancel'; readonly reason: string; readonly expectedVersion?: number; readonly outside?: true }
  /** A decision about what another ask made pending. */
  | { readonly kind: 'decide'; readonly decision: 'CONFIRM' | 'REJECT'; readonly about: Ask | undefined; readonly outside: true }
  /** Nothing was decided in time. */
  | { readonly kind: 'time out'; readonly decision: 'CONFIRM' | 'REJECT' }
  | { readonly kind: 'fulfill'; readonly outside: true }
  /** Quantities of the two line items, by their index. */
  | { readonly kind: 'fulfill items'; readonly items: FulfilledItems; readonly shipmentId?: string; readonly outside: true };

/** How orders are confirmed: when they are placed, or by a decision. */
export type Confirmation = 'none' | 'RESTART' | 'REFUSE';

/** What the order is at the end, as clients see it, and what every ask came to: an event, its code if it has one, or nothing. */
export interface Expected {
  readonly order: Record<string, unknown> | undefined;
  readonly outcomes: readonly string[];
}

interface State {
  status: string;
  version: number;
  fields: Record<string, unknown>;
  /** The ordered and the fulfilled quantity of each line item, and the quantities of each shipment with an ID. */
  ordered: readonly number[];
  fulfilled: number[];
  shipments: Record<string, readonly number[]>;
  /** Who ordered, the notes of the placement, and whether the line items are others than those of `sampleOrder`. */
  customer?: string;
  placed?: string;
  hasOtherItems: boolean;
  /** The ask about which a decision is expected, and what was decided. */
  pending?: Ask;
  decided?: 'CONFIRM' | 'REJECT';
  readonly confirmation: Confirmation;
}

/**
 * The life of an order, modeled in the simplest way: one ask after the other. It shares nothing with the code under test but the
 * names of events and codes.
 */
export function expected(asks: readonly Ask[], confirmation: Confirmation = 'none'): Expected {
  const outcomes: string[] = asks.map(() => 'waiting');
  const waiting: number[] = [];
  const state: State = { status: 'none', version: 0, fields: {}, ordered: ORDERED, fulfilled: [0, 0], shipments: {}, hasOtherItems: false, confirmation };
  asks.forEach((ask, index) => {
    if (ask.kind === 'time out') {
      outcomes[asks.indexOf(state.pending!)] += ` and ${settle(state, ask.decision, 'CONFIRMATION_TIMED_OUT')}`;
      return;
    }
    if (state.status === 'none' && !ask.kind.startsWith('place') && ask.kind !== 'decide') {
      waiting.push(index);
      return;
    }
    outcomes[index] = live(state, ask);
    if (state.status === 'none') return;
    for (const first of waiting.splice(0)) outcomes[first] = live(state, asks[first] as Parameters<typeof live>[1]);
  });
  const isShown = state.status !== 'none';
  const fulfilledItems = state.fulfilled.flatMap((quantity, lineItem) => (quantity > 0 ? [{ lineItem, quantity }] : []));
  const shown = fulfilledItems.length > 0 ? { fulfilledItems } : {};
  return { order: isShown ? { status: state.status, version: state.version, ...state.fields, ...shown } : undefined, outcomes };
}

function live(state: State, ask: Exclude<Ask, { kind: 'time out' }>): string {
  switch (ask.kind) {
    case 'place': return place(state, ask);
    case 'place wrongly':
      if (!isThere(state)) Object.assign(state, { status: 'REJECTED', fields: {}, pending: undefined, decided: undefined });
      return 'OrderRejected INVALID_ORDER';
    case 'change': return isThere(state) ? change(state, ask, ask.patch, ask.expectedVersion) : `OrderChangeRefused ${REFUSAL_CODE.ORDER_REJECTED}`;
    case 'cancel': return isThere(state) ? cancel(state, ask.reason, ask.expectedVersion) : `OrderCancellationRefused ${REFUSAL_CODE.ORDER_REJECTED}`;
    case 'decide': return decide(state, ask);
    case 'fulfill items': return isThere(state) ? fulfillItems(state, ask.items, ask.shipmentId) : `OrderFulfillmentRefused ${REFUSAL_CODE.ORDER_REJECTED}`;
    case 'fulfill': return isThere(state) ? fulfill(state) : `OrderFulfillmentRefused ${REFUSAL_CODE.ORDER_REJECTED}`;
  }
}

/** The quantities of `sampleOrder`. */
const ORDERED = [2, 1];

const isThere = ({ status }: State): boolean => status !== 'none' && status !== 'REJECTED';

function place(state: State, ask: Extract<Ask, { kind: 'place' }>): string {
  const { notes, customerId: customer, otherItems, onExistingOrder } = ask;
  if (isThere(state)) {
    if (onExistingOrder) return changeTo(state, ask);
    return state.placed === notes && state.customer === customer ? 'nothing' : 'OrderRejected DUPLICATE_ORDER_ID';
  }
  Object.assign(state, {
    status: 'CONFIRMED',
    version: 1,
    fields: { notes },
    ordered: otherItems ?? ORDERED,
    customer,
    placed: notes,
    hasOtherItems: otherItems !== undefined,
    pending: undefined,
    decided: undefined,
  });
  if (state.confirmation === 'none') return 'OrderConfirmed';
  Object.assign(state, { status: 'PENDING', pending: ask });
  return 'OrderPending';
}

/** An order has one customer for good, and line items of which a part is fulfilled stay; everything else becomes as the placement has it. */
function changeTo(state: State, ask: Extract<Ask, { kind: 'place' }>): string {
  const { notes, customerId: customer, otherItems } = ask;
  const { cancellation, ...fields } = state.fields;
  const ordered = otherItems ?? ORDERED;
  const hasSameItems = state.hasOtherItems === (otherItems !== undefined);
  if (isDeepStrictEqual(fields, { notes }) && hasSameItems && isDeepStrictEqual(state.ordered, ordered) && state.customer === customer) return 'nothing';
  if (changeRefusal(state) || state.customer !== customer || (isFulfilledInPart(state) && !hasSameItems) || isLess(ordered, state.fulfilled)) {
    return 'OrderRejected NOT_CHANGEABLE';
  }
  state.hasOtherItems = otherItems !== undefined;
  return changed(state, ask, { notes }, ordered);
}

/** Why the order cannot change at present, if it cannot. */
function changeRefusal({ status, confirmation }: State): string | undefined {
  const canChange = ['CONFIRMED', 'PARTIALLY_FULFILLED'].includes(status) || (status === 'PENDING' && confirmation === 'RESTART');
  return canChange ? undefined : `ORDER_${status}`;
}

/** A pending order is decided anew. */
function changed(state: State, ask: Ask, fields: Record<string, unknown>, ordered: readonly number[]): string {
  Object.assign(state, { fields, ordered, version: state.version + 1 });
  if (state.status === 'PENDING') state.pending = ask;
  complete(state);
  return 'OrderChanged';
}

function change(state: State, ask: Ask, patch: Record<string, unknown>, expectedVersion: number | undefined): string {
  const refusal = changeRefusal(state);
  if (refusal && state.status !== 'PENDING') return `OrderChangeRefused ${refusal}`;
  if (expectedVersion !== undefined && expectedVersion !== state.version) return 'OrderChangeRefused VERSION_MISMATCH';
  if (refusal) return `OrderChangeRefused ${refusal}`;
  const fields = { ...state.fields };
  const { items, ...others } = patch;
  const ordered = items ? (items as { quantity: number }[]).map(({ quantity }) => quantity) : state.ordered;
  for (const [field, value] of Object.entries(others)) {
    if (value === null) delete fields[field];
    else if (typeof value === 'object') fields[field] = without({ ...fields[field] as object, ...value });
    else fields[field] = value;
  }
  if (JSON.stringify(fields.attributes ?? {}).length > 8 * 1024) return 'OrderChangeRefused INVALID_COMMAND';
  if (isDeepStrictEqual(fields, state.fields) && isDeepStrictEqual(ordered, state.ordered)) return 'nothing';
  const hasOtherItems = state.hasOtherItems && !items;
  if (isLess(ordered, state.fulfilled) || (isFulfilledInPart(state) && hasOtherItems !== state.hasOtherItems)) return 'OrderChangeRefused INVALID_COMMAND';
  state.hasOtherItems = hasOtherItems;
  return changed(state, ask, fields, ordered);
}

const without = (entries: object): object => Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== null));

function cancel(state: State, reason: string, expectedVersion: number | undefined): string {
  if (state.status === 'CANCELLED') return 'nothing';
  if (['FULFILLED', 'PARTIALLY_FULFILLED'].includes(state.status)) return `OrderCancellationRefused ORDER_${state.status}`;
  if (expectedVersion !== undefined && expectedVersion !== state.version) return 'OrderCancellationRefused VERSION_MISMATCH';
  Object.assign(state, { status: 'CANCELLED', version: state.version + 1, fields: { ...state.fields, cancellation: { reason } } });
  return 'OrderCancelled';
}

function decide(state: State, { decision, about }: Extract<Ask, { kind: 'decide' }>): string {
  if (state.status === 'none') return 'OrderConfirmationRefused ORDER_NOT_FOUND';
  const isCurrent = about !== undefined && state.pending === about;
  if (isCurrent && state.decided === decision) return 'nothing';
  if (state.status !== 'PENDING') return `OrderConfirmationRefused ORDER_${state.status}`;
  if (!isCurrent) return 'OrderConfirmationRefused DECISION_OUTDATED';
  return settle(state, decision, 'NOT_CONFIRMED');
}

function settle(state: State, decision: 'CONFIRM' | 'REJECT', code: string): string {
  state.decided = decision;
  if (decision === 'CONFIRM') {
    Object.assign(state, { status: 'CONFIRMED', version: state.version + 1 });
    return 'OrderConfirmed';
  }
  Object.assign(state, { status: 'REJECTED', version: 0, fields: {} });
  return `OrderRejected ${code}`;
}

function fulfill(state: State): string {
  if (state.status === 'CANCELLED' || state.status === 'PENDING') return `OrderFulfillmentRefused ORDER_${state.status}`;
  if (state.status === 'FULFILLED') return 'nothing';
  if (state.status === 'PARTIALLY_FULFILLED') state.fulfilled = [...state.ordered];
  Object.assign(state, { status: 'FULFILLED', version: state.version + 1 });
  return 'nothing';
}

function fulfillItems(state: State, items: FulfilledItems, shipmentId: string | undefined): string {
  const quantities = ORDERED.map((_, line) => items.reduce((sum, { lineItem, quantity }) => (lineItem === line ? sum + quantity : sum), 0));
  const shipment = shipmentId === undefined ? undefined : state.shipments[shipmentId];
  if (shipment && isDeepStrictEqual(shipment, quantities)) return 'nothing';
  if (!['CONFIRMED', 'PARTIALLY_FULFILLED'].includes(state.status)) return `OrderFulfillmentRefused ORDER_${state.status}`;
  const fulfilled = state.fulfilled.map((quantity, line) => quantity + quantities[line]);
  const isUnknown = items.some(({ lineItem }) => lineItem >= state.ordered.length);
  if (shipment || isUnknown || isLess(state.ordered, fulfilled)) return 'OrderFulfillmentRefused INVALID_COMMAND';
  if (shipmentId !== undefined) state.shipments[shipmentId] = quantities;
  Object.assign(state, { status: 'PARTIALLY_FULFILLED', version: state.version + 1, fulfilled });
  complete(state);
  return state.status === 'FULFILLED' ? 'OrderFulfilled' : 'OrderPartiallyFulfilled';
}

/** Line items of which a part is fulfilled cannot be replaced by others. */
const isFulfilledInPart = ({ fulfilled }: State): boolean => fulfilled.some((quantity) => quantity > 0);

/** Whether less was ordered than is fulfilled. */
const isLess = (ordered: readonly number[], fulfilled: readonly number[]): boolean =>
  fulfilled.some((quantity, line) => quantity > (ordered[line] ?? 0));

/** An order that is fulfilled in part is fulfilled when nothing remains. */
function complete(state: State): void {
  const isComplete = state.ordered.every((quantity, line) => quantity <= state.fulfilled[line]);
  if (state.status === 'PARTIALLY_FULFILLED' && isComplete) state.status = 'FULFILLED';
}
