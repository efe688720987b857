import type { SQSRecord } from 'aws-lambda';
import { askAboutOrders, type AskHook } from './ask-about-orders';
import { attemptInGroups, resultOf } from './attempt-in-groups';
import { commandSchema, type OrderCommand } from './command';
import { judgeCommand, refusalFor, takesPlace, type Judgement } from './judge-command';
import { parseMessage } from './parse-message';
import { takePlace, type Place, type SequenceStore } from './take-place';
import { REFUSAL_CODE } from '../../src/private/contract';

/** A command, what is to be said of it, and its place in line: number 0 where it takes none. */
export interface JudgedCommand {
  readonly command: OrderCommand;
  readonly judgement: Judgement;
  readonly place: Place;
}

/** What is needed to judge commands. */
export interface Judging {
  readonly sequences: SequenceStore;
  /** Kinds of commands that somebody acts on. A number that nobody consumes would hold up all that come after it. */
  readonly accepted: readonly string[];
  /** The app's own validation hook, if there is one. */
  readonly askHook?: AskHook;
}

/**
 * Judges the commands of a batch and gives each its place, in the order of its message group. What the hook says comes after: a command
 * that it cannot judge just now has its place in line, and the order's later ones wait for it.
 *
 * @returns what to find the judgement of a record by; it throws what went wrong with that record.
 */
export async function judgeBatch(records: readonly SQSRecord[], judging: Judging): Promise<(record: SQSRecord) => JudgedCommand> {
  const judged = await attemptInGroups(records, groupOf, (record) => judgeAndPlace(record, judging));
  const decided = judging.askHook ? await askAboutOrders(judged, judging.askHook, judging.sequences) : judged;
  return (record) => resultOf(decided.get(record)!);
}

const groupOf = ({ attributes, messageId }: SQSRecord): string => attributes.MessageGroupId ?? messageId;

async function judgeAndPlace({ body }: SQSRecord, { sequences, accepted }: Judging): Promise<JudgedCommand> {
  const command = parseMessage(body, commandSchema);
  const judgement = accepted.includes(command.commandType) ? judgeCommand(command) : refusalFor(command, REFUSAL_CODE.NOT_ALLOWED);
  const { orderId, commandId, commandType } = command;
  const place = takesPlace(judgement) ? await takePlace(orderId, commandId, sequences, commandType === 'PlaceOrder') : { sequence: 0 };
  return { command, judgement, place };
}
