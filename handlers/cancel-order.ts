import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { consumeCommandOrRequest, consumeQueue, orderByOrder, readEnv } from '#shared';
import { deadLetterQueue } from './aws/dead-letter-queue';
import { openOrderLife } from './aws/order-life';

const env = readEnv('cancel-order');
const life = openOrderLife(env);
const setAside = deadLetterQueue(env);

/** Cancels an order, when it is the cancellation's turn. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> => consumeQueue(event, { summary: 'order cancellations consumed', consume, setAside });

const consume = orderByOrder((body) => consumeCommandOrRequest(body, life));
