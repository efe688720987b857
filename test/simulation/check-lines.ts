import type { Facts } from './facts';
import type { OrderItem } from '../../handlers/shared';
import { isPlaced } from '../../handlers/shared/lifecycle/order-item';

/** No command waits whose turn it is: where nothing is in a dead-letter queue, somebody has taken it up. */
export function waitingViolations({ account, forgotten }: Facts): string[] {
  return ([...account.tables.OrdersTable.items.values()] as unknown as OrderItem[]).flatMap(({ orderId, sequence, pending = {} }) => {
    const next = Math.max(sequence, forgotten.get(orderId) ?? 0) + 1;
    return String(next) in pending ? [`turn: command ${next} of ${orderId} waits, and it is its turn`] : [];
  });
}

/** What a line went on without came after all, but for what it has forgotten. */
export function skippedViolations({ account, forgotten }: Facts): string[] {
  return ([...account.tables.OrdersTable.items.values()] as unknown as OrderItem[]).flatMap(({ orderId, skipped = [] }) =>
    skipped.filter(([, to]) => to > (forgotten.get(orderId) ?? 0)).map(([, to]) => `end: the line of ${orderId} still skips command ${to}`));
}

/** What is forgotten was of no more use: no order that was placed, no command that waits, no file that is not done. */
export function forgottenViolations({ OrdersTable: orders, FilesTable: files }: Facts['account']['tables']): string[] {
  const lines = [...orders.deleted.values()] as unknown as OrderItem[];
  const waits = ({ pending = {} }: OrderItem) => Object.values(pending).some(({ isExpired }) => !isExpired);
  return [
    ...lines.filter((line) => isPlaced(line) || waits(line)).map(({ orderId }) => `forgotten: order ${orderId} was still needed`),
    ...[...files.deleted.values()].filter(({ state }) => state !== 'COMPLETED' && state !== 'REJECTED').map(({ key }) => `forgotten: file ${String(key)} was not done`),
  ];
}
