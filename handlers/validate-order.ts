import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { consumeFifoQueue, createEvent, publishOutcomes, validateBatch, readEnv, type ValidatedCommand, type OrderEvent } from '#shared';
import { deadLetterQueue } from './aws/dead-letter-queue';
import { eventPublisher } from './aws/event-bus';
import { sequenceStore } from './aws/sequence-table';
import { validationHook } from './aws/validation-hook';

const env = readEnv('validate-order');
const publish = eventPublisher(env);
const sendToDeadLetterQueue = deadLetterQueue(env);
const judging = { sequences: sequenceStore(env.SEQUENCE_TABLE_NAME), accepted: env.ACCEPTED_COMMANDS.split(',') };
const hookFor = validationHook(env.VALIDATION_HOOK_NAME);

/** Judges every command in the orders queue, gives it its place in the line of its order's commands, and says it on the bus. */
export const handler = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  const judge = await validateBatch(event.Records, { ...judging, validationHook: hookFor(context) });
  const consume = await publishOutcomes(event.Records, (record) => toEvent(judge(record)), publish);
  return consumeFifoQueue(event, { summary: 'orders validated', consume, sendToDeadLetterQueue });
};

function toEvent({ command, validation, place: { sequence, previousAt } }: ValidatedCommand): OrderEvent {
  const { orderId, commandId, correlationId, channel } = command;
  const cause = { orderId, commandId, sequence, previousAt, correlationId, causationId: commandId, channel };
  return createEvent(validation.type, cause, validation.data) as OrderEvent;
}
