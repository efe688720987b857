import type { Channel } from '../../../src/private/contract';
import type { OrderKey } from '../orders/order-identity';
import type { CommandType } from '../orders/order-states';

/** The ids and the channel of a command, which its event inherits. */
export interface CommandCause {
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly channel: Channel;
}

/** A validated command with its sequence number. */
export interface SequencedCommand<Data extends object = object> extends CommandCause {
  readonly type: CommandType;
  readonly orderId: OrderKey;
  /** Its number among all commands of the order: 1, 2, 3 … without a gap. */
  readonly sequence: number;
  /** When the previous sequence number was assigned. */
  readonly previousAt?: string;
  readonly data: Data;
}

/** A command that is stored in the order's item until it can be applied. */
export interface PendingCommand extends Omit<SequencedCommand, 'orderId' | 'sequence'> {
  /** When it expires, in Unix seconds. */
  readonly until: number;
  /** It expired and its refusal is published. It stays, without its data, until it is next in sequence. */
  readonly isExpired?: true;
}

/** Makes a command pending. */
export const toPending = ({ orderId, sequence, ...command }: SequencedCommand, until: number): PendingCommand => ({ ...command, until });

/** Restores a pending command. */
export const fromPending = ({ until, isExpired, ...command }: PendingCommand, orderId: OrderKey, sequence: number): SequencedCommand =>
  ({ ...command, orderId, sequence });
