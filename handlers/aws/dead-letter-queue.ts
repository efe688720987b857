import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBRecord, SQSRecord } from 'aws-lambda';
import { streamDeadLetterInput, deadLetterInput } from '#shared';
import { clientConfig } from './client-config';

const sqs = new SQSClient(clientConfig());

/** Creates the function that sends poison messages to one dead-letter queue, with the reason. */
export const deadLetterQueue = (env: { readonly DEAD_LETTER_QUEUE_URL: string }) =>
  (record: SQSRecord | DynamoDBRecord, reason: string) => sqs.send(new SendMessageCommand({
    QueueUrl: env.DEAD_LETTER_QUEUE_URL,
    ...('body' in record ? deadLetterInput(record, reason) : streamDeadLetterInput(record, reason)),
  }));
