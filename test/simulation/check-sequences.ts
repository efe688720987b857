import type { Observations } from './observations';
import type { OrderItem } from '../../handlers/shared';
import { isPlaced } from '../../handlers/shared/commands/order-item';
import { FILE_PART } from '../../src/private/contract';

/** No command is pending that is the next in its sequence while no message is in a dead-letter queue. */
export function pendingViolations({ account, deletedUpTo }: Observations): string[] {
  return ([...account.tables.OrdersTable.items.values()] as unknown as OrderItem[]).flatMap(({ orderId, sequence, pending = {} }) => {
    const next = Math.max(sequence, deletedUpTo.get(orderId) ?? 0) + 1;
    return String(next) in pending ? [`pending: command ${next} of ${orderId} is pending, and is the next of its sequence`] : [];
  });
}

/** Every command that a sequence skipped has arrived, except for those before its deletion. */
export function skippedViolations({ account, deletedUpTo }: Observations): string[] {
  return ([...account.tables.OrdersTable.items.values()] as unknown as OrderItem[]).flatMap(({ orderId, gaps = [] }) =>
    gaps.filter(([, to]) => to > (deletedUpTo.get(orderId) ?? 0)).map(([, to]) => `end: the sequence of ${orderId} still skips command ${to}`));
}

/** Time to live deletes no order that was placed, no pending command, and no file that is in progress. */
export function timeToLiveViolations({ OrdersTable: orders, FilesTable: files }: Observations['account']['tables']): string[] {
  const items = [...orders.deleted.values()] as unknown as OrderItem[];
  const hasPending = ({ pending = {} }: OrderItem) => Object.values(pending).some(({ isExpired }) => !isExpired);
  return [
    ...items.filter((item) => isPlaced(item) || hasPending(item)).map(({ orderId }) => `time to live: order ${orderId} was still needed`),
    ...[...files.deleted.values()].filter(({ part }) => part === FILE_PART).filter(({ state }) => state !== 'COMPLETED' && state !== 'REJECTED')
      .map(({ key }) => `time to live: file ${String(key)} was in progress`),
  ];
}
