import { isPlaced, statusOf, type ItemOutcome, type OrderItem, type Refusal } from './order-item';
import { COMMANDS, REFUSAL_REASON } from './order-states';
import type { SequencedCommand } from './sequenced-command';
import type { EventType, RefusalCode } from '../../../src/private/contract';
import type { FieldError } from '../json/field-error';

/** What to write next, and a word for the log of what it means for the command that led to it. */
export interface Decision {
  readonly item: OrderItem;
  /** The command that had its turn, or was parked, or expired. */
  readonly command: Pick<SequencedCommand, 'sequence'>;
  readonly outcome: string;
  readonly reason?: string;
}

/** How long things are kept, in seconds. */
export interface LifecycleSettings {
  readonly rejectedOrderRetention: number;
  readonly pendingCommandRetention: number;
}

/** A decision of which the bus is told. */
export const withEvent = (item: OrderItem, command: SequencedCommand, type: EventType, data: Record<string, unknown>, now: Date): Decision => ({
  item: { ...item, outcome: outcomeFor(command, type, data, now) },
  command,
  outcome: type,
  ...(typeof data.code === 'string' ? { reason: data.code } : {}),
});

/** A command that did what it asks. */
export const done = (item: OrderItem, command: SequencedCommand, data: Record<string, unknown>, now: Date): Decision =>
  withEvent(item, command, COMMANDS[command.type].done!, data, now);

/** A decision of which nobody is told, because nothing changed or all was said before. */
export const withoutEvent = (item: OrderItem, command: Pick<SequencedCommand, 'sequence'>, outcome: string): Decision =>
  ({ item: { ...item, outcome: undefined }, command, outcome });

/** A refusal: the order stays as it is. */
export function refuse(item: OrderItem, command: SequencedCommand, code: RefusalCode, now: Date, errors?: readonly FieldError[]): Decision {
  const data: Refusal = {
    code,
    reason: REFUSAL_REASON[code],
    ...(statusOf(item) === 'AWAITED' ? {} : { currentStatus: statusOf(item) }),
    ...(isPlaced(item) ? { currentVersion: item.version } : {}),
    ...(errors ? { errors: [...errors] } : {}),
  };
  return withEvent(item, command, COMMANDS[command.type].refused, { ...data }, now);
}

const outcomeFor = (command: SequencedCommand, type: EventType, data: Record<string, unknown>, now: Date): ItemOutcome => {
  const { commandId, sequence, correlationId, causationId, channel } = command;
  return { type, commandId, sequence, correlationId, causationId, channel, at: now.toISOString(), data };
};
