import { GROUP_STOPPED, PoisonMessage, RetryableError } from './errors';

/** The value or the error of one record. */
export type Result<Value> = { readonly value: Value; readonly error?: undefined } | { readonly value?: undefined; readonly error: Error };

/** Runs a function and catches its error. */
export async function resultOf<Value>(work: () => Value | Promise<Value>): Promise<Result<Value>> {
  try {
    return { value: await work() };
  } catch (error) {
    return { error: error as Error };
  }
}

/** Returns the value of a result, or throws its error. */
export function valueOf<Value>({ value, error }: Result<Value>): Value {
  if (error) throw error;
  return value!;
}

/**
 * Processes records group by group: groups concurrently, the records of a group in order. After a record fails, the rest of its group fails
 * without being processed. A poison message does not stop its group, because it is not redelivered.
 */
export async function processInGroups<Message, Value>(
  records: readonly Message[], groupOf: (record: Message) => string, process: (record: Message) => Promise<Value>,
): Promise<Map<Message, Result<Value>>> {
  const groups = [...Map.groupBy(records, groupOf).values()];
  const results = new Map((await Promise.all(groups.map((group) => processGroup(group, process)))).flat());
  return new Map(records.map((record) => [record, results.get(record)!]));
}

const STOPPED = { error: new RetryableError(GROUP_STOPPED, 'an earlier record of the message group failed') };

async function processGroup<Message, Value>(
  group: readonly Message[], process: (record: Message) => Promise<Value>,
): Promise<[Message, Result<Value>][]> {
  const results: [Message, Result<Value>][] = [];
  let isStopped = false;
  for (const record of group) {
    const result: Result<Value> = isStopped ? STOPPED : await resultOf(() => process(record));
    isStopped ||= result.error !== undefined && !(result.error instanceof PoisonMessage);
    results.push([record, result]);
  }
  return results;
}
