import { isPlaced, type AwaitedItem, type OrderItem } from '../commands/order-item';
import { definitionOf } from '../commands/registry';
import { toPending, type PendingCommand, type SequencedCommand } from '../commands/sequenced-command';
import { RetryableError } from '../messaging/errors';

/**
 * The longest time that a message can be in flight: 18 days in the orders queue and its dead-letter queue, 14 in the queue before the table
 * and its own, each redriven twice, make 96. After this time, a command no longer waits for its predecessor, and an item that only keeps
 * the sequence of an order can expire.
 */
export const MAX_COMMAND_LIFETIME_MS = 120 * 86_400_000;

/** DynamoDB takes 400 KB an item; the order itself may need 200 of them, and the commands that wait for it some more. */
const MAX_PENDING_BYTES = 120_000;
const MAX_AWAITING_ORDER_BYTES = 64_000;

const newSequence = (orderId: string): AwaitedItem => ({ orderId, status: 'AWAITED', version: 0, revision: 0, sequence: 0 });

/** Whether a command is next in sequence: its predecessor was applied, or can no longer arrive. */
export const isNext = (item: OrderItem | undefined, { sequence, previousAt }: Pick<SequencedCommand, 'sequence' | 'previousAt'>, now: Date): boolean => {
  const last = item?.sequence ?? 0;
  return sequence === last + 1 || (sequence > last && previousAt !== undefined && now.getTime() - Date.parse(previousAt) > MAX_COMMAND_LIFETIME_MS);
};

/** Whether a command was applied already, or is pending. */
export const isApplied = (item: OrderItem | undefined, command: SequencedCommand): boolean =>
  item !== undefined && ((command.sequence <= item.sequence && !isInGap(item, command)) || String(command.sequence) in (item.pending ?? {}));

/** Whether the sequence number of a command is missing: the order advanced past it, because the command was considered lost. */
export const isInGap = (item: OrderItem | undefined, { sequence }: SequencedCommand): boolean =>
  (item?.gaps ?? []).some(([from, to]) => from <= sequence && sequence <= to);

/** Returns the item after a command was applied. The missing sequence numbers between it and the last applied command become a gap. */
export function advanceSequence(item: OrderItem | undefined, orderId: string, sequence: number): OrderItem {
  const before = item ?? newSequence(orderId);
  const pending = Object.entries(before.pending ?? {}).filter(([number]) => number !== String(sequence));
  const gaps = sequence > before.sequence + 1 ? [...before.gaps ?? [], [before.sequence + 1, sequence - 1] as const] : before.gaps;
  return { ...before, sequence: Math.max(before.sequence, sequence), pending: pending.length > 0 ? Object.fromEntries(pending) : undefined, gaps };
}

/** Removes the sequence number of a command from the gaps of an item, because the missing command arrived. */
export const closeGap = (item: OrderItem, { sequence }: SequencedCommand): OrderItem => ({
  ...item,
  gaps: item.gaps!.flatMap(([from, to]) => (sequence < from || sequence > to
    ? [[from, to] as const]
    : ([[from, sequence - 1], [sequence + 1, to]] as const).filter(([first, last]) => first <= last))),
});

/** The item with a pending command that waits for its order. */
export const addAwaitingOrder = (item: OrderItem, command: SequencedCommand, until: number): OrderItem =>
  ({ ...item, pending: { ...item.pending, [command.sequence]: toPending(command, until) } });

/**
 * The item with a pending command that arrived out of order.
 *
 * @throws RetryableError when the item has no capacity left: the command stays in its queue.
 */
export function addPending(item: OrderItem | undefined, command: SequencedCommand, until: number): OrderItem {
  const before = item ?? newSequence(command.orderId);
  // A pending order can still be rejected, and the placement then takes its place.
  const isKept = isPlaced(item) && item.status !== 'PENDING';
  const data = (isKept ? definitionOf(command.type).toPendingData?.(command.data) : undefined) ?? command.data;
  const pending = { ...before.pending, [command.sequence]: toPending({ ...command, data }, until) };
  if (bytesOf(pending) > MAX_PENDING_BYTES && Object.keys(pending).length > 1) {
    throw new RetryableError('PendingCapacityExceeded', 'too many commands arrived out of order');
  }
  return { ...before, pending };
}

/** Whether one more command can wait for the order. Only such commands count, not those that arrived out of order. */
export function hasPendingCapacity(item: OrderItem, command: SequencedCommand): boolean {
  const waiting = pendingInSequence(item).filter(([sequence]) => sequence <= item.sequence && sequence !== command.sequence);
  return bytesOf(Object.fromEntries([...waiting, [command.sequence, toPending(command, 0)]])) <= MAX_AWAITING_ORDER_BYTES;
}

const bytesOf = (pending: object): number => Buffer.byteLength(JSON.stringify(pending));

/** Pending commands with their sequence numbers, in sequence. */
export const pendingInSequence = (item: OrderItem | undefined): [number, PendingCommand][] =>
  Object.entries(item?.pending ?? {})
    .map(([sequence, command]): [number, PendingCommand] => [Number(sequence), command])
    .sort(([one], [other]) => one - other);
