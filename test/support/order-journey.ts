import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { apiRequest, getOrder } from './api-request';
import { freshAws } from './command-consumer';
import { dynamodb, type FakeOrdersTable } from './fake-orders-table';
import { publishedEvents, putEventsRequests } from './published-events';
import { sampleContext } from './sample-context';
import { sentMessages } from './sent-messages';
import { failed, fifoRecord, sqsEvent, sqsRecord } from './sqs-event';
import { streamEvent } from './stream-event';
import type { Attributes } from '../../handlers/aws/attribute-values';
import { handler as changeOrder } from '../../handlers/change-order';
import { handler as processOrder } from '../../handlers/process-order';
import { handler as publishOrderChanges } from '../../handlers/publish-order-changes';
import { handler as queryOrderEvents } from '../../handlers/query-order-events';
import { handler as queryOrders } from '../../handlers/query-orders';
import { handler as recordOrderEvent } from '../../handlers/record-order-event';
import { handler as validateOrder } from '../../handlers/validate-order';

const CONSUMERS: Record<string, typeof processOrder> = { OrderValidated: processOrder, OrderChangeRequested: changeOrder };

/** Carries an order from hop to hop, through the shipped handlers, as text and as DynamoDB's attributes. */
export class OrderJourney {
  readonly table: FakeOrdersTable = freshAws();
  private events = 0;
  private image?: Attributes;

  /** Sends a request to an endpoint, and its command through the pipeline. */
  async request(handler: (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>, event: APIGatewayProxyEvent): Promise<void> {
    const { statusCode, body } = await handler(event);
    expect([statusCode, JSON.parse(body).errors]).toEqual([202, undefined]);
    await this.command(sentMessages().at(-1)!.MessageBody!);
  }

  /** Carries a message of the orders queue to the end. */
  async command(message: string): Promise<void> {
    const record = fifoRecord(`message-${++this.events}`, message, 'order-1');
    expect(await validateOrder(sqsEvent(record), sampleContext())).toEqual(failed());
    await this.deliver(lastDetail());
  }

  /** Carries the event of a command to the end. */
  async deliver({ type, detail }: { readonly type: string; readonly detail: string }): Promise<void> {
    const message = onTheBus(type, detail, ++this.events);
    expect(await CONSUMERS[type](sqsEvent(sqsRecord('message-1', message)))).toEqual(failed());
    expect(sentMessages().filter(({ QueueUrl }) => QueueUrl === process.env.DEAD_LETTER_QUEUE_URL)).toEqual([]);
    const [before, after] = [this.image, lastItem()];
    this.image = after;
    const change = { eventID: 'change-1', dynamodb: { SequenceNumber: '1', OldImage: before, NewImage: after } };
    expect(await publishOrderChanges(streamEvent(change as never), sampleContext(0))).toEqual(failed());
  }

  /** The order as the API returns it. */
  async order(): Promise<Record<string, unknown>> {
    return JSON.parse((await queryOrders(getOrder('order-1'))).body);
  }

  /** The last published event as the API returns it, after the history recorded it. */
  async recordedEvent(): Promise<{ readonly type: string; readonly data: { readonly order: object } }> {
    const { type, detail } = lastDetail();
    expect(await recordOrderEvent(sqsEvent(sqsRecord('message-1', onTheBus(type, detail, ++this.events))))).toEqual(failed());
    const item = lastItem();
    dynamodb.on(QueryCommand).resolves({ Items: [item] });
    return JSON.parse((await queryOrderEvents(apiRequest({ pathParameters: { orderId: 'order-1' } }))).body).items[0];
  }
}

const lastItem = (): Attributes => dynamodb.calls().map(({ args: [{ input }] }) => (input as { Item?: Attributes }).Item).findLast((item) => item)!;

/** The text of the last event about the order's contents. */
function lastDetail(): { readonly type: string; readonly detail: string } {
  const { DetailType: type, Detail: detail } = putEventsRequests().flat().findLast(({ DetailType }) => DetailType !== 'OrderRead')!;
  expect(publishedEvents().map((event) => event.type).filter((each) => /Refused|Rejected/.test(each))).toEqual([]);
  return { type: type!, detail: detail! };
}

const onTheBus = (type: string, detail: string, n: number): string =>
  `{"version":"0","id":"envelope-${n}","source":"orders","time":"2026-01-31T12:00:00Z","detail-type":"${type}","detail":${detail}}`;
