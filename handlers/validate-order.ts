import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { consumeFifoQueue, createEvent, decideAndPublish, judgeBatch, readEnv, type JudgedCommand, type OrderEvent } from '#shared';
import { deadLetterQueue } from './aws/dead-letter-queue';
import { publisher } from './aws/event-bus';
import { sequenceStore } from './aws/sequence-table';
import { validationHook } from './aws/validation-hook';

const env = readEnv('validate-order');
const publish = publisher(env);
const setAside = deadLetterQueue(env);
const judging = { sequences: sequenceStore(env.SEQUENCE_TABLE_NAME), accepted: env.ACCEPTED_COMMANDS.split(',') };
const hookFor = validationHook(env.VALIDATION_HOOK_NAME);

/** Judges every command in the orders queue, gives it its place in the line of its order's commands, and says it on the bus. */
export const handler = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  const judge = await judgeBatch(event.Records, { ...judging, askHook: hookFor(context) });
  const consume = await decideAndPublish(event.Records, (record) => toEvent(judge(record)), publish);
  return consumeFifoQueue(event, { summary: 'orders validated', consume, setAside });
};

function toEvent({ command, judgement, place: { sequence, previousAt } }: JudgedCommand): OrderEvent {
  const { orderId, commandId, correlationId, channel } = command;
  const cause = { orderId, commandId, sequence, previousAt, correlationId, causationId: commandId, channel };
  return createEvent(judgement.type, cause, judgement.data) as OrderEvent;
}
