import type { HookResult } from './validation-hook';
import { RetryableError } from '../messaging/errors';
import { timeOfCommandId } from '../orders/ids';
import type { OrderKey } from '../orders/order-identity';

/** The sequence number of a command. */
export interface SequenceAssignment {
  /** 1 for the first command of an order, one more for each further one, without a gap. */
  readonly sequence: number;
  /** When the previous sequence number was assigned. */
  readonly previousAt?: string;
  /** When this one was assigned; undefined for a command without a number. */
  readonly at?: string;
  /** The result of the app's validation hook, if it was called for this command. */
  readonly hookResult?: HookResult;
}

/** A sequence number in the sequence table. */
export interface SequenceRecord extends SequenceAssignment {
  readonly orderId: OrderKey;
  readonly commandId: string;
  readonly at: string;
}

/** Stores the sequence numbers of all orders. */
export interface SequenceStore {
  /** Lists a page of an order's sequence numbers, latest first; those below a number, if one is given. */
  readonly list: (orderId: OrderKey, below?: number) => Promise<readonly SequenceRecord[]>;
  /** Stores a sequence number. @returns false when it is taken. */
  readonly claim: (record: SequenceRecord) => Promise<boolean>;
  /** Stores the result of the validation hook for a command. @returns the result that was stored first. */
  readonly saveHookResult: (orderId: OrderKey, sequence: number, result: HookResult) => Promise<HookResult>;
}

/** The clocks of the machines that create command ids, assign sequence numbers and write orders differ by less than this. */
export const CLOCK_SKEW_MS = 3_600_000;

/** Conflicts arise only when other systems send commands for the same order at the same time. */
const MAX_CONFLICTS = 40;

/**
 * Assigns a command its sequence number. Idempotent: a redelivered command keeps the number that it has.
 *
 * @param isLikelyFirst whether to try number 1 without a read: most commands place a new order.
 * @throws RetryableError after too many conflicts with other commands of the same order.
 */
export async function assignSequence(
  orderId: OrderKey, commandId: string, store: SequenceStore, isLikelyFirst: boolean,
): Promise<SequenceAssignment> {
  const at = new Date().toISOString();
  if (isLikelyFirst && await store.claim({ orderId, sequence: 1, commandId, at })) return { sequence: 1, at };
  for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
    const { last, own } = await find(orderId, commandId, store);
    if (own) return own;
    const next = assignmentAfter(last, at);
    if (await store.claim({ orderId, ...next, commandId })) return next;
  }
  throw new RetryableError('SequenceContended', 'too many other commands request sequence numbers of the same order');
}

const assignmentAfter = (last: SequenceRecord | undefined, at: string): SequenceAssignment & { readonly at: string } =>
  (last ? { sequence: last.sequence + 1, previousAt: last.at, at: laterOf(at, last.at) } : { sequence: 1, at });

/**
 * Keeps the times of an order's sequence numbers in order, although clocks differ. Otherwise, a command that no longer waits for its
 * predecessor could overtake it while the predecessor still waits for its own.
 */
const laterOf = (at: string, previousAt: string): string => (previousAt > at ? previousAt : at);

/** Finds the last sequence number of an order, and the command's own. The search ends at numbers that are older than the command. */
async function find(
  orderId: OrderKey, commandId: string, store: SequenceStore,
): Promise<{ readonly last?: SequenceRecord; readonly own?: SequenceAssignment }> {
  const createdAt = Math.min(timeOfCommandId(commandId) ?? 0, Date.now()) - CLOCK_SKEW_MS;
  let last: SequenceRecord | undefined;
  for (let page = await store.list(orderId); page.length > 0; page = await store.list(orderId, page.at(-1)!.sequence)) {
    last ??= page[0];
    const own = page.find((record) => record.commandId === commandId);
    if (own) return { last, own: { sequence: own.sequence, previousAt: own.previousAt, at: own.at, hookResult: own.hookResult } };
    if (Date.parse(page.at(-1)!.at) < createdAt) return { last };
  }
  return { last };
}
