/** Loops that send the same requests as the handlers with the same SDK, and do nothing else: no validation, no events, no logs, no metrics. */
import { BatchExecuteStatementCommand, DynamoDBClient, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { APIGatewayProxyEvent, DynamoDBStreamEvent, SQSEvent } from 'aws-lambda';

const sqs = new SQSClient({});
const dynamodb = new DynamoDBClient({});
const table = DynamoDBDocumentClient.from(dynamodb, { marshallOptions: { removeUndefinedValues: true } });
const eventBridge = new EventBridgeClient({});

/** What a request of the service may have. */
const LIMIT = { entries: 10, statements: 25 };

/** Sends a request for each so many entries, at the same time. */
const sendAll = <Entry>(entries: readonly Entry[], count: number, send: (batch: Entry[]) => Promise<unknown>) =>
  Promise.all(Array.from({ length: Math.ceil(entries.length / count) }, (_, n) => send(entries.slice(n * count, (n + 1) * count))));

const publish = (details: readonly object[]) => sendAll(
  details.map((detail) => ({ EventBusName: 'bus', Source: 'orders', DetailType: 'OrderConfirmed', Detail: JSON.stringify(detail) })),
  LIMIT.entries,
  (Entries) => eventBridge.send(new PutEventsCommand({ Entries })),
);

type Attributes = Record<string, AttributeValue>;

const INSERT = "INSERT INTO \"history\" VALUE {'orderId': ?, 'listKey': ?, 'eventId': ?, 'occurredAt': ?, 'type': ?, 'data': ?, 'expiresAt': ?}";

const record = (records: readonly Attributes[]) => sendAll(
  records.map(({ orderId, ...data }) => {
    const [text, time] = [{ S: 'OrderConfirmed' }, { S: new Date().toISOString() }];
    return { Statement: INSERT, Parameters: [orderId, time, text, time, text, { M: data }, { N: '1800000000' }] };
  }),
  LIMIT.statements,
  (Statements) => dynamodb.send(new BatchExecuteStatementCommand({ Statements })),
);

export const loops = {
  'receive-order': async ({ body }: APIGatewayProxyEvent) => {
    const order = JSON.parse(body!) as { orderId: string };
    await sqs.send(new SendMessageCommand({
      QueueUrl: process.env.ORDERS_QUEUE_URL,
      MessageBody: JSON.stringify(order),
      MessageGroupId: order.orderId,
      MessageDeduplicationId: order.orderId,
    }));
  },
  'validate-order': async ({ Records }: SQSEvent) => {
    const commands = Records.map(({ body }) => JSON.parse(body) as { orderId: string; commandId: string });
    await Promise.all(commands.map(({ orderId, commandId }) => table.send(new PutCommand({
      TableName: 'sequence', Item: { orderId, commandId, sequence: 1, at: new Date().toISOString() }, ConditionExpression: 'attribute_not_exists(orderId)',
    }))));
    await record(commands.map((command) => marshall(command)));
    await publish(commands);
  },
  'process-order': async ({ Records }: SQSEvent) => {
    const events = Records.map(({ body }) => JSON.parse(body) as { detail: { data: { order: { orderId: string } } } });
    await Promise.all(events.map(({ detail }) => table.send(new PutCommand({
      TableName: 'orders',
      Item: { ...detail, orderId: detail.data.order.orderId },
      ConditionExpression: 'attribute_not_exists(orderId)',
    }))));
  },
  'publish-order-changes': async ({ Records }: DynamoDBStreamEvent) => {
    // These fields have about as many bytes as an event and its record in the history.
    const images = Records.map(({ dynamodb: change }) => change!.NewImage as Attributes)
      .map(({ orderId, order, outcome, placement }): Attributes => ({ orderId, order, outcome, placement }));
    await record(images);
    await publish(images);
  },
};
