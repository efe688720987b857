import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { consumeCommand, consumeQueue, orderByOrder, readEnv } from '#shared';
import { deadLetterQueue } from './aws/dead-letter-queue';
import { orderLife } from './aws/order-life';

const env = readEnv('process-order');
const life = orderLife(env);
const setAside = deadLetterQueue(env);

/** Stores each validated order once, and remembers each rejected one. What it leads to is said from the table's stream. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> => consumeQueue(event, { summary: 'orders processed', consume, setAside });

const consume = orderByOrder((body) => consumeCommand(body, life));
