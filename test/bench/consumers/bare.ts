/** Loops that send the same requests as the handlers with the same SDK, and do nothing else: no validation, no events, no logs, no metrics. */
import { DynamoDBClient, type PutItemCommandInput } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEvent, DynamoDBStreamEvent, SQSEvent } from 'aws-lambda';

const sqs = new SQSClient({});
const dynamodb = new DynamoDBClient({});
const table = DynamoDBDocumentClient.from(dynamodb, { marshallOptions: { removeUndefinedValues: true } });
const eventBridge = new EventBridgeClient({});

const publish = (details: readonly object[]) => eventBridge.send(new PutEventsCommand({
  Entries: details.map((detail) => ({ EventBusName: 'bus', Source: 'orders', DetailType: 'OrderConfirmed', Detail: JSON.stringify(detail) })),
}));

type Attributes = PutItemCommandInput['Item'];

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
    await publish(Records.map(({ dynamodb: change }) => change!.NewImage as Attributes as object));
  },
};
