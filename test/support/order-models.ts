import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelPointers } from '../../src/private/order-model/describe-model';
import type { JsonSchema } from '../../src/private/order-model/json-schema';

/** An order model of an app, as tests use it. */
export interface TestedModel {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly pointers: ModelPointers;
  /** A valid order with the ID of a number. */
  readonly orderWith: (n: number) => Record<string, unknown>;
  /** A change of it, and the order after the change. */
  readonly patch: Record<string, unknown>;
  readonly wrong: { readonly patch: Record<string, unknown>; readonly path: string };
}

const exampleOf = ({ schema }: TestedModel): Record<string, unknown> => (schema.examples as Record<string, unknown>[])[0];

const DRAFT = 'https://json-schema.org/draft/2020-12/schema';
const text = { type: 'string', maxLength: 200 };

/** As Shopify's Admin API has orders: an integer ID, decimal amounts as text, and null for what is empty. */
const shopify: TestedModel = {
  name: 'an order like those of Shopify',
  schema: {
    $schema: DRAFT,
    type: 'object',
    required: ['id', 'currency', 'line_items'],
    properties: {
      id: { type: 'integer' },
      name: text,
      email: { type: ['string', 'null'] },
      created_at: { type: 'string', format: 'date-time' },
      currency: { type: 'string', pattern: '^[A-Z]{3}$' },
      total_price: { type: 'string', pattern: '^[0-9]+\\.[0-9]{2}$' },
      customer: { anyOf: [{ type: 'null' }, { type: 'object', properties: { id: { type: 'integer' }, first_name: { type: ['string', 'null'] } } }] },
      line_items: { type: 'array', minItems: 1, items: { $ref: '#/$defs/line_item' } },
      note: { type: ['string', 'null'] },
      source_name: text,
      shipping_address: { type: ['object', 'null'], additionalProperties: { type: ['string', 'number', 'null'] } },
    },
    $defs: {
      line_item: {
        type: 'object',
        required: ['title', 'quantity', 'price'],
        properties: {
          title: text,
          quantity: { type: 'integer', minimum: 1 },
          price: { type: 'string', pattern: '^[0-9]+\\.[0-9]{2}$' },
          properties: { type: 'array', items: { type: 'object', required: ['name', 'value'], properties: { name: text, value: text } } },
        },
      },
    },
    examples: [{
      id: 450789469,
      name: '#1001',
      email: null,
      created_at: '2026-01-31T12:00:00-05:00',
      currency: 'USD',
      total_price: '409.94',
      customer: { id: 207119551, first_name: 'Bob' },
      line_items: [{ title: 'IPod Nano', quantity: 1, price: '199.00', properties: [{ name: 'engraving', value: 'for Bob' }] }],
      note: null,
      source_name: 'web',
      shipping_address: { city: 'Ottawa', latitude: 45.41634, company: null },
    }],
  },
  pointers: {
    orderId: '/id', customerId: '/customer/id', currency: '/currency', total: '/total_price', placedAt: '/created_at', externalReference: '/name', salesChannel: '/source_name',
  },
  orderWith: (n) => ({ ...exampleOf(shopify), id: n }),
  patch: { note: 'leave it at the reception', shipping_address: { city: 'Montreal' } },
  wrong: { patch: { line_items: [] }, path: '/line_items' },
};

/** A schema.org Order in JSON-LD. */
const schemaOrg: TestedModel = {
  name: 'an Order of schema.org',
  schema: {
    $schema: DRAFT,
    type: 'object',
    required: ['@context', '@type', 'orderNumber', 'acceptedOffer'],
    properties: {
      '@context': { const: 'https://schema.org' },
      '@type': { const: 'Order' },
      'orderNumber': { type: 'string', minLength: 1, maxLength: 64 },
      'orderDate': { type: 'string', format: 'date' },
      'priceCurrency': { type: 'string' },
      'price': { oneOf: [{ type: 'number' }, { type: 'string', pattern: '^[0-9.]+$' }] },
      'customer': { type: 'object', properties: { '@type': { enum: ['Person', 'Organization'] }, 'identifier': text, 'name': text } },
      'acceptedOffer': { type: 'array', minItems: 1, items: { $ref: '#/$defs/Offer' } },
      'keywords': { type: 'array', items: text },
    },
    $defs: {
      Offer: { type: 'object', required: ['@type', 'itemOffered'], properties: { '@type': { const: 'Offer' }, 'itemOffered': { $ref: '#/$defs/Product' }, 'price': { type: 'number' } } },
      Product: { type: 'object', required: ['name'], properties: { name: text, isRelatedTo: { type: 'array', items: { $ref: '#/$defs/Product' } } } },
    },
    examples: [{
      '@context': 'https://schema.org',
      '@type': 'Order',
      'orderNumber': 'CN123456',
      'orderDate': '2026-01-31',
      'priceCurrency': 'USD',
      'price': 539.0,
      'customer': { '@type': 'Person', 'identifier': 'c-1', 'name': 'Jane Doe' },
      'acceptedOffer': [{ '@type': 'Offer', 'itemOffered': { name: 'ACME DVD Player', isRelatedTo: [{ name: 'Cable' }] }, 'price': 539.0 }],
      'keywords': ['gift'],
    }],
  },
  pointers: { orderId: '/orderNumber', customerId: '/customer/identifier', currency: '/priceCurrency', total: '/price', placedAt: '/orderDate', tags: '/keywords' },
  orderWith: (n) => ({ ...exampleOf(schemaOrg), orderNumber: `CN${n}` }),
  patch: { acceptedOffer: [{ '@type': 'Offer', 'itemOffered': { name: 'ACME Blu-ray Player' } }] },
  wrong: { patch: { acceptedOffer: [{ '@type': 'Demand', 'itemOffered': { name: 'x' } }] }, path: '/acceptedOffer/0/@type' },
};

