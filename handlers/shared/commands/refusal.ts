import type { RefusalCode } from '../../../src/private/contract';
import type { FieldError } from '../json/field-error';

/** `data` of every `Order…Refused` event: why a command changed nothing. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly reason: string;
  /** Status and version of the order; left out where there is no order. */
  readonly currentStatus?: string;
  readonly currentVersion?: number;
  readonly errors?: readonly FieldError[];
}

/** The reason for each code, for people. */
export const REFUSAL_REASON: Record<RefusalCode, string> = {
  INVALID_COMMAND: 'the command breaks the rules listed in errors; fix it and send it again',
  NOT_ALLOWED: 'commands of this type are not accepted from this channel',
  ORDER_CANCELLED: 'the order is cancelled and cannot change any more',
  ORDER_FULFILLED: 'the order is fulfilled and cannot change any more',
  ORDER_REJECTED: 'the order was rejected; fix it and place it again',
  VERSION_MISMATCH: 'the order does not have the expected version; read the order again and decide again',
  ORDER_NOT_FOUND: 'no order with this id was placed while the command was pending',
  TOO_MANY_PENDING: 'too many commands are pending for the order; send this one again when the order is placed',
  EXPIRED: 'this command, or an earlier one that it depended on, arrived too late',
};

/** A refusal without an order. */
export const refusal = (code: RefusalCode, errors?: readonly FieldError[]): Refusal =>
  ({ code, reason: REFUSAL_REASON[code], ...(errors ? { errors } : {}) });
