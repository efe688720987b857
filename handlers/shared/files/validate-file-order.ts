import type { FieldError } from '../json/field-error';
import { parseRawOrder, type OrderFileFormat, type RawOrder } from '../order-file';
import { ORDER_ID_PATTERN } from '../orders/ids';
import type { PricedOrder } from '../orders/order';
import { validateOrderRules } from '../orders/order-rules';
import { validateOrderShape } from '../orders/order-shape';

/** A valid order of a file, or its errors, with its ID if that has a valid format. */
export type FileOrderValidation =
  | { readonly order: PricedOrder; readonly orderId: string; readonly errors?: undefined }
  | { readonly orderId?: string; readonly errors: readonly FieldError[] };

/**
 * Validates one order of a file by itself.
 *
 * @throws OrderFileError when the order makes the whole file unreadable.
 */
export function validateFileOrder(raw: RawOrder, format: OrderFileFormat): FileOrderValidation {
  const parsed = parseRawOrder(raw, format);
  if (parsed.errors) return { orderId: orderIdOf(raw), errors: parsed.errors };
  const shape = validateOrderShape(parsed.value);
  const { value: order, errors } = shape.errors ? shape : validateOrderRules(shape.value);
  return errors ? { orderId: orderIdOf(parsed.value), errors } : { order, orderId: order.orderId };
}

function orderIdOf(value: unknown): string | undefined {
  const { orderId } = (value ?? {}) as { orderId?: unknown };
  return typeof orderId === 'string' && ORDER_ID_PATTERN.test(orderId) ? orderId : undefined;
}
