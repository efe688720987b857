/** Loops that send the same requests as the handlers with the same SDK, and do nothing else: no validation, no idempotency, no logs, no metrics. */
import { BatchExecuteStatementCommand, DynamoDBClient, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { APIGatewayProxyEvent, DynamoDBStreamEvent, SQSEvent } from 'aws-lambda';

const sqs = new SQSClient({});
const dynamodb = new DynamoDBClient({});
const table = DynamoDBDocumentClient.from(dynamodb, { marshallOptions: { removeUndefinedValues: true } });
const eventBridge = new EventBridgeClient({});

/** The fields of an order that the loops read. */
interface Order {
  readonly orderId: string;
  readonly customerId?: string;
  readonly currency: string;
}

/** A command, without the fields that the loops only write. */
interface Command {
  readonly commandId: string;
  readonly payload: Order;
}

type OrderEvent = ReturnType<typeof eventAbout>;

/** What a request of the service may have. */
const LIMIT = { entries: 10, statements: 25 };

/** Sends a request for each so many entries, at the same time. */
const sendAll = <Entry>(entries: readonly Entry[], count: number, send: (batch: Entry[]) => Promise<unknown>) =>
  Promise.all(Array.from({ length: Math.ceil(entries.length / count) }, (_, n) => send(entries.slice(n * count, (n + 1) * count))));

const publish = (events: readonly OrderEvent[]) => sendAll(
  events.map((event) => ({ EventBusName: 'bus', Source: 'orders', DetailType: event.metadata.eventType, Detail: JSON.stringify(event) })),
  LIMIT.entries,
  (Entries) => eventBridge.send(new PutEventsCommand({ Entries })),
);

const INSERT = "INSERT INTO \"history\" VALUE {'orderId': ?, 'eventId': ?, 'occurredAt': ?, 'listKey': ?, 'type': ?, 'metadata': ?, 'facts': ?, 'data': ?, 'expiresAt': ?}";

const record = (events: readonly OrderEvent[]) => sendAll(
  events.map(({ metadata, facts, data }) => {
    const { eventId, occurredAt, eventType: type, orderId, ...rest } = metadata;
    const listKey = `${occurredAt}#0000000000000001#0000000000000001#${eventId}`;
    const values = { orderId, eventId, occurredAt, listKey, type, metadata: { orderId, ...rest }, facts, data, expiresAt: 1_830_377_100 };
    return { Statement: INSERT, Parameters: Object.values(marshall(values)) };
  }),
  LIMIT.statements,
  (Statements) => dynamodb.send(new BatchExecuteStatementCommand({ Statements })),
);

/** As long as the IDs of events, and the fingerprints of orders. */
const [ID, FINGERPRINT] = ['0'.repeat(32), '0'.repeat(64)];
const TOTAL = 4129;

const factsOf = ({ customerId, currency }: Order) => ({ customerId, currency, total: TOTAL, totalParts: { billions: 0, remainder: TOTAL } });

const eventAbout = (eventType: string, order: Order, commandId: string, causationId: string, version: number, data: object = {}) => ({
  metadata: {
    eventId: ID, eventType, schemaVersion: 1, orderId: order.orderId, version, commandId, sequence: 1, correlationId: 'request-1', causationId,
    occurredAt: new Date().toISOString(), channel: 'api', pipeline: 'Bench/Orders',
  },
  facts: factsOf(order),
  data: { order, ...data },
  recorded: true,
});

function itemOf({ metadata: { orderId, commandId }, data: { order } }: OrderEvent): object {
  const [at, outcome] = [new Date().toISOString(), { type: 'OrderConfirmed', commandId, sequence: 1, correlationId: 'request-1', causationId: ID, channel: 'api' }];
  return {
    customerId: order.customerId, currency: order.currency, total: TOTAL, order, orderId, revision: 1, sequence: 1, status: 'CONFIRMED', version: 1,
    createdAt: at, updatedAt: at, placement: { commandId, fingerprint: FINGERPRINT }, outcome: { ...outcome, at, data: {} },
    listKey: `${at}#${orderId}`, customerShard: `${order.customerId}#1`, statusShard: 'CONFIRMED#1',
  };
}

export const loops = {
  'receive-order': async ({ body }: APIGatewayProxyEvent) => {
    const order = JSON.parse(body!) as Order;
    const command = { commandType: 'PlaceOrder', commandId: ID.slice(6), orderId: order.orderId, correlationId: 'request-1', payload: order };
    await sqs.send(new SendMessageCommand({
      QueueUrl: process.env.ORDERS_QUEUE_URL,
      MessageBody: JSON.stringify({ schemaVersion: 1, channel: 'api', receivedAt: new Date().toISOString(), ...command }),
      MessageGroupId: order.orderId,
      MessageDeduplicationId: command.commandId,
    }));
  },
  'validate-order': async ({ Records }: SQSEvent) => {
    const commands = Records.map(({ body }) => JSON.parse(body) as Command);
    await Promise.all(commands.map(({ payload: { orderId }, commandId }) => table.send(new PutCommand({
      TableName: 'sequence', Item: { orderId, commandId, sequence: 1, at: new Date().toISOString() }, ConditionExpression: 'attribute_not_exists(orderId)',
    }))));
    const events = commands.map(({ payload, commandId }) => eventAbout('OrderValidated', payload, commandId, commandId, 0));
    await record(events);
    await publish(events);
  },
  'process-order': async ({ Records }: SQSEvent) => {
    const events = Records.map(({ body }) => (JSON.parse(body) as { detail: OrderEvent }).detail);
    await Promise.all(events.map((event) => table.send(new PutCommand({
      TableName: 'orders',
      Item: itemOf(event),
      ConditionExpression: 'attribute_not_exists(orderId)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }))));
  },
  'publish-order-changes': async ({ Records }: DynamoDBStreamEvent) => {
    const items = Records.map(({ dynamodb: change }) => unmarshall(change!.NewImage as Record<string, AttributeValue>));
    const events = items.map(({ order, status, outcome }) => eventAbout(outcome.type, order, outcome.commandId, ID, 1, { status }));
    await record(events);
    await publish(events);
  },
};
