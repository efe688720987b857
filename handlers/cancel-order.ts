import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { consumeCommandOrRequest, consumeQueue, serialByOrder, readEnv } from '#shared';
import { queueFailures } from './aws/failure-policies';
import { busRequestContext } from './aws/lifecycle';

const env = readEnv('cancel-order');
const context = busRequestContext(env);
const onFailure = queueFailures(env);

/** Cancels orders, each cancellation in sequence. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> => consumeQueue(event, { summary: 'order cancellations consumed', consume, onFailure });

const consume = serialByOrder((body) => consumeCommandOrRequest(body, context));
