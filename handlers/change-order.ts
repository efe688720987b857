import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { consumeCommandOrRequest, consumeQueue, serialByOrder, readEnv } from '#shared';
import { queueFailures } from './aws/failure-policies';
import { busRequestContext } from './aws/lifecycle';

const env = readEnv('change-order');
const context = busRequestContext(env);
const onFailure = queueFailures(env);

/** Changes orders, each change in sequence. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> => consumeQueue(event, { summary: 'order changes consumed', consume, onFailure });

const consume = serialByOrder((body) => consumeCommandOrRequest(body, context));
