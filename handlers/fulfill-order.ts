import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { consumeCommandOrRequest, consumeQueue, serialByOrder, readEnv } from '#shared';
import { queueFailures } from './aws/failure-policies';
import { busRequestContext } from './aws/lifecycle';

const env = readEnv('fulfill-order');
const context = busRequestContext(env);
const onFailure = queueFailures(env);

/** Marks orders as fulfilled, after another system published `OrderFulfilled`. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> => consumeQueue(event, { summary: 'order fulfillments consumed', consume, onFailure });

const consume = serialByOrder((body) => consumeCommandOrRequest(body, context));
