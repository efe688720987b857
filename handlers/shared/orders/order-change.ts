import * as z from 'zod/mini';
import { atMost, attributeSchema, orderItemsSchema, text, type PricedOrder } from './order';
import { validateOrderRules } from './order-rules';
import { validateOrderShape } from './order-shape';
import type { Validated } from '../json/validate-shape';

/** The size of the largest order that an entry point accepts; the rest up to 256 KiB is for the envelope of its event. */
const MAX_BYTES = 192 * 1024;
const TOO_BIG = { path: '', code: 'TOO_BIG', message: `the changed order must have at most ${MAX_BYTES} bytes` };

/** A patch may remove as many entries as there can be, and set as many. */
const MAX_ENTRIES = 40;

/**
 * A change to an order, as a JSON merge patch (RFC 7396): what is given replaces, `null` removes, in `shippingAddress` and
 * `attributes` entry by entry. `items` are replaced as a whole.
 */
export const orderChangeSchema = z.strictObject({
  items: z.optional(orderItemsSchema),
  shippingAddress: z.optional(z.nullable(z.record(text(1, 64), z.nullable(text(0, 256))).check(atMost(MAX_ENTRIES)))),
  notes: z.optional(z.nullable(text(0, 500))),
  attributes: z.optional(z.nullable(z.record(text(1, 64), attributeSchema).check(atMost(MAX_ENTRIES)))),
}).check(z.refine((change) => Object.keys(change).length > 0, {
  error: 'must change something: items, shippingAddress, notes or attributes',
  params: { code: 'EMPTY_CHANGE' },
  // A change of unknown fields only has its own errors.
  when: ({ issues }) => issues.length === 0,
}));

/** A change to an order. */
export type OrderChange = z.infer<typeof orderChangeSchema>;

/** Applies a change and validates the result. @returns the changed order with its new total, or the errors. */
export function applyPatch(order: PricedOrder, change: OrderChange): Validated<PricedOrder> {
  const fields = Object.entries(change).map(([field, value]) => [field, merge(order, field, value)]);
  const { total, ...changed } = { ...order, ...Object.fromEntries(fields) };
  if (Buffer.byteLength(JSON.stringify(changed)) > MAX_BYTES) return { errors: [TOO_BIG] };
  const shape = validateOrderShape(withoutUndefined(changed));
  return shape.errors ? shape : validateOrderRules(shape.value);
}

/** RFC 7396 for one field of an order. Only a `null` in the patch removes; a `null` in the order stays. */
function merge(order: PricedOrder, field: string, value: unknown): unknown {
  if (value === null) return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  const merged = new Map(Object.entries((order as Record<string, unknown>)[field] ?? {}));
  for (const [key, entry] of Object.entries(value)) {
    if (entry === null) merged.delete(key);
    else merged.set(key, entry);
  }
  return Object.fromEntries(merged);
}

const withoutUndefined = (value: object): object => Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined));
