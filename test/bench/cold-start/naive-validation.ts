/**
 * A function that validates orders as public samples write it: Powertools with its parser, tracer, batch processor and idempotency, the whole of zod,
 * and a client for everything that the function may call.
 */
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { SqsRecordSchema } from '@aws-lambda-powertools/parser/schemas/sqs';
import { Tracer } from '@aws-lambda-powertools/tracer';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { z } from 'zod';

const logger = new Logger();
const metrics = new Metrics();
const tracer = new Tracer();
const table = DynamoDBDocumentClient.from(tracer.captureAWSv3Client(new DynamoDBClient({})));
const eventBridge = tracer.captureAWSv3Client(new EventBridgeClient({}));
const lambda = tracer.captureAWSv3Client(new LambdaClient({}));
const processor = new BatchProcessor(EventType.SQS);
const persistenceStore = new DynamoDBPersistenceLayer({ tableName: process.env.IDEMPOTENCY_TABLE_NAME! });

const commandSchema = z.object({
  orderId: z.string(),
  commandId: z.string(),
  payload: z.object({
    customerId: z.string().min(1),
    currency: z.string().length(3),
    items: z.array(z.object({ sku: z.string(), quantity: z.number().positive(), unitPrice: z.number().int() })).min(1),
  }),
});

const validate = makeIdempotent(async (command: z.infer<typeof commandSchema>) => {
  logger.info('order received', { orderId: command.orderId });
  if (process.env.HOOK_NAME) await lambda.send(new InvokeCommand({ FunctionName: process.env.HOOK_NAME, Payload: JSON.stringify(command) }));
  const { orderId, commandId } = command;
  await table.send(new PutCommand({ TableName: process.env.SEQUENCE_TABLE_NAME, Item: { orderId, sequence: 1, commandId } }));
  await eventBridge.send(new PutEventsCommand({
    Entries: [{ EventBusName: process.env.EVENT_BUS_NAME, Source: 'orders', DetailType: 'OrderValidated', Detail: JSON.stringify(command) }],
  }));
  metrics.addMetric('OrderValidated', MetricUnit.Count, 1);
  logger.info('order validated', { orderId: command.orderId });
  return { orderId: command.orderId };
}, { persistenceStore });

async function handleRecord(record: SQSRecord): Promise<void> {
  const { body } = SqsRecordSchema.parse(record);
  await validate(commandSchema.parse(JSON.parse(body)));
}

export const handler = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  const response = await processPartialResponse(event, handleRecord, processor, { context });
  metrics.publishStoredMetrics();
  return response;
};
