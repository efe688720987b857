import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { POISON_EVENT, POISON_MESSAGE, type FailureRequest } from './scenario';
import { clientConfig } from '../../test/support/client-config';
import { STACK, type DeployedExample } from '../deployed-example';
import type { SentOrder } from '../orders/requests';

/** The status of an accepted order: SQS and EventBridge accepted the message, so the pipeline must not lose it either. */
const ACCEPTED = 202;

/** Sends a poison message to the orders queue. */
export async function sendPoisonMessage({ local, state }: DeployedExample): Promise<SentOrder<FailureRequest>> {
  const correlationId = 'poison-1';
  await new SQSClient(clientConfig(local)).send(new SendMessageCommand({
    QueueUrl: state.queue('OrdersIngestOrdersQueue').url,
    MessageBody: `"${correlationId}"${POISON_MESSAGE.order as string}`,
    MessageGroupId: correlationId,
    MessageDeduplicationId: correlationId,
  }));
  return { request: POISON_MESSAGE, correlationId, status: ACCEPTED };
}

/** Publishes a poison message on the bus as if it were an event of the pipeline; the bus delivers it to the processing queue. */
export async function publishPoisonEvent({ bus }: DeployedExample): Promise<SentOrder<FailureRequest>> {
  const correlationId = 'poison-2';
  await bus.publish('OrderValidated', { correlationId, pipeline: `${STACK}/Orders` }, POISON_EVENT.order);
  return { request: POISON_EVENT, correlationId, status: ACCEPTED };
}
