import { isDeepStrictEqual } from 'node:util';
import type { Account } from './account';
import { keyOf, type Observations } from './observations';
import type { OrderItem, SequenceRecord } from '../../handlers/shared';

/** Every command has one sequence number and one outcome, and every write follows the one before it. */
export function exactlyOnceViolations(observations: Observations, maySkip = false): string[] {
  const { account, sequences, accepted } = observations;
  const violations = [...commandOrderViolations(observations), ...redriveViolations(account)];
  for (const [orderId, records] of sequences) {
    if (records.some(({ sequence }, index) => sequence !== index + 1)) violations.push(`sequence numbers: those of ${orderId} are not 1, 2, 3 …`);
    if (new Set(records.map(({ commandId }) => commandId)).size < records.length) violations.push(`sequence numbers: a command of ${orderId} has two`);
    for (const { commandId } of records) {
      if (!accepted.has(`${orderId} ${commandId}`)) violations.push(`sequence numbers: ${commandId} of ${orderId} was never accepted`);
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
    violations.push(...writeViolations(before.get(item.orderId), item, maySkip));
    before.set(item.orderId, item);
    const outcome = item.outcome && `${item.orderId} ${item.outcome.commandId}${isTimeout(item) ? ' after the timeout' : ''}`;
    if (outcome && outcomes.has(outcome)) violations.push(`outcomes: ${outcome} has two`);
    if (outcome) outcomes.add(outcome);
  }
  return violations;
}

/** The sequence numbers of commands are in the order in which the queue accepted them, except for commands that were in its dead-letter queue. */
function commandOrderViolations({ account: { ordersQueue }, sequences }: Observations): string[] {
  const positions = new Map<string, number>();
  const deadLetters = new Set(ordersQueue.deadLetterQueue?.arrived.map(({ body }) => body));
  ordersQueue.accepted.forEach((body, index) => {
    if (body.includes('poison-')) return;
    const key = keyOf(JSON.parse(body) as SequenceRecord);
    if (deadLetters.has(body)) positions.set(key, NaN);
    else if (!positions.has(key)) positions.set(key, index);
  });
  return [...sequences].flatMap(([orderId, records]) => {
    const order = records.map((record) => positions.get(keyOf(record)) ?? NaN).filter((index) => !Number.isNaN(index));
    return order.some((index, at) => at > 0 && index < order[at - 1]) ? [`order of commands: the sequence numbers of ${orderId} are not in the order of arrival`] : [];
  });
}

/** The messages of an order are redriven in the order in which they were in the dead-letter queue. */
function redriveViolations({ ordersQueue }: Account): string[] {
  const positions = new Map(ordersQueue.deadLetterQueue?.arrived.map(({ id }, index) => [id, index]));
  const last = new Map<string, number>();
  return ordersQueue.arrived.flatMap(({ group = '', deduplicationId = '' }) => {
    const position = positions.get(deduplicationId);
    const before = last.get(group) ?? -1;
    if (position === undefined) return [];
    last.set(group, position);
    return position < before ? [`redrive: ${deduplicationId} of ${group} was redriven after a later message`] : [];
  });
}

/** A write increases the revision by one, and the version and the sequence number by at most one. */
function writeViolations(before: OrderItem | undefined, after: OrderItem, maySkip: boolean): string[] {
  const { orderId, revision, version, sequence } = after;
  const violations: string[] = [];
  if (revision !== (before?.revision ?? 0) + 1) violations.push(`writes: ${orderId} goes from revision ${before?.revision ?? 0} to ${revision}`);
  const isRejection = before?.status === 'PENDING' && after.status === 'REJECTED';
  if (!isRejection && ![0, 1].includes(version - (before?.version ?? 0))) violations.push(`writes: ${orderId} goes from version ${before?.version} to ${version}`);
  if (!maySkip && ![0, 1].includes(sequence - (before?.sequence ?? 0))) violations.push(`writes: ${orderId} goes from sequence number ${before?.sequence} to ${sequence}`);
  if (before && version === before.version && version > 0 && !isDeepStrictEqual(contentsOf(before), contentsOf(after))) {
    violations.push(`writes: ${orderId} changes within version ${version}`);
  }
  return violations;
}

/** Whether the last write settled an order that was pending for too long. Its event has the cause of the command that made the order pending. */
export const isTimeout = ({ status, outcome, confirmation }: OrderItem): boolean =>
  status !== 'PENDING' && outcome !== undefined && outcome.commandId === confirmation?.cause.commandId && !outcome.type.endsWith('Refused');

function contentsOf(item: OrderItem): object {
  const { revision, sequence, pending, gaps, outcome, fileOutcome, pendingShard, pendingUntil, expiresAt, ...contents } = item;
  return contents;
}
