import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { consumeCommandOrRequest, consumeQueue, serialByOrder, readEnv } from '#shared';
import { deadLetterQueue } from './aws/dead-letter-queue';
import { busRequestContext } from './aws/lifecycle';

const env = readEnv('cancel-order');
const context = busRequestContext(env);
const sendToDeadLetterQueue = deadLetterQueue(env);

/** Cancels orders, each cancellation in sequence. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> => consumeQueue(event, { summary: 'order cancellations consumed', consume, sendToDeadLetterQueue });

const consume = serialByOrder((body) => consumeCommandOrRequest(body, context));
