import type { PublishedEvent } from './event-bus';
import { isOwn, keyOf, type Observations } from './observations';
import type { OrderItem } from '../../handlers/shared';

const CHANGE_EVENT = /^Order(Pending|Confirmed|Changed|Cancelled|Fulfilled|PartiallyFulfilled|\w+Refused)$/;

/** The table and the bus agree: every change has its event and every event its change, and one event id stands for one event. */
export function eventViolations({ account, sequences, accepted }: Observations): string[] {
  const { published } = account.bus;
  const written = new Set(account.tables.OrdersTable.writes.flatMap(({ after }) => {
    const { orderId, version, outcome } = (after ?? {}) as unknown as OrderItem;
    return outcome ? [`${outcome.type} of ${orderId} in version ${version} by ${outcome.commandId}`] : [];
  }));
  const announced = new Set(published.filter(isChangeEvent)
    .map(({ type, detail: { metadata } }) => `${type} of ${metadata.orderId} in version ${metadata.version} by ${metadata.commandId}`));
  const withEvent = new Set(published.filter(({ type, detail }) => isOwn(detail) && type !== 'OrderRedriven').map(({ detail: { metadata } }) => keyOf(metadata)));
  const unannounced = [...sequences.values()].flat().filter((record) =>
    accepted.get(keyOf(record))?.idInMessage === record.commandId && !withEvent.has(keyOf(record)));
  return [
    ...[...written].filter((each) => !announced.has(each)).map((each) => `events: ${each} is in the table and was not published`),
    ...[...announced].filter((each) => !written.has(each)).map((each) => `events: ${each} was published and is not in the table`),
    ...unannounced.map(({ commandId }) => `events: no event of command ${commandId} was published`),
    ...idViolations(published),
  ];
}

const isChangeEvent = ({ type, detail }: PublishedEvent): boolean => isOwn(detail) && detail.metadata.sequence > 0
  && (CHANGE_EVENT.test(type) || (type === 'OrderRejected' && ['DUPLICATE_ORDER_ID', 'NOT_CHANGEABLE', 'EXPIRED', 'NOT_CONFIRMED', 'CONFIRMATION_TIMED_OUT'].includes(detail.data.code)));

/**
 * An event that is published again is the same except for its time, the correlation id of a request that a client repeated, and the mark that the
 * history has it: recording it can fail at one attempt and not at the other.
 */
function idViolations(published: readonly PublishedEvent[]): string[] {
  const first = new Map<string, string>();
  return published.flatMap(({ type, detail, text }) => {
    const id: string | undefined = detail.metadata?.eventId;
    if (!id || !(isOwn(detail) || detail.metadata.fileId)) return [];
    const contents = `${type} ${text.replace(/"(occurredAt|correlationId)":"[^"]*"|,"recorded":true/g, '')}`;
    const before = first.get(id);
    first.set(id, before ?? contents);
    return before === undefined || before === contents ? [] : [`events: ${id} stands for ${before} and for ${contents}`];
  });
}
