import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { consumeCommandOrRequest, consumeQueue, serialByOrder, readEnv } from '#shared';
import { deadLetterQueue } from './aws/dead-letter-queue';
import { busRequestContext } from './aws/lifecycle';

const env = readEnv('fulfill-order');
const life = busRequestContext(env);
const sendToDeadLetterQueue = deadLetterQueue(env);

/** Notes that an order is fulfilled: an outside system said so on the bus. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> => consumeQueue(event, { summary: 'order fulfillments consumed', consume, sendToDeadLetterQueue });

const consume = serialByOrder((body) => consumeCommandOrRequest(body, life));
