import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { consumeBatch, publishDecisions, readEnv, requestDecisions } from '#shared';
import { confirmationFunction } from './aws/confirmation-function';
import { eventPublisher } from './aws/event-bus';
import { queueFailures } from './aws/failure-policies';

const env = readEnv('request-confirmation');
const publish = eventPublisher(env);
const onFailure = queueFailures(env);
const confirmWith = confirmationFunction(env.CONFIRMATION_FUNCTION_NAME);

/** Calls the app's function with pending orders, and publishes its decisions. */
export const handler = async ({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  const decisions = await requestDecisions(Records, confirmWith(context));
  const consume = await publishDecisions(decisions, publish);
  return consumeBatch(Records, ({ messageId }) => messageId, { summary: 'confirmations requested', consume, onFailure });
};
