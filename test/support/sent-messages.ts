import { SendMessageCommand, SQSClient, type SendMessageCommandInput } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';

/** The SQS client of the handlers, mocked. */
export const sqs = mockClient(SQSClient);

/** Returns the SendMessage requests of this test. */
export const sentMessages = (): SendMessageCommandInput[] => sqs.commandCalls(SendMessageCommand).map(({ args: [{ input }] }) => input);
