import { isDeepStrictEqual } from 'node:util';
import { REFUSAL_CODE } from '../../src/private/contract';

/** What a client, or another system, asks of the one order of a history. */
export type Ask =
  /** An order with notes and a customer: one who is not named is always the same. */
  | { readonly kind: 'place'; readonly notes: string; readonly customerId?: string; readonly onExistingOrder?: 'CHANGE' }
  | { readonly kind: 'place wrongly' }
  | { readonly kind: 'change'; readonly patch: Record<string, unknown>; readonly expectedVersion?: number; readonly outside?: true }
  | { readonly kind: 'cancel'; readonly reason: string; readonly expectedVersion?: number; readonly outside?: true }
  | { readonly kind: 'fulfill'; readonly outside: true };

/** What the order is at the end, as clients see it, and what every ask came to: an event, its code if it has one, or nothing. */
export interface Expected {
  readonly order: Record<string, unknown> | undefined;
  readonly outcomes: readonly string[];
}

interface State {
  status: string;
  version: number;
  fields: Record<string, unknown>;
  /** Who ordered, and the notes of the placement. */
  customer?: string;
  placed?: string;
}

/**
 * The life of an order, modeled in the simplest way: one ask after the other. It shares nothing with the code under test but the
 * names of events and codes.
 */
export function expected(asks: readonly Ask[]): Expected {
  const outcomes: string[] = asks.map(() => 'waiting');
  const waiting: number[] = [];
  const state: State = { status: 'none', version: 0, fields: {} };
  asks.forEach((ask, index) => {
    if (state.status === 'none' && !ask.kind.startsWith('place')) {
      waiting.push(index);
      return;
    }
    outcomes[index] = live(state, ask);
    for (const first of waiting.splice(0)) outcomes[first] = live(state, asks[first]);
  });
  const isShown = state.status !== 'none';
  return { order: isShown ? { status: state.status, version: state.version, ...state.fields } : undefined, outcomes };
}

function live(state: State, ask: Ask): string {
  switch (ask.kind) {
    case 'place': return place(state, ask.notes, ask.customerId, ask.onExistingOrder);
    case 'place wrongly':
      if (!isThere(state)) Object.assign(state, { status: 'REJECTED', fields: {} });
      return 'OrderRejected INVALID_ORDER';
    case 'change': return isThere(state) ? change(state, ask.patch, ask.expectedVersion) : `OrderChangeRefused ${REFUSAL_CODE.ORDER_REJECTED}`;
    case 'cancel': return isThere(state) ? cancel(state, ask.reason, ask.expectedVersion) : `OrderCancellationRefused ${REFUSAL_CODE.ORDER_REJECTED}`;
    case 'fulfill': return isThere(state) ? fulfill(state) : `OrderFulfillmentRefused ${REFUSAL_CODE.ORDER_REJECTED}`;
  }
}

const isThere = ({ status }: State): boolean => status !== 'none' && status !== 'REJECTED';

function place(state: State, notes: string, customer: string | undefined, onExistingOrder: 'CHANGE' | undefined): string {
  if (isThere(state)) {
    if (onExistingOrder) return changeTo(state, notes, customer);
    return state.placed === notes && state.customer === customer ? 'nothing' : 'OrderRejected DUPLICATE_ORDER_ID';
  }
  Object.assign(state, { status: 'CONFIRMED', version: 1, fields: { notes }, customer, placed: notes });
  return 'OrderConfirmed';
}

/** An order has one customer for good; everything else becomes as the placement has it. */
function changeTo(state: State, notes: string, customer: string | undefined): string {
  const { cancellation, ...fields } = state.fields;
  if (isDeepStrictEqual(fields, { notes }) && state.customer === customer) return 'nothing';
  if (state.status !== 'CONFIRMED' || state.customer !== customer) return 'OrderRejected NOT_CHANGEABLE';
  state.fields = { notes };
  state.version++;
  return 'OrderChanged';
}

function change(state: State, patch: Record<string, unknown>, expectedVersion: number | undefined): string {
  if (state.status !== 'CONFIRMED') return `OrderChangeRefused ORDER_${state.status}`;
  if (expectedVersion !== undefined && expectedVersion !== state.version) return 'OrderChangeRefused VERSION_MISMATCH';
  const fields = { ...state.fields };
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) delete fields[field];
    else if (typeof value === 'object') fields[field] = without({ ...fields[field] as object, ...value });
    else fields[field] = value;
  }
  if (JSON.stringify(fields.attributes ?? {}).length > 8 * 1024) return 'OrderChangeRefused INVALID_COMMAND';
  if (isDeepStrictEqual(fields, state.fields)) return 'nothing';
  state.fields = fields;
  state.version++;
  return 'OrderChanged';
}

const without = (entries: object): object => Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== null));

function cancel(state: State, reason: string, expectedVersion: number | undefined): string {
  if (state.status === 'CANCELLED') return 'nothing';
  if (state.status === 'FULFILLED') return 'OrderCancellationRefused ORDER_FULFILLED';
  if (expectedVersion !== undefined && expectedVersion !== state.version) return 'OrderCancellationRefused VERSION_MISMATCH';
  Object.assign(state, { status: 'CANCELLED', version: state.version + 1, fields: { ...state.fields, cancellation: { reason } } });
  return 'OrderCancelled';
}

function fulfill(state: State): string {
  if (state.status === 'CANCELLED') return 'OrderFulfillmentRefused ORDER_CANCELLED';
  if (state.status === 'CONFIRMED') Object.assign(state, { status: 'FULFILLED', version: state.version + 1 });
  return 'nothing';
}
