import type { FileLine } from './client-requests';
import { keyOf, type Observations } from './observations';
import type { FileAnswer } from './read-files';
import type { FileRecord, OrderItem } from '../../handlers/shared';

/** The outcomes of the orders of a file, as the bus and the queue have them. */
export interface ExpectedOutcomes {
  readonly confirmed: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly pending: number;
  /** Index, order ID and code of each rejected order. */
  readonly rejections: readonly string[];
}

const OUTCOME_OF: Readonly<Record<string, 'confirmed' | 'changed' | 'rejected'>> = {
  OrderConfirmed: 'confirmed', OrderChanged: 'changed', OrderRejected: 'rejected',
};

interface Command {
  readonly correlationId?: string;
  readonly orderId: string;
  readonly commandId: string;
}

/** The outcomes of a file by the published events of its commands. A command without an event changed nothing, because its order was stored. */
export function expectedOutcomes(
  { account, outcomes, sequences }: Observations, { fileId, counts }: FileRecord, lines: readonly FileLine[],
): ExpectedOutcomes {
  const commands = new Map(account.ordersQueue.accepted.map((body) => JSON.parse(body) as Command)
    .filter(({ correlationId }) => correlationId === fileId).map((command) => [command.orderId, command]));
  const count = { confirmed: 0, changed: 0, unchanged: 0, rejected: 0 };
  const rejections: string[] = [];
  for (const command of commands.values()) {
    const index = lines.findIndex(({ orderId, isInvalid }) => orderId === command.orderId && !isInvalid);
    const published = outcomes.get(keyOf(command)) ?? new Set();
    const [outcome, code] = published.has('OrderPending') ? settledOutcome(account, command) : publishedOutcome(published);
    if (outcome === 'pending') continue;
    if (outcome === 'OrderRejected') rejections.push(`${index} ${command.orderId} ${code}`);
    if (outcome) count[OUTCOME_OF[outcome]]++;
    else if (sequences.get(command.orderId)?.some(({ commandId }) => commandId === command.commandId)) count.unchanged++;
  }
  const known = count.confirmed + count.changed + count.unchanged + count.rejected;
  return { ...count, pending: (counts?.valid ?? 0) - known, rejections: rejections.sort() };
}

/** A pending order that a file changes is decided later. The rejection is then published as one of the same command, before the change or after it. */
const publishedOutcome = (published: ReadonlySet<string>): readonly [outcome?: string, code?: string] =>
  (published.has('OrderChanged') ? ['OrderChanged'] : [...published].join(' and ').split(' ') as [string, string?]);

/** What became of an order that was pending: its status after that. */
function settledOutcome({ tables }: Observations['account'], { orderId, commandId }: Command): readonly [outcome: string, code?: string] {
  const items = tables.OrdersTable.writes.map(({ after }) => after as unknown as OrderItem | undefined).filter((item) => item?.orderId === orderId);
  const placed = items.findIndex((item) => item?.status === 'PENDING' && item.placement.commandId === commandId);
  const settled = items.slice(placed).find((item) => item!.status !== 'PENDING');
  if (!settled) return ['pending'];
  if (settled.status === 'CONFIRMED') return ['OrderConfirmed'];
  return ['OrderRejected', settled.status === 'REJECTED' ? settled.rejection.code : 'ORDER_CANCELLED'];
}

/** The API, the record of the file, the event and the alert agree with the outcomes, and are there when none is missing. */
export function outcomeViolations(
  observations: Observations, file: FileRecord, lines: readonly FileLine[], answer: FileAnswer | undefined,
): string[] {
  const { fileId, key, state } = file;
  const { rejections, pending, ...known } = expectedOutcomes(observations, file, lines);
  const isProcessed = state === 'COMPLETED' && pending === 0;
  const { bus, alerts } = observations.account;
  const events = bus.published.filter(({ type, detail }) => type === 'OrderFileProcessed' && detail.metadata.fileId === fileId);
  const isSent = state === 'COMPLETED' || state === 'EXTRACTING' || state === 'VALIDATED';
  const checks: [string, unknown, unknown][] = [
    ['outcomes in the record', textOf(file.outcomes), isProcessed ? textOf(known) : undefined],
    ['OrderFileProcessed', [...new Set(events.map(({ detail }) => textOf(detail.data.outcomes)))].join(), isProcessed ? textOf(known) : ''],
    ['alert about rejected orders', alerts.some((alert) => alert.fileId === fileId && alert.reason === 'REJECTED_ORDERS'), isProcessed && known.rejected > 0],
    ['announcement', file.outcomesNotified ?? false, isProcessed],
    ...(answer ? [
      ['outcomes in the API', textOf(answer.outcomes), isSent ? textOf({ ...known, pending }) : undefined],
      ['rejected orders in the API', answer.rejections.map(({ index, orderId, code }) => `${index} ${orderId} ${code}`).sort().join(), rejections.join()],
    ] as [string, unknown, unknown][] : []),
  ];
  return checks.filter(([, actual, wanted]) => actual !== wanted)
    .map(([name, actual, wanted]) => `file outcomes: ${name} of ${key} is ${String(actual)} and should be ${String(wanted)}`);
}

const textOf = (counts: object | undefined): string | undefined =>
  counts && Object.entries(counts).sort(([one], [other]) => (one < other ? -1 : 1)).map(([outcome, count]) => `${count} ${outcome}`).join(' ');
