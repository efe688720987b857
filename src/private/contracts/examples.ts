import { REQUESTS } from './contract-model';
import { EVENT_DATA, FILE_EVENT_DATA } from './event-data';
import { BILLION, OPTIONAL_FACTS, SCHEMA_VERSION, type EventType, type FileEventType } from '../contract';
import type { LoadedModel } from '../order-model/load-model';
import { partAt, stepsOf } from '../order-model/schema-pointer';

type Json = Record<string, unknown>;

const TIME = '2026-01-31T12:00:00.000Z';
const PIPELINE = 'Shop/Orders';
const ERROR = { path: '/total', code: 'TOTAL_MISMATCH', message: 'must be 3780' };
const FILE_ID = '0123456789abcdef0123456789abcdef';
const SHIPMENT = { shipmentId: 'shipment-1', trackingNumber: '00340434161094042557' };
const FULFILLED = { items: [{ lineItem: 0, quantity: 1 }], ...SHIPMENT };
const COUNTS = { orders: 3, valid: 2, repeated: 0, invalid: 1 };

/** An order and a change that all examples of a model use. */
export interface Sample {
  readonly orderId: string;
  readonly facts: Json;
  readonly order: Json;
  readonly patch: Json;
}

/**
 * Makes the sample of a model from the first of its `examples`.
 *
 * @throws Error when the schema has no example.
 */
export function sampleOf({ schema, description }: LoadedModel): Sample {
  const [order] = (schema.examples ?? []) as Json[];
  if (order === undefined) throw new Error('the schema has no `examples`; add a list with one order, which every example of the contracts shows');
  const at = (pointer: string): unknown => partAt(order, stepsOf(pointer)!);
  const facts = Object.fromEntries(OPTIONAL_FACTS.flatMap((fact) => {
    const pointer = description.facts[fact];
    const value = pointer === undefined ? undefined : at(pointer);
    return value === undefined ? [] : [[fact, factOf(fact, value)]];
  }));
  const changed = description.changeable.find((pointer) => at(pointer) !== undefined);
  return { orderId: String(at(description.facts.orderId)), facts, order, patch: changed === undefined ? {} : nested(stepsOf(changed)!, at(changed)) };
}

const factOf = (fact: string, value: unknown): unknown => {
  if (fact === 'total') return Number(value);
  if (fact === 'placedAt') return new Date(String(value)).toISOString();
  return fact === 'tags' ? value : String(value);
};

const nested = ([step, ...rest]: readonly string[], value: unknown): Json => ({ [step]: rest.length === 0 ? value : nested(rest, value) });

const cause = { commandId: '01KG9Y6V0000000000000000AA', correlationId: 'checkout-4711' };

const metadata = (eventType: string, { orderId }: Sample): Json => ({
  eventId: `example-${eventType}`,
  eventType,
  schemaVersion: SCHEMA_VERSION,
  orderId,
  version: 1,
  ...cause,
  sequence: 1,
  causationId: cause.commandId,
  occurredAt: TIME,
  channel: 'api',
  pipeline: PIPELINE,
});

