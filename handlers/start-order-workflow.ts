import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { consumeQueue, readEnv, readTriggerEvent, type Outcome } from '#shared';
import { queueFailures } from './aws/failure-policies';
import { executionStarter } from './aws/state-machine';

const env = readEnv('start-order-workflow');
const onFailure = queueFailures(env);
const start = executionStarter(env.STATE_MACHINE_ARN);

/** Starts one execution of a workflow for each event, even if the event is delivered more than once. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> => consumeQueue(event, { summary: 'order workflows started', consume, onFailure });

async function consume({ body, messageId }: SQSRecord): Promise<Outcome> {
  const { name, input, orderId, correlationId } = readTriggerEvent(body, env.WORKFLOW_NAME);
  const isNew = await start(name, input);
  return { outcome: isNew ? 'OrderWorkflowStarted' : 'OrderWorkflowRepeated', orderId, correlationId, messageId };
}
