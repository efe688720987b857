import { intField } from './graphql-views';
import type { OptionalFact } from '../../../src/private/contract';
import { isObject } from '../json/is-object';
import { utcTime } from '../json/utc-time';
import { identityOf } from '../orders/order-identity';
import type { HistoryRecord } from '../queries/history-record';
import { STATUS_FILTERS } from '../queries/order-list-keys';

type ReadFact = (value: unknown) => unknown;

const text: ReadFact = (value) => (typeof value === 'string' ? value : undefined);

/** The facts as `OrderChange` has them. Events of other systems may have any. */
const FACTS: Readonly<Record<OptionalFact, ReadFact>> = {
  customerId: text,
  currency: text,
  total: (value) => (typeof value === 'number' ? value : undefined),
  placedAt: utcTime,
  externalReference: text,
  salesChannel: text,
  tags: (value) => (Array.isArray(value) && value.every((tag) => typeof tag === 'string') ? value : undefined),
};

/** An event about an order as `OrderChange`, without the contents of the order. */
export function orderChangeOf({ orderId, eventId, type, occurredAt, metadata, facts, data }: HistoryRecord): Record<string, unknown> {
  const known = isObject(facts) ? facts : {};
  return {
    ...identityOf(orderId),
    eventId,
    type,
    occurredAt,
    ...(typeof metadata.correlationId === 'string' ? { correlationId: metadata.correlationId } : {}),
    ...intField('version', metadata.version),
    ...statusField(data),
    ...Object.fromEntries(Object.entries(FACTS).flatMap(([fact, read]) => {
      const value = read(known[fact]);
      return value === undefined ? [] : [[fact, value]];
    })),
  };
}

/** The status of the order after the event. A rejection has none: an order with the ID may be stored. */
function statusField(data: unknown): { readonly status?: unknown } {
  const { status, currentStatus = status } = isObject(data) ? data : {};
  return STATUS_FILTERS.some((each) => each === currentStatus) ? { status: currentStatus } : {};
}
