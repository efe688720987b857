import { integer, list, object, oneOf, ref, text } from './component';
import { EXPECTED_VERSION, FILE_OUTCOMES, FULFILLED_ITEMS, ID, ON_EXISTING_ORDER, SHIPMENT, SHIPMENT_FIELD } from './fields';
import { WORKFLOW_EVENT_DATA } from './workflow-event-data';
import { CONFIRMATION_DECISION, type EventType, type FileEventType } from '../contract';
import type { JsonSchema } from '../order-model/json-schema';

const done = (statuses: readonly string[], more: Record<string, JsonSchema> = {}, optional: readonly string[] = []): JsonSchema =>
  object({ order: ref('Order'), status: oneOf(statuses), ...more }, optional);

const fulfilled = (status: string): JsonSchema => done([status], { items: FULFILLED_ITEMS, ...SHIPMENT }, Object.keys(SHIPMENT));

const file = (optional: readonly string[], more: Record<string, JsonSchema> = {}): JsonSchema => object({
  bucket: text(), key: text(), versionId: text(), counts: ref('FileCounts'), reportKey: text(), reason: ref('FileReason'), errors: list(ref('FileFieldError')), ...more,
}, ['versionId', ...optional]);

/** `data` of the events that the pipeline publishes about orders. */
export const EVENT_DATA: Record<EventType, JsonSchema> = {
  OrderPlacementRequested: object({ order: { description: 'The order. Its ID is derived from the ID of the event if it is absent.', ...ref('Order') } }),
  OrderValidated: object({ order: ref('Order'), onExistingOrder: ON_EXISTING_ORDER }, ['onExistingOrder']),
  OrderRejected: ref('Rejection'),
  OrderPending: done(['PENDING'], { confirmation: ref('PendingConfirmation') }),
  OrderConfirmationDecided: object({
    decisionId: { ...ID, description: 'That of OrderPending, or of OrderChanged after a change of the pending order.' },
    decision: oneOf(Object.values(CONFIRMATION_DECISION)),
    reasons: { type: 'array', minItems: 1, maxItems: 20, items: ref('DecisionReason'), description: 'Required to reject an order.' },
  }, ['reasons'], { additionalProperties: false }),
  OrderConfirmationRefused: ref('Refusal'),
  OrderConfirmed: done(['CONFIRMED']),
  OrderChangeRequested: object({ patch: ref('OrderChange'), expectedVersion: EXPECTED_VERSION }, ['expectedVersion']),
  OrderChanged: done(
    ['PENDING', 'CONFIRMED', 'PARTIALLY_FULFILLED', 'FULFILLED'], { changed: list(text()), confirmation: ref('PendingConfirmation') }, ['confirmation'],
  ),
  OrderChangeRefused: ref('Refusal'),
  OrderCancellationRequested: object({ reason: { type: 'string', minLength: 1, maxLength: 500 }, expectedVersion: EXPECTED_VERSION }, ['expectedVersion']),
  OrderCancelled: done(['CANCELLED'], { reason: text() }),
  OrderCancellationRefused: ref('Refusal'),
  OrderItemsFulfilled: object({
    items: { ...FULFILLED_ITEMS, minItems: 1, maxItems: 1000 }, shipmentId: SHIPMENT_FIELD, trackingNumber: SHIPMENT_FIELD,
  }, Object.keys(SHIPMENT), { description: 'The items and their shipment, and any other fields.' }),
  OrderPartiallyFulfilled: fulfilled('PARTIALLY_FULFILLED'),
  OrderFulfilled: fulfilled('FULFILLED'),
  OrderFulfillmentRefused: ref('Refusal'),
  OrderRead: object({ reader: text('ID of an API key, a principal or a role.') }),
  OrderRedriven: object({
    messages: integer(),
    queues: list(object({ queue: text(), messages: integer(), reasons: list(text()), types: list(text()) }, ['types'])),
    requestedBy: text('Who requested it, if they are known, such as an operator with the console.'),
  }, ['requestedBy']),
  ...WORKFLOW_EVENT_DATA,
};

/** `data` of `OrderFulfilled` as another system publishes it. */
export const WHOLE_FULFILLMENT: JsonSchema = {
  type: ['object', 'null'], description: 'Any object of the system that fulfilled the order. Its `shipmentId` and `trackingNumber` are stored.',
};

/** `data` of the events about files. */
export const FILE_EVENT_DATA: Record<FileEventType, JsonSchema> = {
  OrderFileAccepted: file(['reason', 'errors']),
  OrderFileRejected: file([]),
  OrderFileCompleted: file(['reason', 'errors']),
  OrderFileProcessed: file(['reason', 'errors'], { outcomes: object(FILE_OUTCOMES) }),
};
