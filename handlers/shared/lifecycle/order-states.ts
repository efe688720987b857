import { EVENT_TYPE, REFUSAL_CODE, type EventType, type RefusalCode } from '../../../src/private/contract';

/**
 * Where an order stands. `AWAITED` is not shown to clients: commands are waiting for an order that has not come yet.
 */
export type OrderStatus = 'AWAITED' | 'CONFIRMED' | 'CANCELLED' | 'FULFILLED' | 'REJECTED';

/** What can be asked of an order. `RejectOrder` is what becomes of a placement that broke a rule: it is remembered. */
export type CommandType = 'PlaceOrder' | 'RejectOrder' | 'ChangeOrder' | 'CancelOrder' | 'FulfillOrder';

/** How a command comes: over REST, in a file, or as an event that another system put on the bus. */
export type Channel = 'api' | 'file' | 'bus';

/**
 * What a command does in a status:
 * - `to`: the order takes this status;
 * - `wait`: the command is parked until the order comes;
 * - `repeat`: it asks for what is already so, and changes nothing;
 * - `compare`: it repeats the order's own placement, or claims an id that is taken;
 * - `keep`: the order stays as it is, and all was said before;
 * - `refuse`: it is refused with this code.
 */
export type Transition =
  | { readonly kind: 'to'; readonly status: OrderStatus }
  | { readonly kind: 'wait' | 'repeat' | 'compare' | 'keep' }
  | { readonly kind: 'refuse'; readonly code: RefusalCode };

const to = (status: OrderStatus): Transition => ({ kind: 'to', status });
const refuse = (code: RefusalCode): Transition => ({ kind: 'refuse', code });
const [WAIT, REPEAT, COMPARE, KEEP]: Transition[] = [{ kind: 'wait' }, { kind: 'repeat' }, { kind: 'compare' }, { kind: 'keep' }];

/** The life of an order: what every command does in every status. */
export const ORDER_STATES: Record<OrderStatus, Record<CommandType, Transition>> = {
  AWAITED: {
    PlaceOrder: to('CONFIRMED'), RejectOrder: to('REJECTED'), ChangeOrder: WAIT, CancelOrder: WAIT, FulfillOrder: WAIT,
  },
  CONFIRMED: {
    PlaceOrder: COMPARE, RejectOrder: KEEP, ChangeOrder: to('CONFIRMED'), CancelOrder: to('CANCELLED'), FulfillOrder: to('FULFILLED'),
  },
  CANCELLED: {
    PlaceOrder: COMPARE,
    RejectOrder: KEEP,
    ChangeOrder: refuse(REFUSAL_CODE.ORDER_CANCELLED),
    CancelOrder: REPEAT,
    FulfillOrder: refuse(REFUSAL_CODE.ORDER_CANCELLED),
  },
  FULFILLED: {
    PlaceOrder: COMPARE,
    RejectOrder: KEEP,
    ChangeOrder: refuse(REFUSAL_CODE.ORDER_FULFILLED),
    CancelOrder: refuse(REFUSAL_CODE.ORDER_FULFILLED),
    FulfillOrder: REPEAT,
  },
  REJECTED: {
    PlaceOrder: to('CONFIRMED'),
    RejectOrder: to('REJECTED'),
    ChangeOrder: refuse(REFUSAL_CODE.ORDER_REJECTED),
    CancelOrder: refuse(REFUSAL_CODE.ORDER_REJECTED),
    FulfillOrder: refuse(REFUSAL_CODE.ORDER_REJECTED),
  },
};

/** A kind of command: who may ask for it, and what is said on the bus when it is done or refused. */
export interface CommandKind {
  readonly askedBy: readonly Channel[];
  /** Undefined where it was said already: a rejection before it is remembered, and `OrderFulfilled` by whoever fulfilled it. */
  readonly done?: EventType;
  readonly refused: EventType;
}

export const COMMANDS: Record<CommandType, CommandKind> = {
  PlaceOrder: { askedBy: ['api', 'file'], done: EVENT_TYPE.ORDER_CONFIRMED, refused: EVENT_TYPE.ORDER_REJECTED },
  RejectOrder: { askedBy: ['api', 'file'], refused: EVENT_TYPE.ORDER_REJECTED },
  ChangeOrder: { askedBy: ['api', 'bus'], done: EVENT_TYPE.ORDER_CHANGED, refused: EVENT_TYPE.ORDER_CHANGE_REFUSED },
  CancelOrder: { askedBy: ['api', 'bus'], done: EVENT_TYPE.ORDER_CANCELLED, refused: EVENT_TYPE.ORDER_CANCELLATION_REFUSED },
  FulfillOrder: { askedBy: ['bus'], refused: EVENT_TYPE.ORDER_FULFILLMENT_REFUSED },
};

/** Why a command did nothing, for a person. */
export const REFUSAL_REASON: Record<RefusalCode, string> = {
  INVALID_COMMAND: 'the command breaks the rules listed in errors; mend it and send it again',
  NOT_ALLOWED: 'a command of this kind cannot come this way',
  ORDER_CANCELLED: 'the order is cancelled, and stays so',
  ORDER_FULFILLED: 'the order is fulfilled, and stays as it is',
  ORDER_REJECTED: 'the order was rejected; place it again, mended',
  VERSION_MISMATCH: 'the order is not in the version that was expected; look at it again and decide anew',
  ORDER_NOT_FOUND: 'no order with this id came while the command waited for it',
  TOO_MANY_PENDING: 'it is too much to wait for the order, with all that waits already; send it again when the order is there',
  EXPIRED: 'this command, or an earlier one that it waited for, came too late',
};
