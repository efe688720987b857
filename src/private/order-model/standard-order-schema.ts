import { PERSONAL_DATA, type JsonSchema } from './json-schema';

/** Integers that every JSON parser and DynamoDB represent exactly. */
const MAX_AMOUNT = Number.MAX_SAFE_INTEGER;

/** Three capitals; `standard-order` checks the code against ISO 4217. */
const currency: JsonSchema = { type: 'string', pattern: '^[A-Z]{3}$', errorMessage: 'must be a currency code of ISO 4217, such as EUR' };

const text = (maxLength: number): JsonSchema => ({ type: 'string', maxLength });

/** Marks a field about a person. */
const personal = (schema: JsonSchema): JsonSchema => ({ ...schema, [PERSONAL_DATA]: true });

/** Text with at least one character that is not white space. */
const name = (maxLength: number): JsonSchema => ({ type: 'string', maxLength, pattern: '\\S', errorMessage: 'must be text that is not blank' });

const amount = (description: string, limits: JsonSchema): JsonSchema => ({
  type: 'integer', maximum: MAX_AMOUNT, ...limits, description, errorMessage: 'must be an integer in minor units: 18.90 EUR is 1890',
});

const time = (description: string): JsonSchema => ({
  type: 'string', format: 'date-time', description, errorMessage: 'must be an RFC 3339 time, such as 2026-01-31T12:00:00Z',
});

/** The schema of orders without an `orderModel`. Amounts are integers in the minor unit of the currency. `standard-order` has the rules for totals. */
export const STANDARD_ORDER_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Order',
  type: 'object',
  required: ['orderId', 'currency', 'items'],
  additionalProperties: false,
  examples: [{
    orderId: 'order-1',
    externalReference: '#1001',
    customerId: 'customer-1',
    currency: 'EUR',
    items: [{ sku: 'coffee-1kg', quantity: 2, unitPrice: 1890, name: 'Coffee, 1 kg', adjustments: [{ kind: 'DISCOUNT', amount: -250, label: 'Spring sale' }] }],
    adjustments: [{ kind: 'SHIPPING', amount: 490 }, { kind: 'TAX', amount: 641, included: true }],
    total: 4020,
    placedAt: '2026-01-31T12:00:00Z',
    shippingAddress: { name: 'Anna Example', street: ['Bahnhofstrasse 1', '2nd floor'], zip: '3000', city: 'Bern', country: 'CH' },
    salesChannel: 'web',
    tags: ['gift'],
    attributes: { giftWrap: true },
  }],
  properties: {
    orderId: {
      type: 'string',
      pattern: '^[A-Za-z0-9_-]{1,64}$',
      description: 'Identifies the order. The API assigns one to an order without it.',
      errorMessage: 'must have 1 to 64 of A-Z a-z 0-9 _ -; send a number of another form as externalReference',
    },
    externalReference: { ...name(128), description: 'The number of the order in another system, such as #1001. Need not be unique.' },
    customerId: personal({ ...name(128), description: 'The customer. Guests have none.' }),
    email: personal({ ...text(254), pattern: '^[^\\s@]+@[^\\s@]+$', errorMessage: 'must be an email address' }),
    currency,
    items: { type: 'array', minItems: 1, maxItems: 1000, items: { $ref: '#/$defs/lineItem' } },
    adjustments: { $ref: '#/$defs/adjustments' },
    total: amount('The sum of the amounts of all items and of all adjustments that are not included. It is checked if it is given.', { minimum: 0 }),
    placedAt: time('When the customer placed the order.'),
    shippingAddress: personal({ $ref: '#/$defs/address' }),
    billingAddress: personal({ $ref: '#/$defs/address' }),
    notes: personal(text(2000)),
    salesChannel: { ...name(64), description: 'Where the order was placed, such as web or store-12.' },
    tags: { type: 'array', maxItems: 50, uniqueItems: true, items: name(64) },
    attributes: personal({ $ref: '#/$defs/attributes' }),
  },
  $defs: {
    lineItem: {
      type: 'object',
      required: ['sku', 'quantity', 'unitPrice'],
      additionalProperties: false,
      properties: {
        lineId: name(64),
        sku: name(64),
        name: text(256),
        quantity: { type: 'number', exclusiveMinimum: 0, maximum: 1_000_000, description: 'With up to three decimal places, such as 0.5.' },
        unit: { ...name(16), description: 'The unit of the quantity, such as kg.' },
        unitPrice: amount('The price of one unit.', { minimum: 0 }),
        amount: amount('The price of the line without its adjustments. Required if quantity times unitPrice is not an integer.', { minimum: 0 }),
        adjustments: { $ref: '#/$defs/adjustments' },
        attributes: { $ref: '#/$defs/attributes' },
      },
    },
    adjustments: { type: 'array', maxItems: 100, items: { $ref: '#/$defs/adjustment' } },
    adjustment: {
      type: 'object',
      required: ['kind', 'amount'],
      additionalProperties: false,
      properties: {
        kind: { enum: ['DISCOUNT', 'SHIPPING', 'FEE', 'TAX', 'ROUNDING', 'OTHER'] },
        amount: amount('Added to the total. A discount is negative.', { minimum: -MAX_AMOUNT }),
        label: text(256),
        included: { type: 'boolean', description: 'Whether prices contain it already, such as a tax. It is not added to the total.' },
      },
    },
    address: {
      type: 'object',
      maxProperties: 40,
      propertyNames: { minLength: 1, maxLength: 64 },
      additionalProperties: { anyOf: [text(256), { type: 'array', maxItems: 10, items: text(256) }], errorMessage: 'must be text of up to 256 characters, or a list of up to 10 texts' },
    },
    attributes: { type: 'object', description: 'Fields of your own: any JSON of up to 8 KiB and 5 levels.' },
  },
};
