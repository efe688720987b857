import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { consumeCommand, consumeQueue, serialByOrder, readEnv } from '#shared';
import { queueFailures } from './aws/failure-policies';
import { lifecycleContext } from './aws/lifecycle';

const env = readEnv('process-order');
const context = lifecycleContext(env);
const onFailure = queueFailures(env);

/** Stores each validated order once, and each rejection. `publish-order-changes` publishes the events from the table's stream. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> => consumeQueue(event, { summary: 'orders processed', consume, onFailure });

const consume = serialByOrder((body) => consumeCommand(body, context));
