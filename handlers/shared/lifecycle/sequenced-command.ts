import type { Channel, CommandType } from './order-states';
import type { Rejection } from '../events/rejection';
import type { PricedOrder } from '../orders/order';
import type { OrderChange } from '../orders/order-change';

/** What each kind of command carries. */
export interface CommandData {
  /** The order itself may be left out where one was placed already: then only its fingerprint counts. */
  readonly PlaceOrder: { readonly order?: PricedOrder; readonly fingerprint: string };
  readonly RejectOrder: Rejection;
  readonly ChangeOrder: { readonly patch: OrderChange; readonly expectedVersion?: number };
  readonly CancelOrder: { readonly reason: string; readonly expectedVersion?: number };
  readonly FulfillOrder: Record<string, never>;
}

/** Who sent a command, as its outcome will tell. */
export interface CommandCause {
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly channel: Channel;
}

interface CommandOf<Type extends CommandType> extends CommandCause {
  readonly type: Type;
  readonly orderId: string;
  /** Its place among all commands of the order: 1, 2, 3 … without a gap. */
  readonly sequence: number;
  /** When the command before it got its place. */
  readonly previousAt?: string;
  readonly data: CommandData[Type];
}

/** A command that has its place in the line of its order. */
export type SequencedCommand = { [Type in CommandType]: CommandOf<Type> }[CommandType];

/** A command that is kept on the order's item. */
export type PendingCommand = Omit<SequencedCommand, 'orderId' | 'sequence'> & {
  /** When it expires, in Unix seconds. */
  readonly until: number;
  /** It has expired, and was answered: when its turn comes, it is passed over. */
  readonly isExpired?: true;
};

/** A command as it is kept. */
export const toPending = ({ orderId, sequence, ...command }: SequencedCommand, until: number): PendingCommand => ({ ...command, until });

/** A command that was kept, with its place. */
export const fromPending = ({ until, isExpired, ...command }: PendingCommand, orderId: string, sequence: number): SequencedCommand =>
  ({ ...command, orderId, sequence }) as SequencedCommand;
