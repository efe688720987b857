import type { Account } from './account';

/** Every event about an order is in the history once. */
export function historyViolations({ bus, tables }: Account): string[] {
  const events = bus.published.filter(({ detail }) => detail.metadata?.orderId !== undefined);
  const published = new Set(events.map(({ id, detail: { metadata } }) => `${metadata.orderId} ${metadata.eventId ?? id}`));
  const recorded = new Set(tables.HistoryTable.items.keys());
  return [
    ...[...published].filter((key) => !recorded.has(key)).map((key) => `history: ${key} is missing`),
    ...[...recorded].filter((key) => !published.has(key)).map((key) => `history: ${key} was never published`),
    ...tables.HistoryTable.writes.length === recorded.size ? [] : ['history: an event was written twice'],
  ];
}
