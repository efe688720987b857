import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import {
  consumeQueue, createEvent, decideClash, duplicateOrderId, outcomeOf, parsePlacementEvent, publishOne, putConfirmed, putRejected, readEnv,
  toConfirmedItem, toRejectedItem, type EventOf, type Outcome,
} from '#shared';
import { deadLetterQueue } from './aws/dead-letter-queue';
import { publisher } from './aws/event-bus';
import { putOrder } from './aws/orders-table';

const env = readEnv('process-order');
const publish = publisher(env);
const setAside = deadLetterQueue(env);

/** Stores each validated order once, and remembers each rejected one. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> => consumeQueue(event, { summary: 'orders processed', consume, setAside });

async function consume(record: SQSRecord): Promise<Outcome> {
  const placement = parsePlacementEvent(record.body);
  return placement.type === 'OrderValidated' ? confirm(placement) : rememberRejection(placement);
}

/** The event that this leads to, OrderConfirmed, follows from the table's stream. */
async function confirm(placement: EventOf<'OrderValidated'>): Promise<Outcome> {
  const existing = await putOrder(putConfirmed(env.ORDERS_TABLE_NAME, toConfirmedItem(placement, new Date())));
  if (!existing) return outcomeOf(placement, 'OrderStored');
  const clash = decideClash(placement, existing);
  if (clash === 'OrderDuplicateRejected') await refuseDuplicate(placement);
  return outcomeOf(placement, clash);
}

async function rememberRejection(placement: EventOf<'OrderRejected'>): Promise<Outcome> {
  const item = toRejectedItem(placement, new Date(), Number(env.REJECTED_ORDER_RETENTION));
  const existing = await putOrder(putRejected(env.ORDERS_TABLE_NAME, item));
  return outcomeOf(placement, existing ? 'RejectionOutdated' : 'RejectionStored');
}

/** Nothing changed in the table, so nothing follows from its stream: the refusal is said before the message is deleted. */
async function refuseDuplicate({ metadata }: EventOf<'OrderValidated'>): Promise<void> {
  const refusal = createEvent('OrderRejected', { ...metadata, causationId: metadata.eventId }, duplicateOrderId());
  await publishOne(publish, refusal);
}
