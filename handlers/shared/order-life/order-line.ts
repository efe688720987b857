import { Trouble } from '../trouble';
import { toParked, type LifeCommand, type ParkedCommand } from './life-command';
import { isPlaced, type AwaitedItem, type OrderItem } from './order-item';

/**
 * No message is on its way for longer: 18 days in the orders queue and its dead-letter queue, 14 in the queue before the table and its own,
 * each redriven twice, make 96. A command whose predecessor got its place longer ago does not wait for it, and what only keeps the line
 * of an order may go.
 */
export const LONGEST_WAY_MS = 120 * 86_400_000;

/** DynamoDB takes 400 KB an item; the order itself may need 200 of them, and what waits for it some more. */
const MOST_PARKED_BYTES = 120_000;
const MOST_WAITING_BYTES = 64_000;

const newLine = (orderId: string): AwaitedItem => ({ orderId, status: 'AWAITED', version: 0, revision: 0, sequence: 0 });

/** Whether it is a command's turn: the one before it had its own, or will never come. */
export const isNext = (item: OrderItem | undefined, { sequence, previousAt }: Pick<LifeCommand, 'sequence' | 'previousAt'>, now: Date): boolean => {
  const last = item?.sequence ?? 0;
  return sequence === last + 1 || (sequence > last && previousAt !== undefined && now.getTime() - Date.parse(previousAt) > LONGEST_WAY_MS);
};

/** Whether a command had its turn, or is parked. */
export const isKnown = (item: OrderItem | undefined, command: LifeCommand): boolean =>
  item !== undefined && ((command.sequence <= item.sequence && !wasSkipped(item, command)) || String(command.sequence) in (item.parked ?? {}));

/** Whether the line went on without a command, which was believed to be lost. */
export const wasSkipped = (item: OrderItem | undefined, { sequence }: LifeCommand): boolean =>
  (item?.skipped ?? []).some(([from, to]) => from <= sequence && sequence <= to);

/** The line after a command had its turn. Commands between it and the one before are remembered as skipped. */
export function passTurn(item: OrderItem | undefined, orderId: string, sequence: number): OrderItem {
  const line = item ?? newLine(orderId);
  const parked = Object.entries(line.parked ?? {}).filter(([place]) => place !== String(sequence));
  const skipped = sequence > line.sequence + 1 ? [...line.skipped ?? [], [line.sequence + 1, sequence - 1] as const] : line.skipped;
  return { ...line, sequence: Math.max(line.sequence, sequence), parked: parked.length > 0 ? Object.fromEntries(parked) : undefined, skipped };
}

/** The line after a skipped command came after all, and was answered. */
export const answerSkipped = (item: OrderItem, { sequence }: LifeCommand): OrderItem => ({
  ...item,
  skipped: item.skipped!.flatMap(([from, to]) => (sequence < from || sequence > to
    ? [[from, to] as const]
    : ([[from, sequence - 1], [sequence + 1, to]] as const).filter(([first, last]) => first <= last))),
});

/** The line with a command that waits for the order. */
export const keepWaiting = (line: OrderItem, command: LifeCommand, until: number): OrderItem =>
  ({ ...line, parked: { ...line.parked, [command.sequence]: toParked(command, until) } });

/**
 * The line with a command kept on it that came ahead of its turn.
 *
 * @throws Trouble when there is no room: the command then waits in its queue.
 */
export function keepParked(item: OrderItem | undefined, command: LifeCommand, until: number): OrderItem {
  const line = item ?? newLine(command.orderId);
  const parked = { ...line.parked, [command.sequence]: toParked(isPlaced(item) ? withoutOrder(command) : command, until) };
  if (bytesOf(parked) > MOST_PARKED_BYTES && Object.keys(parked).length > 1) {
    throw new Trouble('NoRoomToPark', 'too many commands came before their turn');
  }
  return { ...line, parked };
}

/** Whether there is room for one more command that waits for the order. It depends on those alone, not on what came ahead of its turn. */
export function hasRoomToWait(item: OrderItem, command: LifeCommand): boolean {
  const waiting = parkedInOrder(item).filter(([sequence]) => sequence <= item.sequence && sequence !== command.sequence);
  return bytesOf(Object.fromEntries([...waiting, [command.sequence, toParked(command, 0)]])) <= MOST_WAITING_BYTES;
}

const bytesOf = (parked: object): number => Buffer.byteLength(JSON.stringify(parked));

/** Of a placement whose order was placed by another, only the fingerprint counts. */
const withoutOrder = (command: LifeCommand): LifeCommand =>
  (command.type === 'PlaceOrder' ? { ...command, data: { fingerprint: command.data.fingerprint } } : command);

/** What is parked, by its place in line. */
export const parkedInOrder = (item: OrderItem | undefined): [number, ParkedCommand][] =>
  Object.entries(item?.parked ?? {})
    .map(([place, command]): [number, ParkedCommand] => [Number(place), command])
    .sort(([one], [other]) => one - other);
