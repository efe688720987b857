import { differingFields } from './merge-patch';
import type { OrderContent, OrderDocument, OrderPatch, ValidOrder } from './order-document';
import { orderModel } from './order-model';
import type { Validated } from '../json/validate-shape';

/** The size of the largest order that an entry point accepts; the rest up to 256 KiB is for the envelope of its event. */
const MAX_BYTES = 192 * 1024;
const TOO_BIG = { path: '', code: 'TOO_BIG', message: `the changed order must have at most ${MAX_BYTES} bytes` };

/** Applies a patch and validates the result. */
export function applyPatch(order: OrderDocument, patch: OrderPatch): Validated<ValidOrder> {
  const changed = orderModel.applyPatch(order, patch);
  return Buffer.byteLength(JSON.stringify(changed)) > MAX_BYTES ? { errors: [TOO_BIG] } : orderModel.validate(changed);
}

/** The top-level fields that differ between two orders. */
export const changedFields = (before: OrderContent, after: OrderContent): string[] =>
  differingFields(orderModel.comparable(before), orderModel.comparable(after));
