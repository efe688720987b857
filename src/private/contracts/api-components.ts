import { integer, list, object, oneOf, ref, text, time } from './component';
import { FACTS, FILE_STATES, FULFILLED_ITEMS, ORDER_ID, SHIPMENT, STATUSES, TENANT, TIMES } from './fields';
import type { JsonSchema } from '../order-model/json-schema';

/** Components of the API. */
export const API_COMPONENTS: Record<string, JsonSchema> = {
  Accepted: object({ orderId: ORDER_ID, correlationId: text(), status: { const: 'RECEIVED' } }, [], { description: 'The command is stored in a queue.' }),
  OrderView: object({
    orderId: ORDER_ID,
    tenant: TENANT,
    status: oneOf(STATUSES),
    version: integer(),
    ...FACTS,
    ...TIMES,
    order: ref('Order'),
    cancellation: object({ reason: text() }),
    rejection: ref('Rejection'),
    confirmation: ref('PendingConfirmation'),
    fulfilledItems: FULFILLED_ITEMS,
    fulfillments: list(object({ at: time(), items: FULFILLED_ITEMS, ...SHIPMENT }, ['items', ...Object.keys(SHIPMENT)])),
  }, ['tenant', ...Object.keys(FACTS), 'order', 'cancellation', 'rejection', 'confirmation', 'fulfilledItems', 'fulfillments']),
  OrderSummary: object({ orderId: ORDER_ID, tenant: TENANT, status: oneOf(STATUSES), version: integer(), ...FACTS, ...TIMES }, ['tenant', ...Object.keys(FACTS)]),
  OrderList: object({ items: list(ref('OrderSummary')), nextToken: text() }, ['nextToken']),
  Cancellation: object({ reason: { type: 'string', minLength: 1, maxLength: 500 } }, [], { additionalProperties: false }),
  HistoryEntry: object({
    eventId: text(),
    type: text(),
    occurredAt: time(),
    version: { type: 'number' },
    sequence: { type: 'number' },
    commandId: text(),
    correlationId: text(),
    causationId: text(),
    channel: text(),
    facts: {},
    data: {},
    omitted: object({ reason: oneOf(['TOO_LARGE', 'NOT_STORABLE']), bytes: integer() }),
  }, ['version', 'sequence', 'commandId', 'correlationId', 'causationId', 'channel', 'facts', 'data', 'omitted']),
  History: object({ orderId: ORDER_ID, tenant: TENANT, items: list(ref('HistoryEntry')), nextToken: text() }, ['tenant', 'nextToken']),
  File: object({
    fileId: text(),
    tenant: TENANT,
    state: oneOf(FILE_STATES),
    bucket: text(),
    key: text(),
    receivedAt: time(),
    sent: integer(),
    counts: ref('FileCounts'),
    outcomes: ref('FileOutcomes'),
    processedAt: time(),
    reason: ref('FileReason'),
  }, ['tenant', 'counts', 'outcomes', 'processedAt', 'reason']),
  RejectedFileOrder: object({
    index: integer('Position in the file, from 0.'), orderId: ORDER_ID, code: text(), reason: text(), errors: list(ref('FieldError')), rejectedAt: time(),
  }),
  RejectedFileOrderList: object({ items: list(ref('RejectedFileOrder')), nextToken: text() }, ['nextToken']),
  FileList: object({ items: list(ref('File')), nextToken: text() }, ['nextToken']),
};
