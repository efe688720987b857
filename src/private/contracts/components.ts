import { integer, list, object, oneOf, ref, text, time } from './component';
import {
  CHANNEL, CONFIRMATION_DECISION, EXISTING_ORDER_POLICY,
  REFUSAL_CODE, REJECTION_CODE, SCHEMA_VERSION, STEP_OUTCOME, TENANT_PATTERN, type EventType, type FileEventType, type WorkflowEventType,
} from '../contract';
import type { JsonSchema } from '../order-model/json-schema';

const ORDER_ID: JsonSchema = { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$', description: 'ID of the order.' };
const ID: JsonSchema = { type: 'string', minLength: 1, maxLength: 128 };
const TENANT: JsonSchema = { type: 'string', pattern: TENANT_PATTERN.source, description: 'Tenant of the order; only and always in a pipeline with tenants.' };
/** The statuses that clients see. */
export const STATUSES = ['PENDING', 'CONFIRMED', 'CANCELLED', 'PARTIALLY_FULFILLED', 'FULFILLED', 'REJECTED'];
/** The states of files. */
export const FILE_STATES = ['RECEIVED', 'VALIDATED', 'REJECTED', 'EXTRACTING', 'COMPLETED'];
const ON_EXISTING_ORDER: JsonSchema = {
  ...oneOf(Object.values(EXISTING_ORDER_POLICY)), description: 'What the order does if its ID belongs to an order with other content; by default, it is rejected.',
};
const EXPECTED_VERSION: JsonSchema = { type: 'integer', minimum: 1, description: 'The version that the order must have.' };

const FACTS: Record<string, JsonSchema> = {
  customerId: text(),
  currency: text(),
  total: { type: 'number', description: 'In the unit of the order model.' },
  placedAt: time(),
  externalReference: text('Number of the order in another system.'),
  salesChannel: text(),
  tags: list(text()),
};

const FILE_OUTCOMES: Record<string, JsonSchema> = { confirmed: integer(), changed: integer(), unchanged: integer(), rejected: integer() };

/** Quantities of line items: those that one event fulfills, or all that are fulfilled. */
const FULFILLED_ITEMS = list(object({
  lineItem: { type: ['string', 'integer'], description: 'The ID of the line item, or its index from 0 if it has no ID of its own.' },
  quantity: { type: 'number', exclusiveMinimum: 0, description: 'With up to three decimal places.' },
}));
const SHIPMENT = { shipmentId: text('ID of the shipment.'), trackingNumber: text('Tracking number of the shipment.') };
const SHIPMENT_FIELD = { type: ['string', 'null'], minLength: 1, maxLength: 128 };

const TIMES = { createdAt: time(), updatedAt: time() };

/** What every document of a contract can refer to, besides the order. */
export const COMMON_COMPONENTS: Record<string, JsonSchema> = {
  FieldError: object({
    path: text('JSON Pointer to the field; empty for the whole document.'),
    code: text('Type of the error. Codes are stable, messages may change.'),
    message: text('What is wrong and how to fix it.'),
  }),
  Facts: object({
    ...FACTS,
    totalParts: object({ billions: integer(), remainder: { type: 'number' } }, [], { description: 'The total as billions * 1000000000 + remainder.' }),
  }, [...Object.keys(FACTS), 'totalParts'], { description: 'What the pipeline itself uses of the order, as far as it is known.' }),
  Metadata: object({
    eventId: { ...ID, description: 'A redelivered event has the same ID.' },
    eventType: text('The `detail-type` of the event.'),
    schemaVersion: { const: SCHEMA_VERSION },
    orderId: ORDER_ID,
    tenant: TENANT,
    version: integer('Version of the stored order after the event; 0 before it is stored.'),
    commandId: ID,
    sequence: { type: 'integer', minimum: 0, description: 'Number of the command among those of its order; 0 for a command without one.' },
    previousAt: time('When the previous sequence number was assigned.'),
    correlationId: { ...ID, description: 'The same for everything that a request leads to.' },
    causationId: { ...ID, description: 'The command or event that led to this one.' },
    occurredAt: time(),
    channel: oneOf(Object.values(CHANNEL)),
    pipeline: { ...ID, description: 'The pipeline that published the event.' },
  }, ['tenant', 'previousAt', 'pipeline']),
  FileMetadata: object({
    eventId: ID,
    eventType: text('The `detail-type` of the event.'),
    schemaVersion: { const: SCHEMA_VERSION },
    fileId: ID,
    tenant: TENANT,
    correlationId: ID,
    causationId: ID,
    occurredAt: time(),
    channel: { const: CHANNEL.FILE },
    pipeline: ID,
  }, ['tenant', 'pipeline']),
  RequestMetadata: object({
    orderId: ORDER_ID,
    tenant: TENANT,
    eventId: { ...ID, description: 'A request with the same event ID and the same content is the same request.' },
    correlationId: ID,
    pipeline: { ...ID, description: 'The pipeline that the request is for; required on a bus of several apps.' },
  }, ['tenant', 'eventId', 'correlationId', 'pipeline']),
  PlacementMetadata: object({
    orderId: { ...ORDER_ID, description: 'The order ID of the order; needed only in the history.' },
    tenant: TENANT,
    eventId: { ...ID, description: 'A request with the same event ID and the same content is the same request. An order without an ID gets one that is derived from it.' },
    correlationId: ID,
    pipeline: { ...ID, description: 'The pipeline that the order is for; required on a bus of several apps.' },
  }, ['orderId', 'tenant', 'eventId', 'correlationId', 'pipeline']),
  Rejection: object({ code: oneOf(Object.values(REJECTION_CODE)), reason: text(), errors: list(ref('FieldError')) }),
  Refusal: object({
    code: oneOf(Object.values(REFUSAL_CODE)),
    reason: text(),
    currentStatus: oneOf(STATUSES),
    currentVersion: integer(),
    errors: list(ref('FieldError')),
  }, ['currentStatus', 'currentVersion', 'errors']),
  PendingConfirmation: object({
    decisionId: { ...ID, description: 'Identifies what is to be decided, in OrderConfirmationDecided.' },
    decideBy: time('When the order is confirmed or rejected without a decision.'),
  }, [], { description: 'The decision for which a pending order waits.' }),
  DecisionReason: object(
    { path: { type: 'string', maxLength: 256 }, code: { type: 'string', pattern: '^[A-Z][A-Z0-9_]{0,63}$' }, message: { type: 'string', minLength: 1, maxLength: 1000 } },
    ['path'], { additionalProperties: false },
  ),
  FileOutcomes: object({ ...FILE_OUTCOMES, pending: integer() }, [], {
    description: 'The valid orders of a file by what became of them. An order is unchanged if it was stored already.',
  }),
  FileCounts: object({ orders: integer(), valid: integer(), repeated: integer(), invalid: integer() }),
  FileReason: object({ code: text(), message: text(), offset: integer(), line: integer() }, ['offset', 'line']),
  FileFieldError: object({ index: integer(), line: integer(), offset: integer(), orderId: text(), path: text(), code: text(), message: text() }, ['orderId']),
  Problem: object({
    type: { type: 'string', format: 'uri' },
    title: text(),
    status: integer(),
    detail: text('What is wrong and how to fix it.'),
    correlationId: text(),
    errors: list(ref('FieldError')),
  }, ['errors'], { description: 'An error as defined by RFC 9457.' }),
};

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

const done = (statuses: readonly string[], more: Record<string, JsonSchema> = {}, optional: readonly string[] = []): JsonSchema =>
  object({ order: ref('Order'), status: oneOf(statuses), ...more }, optional);

const fulfilled = (status: string): JsonSchema => done([status], { items: FULFILLED_ITEMS, ...SHIPMENT }, Object.keys(SHIPMENT));

const file = (optional: readonly string[], more: Record<string, JsonSchema> = {}): JsonSchema => object({
  bucket: text(), key: text(), versionId: text(), counts: ref('FileCounts'), reportKey: text(), reason: ref('FileReason'), errors: list(ref('FileFieldError')), ...more,
}, ['versionId', ...optional]);

const WORKFLOW = { workflow: text('Name of the workflow.'), execution: text('Name of the execution.') };
const ANSWER = {
  outcome: oneOf(Object.values(STEP_OUTCOME)),
  code: { type: 'string', pattern: '^[A-Z][A-Z0-9_]{0,63}$', description: 'Why the task failed.' },
  message: { type: 'string', minLength: 1, maxLength: 500 },
  result: { description: 'Any JSON; the result of the step.' },
} satisfies Record<string, JsonSchema>;
const FAILURE = { step: text('Name of the step that failed.'), code: text('From the step, or the error of its last attempt.'), message: text('From the step.') };

/** The body of the answer to a task. */
export const TASK_ANSWER = object(ANSWER, ['code', 'message', 'result'], { additionalProperties: false });

/** `data` of the events that workflows publish. */
const WORKFLOW_EVENT_DATA: Record<WorkflowEventType, JsonSchema> = {
  OrderWorkflowStepSucceeded: object({ ...WORKFLOW, step: text('Name of the step.') }),
  OrderWorkflowStepFailed: object({ ...WORKFLOW, ...FAILURE }, ['message']),
  OrderWorkflowStepCompensated: object({ ...WORKFLOW, step: text('Name of the step.') }),
  OrderWorkflowSucceeded: object(WORKFLOW),
  OrderWorkflowFailed: object({ ...WORKFLOW, ...FAILURE }, ['message']),
  OrderTaskRequested: object({ ...WORKFLOW, task: text('Name of the task.'), dueAt: time('When the workflow stops waiting.'), reminder: integer('1 for the first reminder.') }, ['reminder']),
  OrderTaskAnswered: object({ task: text('Name of the task.'), ...ANSWER }, ['code', 'message', 'result'], { additionalProperties: false }),
};

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
  }),
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

