import { REFUSAL_CODE, type RefusalCode } from '../../../src/private/contract';

/** The status of an order. `AWAITED` is internal: commands are pending for an order that has not been placed. */
export type OrderStatus = 'AWAITED' | 'PENDING' | 'CONFIRMED' | 'CANCELLED' | 'PARTIALLY_FULFILLED' | 'FULFILLED' | 'REJECTED';

/** Everything that can change an order; `commands/` defines each. `RejectOrder` results from a placement that broke a rule. */
export type CommandType = 'PlaceOrder' | 'RejectOrder' | 'DecideConfirmation' | 'ChangeOrder' | 'CancelOrder' | 'FulfillOrder' | 'FulfillOrderItems';

/**
 * The effect of a command in a status:
 * - `to`: the order changes to this status, or to one of these;
 * - `wait`: the command is pending until the order is placed;
 * - `repeat`: the order already has this status, and the command changes nothing;
 * - `compare`: the command repeats the order's own placement, changes the order, or uses an order id that is taken;
 * - `keep`: the command changes nothing and publishes nothing;
 * - `refuse`: the command is refused with this code.
 */
export type Transition =
  | { readonly kind: 'to'; readonly statuses: readonly OrderStatus[] }
  | { readonly kind: 'wait' | 'repeat' | 'compare' | 'keep' }
  | { readonly kind: 'refuse'; readonly code: RefusalCode };

const to = (...statuses: OrderStatus[]): Transition => ({ kind: 'to', statuses });
const refuse = (code: RefusalCode): Transition => ({ kind: 'refuse', code });
const [WAIT, REPEAT, COMPARE, KEEP]: Transition[] = [{ kind: 'wait' }, { kind: 'repeat' }, { kind: 'compare' }, { kind: 'keep' }];

/** The life of an order: the effect of every command in every status. Orders are `PENDING` only in a pipeline with `confirmation`. */
export const ORDER_STATES: Record<OrderStatus, Record<CommandType, Transition>> = {
  AWAITED: {
    PlaceOrder: to('CONFIRMED', 'PENDING'),
    RejectOrder: to('REJECTED'),
    DecideConfirmation: refuse(REFUSAL_CODE.ORDER_NOT_FOUND),
    ChangeOrder: WAIT,
    CancelOrder: WAIT,
    FulfillOrder: WAIT,
    FulfillOrderItems: WAIT,
  },
  PENDING: {
    PlaceOrder: COMPARE,
    RejectOrder: KEEP,
    DecideConfirmation: to('CONFIRMED', 'REJECTED'),
    ChangeOrder: to('PENDING'),
    CancelOrder: to('CANCELLED'),
    FulfillOrder: refuse(REFUSAL_CODE.ORDER_PENDING),
    FulfillOrderItems: refuse(REFUSAL_CODE.ORDER_PENDING),
  },
  CONFIRMED: {
    PlaceOrder: COMPARE,
    RejectOrder: KEEP,
    DecideConfirmation: refuse(REFUSAL_CODE.ORDER_CONFIRMED),
    ChangeOrder: to('CONFIRMED'),
    CancelOrder: to('CANCELLED'),
    FulfillOrder: to('FULFILLED'),
    FulfillOrderItems: to('PARTIALLY_FULFILLED', 'FULFILLED'),
  },
  CANCELLED: {
    PlaceOrder: COMPARE,
    RejectOrder: KEEP,
    DecideConfirmation: refuse(REFUSAL_CODE.ORDER_CANCELLED),
    ChangeOrder: refuse(REFUSAL_CODE.ORDER_CANCELLED),
    CancelOrder: REPEAT,
    FulfillOrder: refuse(REFUSAL_CODE.ORDER_CANCELLED),
    FulfillOrderItems: refuse(REFUSAL_CODE.ORDER_CANCELLED),
  },
  PARTIALLY_FULFILLED: {
    PlaceOrder: COMPARE,
    RejectOrder: KEEP,
    DecideConfirmation: refuse(REFUSAL_CODE.ORDER_PARTIALLY_FULFILLED),
    ChangeOrder: to('PARTIALLY_FULFILLED', 'FULFILLED'),
    CancelOrder: refuse(REFUSAL_CODE.ORDER_PARTIALLY_FULFILLED),
    FulfillOrder: to('FULFILLED'),
    FulfillOrderItems: to('PARTIALLY_FULFILLED', 'FULFILLED'),
  },
  FULFILLED: {
    PlaceOrder: COMPARE,
    RejectOrder: KEEP,
    DecideConfirmation: refuse(REFUSAL_CODE.ORDER_FULFILLED),
    ChangeOrder: refuse(REFUSAL_CODE.ORDER_FULFILLED),
    CancelOrder: refuse(REFUSAL_CODE.ORDER_FULFILLED),
    FulfillOrder: REPEAT,
    FulfillOrderItems: refuse(REFUSAL_CODE.ORDER_FULFILLED),
  },
  REJECTED: {
    PlaceOrder: to('CONFIRMED', 'PENDING'),
    RejectOrder: to('REJECTED'),
    DecideConfirmation: refuse(REFUSAL_CODE.ORDER_REJECTED),
    ChangeOrder: refuse(REFUSAL_CODE.ORDER_REJECTED),
    CancelOrder: refuse(REFUSAL_CODE.ORDER_REJECTED),
    FulfillOrder: refuse(REFUSAL_CODE.ORDER_REJECTED),
    FulfillOrderItems: refuse(REFUSAL_CODE.ORDER_REJECTED),
  },
};

/** The reason for each code, for people. */
export const REFUSAL_REASON: Record<RefusalCode, string> = {
  INVALID_COMMAND: 'the command breaks the rules listed in errors; fix it and send it again',
  NOT_ALLOWED: 'commands of this type are not accepted from this channel',
  ORDER_PENDING: 'the order is not confirmed yet; send the command again when it is',
  ORDER_CONFIRMED: 'the order is confirmed already; cancel it instead',
  ORDER_CANCELLED: 'the order is cancelled and cannot change any more',
  ORDER_PARTIALLY_FULFILLED: 'a part of the order is fulfilled, so it cannot be cancelled or rejected any more; change it to what is fulfilled instead',
  ORDER_FULFILLED: 'the order is fulfilled and cannot change any more',
  ORDER_REJECTED: 'the order was rejected; fix it and place it again',
  VERSION_MISMATCH: 'the order does not have the expected version; read the order again and decide again',
  DECISION_OUTDATED: 'the decision is about a placement or a version of the order that a later one replaced; decide that one',
  ORDER_NOT_FOUND: 'no order with this id was placed while the command was pending',
  TOO_MANY_PENDING: 'too many commands are pending for the order; send this one again when the order is placed',
  EXPIRED: 'this command, or an earlier one that it depended on, arrived too late',
};
