import type { OrderDocument } from './order-document';
import type { FieldError } from '../json/field-error';
import { isObject } from '../json/is-object';
import type { Validated } from '../json/validate-shape';

/** An order of the standard model. Its schema is in `src/private/order-model/standard-order-schema.ts`. */
export interface StandardOrder extends OrderDocument {
  readonly orderId: string;
  readonly currency: string;
  readonly items: readonly StandardLineItem[];
  readonly adjustments?: readonly Adjustment[];
  readonly total?: number;
}

/** A line item. Amounts are integers in the minor unit of the currency. */
export interface StandardLineItem {
  readonly sku: string;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly amount?: number;
  readonly adjustments?: readonly Adjustment[];
  readonly attributes?: object;
}

interface Adjustment {
  readonly amount: number;
  readonly included?: boolean;
}

/** Currency codes of ISO 4217, from the runtime's Unicode data. */
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

const MAX_ATTRIBUTES = { bytes: 8 * 1024, levels: 5 };

/** Finds what the schema cannot express in the fields of an order. Fields of other types are the errors of the schema. */
export function standardFieldErrors(candidate: unknown): FieldError[] {
  if (!isObject(candidate)) return [];
  const { currency, items, attributes } = candidate;
  return [
    ...(typeof currency === 'string' && /^[A-Z]{3}$/.test(currency) && !CURRENCIES.has(currency)
      ? [{ path: '/currency', code: 'UNKNOWN_CURRENCY', message: 'must be a currency of ISO 4217' }]
      : []),
    ...attributeErrors('/attributes', attributes),
    ...(Array.isArray(items) ? items.flatMap(itemErrors) : []),
  ];
}

function itemErrors(item: unknown, index: number): FieldError[] {
  if (!isObject(item)) return [];
  // Nearly all items have an integer quantity, and no attributes.
  if (Number.isInteger(item.quantity) && item.attributes === undefined) return [];
  const path = `/items/${index}`;
  return [...quantityErrors(path, item), ...attributeErrors(`${path}/attributes`, item.attributes)];
}

function attributeErrors(path: string, attributes: unknown): FieldError[] {
  if (!isObject(attributes)) return [];
  const { bytes, levels } = MAX_ATTRIBUTES;
  if (maxBytesOf(attributes, levels) <= bytes) return [];
  if (levelsOf(attributes) > levels) return [{ path, code: 'TOO_DEEP', message: `must not nest deeper than ${levels} levels` }];
  return Buffer.byteLength(JSON.stringify(attributes)) > bytes ? [{ path, code: 'TOO_BIG', message: `must have at most ${bytes} bytes as JSON` }] : [];
}

/** The most bytes that a value of JSON can have, without the cost of its text; infinite for one that nests deeper. */
function maxBytesOf(value: unknown, levelsLeft: number): number {
  if (typeof value === 'string') return MAX_BYTES.unit * value.length + MAX_BYTES.punctuation;
  if (typeof value !== 'object' || value === null) return MAX_BYTES.scalar;
  if (levelsLeft === 0) return Infinity;
  let bytes = MAX_BYTES.punctuation;
  for (const key in value) {
    bytes += MAX_BYTES.unit * key.length + MAX_BYTES.punctuation + maxBytesOf((value as Record<string, unknown>)[key], levelsLeft - 1);
  }
  return bytes;
}

/** An escaped UTF-16 code unit, a number such as -1.2345678901234567e-100, and what is around a text or a key. */
const MAX_BYTES = { unit: 6, scalar: 32, punctuation: 4 };

const levelsOf = (value: unknown): number =>
  (typeof value === 'object' && value !== null ? 1 + Object.values(value).reduce<number>((most, entry) => Math.max(most, levelsOf(entry)), 0) : 0);

function quantityErrors(path: string, { quantity, unitPrice, amount }: Record<string, unknown>): FieldError[] {
  if (typeof quantity !== 'number' || Number.isInteger(quantity)) return [];
  if (!/^\d+\.\d{1,3}$/.test(String(quantity))) {
    return [{ path: `${path}/quantity`, code: 'TOO_MANY_DECIMALS', message: 'must have at most three decimal places' }];
  }
  return amount === undefined && Number.isSafeInteger(unitPrice) && inThousandths(quantity, unitPrice as number) % 1000n !== 0n
    ? [{ path: `${path}/amount`, code: 'REQUIRED', message: 'is required: quantity times unitPrice is not an integer; round it, in minor units' }]
    : [];
}

const inThousandths = (quantity: number, unitPrice: number): bigint => BigInt(Math.round(quantity * 1000)) * BigInt(unitPrice);

/** Nearly all quantities are integers, and nearly all amounts are exact numbers. */
function timesPrice(quantity: number, unitPrice: number): bigint {
  const product = quantity * unitPrice;
  return Number.isInteger(quantity) && Number.isSafeInteger(product) ? BigInt(product) : inThousandths(quantity, unitPrice) / 1000n;
}

/** Returns the total of an order, or the errors of its amounts. */
export function standardTotal({ items, adjustments = [], total }: StandardOrder): Validated<number> {
  const lines = items.map((item) => amountOf(item) + sumOf(item.adjustments));
  const sum = lines.reduce((before, line) => before + line, 0n) + sumOf(adjustments);
  if (sum > BigInt(Number.MAX_SAFE_INTEGER)) return amountError('/items', 'TOTAL_TOO_BIG', `the order must add up to at most ${Number.MAX_SAFE_INTEGER} minor units`);
  if (sum < 0n) return amountError('/adjustments', 'TOTAL_NEGATIVE', 'the order must add up to at least 0: its discounts are larger than its prices');
  if (total !== undefined && BigInt(total) !== sum) {
    return amountError('/total', 'TOTAL_MISMATCH', `must be ${sum}, the sum of the amounts of all items and adjustments in minor units; or leave it out`);
  }
  return { value: Number(sum) };
}

const amountError = (path: string, code: string, message: string): Validated<number> => ({ errors: [{ path, code, message }] });

const amountOf = ({ quantity, unitPrice, amount }: StandardLineItem): bigint =>
  (amount === undefined ? timesPrice(quantity, unitPrice) : BigInt(amount));

/** The sum of adjustments. Prices already contain those that are included. */
const sumOf = (adjustments: readonly Adjustment[] = []): bigint =>
  adjustments.reduce((sum, { amount, included }) => (included ? sum : sum + BigInt(amount)), 0n);
