import type { OrderEvent } from '../../cli/console/console-api';

/** A filter of events. An empty field matches all. */
export interface EventFilter {
  readonly type?: string;
  readonly orderId?: string;
  readonly tenant?: string;
}

/** Whether a filter shows an event. */
export const matches = ({ type, orderId, tenant }: EventFilter, event: OrderEvent): boolean =>
  (!type || event.type === type) && (!orderId || event.orderId === orderId) && (!tenant || event.tenant === tenant);

/** Events that the page keeps. */
export const MAX_EVENTS = 2000;

/** Adds events in front of others, without those that are known. */
export function withNewEvents(known: readonly OrderEvent[], added: readonly OrderEvent[]): readonly OrderEvent[] {
  const ids = new Set(known.slice(0, added.length + 500).map(keyOf));
  const fresh = added.filter((event) => !ids.has(keyOf(event)));
  return fresh.length === 0 ? known : [...fresh.reverse(), ...known].slice(0, MAX_EVENTS);
}

export const keyOf = ({ eventId, orderId, tenant }: OrderEvent): string => `${tenant ?? ''}/${orderId ?? ''}/${eventId}`;
