import type { CommandResult } from './command-definition';
import { refusal } from './refusal';
import type { Rejection } from './rejection';
import type { SequencedCommand } from './sequenced-command';
import { CHANNEL, FILE_ORDER_OUTCOME, type FileOrderOutcome } from '../../../src/private/contract';
import { listErrors, type FieldError } from '../json/field-error';
import { indexInFile } from '../orders/ids';

/** What became of an order of a file. It is stored with the order, also where no event is published, and recorded from the table's stream. */
export interface FileOutcome {
  readonly fileId: string;
  /** The index of the order in the file, from 0. */
  readonly index: number;
  readonly outcome: FileOrderOutcome;
  readonly at: string;
  /** Why the order was rejected. */
  readonly rejection?: FileOrderRejection;
}

/** Why an order of a file was rejected. */
export interface FileOrderRejection {
  readonly code: string;
  readonly reason: string;
  readonly errors: readonly FieldError[];
}

/** The maximum number of errors in an outcome, which must leave room for the order in its item. */
const MAX_ERRORS = 20;

/** Returns the outcome of a command for its file. Undefined for a command that is not from a file. */
export function fileOutcomeOf(command: SequencedCommand, result: CommandResult, now: Date): FileOutcome | undefined {
  if (command.channel !== CHANNEL.FILE) return undefined;
  const index = indexInFile(command.correlationId, command.commandId);
  if (index === undefined) return undefined;
  const rejection = rejectionOf(command, result);
  const outcome = rejection ? FILE_ORDER_OUTCOME.REJECTED : 'outcome' in result ? FILE_ORDER_OUTCOME.UNCHANGED : FILE_ORDER_OUTCOME.CONFIRMED;
  return { fileId: command.correlationId, index, outcome, at: now.toISOString(), ...(rejection ? { rejection } : {}) };
}

/** A rejection by validation is the command itself, whatever it does to the order that has the ID. */
function rejectionOf({ type, data }: SequencedCommand, result: CommandResult): FileOrderRejection | undefined {
  if (type === 'RejectOrder') return listed(data as Rejection);
  if ('rejection' in result) return listed(result.rejection);
  return 'code' in result ? listed({ ...refusal(result.code), errors: result.errors ?? [] }) : undefined;
}

const listed = ({ code, reason, errors }: FileOrderRejection): FileOrderRejection => ({ code, reason, errors: listErrors(errors, MAX_ERRORS) });
