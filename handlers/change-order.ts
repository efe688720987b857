import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { consumeCommandOrRequest, consumeQueue, serialByOrder, readEnv } from '#shared';
import { deadLetterQueue } from './aws/dead-letter-queue';
import { busRequestContext } from './aws/lifecycle';

const env = readEnv('change-order');
const life = busRequestContext(env);
const sendToDeadLetterQueue = deadLetterQueue(env);

/** Changes an order, when it is the change's turn. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> => consumeQueue(event, { summary: 'order changes consumed', consume, sendToDeadLetterQueue });

const consume = serialByOrder((body) => consumeCommandOrRequest(body, life));
