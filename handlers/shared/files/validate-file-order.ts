import type { FieldError } from '../json/field-error';
import type { ValueHash } from '../json/value-hash';
import { parseRawOrder, type OrderFileFormat, type RawOrder } from '../order-file';
import type { ValidOrder } from '../orders/order-document';
import { orderIdOf } from '../orders/order-facts';
import { orderModel } from '../orders/order-model';

/** A valid order of a file, or its errors, with its ID if that has a valid format. */
export type FileOrderValidation =
  | { readonly order: ValidOrder; readonly orderId: string; readonly errors?: undefined }
  | { readonly orderId?: string; readonly errors: readonly FieldError[] };

/**
 * Validates one order of a file by itself. `hash` then is that of the order, if it is valid.
 *
 * @throws OrderFileError when the order makes the whole file unreadable.
 */
export function validateFileOrder(raw: RawOrder, format: OrderFileFormat, hash: ValueHash): FileOrderValidation {
  const parsed = parseRawOrder(raw, format, hash);
  if (parsed.errors) return { orderId: orderIdOf(raw.orderId), errors: parsed.errors };
  const { value: order, errors } = orderModel.validate(parsed.value, parsed.isPlain);
  if (errors) return { orderId: orderModel.orderIdIn(parsed.value), errors };
  if (!parsed.isPlain) hash.hash(order.order);
  return { order, orderId: order.orderId };
}
