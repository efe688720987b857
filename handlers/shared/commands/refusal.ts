import type { RefusalCode } from '../../../src/private/contract';
import type { FieldError } from '../json/field-error';
import { REFUSAL_REASON } from '../orders/order-states';

/** `data` of every `Order…Refused` event: why a command changed nothing. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly reason: string;
  /** Status and version of the order; left out where there is no order. */
  readonly currentStatus?: string;
  readonly currentVersion?: number;
  readonly errors?: readonly FieldError[];
}

/** A refusal without an order. */
export const refusal = (code: RefusalCode, errors?: readonly FieldError[]): Refusal =>
  ({ code, reason: REFUSAL_REASON[code], ...(errors ? { errors } : {}) });
