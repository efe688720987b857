import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { commandSchema, consumeFifoQueue, decideAndPublish, decidePlacement, parseMessage, readEnv, sequenceOf, type OrderEvent } from '#shared';
import { deadLetterQueue } from './aws/dead-letter-queue';
import { publisher } from './aws/event-bus';

const env = readEnv('validate-order');
const publish = publisher(env);
const setAside = deadLetterQueue(env);

/** Decides every command in the orders queue and says the outcome on the bus: OrderValidated or OrderRejected. */
export const handler = async (event: SQSEvent): Promise<SQSBatchResponse> => {
  const consume = await decideAndPublish(event.Records, decide, publish);
  return consumeFifoQueue(event, { summary: 'orders validated', consume, setAside });
};

function decide(record: SQSRecord): OrderEvent {
  const command = parseMessage(record.body, commandSchema);
  return decidePlacement(command, sequenceOf(record, command.commandId));
}
