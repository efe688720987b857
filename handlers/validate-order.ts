import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import {
  consumeBatch, eventOf, messageGroupOf, processInGroups, publishBatch, readEnv, runValidationHook, validateAndAssign, type OrderEvent, type Result,
  type ValidatedCommand,
} from '#shared';
import { queueFailures } from './aws/failure-policies';
import { recordingPublisher } from './aws/recording-publisher';
import { sequenceStore } from './aws/sequence-table';
import { validationHook } from './aws/validation-hook';

const env = readEnv('validate-order');
const publish = recordingPublisher(env);
const onFailure = queueFailures(env);
const sequences = sequenceStore(env.SEQUENCE_TABLE_NAME);
const validation = { sequences, accepted: env.ACCEPTED_COMMANDS.split(','), hasTenants: env.HAS_TENANTS === 'true' };
const hookFor = validationHook(env.VALIDATION_HOOK_NAME);

/**
 * Validates the commands in the orders queue, assigns their sequence numbers and publishes the events that request or refuse them. The
 * validation hook comes after the sequence numbers: when it fails for an order, the order's later commands wait for it in sequence.
 */
export const handler = async ({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  const validated = await processInGroups(Records, messageGroupOf, async (record) => {
    onFailure.beforeAttempt(record);
    return validateAndAssign(record, validation);
  });
  const decided = await runValidationHook(validated, hookFor(context), sequences);
  const events = new Map([...decided].map(([record, result]) => [record, toEvent(result)]));
  const consume = await publishBatch(events, publish);
  return consumeBatch(Records, messageGroupOf, { summary: 'orders validated', consume, onFailure });
};

const toEvent = ({ value, error }: Result<ValidatedCommand>): Result<OrderEvent> => (error ? { error } : { value: eventOf(value!) });
