import * as z from 'zod/mini';
import type { FileOrderRejection } from './file-outcome';
import { REFUSAL_CODE, REJECTION_CODE } from '../../../src/private/contract';
import { listErrors, type FieldError } from '../json/field-error';

/** `data` of an `OrderRejected` event. */
export const rejectionSchema = z.object({
  code: z.enum(REJECTION_CODE),
  reason: z.string(),
  errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
});

/** Why an order was rejected as a whole, for programs and for people. */
export type Rejection = z.infer<typeof rejectionSchema>;

/** The order breaks its schema or a business rule. */
export const invalidOrder = (errors: readonly FieldError[]): Rejection => ({
  code: REJECTION_CODE.INVALID_ORDER,
  reason: 'the order breaks the rules listed in errors; fix it and place it again under the same id',
  errors: [...errors],
});

/** An order with other content has the id. */
export const duplicateOrderId = (): Rejection => ({
  code: REJECTION_CODE.DUPLICATE_ORDER_ID,
  reason: 'another order with other content already has this id; the stored order is unchanged',
  errors: [{ path: '/orderId', code: REJECTION_CODE.DUPLICATE_ORDER_ID, message: 'this id belongs to an order with other content' }],
});

/** The order should change the one that has its id, which is not possible. */
export const notChangeable = (errors: readonly FieldError[]): Rejection => ({
  code: REJECTION_CODE.NOT_CHANGEABLE,
  reason: 'another order with other content already has this id, and cannot be changed into this one, for the reasons listed in errors',
  errors: listErrors(errors),
});

/** The app's validation hook rejected the order. */
export const rejectedByHook = (errors: readonly FieldError[]): Rejection => ({
  code: REJECTION_CODE.REJECTED_BY_HOOK,
  reason: 'the order was not accepted, for the reasons listed in errors',
  errors: [...errors],
});

/** It was decided not to confirm the order. */
export const notConfirmed = (reasons: readonly Partial<FieldError>[]): Rejection => ({
  code: REJECTION_CODE.NOT_CONFIRMED,
  reason: 'the order was not confirmed, for the reasons listed in errors; it can be placed again under the same id',
  errors: reasons.map(({ path = '', code = '', message = '' }) => ({ path, code, message })),
});

/** Nothing was decided about the order in time. */
export const confirmationTimedOut = (): Rejection => ({
  code: REJECTION_CODE.CONFIRMATION_TIMED_OUT,
  reason: 'the order was not confirmed in time; it can be placed again under the same id',
  errors: [{ path: '', code: REJECTION_CODE.CONFIRMATION_TIMED_OUT, message: 'nothing was decided about the order before its deadline' }],
});

/** The order of a file was cancelled before it was confirmed. */
export const cancelledBeforeConfirmation = (): FileOrderRejection => ({
  code: REFUSAL_CODE.ORDER_CANCELLED, reason: 'the order was cancelled before it was confirmed', errors: [],
});

/** The placement was pending for too long. */
export const expiredOrder = (): Rejection => ({
  code: REJECTION_CODE.EXPIRED,
  reason: 'an earlier command for this order did not arrive while this one was pending; place the order again',
  errors: [{ path: '', code: REJECTION_CODE.EXPIRED, message: 'an earlier command for this order is missing' }],
});
