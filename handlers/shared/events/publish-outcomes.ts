import type { OrderEvent } from './event';
import { outcomeOf } from './outcome-of';
import type { Publish } from './publish-events';
import { attempt, resultOf } from '../messaging/message-groups';
import type { Outcome } from '../telemetry/telemetry';

/**
 * Decides every record of a batch and says the outcomes on the bus, in one request for all. What went wrong with one record,
 * in deciding or in saying, is thrown when that record is consumed.
 *
 * @returns what to consume the records with.
 */
export async function publishOutcomes<Message>(
  records: readonly Message[],
  decide: (record: Message) => OrderEvent | undefined,
  publish: Publish<OrderEvent>,
): Promise<(record: Message) => Promise<Outcome>> {
  const decisions = new Map(await Promise.all(records.map(async (record) => [record, await attempt(() => decide(record))] as const)));
  const failures = await publish([...decisions.values()].flatMap(({ value }) => value ?? []));

  return async (record) => {
    const event = resultOf(decisions.get(record)!);
    if (!event) return { outcome: 'NothingToPublish' };
    if (failures.has(event)) throw failures.get(event);
    return outcomeOf(event);
  };
}
