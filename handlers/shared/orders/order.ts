import * as z from 'zod/mini';
import { ORDER_ID_PATTERN } from './ids';

/** Whether every service accepts a text unchanged: DynamoDB replaces lone surrogates, and SQS refuses U+FFFE and U+FFFF. */
const isPortable = (value: string): boolean => value.isWellFormed() && !value.includes('\uFFFE') && !value.includes('\uFFFF');

/** Text with a length in characters. */
export const text = (minLength: number, maxLength: number) =>
  z.string().check(
    z.minLength(minLength),
    z.maxLength(maxLength),
    z.refine(isPortable, {
      error: 'must be well-formed Unicode: it holds half a surrogate pair, U+FFFE or U+FFFF', params: { code: 'ILL_FORMED_TEXT' },
    }),
  );

/** A limit for the entries of an array or an object. */
export const atMost = (count: number) =>
  z.refine((entries) => Object.keys(entries as object).length <= count, { error: `must have at most ${count} entries`, params: { code: 'TOO_BIG' } });

/** A number that both DynamoDB and JavaScript can represent. */
const storableNumber = z.number().check(
  z.gte(Number.MIN_SAFE_INTEGER),
  z.lte(Number.MAX_SAFE_INTEGER),
  z.refine((value) => value === 0 || Math.abs(value) >= 1e-100, { error: 'must be 0 or at least 1e-100 away from it', params: { code: 'TOO_SMALL' } }),
);

/** Currency codes of ISO 4217, from the runtime's Unicode data. */
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

const orderItemSchema = z.strictObject({
  sku: text(1, 64),
  quantity: z.int().check(z.gte(1), z.lte(10_000)),
  unitPrice: z.int().check(z.gte(0)),
  name: z.optional(text(1, 256)),
});

/** The line items of an order. */
export const orderItemsSchema = z.array(orderItemSchema).check(z.minLength(1), z.maxLength(100));

/** The value of an attribute. */
export const attributeSchema = z.union([text(0, 256), storableNumber, z.boolean(), z.null()]);

/**
 * The order, schema version 1: the single source of truth for its shape. `validateOrderRules` validates the rest, such as the total.
 *
 * The limits keep the largest order, in UTF-8 and with its envelope, below the 256 KiB that SQS and EventBridge accept everywhere, and below
 * DynamoDB's 400 KB an item.
 */
export const orderSchema = z.strictObject({
  orderId: z.string().check(z.regex(ORDER_ID_PATTERN)),
  customerId: text(1, 64),
  currency: z.string().check(
    z.regex(/^[A-Z]{3}$/),
    z.refine((code) => !/^[A-Z]{3}$/.test(code) || CURRENCIES.has(code), { error: 'must be a currency of ISO 4217', params: { code: 'UNKNOWN_CURRENCY' } }),
  ),
  items: orderItemsSchema,
  total: z.optional(z.int().check(z.gte(0))),
  placedAt: z.optional(z.iso.datetime({ offset: true })),
  shippingAddress: z.optional(z.record(text(1, 64), text(0, 256)).check(atMost(20))),
  notes: z.optional(text(0, 500)),
  attributes: z.optional(z.record(text(1, 64), attributeSchema).check(atMost(20))),
});

/** A valid order with its ID. Amounts are integers in the currency's minor unit. */
export type Order = z.infer<typeof orderSchema>;

/** An order with its total, the sum of its items. */
export const pricedOrderSchema = z.extend(orderSchema, { total: z.int().check(z.gte(0)) });
export type PricedOrder = z.infer<typeof pricedOrderSchema>;
