import type { LifeCommand } from './life-command';
import { isPlaced, statusOf, type ItemOutcome, type OrderItem, type Refusal } from './order-item';
import { COMMANDS, REFUSAL_REASON } from './order-states';
import type { EventType, RefusalCode } from '../../../src/private/contract';
import type { OrderError } from '../order-error';

/** What to write next, and a word for the log of what it means for the command that led to it. */
export interface Decision {
  readonly item: OrderItem;
  /** The command that had its turn, or was parked, or expired. */
  readonly command: Pick<LifeCommand, 'sequence'>;
  readonly outcome: string;
  readonly reason?: string;
}

/** How long things are kept, in seconds. */
export interface LifeSettings {
  readonly rejectedOrderRetention: number;
  readonly parkedCommandRetention: number;
}

/** A decision of which the bus is told. */
export const telling = (item: OrderItem, command: LifeCommand, type: EventType, data: Record<string, unknown>, now: Date): Decision => ({
  item: { ...item, outcome: outcomeFor(command, type, data, now) },
  command,
  outcome: type,
  ...(typeof data.code === 'string' ? { reason: data.code } : {}),
});

/** A command that did what it asks. */
export const done = (item: OrderItem, command: LifeCommand, data: Record<string, unknown>, now: Date): Decision =>
  telling(item, command, COMMANDS[command.type].done!, data, now);

/** A decision of which nobody is told, because nothing changed or all was said before. */
export const silent = (item: OrderItem, command: Pick<LifeCommand, 'sequence'>, outcome: string): Decision =>
  ({ item: { ...item, outcome: undefined }, command, outcome });

/** A refusal: the order stays as it is. */
export function refuse(item: OrderItem, command: LifeCommand, code: RefusalCode, now: Date, errors?: readonly OrderError[]): Decision {
  const data: Refusal = {
    code,
    reason: REFUSAL_REASON[code],
    ...(statusOf(item) === 'AWAITED' ? {} : { currentStatus: statusOf(item) }),
    ...(isPlaced(item) ? { currentVersion: item.version } : {}),
    ...(errors ? { errors: [...errors] } : {}),
  };
  return telling(item, command, COMMANDS[command.type].refused, { ...data }, now);
}

const outcomeFor = (command: LifeCommand, type: EventType, data: Record<string, unknown>, now: Date): ItemOutcome => {
  const { commandId, sequence, correlationId, causationId, channel } = command;
  return { type, commandId, sequence, correlationId, causationId, channel, at: now.toISOString(), data };
};
