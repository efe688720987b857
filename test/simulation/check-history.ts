import type { Account } from './account';

/** Every event about an order is in the history, once. */
export function historyViolations({ bus, tables }: Account): string[] {
  const about = bus.published.filter(({ detail }) => detail.metadata?.orderId !== undefined);
  const published = new Set(about.map(({ id, detail: { metadata } }) => `${metadata.orderId} ${metadata.eventId ?? id}`));
  const kept = new Set(tables.HistoryTable.items.keys());
  return [
    ...[...published].filter((key) => !kept.has(key)).map((key) => `history: ${key} is missing`),
    ...[...kept].filter((key) => !published.has(key)).map((key) => `history: ${key} was never said`),
    ...tables.HistoryTable.writes.length === kept.size ? [] : ['history: an event was written twice'],
  ];
}
