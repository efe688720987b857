import { CHANNEL, EVENT_TYPE, FILE_ORDER_OUTCOME, type FileOrderOutcome } from '../../../src/private/contract';
import type { CommandResult } from '../commands/command-definition';
import type { FileOrderRejection, FileOutcome } from '../commands/file-outcome';
import { refusal } from '../commands/refusal';
import type { Rejection } from '../commands/rejection';
import type { SequencedCommand } from '../commands/sequenced-command';
import { listErrors } from '../json/field-error';
import { indexInFile } from '../orders/ids';

/** The maximum number of errors in an outcome, which must leave room for the order in its item. */
const MAX_ERRORS = 20;

/** Returns the outcome of a command for its file. Undefined for a command that is not from a file. */
export function fileOutcomeOf(command: SequencedCommand, result: CommandResult, now: Date): FileOutcome | undefined {
  if (command.channel !== CHANNEL.FILE) return undefined;
  const index = indexInFile(command.correlationId, command.commandId);
  if (index === undefined) return undefined;
  const rejection = rejectionOf(command, result);
  const outcome = rejection ? FILE_ORDER_OUTCOME.REJECTED : outcomeOf(result);
  return { fileId: command.correlationId, index, outcome, at: now.toISOString(), ...(rejection ? { rejection } : {}) };
}

function outcomeOf(result: CommandResult): FileOrderOutcome {
  if ('outcome' in result) return FILE_ORDER_OUTCOME.UNCHANGED;
  return 'done' in result && result.done === EVENT_TYPE.ORDER_CHANGED ? FILE_ORDER_OUTCOME.CHANGED : FILE_ORDER_OUTCOME.CONFIRMED;
}

/** A rejection by validation is the command itself, whatever it does to the order that has the ID. */
function rejectionOf({ type, data }: SequencedCommand, result: CommandResult): FileOrderRejection | undefined {
  if (type === 'RejectOrder') return listed(data as Rejection);
  if ('rejection' in result) return listed(result.rejection);
  return 'code' in result ? listed({ ...refusal(result.code), errors: result.errors ?? [] }) : undefined;
}

const listed = ({ code, reason, errors }: FileOrderRejection): FileOrderRejection => ({ code, reason, errors: listErrors(errors, MAX_ERRORS) });
