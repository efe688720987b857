import * as z from 'zod/mini';
import { atMost, attributeSchema, orderItemsSchema, text, type PricedOrder } from './order';
import { validateOrderRules } from './order-rules';
import { validateOrderShape } from './order-shape';
import type { Validated } from '../json/validate-shape';

/** The largest order that any door lets in: the rest up to 256 KiB is left to the envelope of its event. */
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
  // Of a change with nothing but unknown fields, these are said.
  when: ({ issues }) => issues.length === 0,
}));

/** A change to an order. */
export type OrderChange = z.infer<typeof orderChangeSchema>;

/** The order after a change, with its new total, or what would be wrong with it. */
export function changeOrder(order: PricedOrder, change: OrderChange): Validated<PricedOrder> {
  const fields = Object.entries(change).map(([field, value]) => [field, merge(order, field, value)]);
  const { total, ...changed } = { ...order, ...Object.fromEntries(fields) };
  if (Buffer.byteLength(JSON.stringify(changed)) > MAX_BYTES) return { errors: [TOO_BIG] };
  const shape = validateOrderShape(withoutUndefined(changed));
  return shape.errors ? shape : validateOrderRules(shape.value);
}

/** RFC 7396 for one field of an order. A `null` that the order itself holds stays: only the patch's own removes. */
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

/** The version that a command expects its order to have: it is refused if the order has another when its turn comes. */
export const expectedVersionSchema = z.optional(z.int().check(z.gte(1)));

/** What a `ChangeOrder` command and an `OrderChangeRequested` event carry. */
export const changeRequestSchema = z.strictObject({ patch: orderChangeSchema, expectedVersion: expectedVersionSchema });

/** What a client says when it cancels an order. */
export const cancellationSchema = z.strictObject({ reason: text(1, 500) });

/** What a `CancelOrder` command and an `OrderCancellationRequested` event carry. */
export const cancellationRequestSchema = z.extend(cancellationSchema, { expectedVersion: expectedVersionSchema });

/** What `OrderFulfilled` carries: whatever whoever fulfilled the order has to say of it, or nothing. */
export const fulfillmentSchema = z.optional(z.nullable(z.record(z.string(), z.unknown())));
