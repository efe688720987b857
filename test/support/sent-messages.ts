import { SendMessageCommand, SQSClient, type SendMessageCommandInput } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';

/** SQS as a handler meets it. */
export const sqs = mockClient(SQSClient);

/** Everything that was sent in this test. */
export const sentMessages = (): SendMessageCommandInput[] => sqs.commandCalls(SendMessageCommand).map(({ args: [{ input }] }) => input);
