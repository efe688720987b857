import type { SQSRecord } from 'aws-lambda';
import { readPendingOrder, type ConfirmationAnswer, type PendingOrder } from './confirmation-function';
import { EVENT_TYPE } from '../../../src/private/contract';
import type { BusEvent, Publish } from '../events/publish-events';
import { callsFor, isFirstReceive } from '../messaging/calls-for';
import { resultOf, valueOf, type Result } from '../messaging/process-in-groups';
import { eventIdFor } from '../orders/ids';
import { orderKey, tenantField } from '../orders/order-identity';
import type { Outcome } from '../telemetry/outcome';

/** Calls the app's function with pending orders; returns an answer for each. */
export type ConfirmWith = (orders: readonly PendingOrder[]) => Promise<readonly ConfirmationAnswer[]>;

/** A pending order and what the function decided about it. */
interface Answered {
  readonly order: PendingOrder;
  readonly answer: ConfirmationAnswer;
}

/** Calls the app's function with the orders of a batch. Orders that are received for the first time share one call; each redelivered order has its own. */
export async function requestDecisions(records: readonly SQSRecord[], confirmWith: ConfirmWith): Promise<Map<SQSRecord, Result<Answered>>> {
  const read = await Promise.all(records.map(async (record) => [record, await resultOf(() => readPendingOrder(record.body))] as const));
  const orders = new Map(read.flatMap(([record, { value }]) => (value ? [[record, value] as const] : [])));
  const answered = await Promise.all(callsFor([...orders.keys()], isFirstReceive).map((call) => callWith(call, orders, confirmWith)));
  return new Map([...read.flatMap(([record, { error }]) => (error ? [[record, { error }] as const] : [])), ...answered.flat()]);
}

/** Publishes the decisions of a batch; returns what happened to each record's. */
export async function publishDecisions(
  results: ReadonlyMap<SQSRecord, Result<Answered>>, publish: Publish<BusEvent>,
): Promise<(record: SQSRecord) => Promise<Outcome>> {
  const events = new Map([...results].flatMap(([record, { value }]) => (value && value.answer.decision !== 'LATER' ? [[record, decisionEvent(value)] as const] : [])));
  const failures = await publish([...events.values()]);
  return async (record) => {
    const { order: { orderId, correlationId }, answer } = valueOf(results.get(record)!);
    const event = events.get(record);
    if (event && failures.has(event)) throw failures.get(event);
    return { outcome: OUTCOMES[answer.decision], orderId, correlationId };
  };
}

const OUTCOMES = { CONFIRM: 'ConfirmationDecided', REJECT: 'RejectionDecided', LATER: 'DecisionPostponed' } as const;

async function callWith(
  call: readonly SQSRecord[], orders: ReadonlyMap<SQSRecord, PendingOrder>, confirmWith: ConfirmWith,
): Promise<[SQSRecord, Result<Answered>][]> {
  const { value: answers, error } = await resultOf(() => confirmWith(call.map((record) => orders.get(record)!)));
  return call.map((record, index) => [record, error ? { error } : { value: { order: orders.get(record)!, answer: answers[index] } }]);
}

/** The event that requests the decision, as another system would publish it. A repeated decision has the same event id. */
const decisionEvent = ({ order, answer }: Answered): BusEvent => ({
  type: EVENT_TYPE.ORDER_CONFIRMATION_DECIDED,
  metadata: {
    eventId: eventIdFor(EVENT_TYPE.ORDER_CONFIRMATION_DECIDED, orderKey(order), order.decisionId, answer.decision),
    orderId: order.orderId,
    ...tenantField(order),
    correlationId: order.correlationId,
    // The time of EventBridge has no milliseconds, by which the history is sorted.
    occurredAt: new Date().toISOString(),
  },
  data: { decisionId: order.decisionId, ...answer },
});