/** An example of each event about an order, by its type. */
export function orderEventExamples(sample: Sample): Record<string, Json> {
  const { order, patch } = sample;
  const total = sample.facts.total as number | undefined;
  const totalParts = total === undefined ? {} : { totalParts: { billions: Math.floor(total / BILLION), remainder: total % BILLION } };
  const facts = { ...sample.facts, ...totalParts };
  const refusal = { code: 'ORDER_CANCELLED', reason: 'the order is cancelled and cannot change any more', currentStatus: 'CANCELLED', currentVersion: 2 };
  const workflow = { workflow: 'Fulfillment', execution: 'order-1-0123456789abcdef0123456789abcdef' };
  const failure = { step: 'TakePayment', code: 'CARD_DECLINED', message: 'the bank declined the card' };
  const data: Record<EventType, unknown> = {
    OrderPlacementRequested: { order },
    OrderValidated: { order },
    OrderRejected: { code: 'INVALID_ORDER', reason: 'the order breaks the rules listed in errors; fix it and place it again under the same id', errors: [ERROR] },
    OrderPending: { order, status: 'PENDING', confirmation: { decisionId: cause.commandId, decideBy: '2026-01-31T13:00:00.000Z' } },
    OrderConfirmationDecided: { decisionId: cause.commandId, decision: 'REJECT', reasons: [{ code: 'OUT_OF_STOCK', message: 'the line item is not in stock' }] },
    OrderConfirmationRefused: refusal,
    OrderConfirmed: { order, status: 'CONFIRMED' },
    OrderChangeRequested: { patch, expectedVersion: 1 },
    OrderChanged: { order, status: 'CONFIRMED', changed: Object.keys(patch) },
    OrderChangeRefused: refusal,
    OrderCancellationRequested: { reason: 'ordered twice' },
    OrderCancelled: { order, status: 'CANCELLED', reason: 'ordered twice' },
    OrderCancellationRefused: { ...refusal, code: 'ORDER_FULFILLED', currentStatus: 'FULFILLED' },
    OrderItemsFulfilled: FULFILLED,
    OrderPartiallyFulfilled: { order, status: 'PARTIALLY_FULFILLED', ...FULFILLED },
    OrderFulfilled: { order, status: 'FULFILLED', ...FULFILLED },
    OrderFulfillmentRefused: refusal,
    OrderRead: { reader: 'a1b2c3d4e5' },
    OrderRedriven: { messages: 1, queues: [{ queue: 'orders', messages: 1, reasons: ['ThrottlingException'], types: ['PlaceOrder'] }] },
    OrderWorkflowStepSucceeded: { ...workflow, step: 'TakePayment' },
    OrderWorkflowStepFailed: { ...workflow, ...failure },
    OrderWorkflowStepCompensated: { ...workflow, step: 'ReserveStock' },
    OrderWorkflowSucceeded: workflow,
    OrderWorkflowFailed: { ...workflow, ...failure },
    OrderTaskRequested: { ...workflow, task: 'ShipOrder', dueAt: TIME },
    OrderTaskAnswered: { task: 'ShipOrder', outcome: 'SUCCEEDED', result: { trackingNumber: '1Z999' } },
  };
  const types = Object.keys(EVENT_DATA) as EventType[];
  return Object.fromEntries(types.map((type) => [type, { metadata: metadata(type, sample), facts, data: data[type] }]));
}

/** An example of each event about a file, by its type. */
export function fileEventExamples(): Record<string, Json> {
  const file = { bucket: 'shop-orders', key: 'incoming/orders.ndjson', versionId: 'v1', counts: COUNTS, reportKey: `reports/${FILE_ID}.ndjson` };
  const reason = { code: 'INVALID_ORDERS', message: '1 of 3 orders are invalid, and a file with invalid orders is rejected as a whole' };
  const data: Record<FileEventType, Json> = {
    OrderFileAccepted: file,
    OrderFileRejected: { ...file, reason, errors: [{ index: 2, line: 3, offset: 412, orderId: 'order-3', ...ERROR }] },
    OrderFileCompleted: file,
    OrderFileProcessed: { ...file, outcomes: { confirmed: 1, changed: 0, unchanged: 0, rejected: 1 } },
  };
  return Object.fromEntries((Object.keys(FILE_EVENT_DATA) as FileEventType[]).map((eventType) => [eventType, {
    metadata: {
      eventId: `example-${eventType}`,
      eventType,
      schemaVersion: SCHEMA_VERSION,
      fileId: FILE_ID,
      correlationId: FILE_ID,
      causationId: FILE_ID,
      occurredAt: TIME,
      channel: 'file',
      pipeline: PIPELINE,
    },
    data: data[eventType],
  }]));
}

/** An example of each request of another system on the bus, by the type of the event. */
export const requestExamples = (sample: Sample): Record<string, Json> => Object.fromEntries(REQUESTS.map((type) => [type, {
  metadata: { orderId: sample.orderId, eventId: `example-${type}`, correlationId: cause.correlationId, pipeline: PIPELINE },
  data: type === 'OrderFulfilled' ? { carrier: 'by bike', ...SHIPMENT } : orderEventExamples(sample)[type].data,
}]));

/** An example of each message that is not an event. */
export function messageExamples({ orderId, facts, order, patch }: Sample): Record<string, Json> {
  const command = (commandType: string, payload: Json): Json =>
    ({ schemaVersion: SCHEMA_VERSION, commandType, ...cause, orderId, channel: 'api', receivedAt: TIME, payload });
  return {
    PlaceOrderCommand: command('PlaceOrder', order),
    ChangeOrderCommand: command('ChangeOrder', { patch, expectedVersion: 1 }),
    CancelOrderCommand: command('CancelOrder', { reason: 'ordered twice' }),
    ValidationHookRequest: { orders: [{ orderId, ...facts, order }] },
    ValidationHookResponse: { results: [{ accepted: false, errors: [{ path: '/items/0/sku', code: 'NOT_SOLD', message: 'is not sold any more' }] }] },
  };
}
