import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { consumeCommandOrRequest, consumeQueue, serialByOrder, readEnv } from '#shared';
import { queueFailures } from './aws/failure-policies';
import { busRequestContext } from './aws/lifecycle';

const env = readEnv('decide-confirmation');
const context = busRequestContext(env);
const onFailure = queueFailures(env);

/** Confirms or rejects pending orders, after `OrderConfirmationDecided` was published. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> => consumeQueue(event, { summary: 'decisions consumed', consume, onFailure });

const consume = serialByOrder((body) => consumeCommandOrRequest(body, context));
