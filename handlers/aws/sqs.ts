import { SQSClient } from '@aws-sdk/client-sqs';
import { clientConfig } from './client-config';

let client: SQSClient | undefined;

/**
 * Returns the SQS client of a function, for all its queues. It is created at the first call: that takes milliseconds of a cold start, and most consumers
 * send messages only after a failure.
 */
export const sqs = (): SQSClient => client ??= new SQSClient(clientConfig());