/** The command in the orders queue. */
const command = (
  commandType: string, payload: JsonSchema, channels: readonly string[], optional: Record<string, JsonSchema> = {},
): JsonSchema => object({
  schemaVersion: { const: SCHEMA_VERSION },
  commandType: { const: commandType },
  commandId: { ...ID, description: 'Unique for each request. A message with the same ID is the same command.' },
  orderId: ORDER_ID,
  tenant: TENANT,
  correlationId: ID,
  channel: oneOf(channels),
  receivedAt: time(),
  ...optional,
  payload,
}, ['tenant', ...Object.keys(optional)]);

/** Messages other than events. */
export const MESSAGES: Record<string, JsonSchema> = {
  PlaceOrderCommand: command('PlaceOrder', ref('Order'), Object.values(CHANNEL), { onExistingOrder: ON_EXISTING_ORDER }),
  ChangeOrderCommand: command('ChangeOrder', EVENT_DATA.OrderChangeRequested, [CHANNEL.API]),
  CancelOrderCommand: command('CancelOrder', EVENT_DATA.OrderCancellationRequested, [CHANNEL.API]),
  ValidationHookRequest: object({ orders: list(object({ orderId: ORDER_ID, tenant: TENANT, ...FACTS, order: ref('Order') }, ['tenant', ...Object.keys(FACTS)])) }),
  ValidationHookResponse: object({
    results: list({
      oneOf: [
        object({ accepted: { const: true } }),
        object({
          accepted: { const: false },
          errors: {
            type: 'array',
            minItems: 1,
            items: object({
              path: text(), code: { type: 'string', pattern: '^[A-Z][A-Z0-9_]{0,63}$' }, message: { type: 'string', minLength: 1, maxLength: 1000 },
            }, ['path']),
          },
        }),
      ],
    }),
  }),
};
