import type { OrderEvent } from './event';
import { outcomeOf } from './outcome-of';
import type { Publish } from './publish-events';
import { valueOf, type Result } from '../messaging/process-in-groups';
import type { Outcome } from '../telemetry/outcome';

/** What happened to each record's event: returns its outcome, or throws the error of the record or of its event. */
export type PublishResults<Message> = (record: Message) => Promise<Outcome>;

/** Publishes the events of a batch together. Records without an event, and records that failed, publish none. */
export async function publishBatch<Message>(
  results: ReadonlyMap<Message, Result<OrderEvent | undefined>>, publish: Publish<OrderEvent>,
): Promise<PublishResults<Message>> {
  const failures = await publish([...results.values()].flatMap(({ value }) => value ?? []));
  return async (record) => {
    const event = valueOf(results.get(record)!);
    if (!event) return { outcome: 'NothingToPublish' };
    if (failures.has(event)) throw failures.get(event);
    return outcomeOf(event);
  };
}
