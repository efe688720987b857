import type { PublishedEvent } from './event-bus';
import { isOwn, keyOf, type Facts } from './facts';
import type { OrderItem } from '../../handlers/shared';

const OF_THE_TABLE = /^Order(Confirmed|Changed|Cancelled|\w+Refused)$/;

/** The table and the bus tell the same: every change has its event and every event its change, and an id stands for one event. */
export function eventViolations({ account, places, accepted }: Facts): string[] {
  const { published } = account.bus;
  const written = new Set(account.tables.OrdersTable.writes.flatMap(({ after }) => {
    const { orderId, version, outcome } = (after ?? {}) as unknown as OrderItem;
    return outcome ? [`${outcome.type} of ${orderId} in version ${version} by ${outcome.commandId}`] : [];
  }));
  const told = new Set(published.filter(followsFromTable).map(({ type, detail: { metadata } }) => `${type} of ${metadata.orderId} in version ${metadata.version} by ${metadata.commandId}`));
  const notified = new Set(published.filter(({ type, detail }) => isOwn(detail) && type !== 'OrderRedriven').map(({ detail: { metadata } }) => keyOf(metadata)));
  const unannounced = [...places.values()].flat().filter((place) =>
    accepted.get(keyOf(place))?.givenId === place.commandId && !notified.has(keyOf(place)));
  return [
    ...[...written].filter((each) => !told.has(each)).map((each) => `events: the table says ${each}, the bus does not`),
    ...[...told].filter((each) => !written.has(each)).map((each) => `events: the bus says ${each}, the table does not`),
    ...unannounced.map(({ commandId }) => `events: of command ${commandId} the bus does not know`),
    ...idViolations(published),
  ];
}

const followsFromTable = ({ type, detail }: PublishedEvent): boolean => isOwn(detail) && detail.metadata.sequence > 0
  && (OF_THE_TABLE.test(type) || (type === 'OrderRejected' && ['DUPLICATE_ORDER_ID', 'EXPIRED'].includes(detail.data.code)));

/**
 * An event that is said again is the same, but for its time, and for the correlation id of a request that a client sent again under its
 * idempotency key.
 */
function idViolations(published: readonly PublishedEvent[]): string[] {
  const first = new Map<string, string>();
  return published.flatMap(({ type, detail, text }) => {
    const id: string | undefined = detail.metadata?.eventId;
    if (!id || !(isOwn(detail) || detail.metadata.fileId)) return [];
    const contents = `${type} ${text.replace(/"(occurredAt|correlationId)":"[^"]*"/g, '')}`;
    const before = first.get(id);
    first.set(id, before ?? contents);
    return before === undefined || before === contents ? [] : [`events: ${id} stands for ${before} and for ${contents}`];
  });
}
