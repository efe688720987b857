import type { Account } from './account';
import { EVENT_POSITION } from '../../src/private/contract';
import type { Item } from '../support/dynamodb-expressions';

/** Every event about an order is in the history once, and what was written first is not replaced. */
export function historyViolations({ bus, tables }: Account): string[] {
  const events = bus.published.filter(({ detail }) => detail.metadata?.orderId !== undefined);
  const published = new Set(events.map(({ id, detail: { metadata } }) => `${metadata.orderId} ${metadata.eventId ?? id}`));
  const { items, writes } = tables.HistoryTable;
  const records = [...items.values()].filter((item) => !isPosition(item)).map(({ orderId, eventId }) => `${String(orderId)} ${String(eventId)}`);
  const recorded = new Set(records);
  return [
    ...[...published].filter((key) => !recorded.has(key)).map((key) => `history: ${key} is missing`),
    ...[...recorded].filter((key) => !published.has(key)).map((key) => `history: ${key} was never published`),
    ...records.length === recorded.size ? [] : ['history: an event is recorded twice'],
    ...writes.length === items.size ? [] : ['history: an event was written twice'],
  ];
}

const isPosition = ({ listKey }: Item): boolean => String(listKey).startsWith(EVENT_POSITION);
