import type { SQSRecord } from 'aws-lambda';
import { assignSequence, type SequenceAssignment, type SequenceStore } from './assign-sequence';
import { runValidationHook, type ValidationHook } from './run-validation-hook';
import { validateCommand, refusalFor, needsSequence, type CommandValidation } from './validate-command';
import { REFUSAL_CODE } from '../../../src/private/contract';
import { attemptInGroups, resultOf } from '../messaging/message-groups';
import { parseMessage } from '../messaging/parse-message';
import { commandSchema, type OrderCommand } from '../orders/order-command';

/** A command, what is to be said of it, and its place in line: number 0 where it takes none. */
export interface ValidatedCommand {
  readonly command: OrderCommand;
  readonly validation: CommandValidation;
  readonly place: SequenceAssignment;
}

/** What is needed to judge commands. */
export interface ValidationContext {
  readonly sequences: SequenceStore;
  /** Kinds of commands that somebody acts on. A number that nobody consumes would hold up all that come after it. */
  readonly accepted: readonly string[];
  /** The app's own validation hook, if there is one. */
  readonly validationHook?: ValidationHook;
}

/**
 * Judges the commands of a batch and gives each its place, in the order of its message group. What the hook says comes after: a command
 * that it cannot judge just now has its place in line, and the order's later ones wait for it.
 *
 * @returns what to find the judgement of a record by; it throws what went wrong with that record.
 */
export async function validateBatch(records: readonly SQSRecord[], judging: ValidationContext): Promise<(record: SQSRecord) => ValidatedCommand> {
  const validated = await attemptInGroups(records, groupOf, (record) => validateAndAssign(record, judging));
  const decided = judging.validationHook ? await runValidationHook(validated, judging.validationHook, judging.sequences) : validated;
  return (record) => resultOf(decided.get(record)!);
}

const groupOf = ({ attributes, messageId }: SQSRecord): string => attributes.MessageGroupId ?? messageId;

async function validateAndAssign({ body }: SQSRecord, { sequences, accepted }: ValidationContext): Promise<ValidatedCommand> {
  const command = parseMessage(body, commandSchema);
  const validation = accepted.includes(command.commandType) ? validateCommand(command) : refusalFor(command, REFUSAL_CODE.NOT_ALLOWED);
  const { orderId, commandId, commandType } = command;
  const place = needsSequence(validation) ? await assignSequence(orderId, commandId, sequences, commandType === 'PlaceOrder') : { sequence: 0 };
  return { command, validation, place };
}
