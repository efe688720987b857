import { withIndexKeys, type IndexedOrder, type StatusFilter, type PlacedItem, type RejectedItem } from '#shared';

/** The fields of an order in a list that tests set. */
export interface ListedOrder {
  readonly orderId: string;
  readonly createdAt?: string;
  readonly status?: StatusFilter;
  readonly customerId?: string;
  readonly externalReference?: string;
  readonly placedAt?: string;
  /** Unix seconds; of a rejected order. */
  readonly visibleUntil?: number;
}

/** The time `n` minutes after the start of the sample day. */
export const minute = (n: number): string => new Date(Date.UTC(2026, 0, 31, 0, n)).toISOString();

const CAUSE = { commandId: 'command-1', correlationId: 'correlation-1', causationId: 'command-1', channel: 'api', sequence: 1 };

/** Creates an item of the orders table with its index keys. */
export function listedOrder({
  orderId, createdAt = minute(0), status = 'CONFIRMED', customerId = 'customer-1', externalReference, placedAt, visibleUntil = 4_102_444_800,
}: ListedOrder): IndexedOrder {
  const common = { orderId, customerId, externalReference, placedAt, createdAt, updatedAt: createdAt, revision: 0, sequence: 1 };
  const placed = {
    ...common,
    status,
    version: 1,
    currency: 'EUR',
    total: 7,
    order: { orderId, customerId, currency: 'EUR', items: [{ sku: 'a', quantity: 1, unitPrice: 7 }], notes: 'canary' },
    placement: { commandId: 'command-1', fingerprint: 'fingerprint-1' },
    ...(status === 'PENDING' ? { confirmation: { cause: CAUSE, until: 4_102_444_800, onTimeout: 'REJECT' } } : {}),
  } as PlacedItem;
  const rejected: RejectedItem = {
    ...common, status: 'REJECTED', version: 0, visibleUntil, rejection: { code: 'INVALID_ORDER', reason: 'wrong', errors: [] },
  };
  return JSON.parse(JSON.stringify(withIndexKeys(status === 'REJECTED' ? rejected : placed, new Date(createdAt)))) as IndexedOrder;
}
