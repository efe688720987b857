import * as z from 'zod/mini';
import { ORDER_ID_PATTERN } from './ids';

/** Text that every hop can carry: a lone surrogate would be stored as another character, and SQS refuses U+FFFE and U+FFFF. */
const isPortable = (value: string): boolean => value.isWellFormed() && !value.includes('\uFFFE') && !value.includes('\uFFFF');

/** Text of a length in characters. */
export const text = (minLength: number, maxLength: number) =>
  z.string().check(
    z.minLength(minLength),
    z.maxLength(maxLength),
    z.refine(isPortable, {
      error: 'must be well-formed Unicode: it holds half a surrogate pair, U+FFFE or U+FFFF', params: { code: 'ILL_FORMED_TEXT' },
    }),
  );

/** A list or an object of so many entries. */
export const atMost = (count: number) =>
  z.refine((entries) => Object.keys(entries as object).length <= count, { error: `must have at most ${count} entries`, params: { code: 'TOO_BIG' } });

/** A number that DynamoDB keeps and JavaScript reads back: beyond these bounds one of the two refuses it. */
const storableNumber = z.number().check(
  z.gte(Number.MIN_SAFE_INTEGER),
  z.lte(Number.MAX_SAFE_INTEGER),
  z.refine((value) => value === 0 || Math.abs(value) >= 1e-100, { error: 'must be 0 or at least 1e-100 away from it', params: { code: 'TOO_SMALL' } }),
);

/** Codes of ISO 4217, as the runtime's own Unicode data lists them. */
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

const orderItemSchema = z.strictObject({
  sku: text(1, 64),
  quantity: z.int().check(z.gte(1), z.lte(10_000)),
  unitPrice: z.int().check(z.gte(0)),
  name: z.optional(text(1, 256)),
});

/** The lines of an order. */
export const orderItemsSchema = z.array(orderItemSchema).check(z.minLength(1), z.maxLength(100));

/** The value of an attribute. */
export const attributeSchema = z.union([text(0, 256), storableNumber, z.boolean(), z.null()]);

/**
 * The order, schema version 1: the one source of truth for its shape. What it cannot say (that a total adds up) is said by
 * `validateOrderRules`.
 *
 * The limits keep the largest order, in UTF-8 and with its envelope, below the 256 KiB that every hop has always taken and
 * below DynamoDB's 400 KB an item.
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

/** An order as it travels: valid, with its id. Money is an integer in the currency's minor unit. */
export type Order = z.infer<typeof orderSchema>;

/** An order whose total is known to be the sum of its items. */
export const pricedOrderSchema = z.extend(orderSchema, { total: z.int().check(z.gte(0)) });
export type PricedOrder = z.infer<typeof pricedOrderSchema>;
