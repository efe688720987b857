import type { FileOutcome } from './file-outcome';
import type { CommandCause, SequencedCommand } from './sequenced-command';
import { CHANNEL, type ConfirmationDecision, type ConfirmationSettings } from '../../../src/private/contract';
import { indexInFile } from '../orders/ids';

/** What is decided about an order in a pipeline with `confirmation`. */
export interface ConfirmationState {
  /** The command that made the order pending. Its id identifies what is to be decided; a later change is to be decided anew. */
  readonly cause: CommandCause & { readonly sequence: number };
  /** When it is decided by itself, in Unix seconds. */
  readonly until: number;
  readonly onTimeout: ConfirmationDecision;
  /** The order of a file whose outcome depends on the decision. */
  readonly fileOrder?: Pick<FileOutcome, 'fileId' | 'index'>;
  /** Undefined while the order is pending, and when it was cancelled before a decision. */
  readonly decision?: ConfirmationDecision;
}

/** What the events of a pending order have about its decision. */
export interface PendingConfirmation {
  /** Identifies what is to be decided, in `OrderConfirmationDecided`. */
  readonly decisionId: string;
  /** When the order is confirmed or rejected without a decision. */
  readonly decideBy: string;
}

/** The state of an order that a command makes pending. */
export function awaitDecision(command: SequencedCommand, now: Date, { timeout, onTimeout }: ConfirmationSettings): ConfirmationState {
  const { commandId, correlationId, causationId, channel, sequence } = command;
  const index = channel === CHANNEL.FILE ? indexInFile(correlationId, commandId) : undefined;
  return {
    cause: { commandId, correlationId, causationId, channel, sequence },
    until: Math.floor(now.getTime() / 1000) + timeout,
    onTimeout,
    ...(index === undefined ? {} : { fileOrder: { fileId: correlationId, index } }),
  };
}

/** The state of a pending order after a change: it is decided anew. Without `confirmation`, only the deadline decides. */
export function restartDecision(
  state: ConfirmationState, command: SequencedCommand, now: Date, confirmation: ConfirmationSettings | undefined,
): ConfirmationState {
  if (!confirmation) return state;
  const { fileOrder, ...restarted } = awaitDecision(command, now, confirmation);
  return { ...restarted, ...(state.fileOrder ? { fileOrder: state.fileOrder } : {}) };
}

/** What clients and subscribers see of the state of a pending order. */
export const pendingConfirmation = ({ cause, until }: ConfirmationState): PendingConfirmation =>
  ({ decisionId: cause.commandId, decideBy: new Date(until * 1000).toISOString() });
