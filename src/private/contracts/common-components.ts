import { integer, list, object, oneOf, ref, text, time } from './component';
import { FACTS, FILE_OUTCOMES, ID, ORDER_ID, STATUSES, TENANT } from './fields';
import { CHANNEL, REFUSAL_CODE, REJECTION_CODE, SCHEMA_VERSION } from '../contract';
import type { JsonSchema } from '../order-model/json-schema';

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
