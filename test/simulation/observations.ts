import type { Account } from './account';
import type { Detail, PublishedEvent } from './event-bus';
import type { OrderItem, SequenceRecord } from '../../handlers/shared';
import { isSequenced, readCommandEvent } from '../../handlers/shared/lifecycle/read-command-event';
import { readPlacementEvent } from '../../handlers/shared/lifecycle/read-placement-event';
import type { Ask as ModelCommand } from '../support/order-lifecycle-model';
import { sampleItems } from '../support/sample-order';

/** A command that was accepted: over REST, from a file or from another system. */
export interface Accepted {
  readonly orderId: string;
  readonly commandId: string;
  readonly correlationId: string;
  /** The id by which a message with the command can be found. */
  readonly idInMessage: string;
  /** The command in the form of the model; undefined when it is malformed, and so refused before it gets a sequence number. */
  readonly command?: ModelCommand;
  /** The command that a decision is about. */
  readonly decisionId?: string;
}

const REQUESTS = ['OrderChangeRequested', 'OrderCancellationRequested', 'OrderFulfilled', 'OrderItemsFulfilled', 'OrderConfirmationDecided'];
const OUTCOMES = /^Order(Pending|Confirmed|Changed|Cancelled|Fulfilled|PartiallyFulfilled|Rejected|\w+Refused)$/;

/** The observable results of a run: queues, tables and events. */
export class Observations {
  readonly accepted = new Map<string, Accepted>();
  /** The sequence records of each order, in order. */
  readonly sequences = new Map<string, SequenceRecord[]>();
  /** The published outcomes of each command: events with their codes. */
  readonly outcomes = new Map<string, Set<string>>();
  /** The last sequence number of each order that time to live deleted. */
  readonly deletedUpTo = new Map<string, number>();

  constructor(readonly account: Account) {
    for (const [orderId, { sequence }] of account.tables.OrdersTable.deleted) this.deletedUpTo.set(orderId, Number(sequence));
    for (const body of account.ordersQueue.accepted) if (!body.includes('poison-')) this.accept(fromQueue(JSON.parse(body)));
    for (const published of account.bus.published) {
      const placement = placementOn(published);
      if (placement && !this.accepted.has(keyOf(placement))) this.accept(placement);
      const request = fromBus(published);
      if (request) this.accept(request);
      else this.addOutcome(published);
    }
    this.linkDecisions();
    for (const record of account.tables.SequenceTable.items.values() as unknown as Iterable<SequenceRecord>) {
      this.applyHookResult(record);
      this.sequences.set(record.orderId, [...this.sequences.get(record.orderId) ?? [], record]);
    }
    for (const records of this.sequences.values()) records.sort((one, other) => one.sequence - other.sequence);
  }

  /** A decision is about the command that made its order pending. */
  private linkDecisions(): void {
    for (const [key, accepted] of this.accepted) {
      if (accepted.command?.kind !== 'decide') continue;
      const about = this.accepted.get(keyOf({ orderId: accepted.orderId, commandId: accepted.decisionId! }))?.command;
      this.accepted.set(key, { ...accepted, command: { ...accepted.command, about } });
    }
  }

  item(orderId: string): OrderItem | undefined {
    return this.account.tables.OrdersTable.items.get(orderId) as OrderItem | undefined;
  }

  private accept(command: Accepted): void {
    this.accepted.set(keyOf(command), command);
  }

  /** The model does not distinguish between reasons for a rejection. */
  private applyHookResult(record: SequenceRecord): void {
    const command = this.accepted.get(keyOf(record));
    if (command && record.hookResult?.length) this.accepted.set(keyOf(record), { ...command, command: { kind: 'place wrongly' } });
  }

  private addOutcome({ type, detail: { metadata, data } }: PublishedEvent): void {
    if (!OUTCOMES.test(type) || !metadata) return;
    const outcomes = this.outcomes.get(keyOf(metadata)) ?? new Set();
    this.outcomes.set(keyOf(metadata), outcomes.add(data?.code ? `${type} ${data.code}` : type));
  }
}

export const keyOf = ({ orderId, commandId }: { orderId: string; commandId: string }): string => `${orderId} ${commandId}`;

/** Whether the pipeline itself published an event. */
export const isOwn = ({ metadata }: Detail): boolean => metadata?.sequence !== undefined && !/^(outside|poison)-/.test(String(metadata.eventId));

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- commands of all kinds
function fromQueue({ orderId, commandId, correlationId, commandType, onExistingOrder, payload, errors }: any): Accepted {
  const common = { orderId, commandId, correlationId, idInMessage: commandId };
  if (commandType === 'PlaceOrder') {
    const isWrong = errors || payload?.total === 1 || payload?.orderId !== orderId;
    const { notes, customerId, items } = payload ?? {};
    return { ...common, command: isWrong ? { kind: 'place wrongly' } : { kind: 'place', notes, customerId, otherItems: otherItemsIn(items), onExistingOrder } };
  }
  return { ...common, command: { kind: commandType === 'ChangeOrder' ? 'change' : 'cancel', ...payload } };
}

/** The quantities of the line items of a large order, which has more of them than a sample. */
const otherItemsIn = (items: readonly { readonly quantity: number }[]): readonly number[] | undefined =>
  (items.length > sampleItems([2, 1]).length ? items.map(({ quantity }) => quantity) : undefined);

/** Reads an order that another system places. An event without a usable order id is none. */
export function placementOn({ id, type, detail: { metadata }, text }: PublishedEvent): Accepted | undefined {
  if (type !== 'OrderPlacementRequested') return undefined;
  try {
    return { ...fromQueue(readPlacementEvent(`{"id":"${id}","detail-type":"${type}","detail":${text}}`, Infinity, false)), idInMessage: String(metadata?.eventId ?? id) };
  } catch {
    return undefined;
  }
}

/** Reads the id of a request of another system with the handlers' own code: the simulation does not repeat how it is made. */
function fromBus({ id, type, detail: { metadata, data }, text }: PublishedEvent): Accepted | undefined {
  if (!REQUESTS.includes(type) || isOwn({ metadata }) || !metadata?.orderId) return undefined;
  const request = readCommandEvent(`{"id":"${id}","detail-type":"${type}","detail":${text}}`);
  if (isSequenced(request)) throw new Error('A request of another system cannot have a sequence number.');
  const { orderId, commandId, correlationId } = request;
  const common = { orderId, commandId, correlationId, idInMessage: String(metadata.eventId ?? id) };
  switch (type) {
    case 'OrderChangeRequested': return { ...common, command: data?.patch?.currency ? undefined : { kind: 'change', ...data, outside: true } };
    case 'OrderConfirmationDecided': {
      const { decisionId, decision } = data;
      return { ...common, decisionId, command: { kind: 'decide', decision, about: undefined, outside: true } };
    }
    case 'OrderCancellationRequested': return { ...common, command: data?.reason ? { kind: 'cancel', ...data, outside: true } : undefined };
    case 'OrderItemsFulfilled': return { ...common, command: areItems(data?.items) ? { kind: 'fulfill items', items: data.items, shipmentId: data.shipmentId, outside: true } : undefined };
    default: return { ...common, command: typeof data === 'string' ? undefined : { kind: 'fulfill', outside: true } };
  }
}

const areItems = (items: unknown): boolean => Array.isArray(items) && items.length > 0 && items.every((item) => 'quantity' in item);
