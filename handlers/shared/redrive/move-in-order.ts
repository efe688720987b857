import type { DeadLetterMessage } from './dead-letter-message';

/** The result of moving one message. */
export type MoveResult = { readonly state: 'MOVED' } | { readonly state: 'FAILED' | 'NOT_ATTEMPTED'; readonly stateReason: string };

/** How messages are moved. */
export interface MoveOptions {
  readonly timeIsUp: () => boolean;
  /** Waits until the rate limit allows another message. */
  readonly limitRate: () => Promise<void>;
  /** Sends a message to its source, and then deletes it. */
  readonly move: (message: DeadLetterMessage) => Promise<void>;
  /** Whether the messages of a group are ordered. */
  readonly isFifo: boolean;
  /** Message groups with a message that was not moved. Later messages of the group must wait for it. */
  readonly blocked: Set<string>;
}

/** Moves the messages of each message group in order until one fails. Moves different groups concurrently. */
export async function moveInOrder(messages: readonly DeadLetterMessage[], options: MoveOptions): Promise<Map<DeadLetterMessage, MoveResult>> {
  const groups = Map.groupBy(messages, (message) => groupOf(message, options) ?? message);
  const results = await Promise.all([...groups.values()].map((group) => moveGroup(group, options)));
  return new Map(results.flat());
}

async function moveGroup(messages: readonly DeadLetterMessage[], options: MoveOptions): Promise<[DeadLetterMessage, MoveResult][]> {
  const results: [DeadLetterMessage, MoveResult][] = [];
  for (const message of messages) results.push([message, await moveOne(message, options)]);
  return results;
}

const groupOf = ({ group }: DeadLetterMessage, { isFifo }: MoveOptions): string | undefined => (isFifo ? group : undefined);

async function moveOne(message: DeadLetterMessage, options: MoveOptions): Promise<MoveResult> {
  const { timeIsUp, limitRate, move, blocked } = options;
  const group = groupOf(message, options);
  if (group !== undefined && blocked.has(group)) return { state: 'NOT_ATTEMPTED', stateReason: 'an earlier message of its group was not moved' };
  try {
    await limitRate();
    if (timeIsUp()) {
      if (group !== undefined) blocked.add(group);
      return { state: 'NOT_ATTEMPTED', stateReason: 'the time was up' };
    }
    await move(message);
    return { state: 'MOVED' };
  } catch (error) {
    if (group !== undefined) blocked.add(group);
    return { state: 'FAILED', stateReason: (error as Error).name };
  }
}
