import { isPlaced, type AwaitedItem, type OrderItem } from './order-item';
import { toPending, type SequencedCommand, type PendingCommand } from './sequenced-command';
import { RetryableError } from '../messaging/retryable-error';

/**
 * No message is on its way for longer: 18 days in the orders queue and its dead-letter queue, 14 in the queue before the table and its own,
 * each redriven twice, make 96. A command whose predecessor got its place longer ago does not wait for it, and what only keeps the line
 * of an order may go.
 */
export const MAX_COMMAND_LIFETIME_MS = 120 * 86_400_000;

/** DynamoDB takes 400 KB an item; the order itself may need 200 of them, and what waits for it some more. */
const MAX_PENDING_BYTES = 120_000;
const MAX_AWAITING_ORDER_BYTES = 64_000;

const newSequence = (orderId: string): AwaitedItem => ({ orderId, status: 'AWAITED', version: 0, revision: 0, sequence: 0 });

/** Whether it is a command's turn: the one before it had its own, or will never come. */
export const isNext = (item: OrderItem | undefined, { sequence, previousAt }: Pick<SequencedCommand, 'sequence' | 'previousAt'>, now: Date): boolean => {
  const last = item?.sequence ?? 0;
  return sequence === last + 1 || (sequence > last && previousAt !== undefined && now.getTime() - Date.parse(previousAt) > MAX_COMMAND_LIFETIME_MS);
};

/** Whether a command had its turn, or is parked. */
export const isKnown = (item: OrderItem | undefined, command: SequencedCommand): boolean =>
  item !== undefined && ((command.sequence <= item.sequence && !wasSkipped(item, command)) || String(command.sequence) in (item.pending ?? {}));

/** Whether the line went on without a command, which was believed to be lost. */
export const wasSkipped = (item: OrderItem | undefined, { sequence }: SequencedCommand): boolean =>
  (item?.skipped ?? []).some(([from, to]) => from <= sequence && sequence <= to);

/** The line after a command had its turn. Commands between it and the one before are remembered as skipped. */
export function advanceSequence(item: OrderItem | undefined, orderId: string, sequence: number): OrderItem {
  const line = item ?? newSequence(orderId);
  const pending = Object.entries(line.pending ?? {}).filter(([place]) => place !== String(sequence));
  const skipped = sequence > line.sequence + 1 ? [...line.skipped ?? [], [line.sequence + 1, sequence - 1] as const] : line.skipped;
  return { ...line, sequence: Math.max(line.sequence, sequence), pending: pending.length > 0 ? Object.fromEntries(pending) : undefined, skipped };
}

/** The line after a skipped command came after all, and was answered. */
export const resolveSkipped = (item: OrderItem, { sequence }: SequencedCommand): OrderItem => ({
  ...item,
  skipped: item.skipped!.flatMap(([from, to]) => (sequence < from || sequence > to
    ? [[from, to] as const]
    : ([[from, sequence - 1], [sequence + 1, to]] as const).filter(([first, last]) => first <= last))),
});

/** The line with a command that waits for the order. */
export const addAwaitingOrder = (line: OrderItem, command: SequencedCommand, until: number): OrderItem =>
  ({ ...line, pending: { ...line.pending, [command.sequence]: toPending(command, until) } });

/**
 * The line with a command kept on it that came ahead of its turn.
 *
 * @throws RetryableError when there is no room: the command then waits in its queue.
 */
export function addPending(item: OrderItem | undefined, command: SequencedCommand, until: number): OrderItem {
  const line = item ?? newSequence(command.orderId);
  const pending = { ...line.pending, [command.sequence]: toPending(isPlaced(item) ? withoutOrder(command) : command, until) };
  if (bytesOf(pending) > MAX_PENDING_BYTES && Object.keys(pending).length > 1) {
    throw new RetryableError('PendingCapacityExceeded', 'too many commands came before their turn');
  }
  return { ...line, pending };
}

/** Whether there is room for one more command that waits for the order. It depends on those alone, not on what came ahead of its turn. */
export function hasPendingCapacity(item: OrderItem, command: SequencedCommand): boolean {
  const waiting = pendingInSequence(item).filter(([sequence]) => sequence <= item.sequence && sequence !== command.sequence);
  return bytesOf(Object.fromEntries([...waiting, [command.sequence, toPending(command, 0)]])) <= MAX_AWAITING_ORDER_BYTES;
}

const bytesOf = (pending: object): number => Buffer.byteLength(JSON.stringify(pending));

/** Of a placement whose order was placed by another, only the fingerprint counts. */
const withoutOrder = (command: SequencedCommand): SequencedCommand =>
  (command.type === 'PlaceOrder' ? { ...command, data: { fingerprint: command.data.fingerprint } } : command);

/** What is parked, by its place in line. */
export const pendingInSequence = (item: OrderItem | undefined): [number, PendingCommand][] =>
  Object.entries(item?.pending ?? {})
    .map(([place, command]): [number, PendingCommand] => [Number(place), command])
    .sort(([one], [other]) => one - other);
