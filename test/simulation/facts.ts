import type { Account } from './account';
import type { Detail, PublishedEvent } from './event-bus';
import type { OrderItem, SequenceRecord } from '../../handlers/shared';
import { isSequenced, readCommandEvent } from '../../handlers/shared/lifecycle/read-command-event';
import type { Ask as ModelAsk } from '../support/order-lifecycle-model';

/** A command that was accepted: over REST or in a file, or from another system. */
export interface Accepted {
  readonly orderId: string;
  readonly commandId: string;
  readonly correlationId: string;
  /** By what it can be found in a message. */
  readonly givenId: string;
  /** In the words of the model; undefined when it is malformed, and so refused before it gets its place. */
  readonly ask?: ModelAsk;
}

const REQUESTS = ['OrderChangeRequested', 'OrderCancellationRequested', 'OrderFulfilled'];
const OUTCOMES = /^Order(Confirmed|Changed|Cancelled|Rejected|\w+Refused)$/;

/** What is known of a run, from the outside. */
export class Facts {
  readonly accepted = new Map<string, Accepted>();
  /** The places of each order's commands, in order. */
  readonly places = new Map<string, SequenceRecord[]>();
  /** The outcomes that were said of a command: events, with their codes. */
  readonly outcomes = new Map<string, Set<string>>();

  /** The last turn of orders that were deleted. */
  readonly forgotten = new Map<string, number>();

  constructor(readonly account: Account) {
    for (const [orderId, { sequence }] of account.tables.OrdersTable.deleted) this.forgotten.set(orderId, Number(sequence));
    for (const body of account.ordersQueue.accepted) if (!body.includes('poison-')) this.accept(fromQueue(JSON.parse(body)));
    for (const published of account.bus.published) {
      const request = fromBus(published);
      if (request) this.accept(request);
      else this.hear(published);
    }
    for (const place of account.tables.SequenceTable.items.values() as unknown as Iterable<SequenceRecord>) {
      this.hearHook(place);
      this.places.set(place.orderId, [...this.places.get(place.orderId) ?? [], place]);
    }
    for (const places of this.places.values()) places.sort((one, other) => one.sequence - other.sequence);
  }

  item(orderId: string): OrderItem | undefined {
    return this.account.tables.OrdersTable.items.get(orderId) as OrderItem | undefined;
  }

  private accept(command: Accepted): void {
    this.accepted.set(keyOf(command), command);
  }

  /** To the model, it is all one why an order is rejected. */
  private hearHook(place: SequenceRecord): void {
    const command = this.accepted.get(keyOf(place));
    if (command && place.verdict?.length) this.accepted.set(keyOf(place), { ...command, ask: { kind: 'place wrongly' } });
  }

  private hear({ type, detail: { metadata, data } }: PublishedEvent): void {
    if (!OUTCOMES.test(type) || !metadata) return;
    const outcomes = this.outcomes.get(keyOf(metadata)) ?? new Set();
    this.outcomes.set(keyOf(metadata), outcomes.add(data?.code ? `${type} ${data.code}` : type));
  }
}

export const keyOf = ({ orderId, commandId }: { orderId: string; commandId: string }): string => `${orderId} ${commandId}`;

/** Whether an event is the pipeline's own. */
export const isOwn = ({ metadata }: Detail): boolean => metadata?.sequence !== undefined && !String(metadata.eventId).startsWith('outside');

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- commands of all kinds
function fromQueue({ orderId, commandId, correlationId, commandType, payload }: any): Accepted {
  const common = { orderId, commandId, correlationId, givenId: commandId };
  if (commandType === 'PlaceOrder') return { ...common, ask: payload.total === 1 ? { kind: 'place wrongly' } : { kind: 'place', notes: payload.notes } };
  return { ...common, ask: { kind: commandType === 'ChangeOrder' ? 'change' : 'cancel', ...payload } };
}

/** The id of what another system asks for is read as the handlers read it: what it is made of is their own affair. */
function fromBus({ id, type, detail: { metadata, data }, text }: PublishedEvent): Accepted | undefined {
  if (!REQUESTS.includes(type) || isOwn({ metadata }) || !metadata?.orderId) return undefined;
  const request = readCommandEvent(`{"id":"${id}","detail-type":"${type}","detail":${text}}`);
  if (isSequenced(request)) throw new Error('a request of another system has no place');
  const { orderId, commandId, correlationId } = request;
  const common = { orderId, commandId, correlationId, givenId: String(metadata.eventId ?? id) };
  switch (type) {
    case 'OrderChangeRequested': return { ...common, ask: data?.patch?.currency ? undefined : { kind: 'change', ...data, outside: true } };
    case 'OrderCancellationRequested': return { ...common, ask: data?.reason ? { kind: 'cancel', ...data, outside: true } : undefined };
    default: return { ...common, ask: typeof data === 'string' ? undefined : { kind: 'fulfill', outside: true } };
  }
}
