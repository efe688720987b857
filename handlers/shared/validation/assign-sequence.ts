import type { HookResult } from './validation-hook';
import { RetryableError } from '../messaging/retryable-error';
import { CLOCK_SKEW_MS } from '../orders/clock-skew';
import { timeOfCommandId } from '../orders/ids';

/** The place of a command in the line of its order's commands. */
export interface SequenceAssignment {
  /** 1 for the first command of an order, one more for each further one, without a gap. */
  readonly sequence: number;
  /** When the command before it got its place. */
  readonly previousAt?: string;
  /** What the app's own validation hook said of it, if it was asked: errors, or none. */
  readonly verdict?: HookResult;
}

/** A place that was given. */
export interface SequenceRecord extends SequenceAssignment {
  readonly orderId: string;
  readonly commandId: string;
  readonly at: string;
}

/** Where places are given, each of an order's once. */
export interface SequenceStore {
  /** A page of an order's places, the last first, from below the one given if one is. */
  readonly list: (orderId: string, below?: number) => Promise<readonly SequenceRecord[]>;
  /** Gives a place. @returns whether it was free. */
  readonly claim: (record: SequenceRecord) => Promise<boolean>;
  /** Keeps what the validation hook said of a command. @returns what it said first. */
  readonly saveHookResult: (orderId: string, sequence: number, verdict: HookResult) => Promise<HookResult>;
}

/** Others take places of the same order only where other systems send commands for it at the very same time. */
const MAX_CONFLICTS = 40;

/**
 * Gives a command its place in the line of its order's commands, or finds the one that it has: however often it comes, it has one.
 *
 * @param isLikelyFirst whether to try the first place without looking, as for most commands: they place a new order.
 * @throws RetryableError when too many others take places of the same order.
 */
export async function assignSequence(orderId: string, commandId: string, store: SequenceStore, isLikelyFirst: boolean): Promise<SequenceAssignment> {
  const at = new Date().toISOString();
  if (isLikelyFirst && await store.claim({ orderId, sequence: 1, commandId, at })) return { sequence: 1 };
  for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
    const { last, own } = await find(orderId, commandId, store);
    const place = own ?? assignmentAfter(last);
    if (own || await store.claim({ orderId, ...place, commandId, at: laterOf(at, place.previousAt) })) return place;
  }
  throw new RetryableError('SequenceContended', 'too many others take places of the same order');
}

const assignmentAfter = (last: SequenceRecord | undefined): SequenceAssignment => (last ? { sequence: last.sequence + 1, previousAt: last.at } : { sequence: 1 });

/**
 * Places of an order are given one after the other, and never at an earlier time, though clocks differ: a command that no longer waits for the one
 * before it would else overtake that one, which still waits for its own.
 */
const laterOf = (at: string, previousAt = at): string => (previousAt > at ? previousAt : at);

/** The last place of an order, and the one that a command has, which it cannot have got before it was made. */
async function find(orderId: string, commandId: string, store: SequenceStore): Promise<{ readonly last?: SequenceRecord; readonly own?: SequenceAssignment }> {
  const madeAt = Math.min(timeOfCommandId(commandId) ?? 0, Date.now()) - CLOCK_SKEW_MS;
  let last: SequenceRecord | undefined;
  for (let page = await store.list(orderId); page.length > 0; page = await store.list(orderId, page.at(-1)!.sequence)) {
    last ??= page[0];
    const own = page.find((record) => record.commandId === commandId);
    if (own) return { last, own: { sequence: own.sequence, previousAt: own.previousAt, verdict: own.verdict } };
    if (Date.parse(page.at(-1)!.at) < madeAt) return { last };
  }
  return { last };
}
