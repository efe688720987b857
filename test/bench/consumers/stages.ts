import { postOrder } from '../../support/api-request';
import { sampleContext } from '../../support/sample-context';
import { sampleOrder } from '../../support/sample-order';
import { fifoRecord, sqsRecord } from '../../support/sqs-event';

/** The functions that an order passes, in this order. */
export const STAGES = ['receive-order', 'validate-order', 'process-order', 'publish-order-changes'] as const;

export type Stage = (typeof STAGES)[number];

/** A request that a stage sends, of which the next one gets its record. */
const SENT_BY: Readonly<Record<Stage, string>> = {
  'receive-order': 'SendMessage', 'validate-order': 'PutEvents', 'process-order': 'PutItem', 'publish-order-changes': 'PutEvents',
};

export const isHandedOn = (stage: Stage, operation: string): boolean => SENT_BY[stage] === operation;

/** What API Gateway sends for an order of a customer. */
export const requestFor = (orderId: string) => postOrder(sampleOrder({ orderId }));

/** The record of the next stage for a request of this stage: a message, an event on the bus or a change of the table. */
export function recordAfter(stage: Stage, body: string, id: string): object {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a request of the SDK as JSON
  const request = JSON.parse(body) as any;
  switch (stage) {
    case 'receive-order': return fifoRecord(id, request.MessageBody, request.MessageGroupId);
    case 'validate-order': return sqsRecord(id, eventOf(request, id));
    case 'process-order': return { eventID: id, eventName: 'INSERT', dynamodb: { SequenceNumber: '1', NewImage: request.Item } };
    case 'publish-order-changes': return sqsRecord(id, eventOf(request, id));
  }
}

/** The records of the next stage for a request of this stage with one or many orders, by their orders. */
export function recordsAfter(stage: Stage, body: string): [orderId: string, record: object][] {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a request of the SDK as JSON
  const request = JSON.parse(body) as any;
  const parts: object[] = request.Entries?.map((entry: object) => ({ ...request, Entries: [entry] })) ?? [request];
  return parts.map((part) => {
    const orderId = orderIdIn(part);
    return [orderId, recordAfter(stage, JSON.stringify(part), orderId)];
  });
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a request of the SDK as JSON
function orderIdIn({ MessageBody, Entries, Item }: any): string {
  if (MessageBody) return (JSON.parse(MessageBody) as { orderId: string }).orderId;
  return Entries ? (JSON.parse(Entries[0].Detail) as { data: { order: { orderId: string } } }).data.order.orderId : Item.orderId.S;
}

/** An event as a rule of the bus delivers it. */
function eventOf({ Entries: [{ DetailType, Source, Detail }] }: { readonly Entries: readonly Record<string, string>[] }, id: string): object {
  return {
    'version': '0',
    id,
    'detail-type': DetailType,
    'source': Source,
    'account': '111122223333',
    'time': new Date().toISOString(),
    'region': 'eu-central-1',
    'resources': [],
    'detail': JSON.parse(Detail) as object,
  };
}

/** The context of every invocation. */
export const CONTEXT = sampleContext();
