import * as fc from 'fast-check';

/** Keys that have a meaning in JavaScript, in JSON or in DynamoDB's API. */
export const SPECIAL_KEYS = [
  'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'toJSON', 'then', 'length', '__defineGetter__', 'wrapperName', 'value',
  'S', 'N', 'M', 'L', 'B', 'SS', 'NULL', 'BOOL', 'name', 'orderId', 'status', ' ', '.', '#', ':a', '0', '\uFFFD', '\uFEFF', '/', '~',
] as const;

/** Text that the schema accepts; `notBlank` is not only white space. */
export const text = (minLength: number, maxLength: number) => fc.string({ unit: 'binary', minLength, maxLength })
  .filter((value) => value.length >= minLength && value.length <= maxLength && !/[\uFFFE\uFFFF]/.test(value));

const notBlank = (minLength: number, maxLength: number) => text(minLength, maxLength).filter((value) => /\S/u.test(value));

// eslint-disable-next-line no-control-regex -- keys have no character that JSON escapes
const key = fc.oneof(fc.constantFrom(...SPECIAL_KEYS), text(1, 64)).filter((value) => value !== '__proto__' && !/["\\\u0000-\u001F]/.test(value));
const specialText = fc.constantFrom(...SPECIAL_KEYS, '"', '\\', '\0', '', '__proto__', 'Set', 'Map');
const number = fc.oneof(
  fc.integer(), fc.maxSafeInteger(), fc.double({ min: -1e15, max: 1e15, noNaN: true }).filter((value) => value === 0 || Math.abs(value) >= 1e-100),
);

/** Objects whose keys clients choose. */
export const shippingAddress = fc.dictionary(key, fc.oneof(specialText, text(0, 256)), { maxKeys: 20 });
export const attributes = fc.dictionary(key, fc.oneof(specialText, text(0, 256), number, fc.boolean(), fc.constant(null)), { maxKeys: 20 })
  .filter((value) => Buffer.byteLength(JSON.stringify(value)) <= 8 * 1024);

/** An order that the API accepts, without ID. */
export const acceptedOrder = fc.record({
  customerId: notBlank(1, 64),
  currency: fc.constantFrom('EUR', 'JPY'),
  items: fc.array(fc.record({
    sku: notBlank(1, 64), quantity: fc.integer({ min: 1, max: 100 }), unitPrice: fc.nat(), name: text(1, 256),
  }, { requiredKeys: ['sku', 'quantity', 'unitPrice'] }), { minLength: 1, maxLength: 3 }),
  shippingAddress,
  attributes,
  notes: text(0, 500),
}, { requiredKeys: ['customerId', 'currency', 'items'] });

/** A change that the API accepts. */
export const acceptedPatch = fc.record({
  shippingAddress: fc.oneof(fc.constant(null), fc.dictionary(key, fc.oneof(specialText, text(0, 256), fc.constant(null)), { maxKeys: 20 })),
  attributes: fc.oneof(fc.constant(null), attributes),
  notes: fc.oneof(fc.constant(null), text(0, 500)),
}, { requiredKeys: [] }).filter((patch) => Object.keys(patch).length > 0);
