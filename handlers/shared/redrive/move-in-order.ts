import type { DeadLetterMessage } from './dead-letter-message';
import { pack } from '../messaging/pack';

/** The result of moving one message. */
export type MoveResult = { readonly state: 'MOVED' } | { readonly state: 'FAILED' | 'NOT_ATTEMPTED'; readonly stateReason: string };

/** Moves messages together; returns those that failed, each with the name of the error. */
export type Move = (messages: readonly DeadLetterMessage[]) => Promise<ReadonlyMap<DeadLetterMessage, string>>;

/** How messages are moved. */
export interface MoveOptions {
  readonly timeIsUp: () => boolean;
  /** Waits until the rate limit allows so many further messages. */
  readonly limitRate: (count: number) => Promise<void>;
  readonly move: Move;
  /** How many messages are moved together at most. */
  readonly batchSize: number;
  /** Whether the messages of a group are ordered. */
  readonly isFifo: boolean;
  /** Message groups with a message that was not moved. Later messages of the group must wait for it. */
  readonly blocked: Set<string>;
}

type Results = Map<DeadLetterMessage, MoveResult>;

/**
 * Moves messages in batches, each with at most one message of a message group: of a batch, SQS may accept a later message and fail an earlier
 * one. The messages of a group are moved in order until one fails.
 */
export async function moveInOrder(messages: readonly DeadLetterMessage[], options: MoveOptions): Promise<Results> {
  const groups = [...Map.groupBy(messages, (message) => groupOf(message, options) ?? message).values()];
  const results: Results = new Map();
  for (let round = 0; groups.some(({ length }) => length > round); round++) {
    const next = groups.flatMap((group) => group.slice(round, round + 1));
    for (const batch of pack(next, { count: options.batchSize, bytes: Infinity }, () => 0)) await moveBatch(batch, options, results);
  }
  return results;
}

async function moveBatch(batch: readonly DeadLetterMessage[], options: MoveOptions, results: Results): Promise<void> {
  const { limitRate, timeIsUp, move, blocked } = options;
  const isBlocked = (message: DeadLetterMessage) => blocked.has(groupOf(message, options) ?? '');
  const fail = (message: DeadLetterMessage, state: 'FAILED' | 'NOT_ATTEMPTED', stateReason: string) => {
    const group = groupOf(message, options);
    if (group !== undefined) blocked.add(group);
    results.set(message, { state, stateReason });
  };
  const movable = batch.filter((message) => !isBlocked(message));
  for (const message of batch.filter(isBlocked)) fail(message, 'NOT_ATTEMPTED', 'an earlier message of its group was not moved');
  if (movable.length === 0) return;
  await limitRate(movable.length);
  if (timeIsUp()) return movable.forEach((message) => fail(message, 'NOT_ATTEMPTED', 'the time was up'));
  const failed = await move(movable);
  for (const message of movable) {
    if (failed.has(message)) fail(message, 'FAILED', failed.get(message)!);
    else results.set(message, { state: 'MOVED' });
  }
}

const groupOf = ({ group }: DeadLetterMessage, { isFifo }: MoveOptions): string | undefined => (isFifo ? group : undefined);
