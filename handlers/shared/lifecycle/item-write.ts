import { fileOutcomeOf, settledFileOutcome } from './file-outcome-of';
import type { EventType } from '../../../src/private/contract';
import type { CommandResult } from '../commands/command-definition';
import { isPlaced, statusOf, type ItemOutcome, type OrderItem, type PlacedItem } from '../commands/order-item';
import { refusal, type Refusal } from '../commands/refusal';
import { definitionOf } from '../commands/registry';
import type { CommandCause, SequencedCommand } from '../commands/sequenced-command';
import type { SettledOrder } from '../commands/settle-order';

/** The next write of an order's item, and the outcome of the command that led to it, for logs and metrics. */
export interface ItemWrite {
  readonly item: OrderItem;
  /** The command that was applied, became pending or expired. */
  readonly command: Pick<SequencedCommand, 'sequence'>;
  readonly outcome: string;
  readonly reason?: string;
}

/** Makes a write that publishes no event: nothing changed, or the event is published already. */
export const writeWithoutEvent = (item: OrderItem, command: Pick<SequencedCommand, 'sequence'>, outcome: string): ItemWrite =>
  ({ item: { ...item, outcome: undefined, fileOutcome: undefined }, command, outcome });

/** Makes the write for the result of a command. Without a new item in the result, the order stays as it is. */
export function writeResult(item: OrderItem, command: SequencedCommand, result: CommandResult, now: Date): ItemWrite {
  const write = writeOf(item, command, result, now);
  return { ...write, item: { ...write.item, fileOutcome: settledFileOutcome(item, write.item, now) ?? fileOutcomeOf(command, result, now) } };
}

/** Makes the write that settles a pending order after its deadline. No command leads to it: its event has the cause of the placement. */
export function writeTimeout(item: PlacedItem, { item: settled, data, done }: SettledOrder, now: Date): ItemWrite {
  const write = writeWithEvent(settled, item.confirmation!.cause, done, data, now);
  return { ...write, command: NO_COMMAND, item: { ...write.item, fileOutcome: settledFileOutcome(item, settled, now) } };
}

/** No command has this sequence number. */
const NO_COMMAND = { sequence: 0 };

function writeOf(item: OrderItem, command: SequencedCommand, result: CommandResult, now: Date): ItemWrite {
  const { done, refused } = definitionOf(command.type);
  if ('code' in result) return writeWithEvent(item, command, refused, refusalOf(item, result), now);
  if ('rejection' in result) return writeWithEvent(item, command, refused, result.rejection, now);
  if ('outcome' in result) return writeWithoutEvent(result.item ?? item, command, result.outcome);
  return writeWithEvent(result.item, command, result.done ?? done!, result.data, now);
}

function writeWithEvent(item: OrderItem, command: CommandCause & Pick<SequencedCommand, 'sequence'>, type: EventType, data: object, now: Date): ItemWrite {
  const { commandId, sequence, correlationId, causationId, channel } = command;
  const outcome: ItemOutcome = { type, commandId, sequence, correlationId, causationId, channel, at: now.toISOString(), data: { ...data } };
  return { item: { ...item, outcome }, command, outcome: type, ...('code' in data ? { reason: String(data.code) } : {}) };
}

function refusalOf(item: OrderItem, { code, errors }: Extract<CommandResult, { readonly code: unknown }>): Refusal {
  const { reason } = refusal(code);
  return {
    code,
    reason,
    ...(statusOf(item) === 'AWAITED' ? {} : { currentStatus: statusOf(item) }),
    ...(isPlaced(item) ? { currentVersion: item.version } : {}),
    ...(errors ? { errors: [...errors] } : {}),
  };
}
