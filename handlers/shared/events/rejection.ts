import type { EventData } from './event';
import { REJECTION_CODE } from '../../../src/private/contract';
import type { FieldError } from '../json/field-error';

/** Why an order as a whole was refused, for programs and for people. */
export type Rejection = EventData['OrderRejected'];

/** The order breaks its schema or a business rule. */
export const invalidOrder = (errors: readonly FieldError[], customerId?: string): Rejection => ({
  code: REJECTION_CODE.INVALID_ORDER,
  reason: 'the order breaks the rules listed in errors; mend it and place it again under the same id',
  errors: [...errors],
  ...(customerId === undefined ? {} : { customerId }),
});

/** An order with other content has the id. */
export const duplicateOrderId = (): Rejection => ({
  code: REJECTION_CODE.DUPLICATE_ORDER_ID,
  reason: 'another order with other content already has this id; the stored order is unchanged',
  errors: [{ path: '/orderId', code: REJECTION_CODE.DUPLICATE_ORDER_ID, message: 'this id belongs to an order with other content' }],
});

/** The app's own validation hook did not accept it. */
export const rejectedByHook = (errors: readonly FieldError[], customerId: string): Rejection => ({
  code: REJECTION_CODE.REJECTED_BY_HOOK,
  reason: 'the order was not accepted, for the reasons listed in errors',
  errors: [...errors],
  customerId,
});

/** It waited for too long. */
export const expiredOrder = (): Rejection => ({
  code: REJECTION_CODE.EXPIRED,
  reason: 'an earlier command for this order did not come while this one waited for it; place the order again',
  errors: [{ path: '', code: REJECTION_CODE.EXPIRED, message: 'an earlier command for this order is missing' }],
});
