import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { KinesisStreamEvent } from 'aws-lambda';

const sqs = new SQSClient();

/** Copies each record of a stream to a queue, with its partition key. */
export async function handler({ Records }: KinesisStreamEvent): Promise<void> {
  for (const { kinesis: { data, partitionKey } } of Records) {
    await sqs.send(new SendMessageCommand({
      QueueUrl: process.env.COPIES_QUEUE_URL,
      MessageBody: Buffer.from(data, 'base64').toString(),
      MessageAttributes: { PartitionKey: { DataType: 'String', StringValue: partitionKey } },
    }));
  }
}
