import { integer, list, object, oneOf, text, time } from './component';
import { EXISTING_ORDER_POLICY, TENANT_PATTERN } from '../contract';
import type { JsonSchema } from '../order-model/json-schema';

export const ORDER_ID: JsonSchema = { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$', description: 'ID of the order.' };
export const ID: JsonSchema = { type: 'string', minLength: 1, maxLength: 128 };
export const TENANT: JsonSchema = { type: 'string', pattern: TENANT_PATTERN.source, description: 'Tenant of the order; only and always in a pipeline with tenants.' };
/** The statuses that clients see. */
export const STATUSES = ['PENDING', 'CONFIRMED', 'CANCELLED', 'PARTIALLY_FULFILLED', 'FULFILLED', 'REJECTED'];
/** The states of files. */
export const FILE_STATES = ['RECEIVED', 'VALIDATED', 'REJECTED', 'EXTRACTING', 'COMPLETED'];
export const ON_EXISTING_ORDER: JsonSchema = {
  ...oneOf(Object.values(EXISTING_ORDER_POLICY)), description: 'What the order does if its ID belongs to an order with other content; by default, it is rejected.',
};
export const EXPECTED_VERSION: JsonSchema = { type: 'integer', minimum: 1, description: 'The version that the order must have.' };

export const FACTS: Record<string, JsonSchema> = {
  customerId: text(),
  currency: text(),
  total: { type: 'number', description: 'In the unit of the order model.' },
  placedAt: time(),
  externalReference: text('Number of the order in another system.'),
  salesChannel: text(),
  tags: list(text()),
};

export const FILE_OUTCOMES: Record<string, JsonSchema> = { confirmed: integer(), changed: integer(), unchanged: integer(), rejected: integer() };

/** Quantities of line items: those that one event fulfills, or all that are fulfilled. */
export const FULFILLED_ITEMS = list(object({
  lineItem: { type: ['string', 'integer'], description: 'The ID of the line item, or its index from 0 if it has no ID of its own.' },
  quantity: { type: 'number', exclusiveMinimum: 0, description: 'With up to three decimal places.' },
}));
export const SHIPMENT = { shipmentId: text('ID of the shipment.'), trackingNumber: text('Tracking number of the shipment.') };
export const SHIPMENT_FIELD = { type: ['string', 'null'], minLength: 1, maxLength: 128 };

export const TIMES = { createdAt: time(), updatedAt: time() };
