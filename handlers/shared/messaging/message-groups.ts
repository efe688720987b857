import { PoisonMessage } from './poison-message';
import { RetryableError } from './retryable-error';

/** What came of one record. */
export type Attempt<Value> = { readonly value: Value; readonly error?: undefined } | { readonly value?: undefined; readonly error: Error };

/** Does some work and keeps what came of it. */
export async function attempt<Value>(work: () => Value | Promise<Value>): Promise<Attempt<Value>> {
  try {
    return { value: await work() };
  } catch (error) {
    return { error: error as Error };
  }
}

/** Gives what came of an attempt, or throws what went wrong. */
export function resultOf<Value>({ value, error }: Attempt<Value>): Value {
  if (error) throw error;
  return value!;
}

/**
 * Works on records group by group: groups at once, within a group one after the other, and none after one that comes again. A poison
 * record, which does not, holds nobody up.
 */
export async function attemptInGroups<Message, Value>(
  records: readonly Message[], groupOf: (record: Message) => string, work: (record: Message) => Promise<Value>,
): Promise<Map<Message, Attempt<Value>>> {
  const groups = [...Map.groupBy(records, groupOf).values()];
  return new Map((await Promise.all(groups.map((group) => attemptGroup(group, work)))).flat());
}

const STOPPED = { error: new RetryableError('GroupStopped', 'a record before it failed') };

async function attemptGroup<Message, Value>(
  group: readonly Message[], work: (record: Message) => Promise<Value>,
): Promise<[Message, Attempt<Value>][]> {
  const attempts: [Message, Attempt<Value>][] = [];
  let isStopped = false;
  for (const record of group) {
    const result: Attempt<Value> = isStopped ? STOPPED : await attempt(() => work(record));
    isStopped ||= result.error !== undefined && !(result.error instanceof PoisonMessage);
    attempts.push([record, result]);
  }
  return attempts;
}
