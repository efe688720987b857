import { CHANNEL, EVENT_TYPE, FILE_ORDER_OUTCOME, type FileOrderOutcome } from '../../../src/private/contract';
import type { CommandResult } from '../commands/command-definition';
import type { FileOrderRejection, FileOutcome } from '../commands/file-outcome';
import type { OrderItem } from '../commands/order-item';
import { refusal } from '../commands/refusal';
import { cancelledBeforeConfirmation, type Rejection } from '../commands/rejection';
import type { SequencedCommand } from '../commands/sequenced-command';
import { listErrors } from '../json/field-error';
import { indexInFile } from '../orders/ids';

/** The maximum number of errors in an outcome, which must leave room for the order in its item. */
const MAX_ERRORS = 20;

/** Returns the outcome of a command for its file. Undefined for a command that is not from a file. */
export function fileOutcomeOf(command: SequencedCommand, result: CommandResult, now: Date): FileOutcome | undefined {
  if (command.channel !== CHANNEL.FILE) return undefined;
  const index = indexInFile(command.correlationId, command.commandId);
  if (index === undefined || isPending(result)) return undefined;
  const rejection = rejectionOf(command, result);
  const outcome = rejection ? FILE_ORDER_OUTCOME.REJECTED : outcomeOf(result);
  return { fileId: command.correlationId, index, outcome, at: now.toISOString(), ...(rejection ? { rejection } : {}) };
}

/** The order of a file is pending: its outcome is known when it is decided. */
const isPending = (result: CommandResult): boolean => 'done' in result && result.done === EVENT_TYPE.ORDER_PENDING;

/** Returns the outcome of an order of a file that was pending and no longer is. */
export function settledFileOutcome(before: OrderItem, after: OrderItem, now: Date): FileOutcome | undefined {
  const fileOrder = before.status === 'PENDING' && after.status !== 'PENDING' ? before.confirmation!.fileOrder : undefined;
  if (!fileOrder) return undefined;
  const rejection = rejectionOfSettled(after);
  const outcome = rejection ? FILE_ORDER_OUTCOME.REJECTED : FILE_ORDER_OUTCOME.CONFIRMED;
  return { ...fileOrder, outcome, at: now.toISOString(), ...(rejection ? { rejection } : {}) };
}

function rejectionOfSettled(after: OrderItem): FileOrderRejection | undefined {
  if (after.status === 'REJECTED') return listed(after.rejection);
  return after.status === 'CANCELLED' ? cancelledBeforeConfirmation() : undefined;
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
