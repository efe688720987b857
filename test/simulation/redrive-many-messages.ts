import type { Account } from './account';
import type { RedriveResult } from '../../cli/redrive/redrive-result';
import { pack, type OrderItem } from '../../handlers/shared';
import { onTheBus, orderValidated, sampleCommand } from '../support/sample-messages';

/** The messages in the dead-letter queues. */
export interface DeadLetters {
  readonly count: number;
  /** The orders of the orders queue, each with several commands. */
  readonly changedOrders: readonly string[];
  /** The orders of the processing queue. */
  readonly placedOrders: readonly string[];
  readonly poisonMessages: number;
}

/** The commands of an order in the orders queue: it is placed, and then changed. */
const COMMANDS = 5;
/** Orders that were placed and changed at the same time, so that their commands are between each other. */
const CONCURRENT_ORDERS = 20;
/** Of so many messages of the orders queue, one is not a command. It returns after every redrive. */
const POISON_EVERY = 500;

/** Fills the dead-letter queue of the orders with three fifths of the messages, which are ordered, and that of processing with the others. */
export function fillDeadLetterQueues({ queues }: Account, count: number): DeadLetters {
  const [ofOrders, ofProcessing] = [Math.ceil((count * 3) / 5), Math.floor((count * 2) / 5)];
  const changedOrders = Array.from({ length: Math.floor(ofOrders / COMMANDS) }, (_, n) => `changed-${n}`);
  const placedOrders = Array.from({ length: ofProcessing }, (_, n) => `placed-${n}`);
  const poisonMessages = ofOrders - changedOrders.length * COMMANDS + Math.floor(ofOrders / POISON_EVERY);
  for (const orders of pack(changedOrders, { count: CONCURRENT_ORDERS, bytes: Infinity }, () => 0)) {
    for (let command = 0; command < COMMANDS; command++) {
      for (const orderId of orders) put(queues.OrdersDeadLetterQueue, JSON.stringify(commandOf(orderId, command)), orderId);
    }
  }
  for (let n = 0; n < poisonMessages; n++) put(queues.OrdersDeadLetterQueue, `{"note":"poison-${n}"}`, `poison-${n}`);
  for (const orderId of placedOrders) {
    put(queues.ProcessingDeadLetterQueue, JSON.stringify(onTheBus(orderValidated({ orderId, commandId: `place-${orderId}` }))));
  }
  return { count: changedOrders.length * COMMANDS + poisonMessages + ofProcessing, changedOrders, placedOrders, poisonMessages };
}

const commandOf = (orderId: string, command: number) => sampleCommand({
  orderId,
  commandId: `${orderId}-${command}`,
  ...(command === 0 ? {} : { commandType: 'ChangeOrder' as const, payload: { patch: { notes: `note ${command}` } } }),
});

function put(queue: Account['queues'][string], body: string, group?: string): void {
  const id = `dead-${queue.arrived.length}`;
  queue.receiveMoved({ id, body, group, sentAt: 0, received: 0, visibleAt: 0, receipt: 0 });
}

/** Nothing is lost, nothing is doubled at the table, and the commands of each order were applied in their order. */
export function manyViolations(account: Account, deadLetters: DeadLetters, commands: readonly RedriveResult[]): string[] {
  const { changedOrders, placedOrders, poisonMessages, count } = deadLetters;
  const { OrdersTable: orders } = account.tables;
  const writes = Map.groupBy(orders.writes, ({ after }) => String(after?.orderId));
  const appliedTo = (orderId: string) => (writes.get(orderId) ?? []).flatMap(({ after }) => (after as unknown as OrderItem).outcome?.commandId ?? []);
  const check = (orderId: string, commandIds: readonly string[], notes: string | undefined): string[] => {
    const item = orders.items.get(orderId);
    if (!item) return [`lost: ${orderId} is not in the table`];
    const applied = appliedTo(orderId).join(' ');
    return [
      ...(notesOf(item) === notes && item.version === commandIds.length ? [] : [`order: ${orderId} has version ${item.version} and ${notesOf(item)}`]),
      ...(applied === commandIds.join(' ') ? [] : [`order or doubled: the commands ${applied} were applied to ${orderId}`]),
    ];
  };
  const left = account.deadLetterQueues.flatMap(({ messages }) => messages);
  const moved = commands.reduce((sum, command) => sum + command.moved, 0);
  return [
    ...changedOrders.flatMap((orderId) => check(orderId, Array.from({ length: COMMANDS }, (_, n) => `${orderId}-${n}`), `note ${COMMANDS - 1}`)),
    ...placedOrders.flatMap((orderId) => check(orderId, [`place-${orderId}`], undefined)),
    ...(orders.items.size === changedOrders.length + placedOrders.length ? [] : [`doubled: the table has ${orders.items.size} orders`]),
    ...(left.every(({ body }) => body.includes('poison-')) && left.length === poisonMessages ? [] : [`lost: ${left.length} messages are in dead-letter queues`]),
    // Poison messages return, and every command moves them once. What an invocation moved that crashed is not counted.
    ...(moved <= count + poisonMessages * (commands.length - 1) ? [] : [`doubled: ${moved} of ${count} messages were moved`]),
    ...orderOfGroups(account),
  ];
}

/** The messages of each group were sent to the orders queue in the order in which they were in the dead-letter queue. */
function orderOfGroups({ queues: { OrdersQueue, OrdersDeadLetterQueue } }: Account): string[] {
  const positions = new Map(OrdersDeadLetterQueue.arrived.map(({ id }, index) => [id, index]));
  const last = new Map<string, number>();
  return OrdersQueue.arrived.flatMap(({ group = '', deduplicationId = '' }) => {
    const [position, before] = [positions.get(deduplicationId) ?? NaN, last.get(group) ?? -1];
    last.set(group, position);
    return position > before ? [] : [`order: ${deduplicationId} of ${group} was redriven after a later message`];
  });
}

const notesOf = (item: Record<string, unknown>): unknown => (item.order as Record<string, unknown>).notes;
