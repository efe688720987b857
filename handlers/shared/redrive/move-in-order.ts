import type { Letter } from './letter';

/** What became of the try to move one message. */
export type Moved = { readonly state: 'MOVED' } | { readonly state: 'FAILED' | 'LEFT'; readonly why: string };

/** How messages are moved. */
export interface Movement {
  readonly timeIsUp: () => boolean;
  /** Waits until another message may be moved. */
  readonly turn: () => Promise<void>;
  /** Puts a message back, and deletes it then. */
  readonly move: (letter: Letter) => Promise<void>;
  /** Whether messages of a group have an order, as in a FIFO queue. */
  readonly isFifo: boolean;
  /** Message groups in which a message failed: what comes after it has to wait for it. */
  readonly blocked: Set<string>;
}

/** Moves messages: those of a message group one after the other, in order, until one fails; the others meanwhile. */
export async function moveInOrder(letters: readonly Letter[], movement: Movement): Promise<Map<Letter, Moved>> {
  const groups = Map.groupBy(letters, (letter) => groupOf(letter, movement) ?? letter);
  const results = await Promise.all([...groups.values()].map((group) => moveGroup(group, movement)));
  return new Map(results.flat());
}

async function moveGroup(letters: readonly Letter[], movement: Movement): Promise<[Letter, Moved][]> {
  const results: [Letter, Moved][] = [];
  for (const letter of letters) results.push([letter, await moveOne(letter, movement)]);
  return results;
}

const groupOf = ({ group }: Letter, { isFifo }: Movement): string | undefined => (isFifo ? group : undefined);

async function moveOne(letter: Letter, movement: Movement): Promise<Moved> {
  const { timeIsUp, turn, move, blocked } = movement;
  const group = groupOf(letter, movement);
  if (group !== undefined && blocked.has(group)) return { state: 'LEFT', why: 'a message before it in its group was not moved' };
  try {
    await turn();
    if (timeIsUp()) {
      if (group !== undefined) blocked.add(group);
      return { state: 'LEFT', why: 'the time was up' };
    }
    await move(letter);
    return { state: 'MOVED' };
  } catch (error) {
    if (group !== undefined) blocked.add(group);
    return { state: 'FAILED', why: (error as Error).name };
  }
}
