import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { consumeCommandOrRequest, consumeQueue, orderByOrder, readEnv } from '#shared';
import { deadLetterQueue } from './aws/dead-letter-queue';
import { openOrderLife } from './aws/order-life';

const env = readEnv('fulfill-order');
const life = openOrderLife(env);
const setAside = deadLetterQueue(env);

/** Notes that an order is fulfilled: an outside system said so on the bus. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> => consumeQueue(event, { summary: 'order fulfillments consumed', consume, setAside });

const consume = orderByOrder((body) => consumeCommandOrRequest(body, life));
