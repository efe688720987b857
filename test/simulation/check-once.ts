import { isDeepStrictEqual } from 'node:util';
import type { Account } from './account';
import { keyOf, type Facts } from './facts';
import type { OrderItem, SequenceRecord } from '../../handlers/shared';

/** Nothing is done twice: places, writes and outcomes. */
export function onceViolations(facts: Facts, maySkip = false): string[] {
  const { account, places, accepted } = facts;
  const violations = [...orderViolations(facts), ...redriveViolations(account)];
  for (const [orderId, line] of places) {
    if (line.some(({ sequence }, index) => sequence !== index + 1)) violations.push(`places: those of ${orderId} are not 1, 2, 3 …`);
    if (new Set(line.map(({ commandId }) => commandId)).size < line.length) violations.push(`places: a command of ${orderId} has two`);
    for (const { commandId } of line) {
      if (!accepted.has(`${orderId} ${commandId}`)) violations.push(`places: ${commandId} of ${orderId} was never accepted`);
    }
  }
  const outcomes = new Set<string>();
  const before = new Map<string, OrderItem>();
  for (const write of account.tables.OrdersTable.writes) {
    if (!write.after) {
      before.delete(String(write.before!.orderId));
      continue;
    }
    const item = write.after as unknown as OrderItem;
    violations.push(...stepViolations(before.get(item.orderId), item, maySkip));
    before.set(item.orderId, item);
    const outcome = item.outcome && `${item.orderId} ${item.outcome.commandId}`;
    if (outcome && outcomes.has(outcome)) violations.push(`outcomes: ${outcome} has two`);
    if (outcome) outcomes.add(outcome);
  }
  return violations;
}

/** Commands have their numbers in the order in which the queue took them, but for those that were in its dead-letter queue. */
function orderViolations({ account: { ordersQueue: orders }, places }: Facts): string[] {
  const taken = new Map<string, number>();
  const wasDead = new Set(orders.deadLetterQueue!.arrived.map(({ body }) => body));
  orders.accepted.forEach((body, index) => {
    if (body.includes('poison-')) return;
    const key = keyOf(JSON.parse(body) as SequenceRecord);
    if (wasDead.has(body)) taken.set(key, NaN);
    else if (!taken.has(key)) taken.set(key, index);
  });
  return [...places].flatMap(([orderId, line]) => {
    const order = line.map((place) => taken.get(keyOf(place)) ?? NaN).filter((index) => !Number.isNaN(index));
    return order.some((index, at) => at > 0 && index < order[at - 1]) ? [`order: commands of ${orderId} have their numbers in another order than they came`] : [];
  });
}

/** What is put back of an order is put back in the order in which it lay in the dead-letter queue. */
function redriveViolations({ ordersQueue: orders }: Account): string[] {
  const places = new Map(orders.deadLetterQueue!.arrived.map(({ id }, index) => [id, index]));
  const last = new Map<string, number>();
  return orders.arrived.flatMap(({ group = '', deduplicationId = '' }) => {
    const place = places.get(deduplicationId);
    const before = last.get(group) ?? -1;
    if (place === undefined) return [];
    last.set(group, place);
    return place < before ? [`redrive: ${deduplicationId} of ${group} was put back after what was behind it`] : [];
  });
}

/** A write follows the one before it: one revision on, one version at most, one turn at most. */
function stepViolations(before: OrderItem | undefined, after: OrderItem, maySkip: boolean): string[] {
  const { orderId, revision, version, sequence } = after;
  const violations: string[] = [];
  if (revision !== (before?.revision ?? 0) + 1) violations.push(`writes: ${orderId} goes from revision ${before?.revision ?? 0} to ${revision}`);
  if (![0, 1].includes(version - (before?.version ?? 0))) violations.push(`writes: ${orderId} goes from version ${before?.version} to ${version}`);
  if (!maySkip && ![0, 1].includes(sequence - (before?.sequence ?? 0))) violations.push(`writes: ${orderId} goes from turn ${before?.sequence} to ${sequence}`);
  if (before && version === before.version && version > 0 && !isDeepStrictEqual(contentsOf(before), contentsOf(after))) {
    violations.push(`writes: ${orderId} changes within version ${version}`);
  }
  return violations;
}

function contentsOf(item: OrderItem): object {
  const { revision, sequence, pending, skipped, outcome, pendingShard, pendingUntil, expiresAt, ...contents } = item;
  return contents;
}
