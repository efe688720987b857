import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOrderModel, type OrderModel as HandlerModel } from '#shared';
import { loadSource } from './load-source';
import { OrderModel, type OrderFactPointers } from 'cdk-order-pipeline';

/** Writes a file for a model. Returns its path. */
export function modelFile(content: unknown, name = 'order.schema.json'): string {
  const path = join(mkdtempSync(join(tmpdir(), 'model-')), name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** A model of a schema, as the handlers have it. */
export const ownModel = (schema: object, facts: OrderFactPointers): HandlerModel =>
  createOrderModel(loadSource(OrderModel.fromJsonSchema(modelFile(schema), facts)._compile()!));

/** An order as an ERP system could have it. */
export const ERP_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://erp.example.com/order.json',
  type: 'object',
  required: ['number', 'buyer', 'lines'],
  additionalProperties: false,
  properties: {
    number: { type: ['string', 'integer'] },
    buyer: { $ref: '#/$defs/party' },
    amounts: { type: 'object', properties: { gross: { type: ['string', 'number'] }, currency: { type: 'string' } } },
    ordered: { type: 'string' },
    erpNumber: { type: ['integer', 'string'] },
    channel: { type: 'string' },
    labels: { type: 'array' },
    lines: { type: 'array', minItems: 1, items: { $ref: '#/$defs/line' } },
    delivery: { oneOf: [{ $ref: '#/$defs/home' }, { $ref: '#/$defs/pickup' }] },
    comment: { type: ['string', 'null'] },
  },
  $defs: {
    party: { type: 'object', required: ['id'], properties: { id: { type: ['string', 'integer'] }, vat: { type: 'string' } } },
    line: {
      type: 'object',
      required: ['article', 'note'],
      properties: { article: { type: 'string' }, note: { type: ['string', 'null'] }, parts: { type: 'array', items: { $ref: '#/$defs/line' } } },
    },
    home: { type: 'object', required: ['kind', 'address'], properties: { kind: { const: 'home' }, address: { $ref: '#/$defs/address' } }, additionalProperties: false },
    pickup: { type: 'object', required: ['kind', 'shop'], properties: { kind: { const: 'pickup' }, shop: { type: 'string' } }, additionalProperties: false },
    address: { type: 'object', required: ['city'], properties: { city: { type: 'string' }, zip: { type: 'string' } } },
  },
};

export const ERP_FACTS: OrderFactPointers = {
  orderId: '/number',
  customerId: '/buyer/id',
  currency: '/amounts/currency',
  total: '/amounts/gross',
  placedAt: '/ordered',
  externalReference: '/erpNumber',
  salesChannel: '/channel',
  tags: '/labels',
};

/** An order of that schema. */
export const erpOrder = (changes: object = {}): Record<string, unknown> =>
  ({ number: 'A-1', buyer: { id: 7 }, lines: [{ article: 'bolt', note: null }], ...changes });
