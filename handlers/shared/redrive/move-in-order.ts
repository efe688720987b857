import type { DeadLetterMessage } from './dead-letter-message';

/** What became of the try to move one message. */
export type MoveResult = { readonly state: 'MOVED' } | { readonly state: 'FAILED' | 'NOT_ATTEMPTED'; readonly why: string };

/** How messages are moved. */
export interface MoveContext {
  readonly timeIsUp: () => boolean;
  /** Waits until another message may be moved. */
  readonly turn: () => Promise<void>;
  /** Puts a message back, and deletes it then. */
  readonly move: (message: DeadLetterMessage) => Promise<void>;
  /** Whether messages of a group have an order, as in a FIFO queue. */
  readonly isFifo: boolean;
  /** Message groups in which a message failed: what comes after it has to wait for it. */
  readonly blocked: Set<string>;
}

/** Moves messages: those of a message group one after the other, in order, until one fails; the others meanwhile. */
export async function moveInOrder(messages: readonly DeadLetterMessage[], movement: MoveContext): Promise<Map<DeadLetterMessage, MoveResult>> {
  const groups = Map.groupBy(messages, (message) => groupOf(message, movement) ?? message);
  const results = await Promise.all([...groups.values()].map((group) => moveGroup(group, movement)));
  return new Map(results.flat());
}

async function moveGroup(messages: readonly DeadLetterMessage[], movement: MoveContext): Promise<[DeadLetterMessage, MoveResult][]> {
  const results: [DeadLetterMessage, MoveResult][] = [];
  for (const message of messages) results.push([message, await moveOne(message, movement)]);
  return results;
}

const groupOf = ({ group }: DeadLetterMessage, { isFifo }: MoveContext): string | undefined => (isFifo ? group : undefined);

async function moveOne(message: DeadLetterMessage, movement: MoveContext): Promise<MoveResult> {
  const { timeIsUp, turn, move, blocked } = movement;
  const group = groupOf(message, movement);
  if (group !== undefined && blocked.has(group)) return { state: 'NOT_ATTEMPTED', why: 'a message before it in its group was not moved' };
  try {
    await turn();
    if (timeIsUp()) {
      if (group !== undefined) blocked.add(group);
      return { state: 'NOT_ATTEMPTED', why: 'the time was up' };
    }
    await move(message);
    return { state: 'MOVED' };
  } catch (error) {
    if (group !== undefined) blocked.add(group);
    return { state: 'FAILED', why: (error as Error).name };
  }
}