/** As UBL has orders: nested, with decimals as text, in draft 7. */
const ubl: TestedModel = {
  name: 'an order like those of UBL',
  schema: {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    required: ['ID', 'BuyerCustomerParty', 'OrderLine'],
    additionalProperties: false,
    properties: {
      ID: { type: 'string', pattern: '^[A-Za-z0-9-]+$' },
      IssueDate: { type: 'string', format: 'date' },
      DocumentCurrencyCode: { type: 'string' },
      BuyerCustomerParty: {
        type: 'object',
        properties: { Party: { type: 'object', properties: { EndpointID: { type: 'object', properties: { schemeID: text, value: text } } } } },
      },
      AnticipatedMonetaryTotal: { type: 'object', properties: { PayableAmount: { $ref: '#/definitions/Amount' } } },
      OrderLine: { type: 'array', items: { $ref: '#/definitions/OrderLine' } },
      Note: { type: 'array', items: text },
    },
    definitions: {
      Amount: { type: 'object', required: ['currencyID', 'value'], properties: { currencyID: text, value: { type: 'string', pattern: '^-?[0-9]+(\\.[0-9]+)?$' } } },
      OrderLine: {
        type: 'object',
        required: ['LineItem'],
        properties: {
          LineItem: {
            type: 'object',
            required: ['ID', 'Quantity'],
            properties: { ID: text, Quantity: { type: 'object', required: ['value'], properties: { unitCode: text, value: { type: 'string', pattern: '^[0-9.]+$' } } }, LineExtensionAmount: { $ref: '#/definitions/Amount' } },
          },
          SubOrderLine: { type: 'array', items: { $ref: '#/definitions/OrderLine' } },
        },
      },
    },
    examples: [{
      ID: '34',
      IssueDate: '2026-01-31',
      DocumentCurrencyCode: 'SEK',
      BuyerCustomerParty: { Party: { EndpointID: { schemeID: '0088', value: '7300072311115' } } },
      AnticipatedMonetaryTotal: { PayableAmount: { currencyID: 'SEK', value: '6225.00' } },
      OrderLine: [{ LineItem: { ID: '1', Quantity: { unitCode: 'LTR', value: '120' }, LineExtensionAmount: { currencyID: 'SEK', value: '6000' } } }],
    }],
  },
  pointers: {
    orderId: '/ID',
    customerId: '/BuyerCustomerParty/Party/EndpointID/value',
    currency: '/DocumentCurrencyCode',
    total: '/AnticipatedMonetaryTotal/PayableAmount/value',
    placedAt: '/IssueDate',
    changeable: ['/OrderLine', '/Note', '/AnticipatedMonetaryTotal/PayableAmount/value'],
  },
  orderWith: (n) => ({ ...exampleOf(ubl), ID: String(n) }),
  patch: { Note: ['by truck'], AnticipatedMonetaryTotal: { PayableAmount: { value: '7000.50' } } },
  wrong: { patch: { AnticipatedMonetaryTotal: { PayableAmount: { value: 'much' } } }, path: '/AnticipatedMonetaryTotal/PayableAmount/value' },
};

const FIELDS = Array.from({ length: 200 }, (_, n) => `field${n}`);

/** An order with 200 fields. */
const wide: TestedModel = {
  name: 'an order with 200 fields',
  schema: {
    $schema: DRAFT,
    type: 'object',
    required: ['number'],
    additionalProperties: false,
    properties: { number: { type: 'string' }, ...Object.fromEntries(FIELDS.map((field, n) => [field, [text, { type: 'number' }, { type: 'boolean' }, { type: 'array', items: text }][n % 4]])) },
    examples: [{ number: 'wide-1', ...Object.fromEntries(FIELDS.map((field, n) => [field, [`text ${n}`, n / 4, n % 3 === 0, [`a${n}`]][n % 4]])) }],
  },
  pointers: { orderId: '/number', customerId: '/field0' },
  orderWith: (n) => ({ ...exampleOf(wide), number: `wide-${n}` }),
  patch: { field4: 'changed', field5: 2.5, field7: ['b'] },
  wrong: { patch: { field5: 'text' }, path: '/field5' },
};

const FLOWERS = join(__dirname, '..', '..', 'examples', 'own-order-model', 'order.schema.json');

/** The model of the example, with the facts of its stack. */
export const flowers: TestedModel = {
  name: 'the order of the example',
  schema: JSON.parse(readFileSync(FLOWERS, 'utf8')) as JsonSchema,
  pointers: {
    orderId: '/number',
    customerId: '/buyer/id',
    currency: '/amounts/currency',
    total: '/amounts/gross',
    placedAt: '/orderedOn',
    externalReference: '/erpNumber',
    changeable: ['/lines', '/delivery', '/amounts/gross', '/buyer/contact'],
  },
  orderWith: (n) => ({ ...exampleOf(flowers), number: `W-00${n}`, erpNumber: '4711/A' }),
  patch: { delivery: { dock: 'NORTH' } },
  wrong: { patch: { delivery: { dock: 'WEST' } }, path: '/delivery/dock' },
};

/** Models of apps that differ from the standard model, each in its own way. */
export const orderModels: readonly TestedModel[] = [shopify, schemaOrg, ubl, wide, flowers];
