import {
  consumeCommandOrRequest, createEvent, validateCommand, orderView, readCommandEvent, assignSequence, needsSequence,
  type BusRequestContext, type OrderCommand, type OrderEvent, type OrderItem, type SequenceRecord, type SequenceStore,
} from '#shared';
import type { Ask, Confirmation } from './order-lifecycle-model';
import type { Random } from './random';
import { sampleOrder } from './sample-order';

/** A guard that is removed to show that the guarantee does not hold without it. */
export type Guard = 'condition' | 'sequence' | 'memory' | 'pending';

const ORDER_ID = 'order-1';

/**
 * One order, its table and its sequence, and messages that arrive in any order, more than once and several at a time. The code that decides,
 * loads, writes and retries is the handlers' own; every request to a table waits until chance lets it through.
 */
export class OrderLifeWorld {
  item: OrderItem | undefined;
  readonly versions: number[] = [];
  /** Every published event, by its ask. */
  readonly published = new Map<number, Set<string>>();
  /** Which ask a command id stands for. */
  private readonly indexes = new Map<string, number>();
  private readonly places: SequenceRecord[] = [];
  private readonly blocked: (() => void)[] = [];
  private running = 0;
  private deliveries = 0;

  private readonly sequences: SequenceStore = {
    list: async (_, below = Infinity) => {
      await this.crossing();
      return this.places.filter(({ sequence }) => sequence < below).toSorted((one, other) => other.sequence - one.sequence).slice(0, 2);
    },
    claim: async (record) => {
      await this.crossing();
      if (this.places.some(({ sequence }) => sequence === record.sequence)) return false;
      this.places.push(record);
      return true;
    },
    saveHookResult: async () => [],
  };

  private readonly life: BusRequestContext = {
    settings: { rejectedOrderRetention: 3600, pendingCommandRetention: 3600 },
    sequences: this.sequences,
    publish: async () => new Map(),
    hasTenants: false,
    orders: {
      load: async () => {
        await this.crossing();
        return this.item;
      },
      write: async (item) => {
        await this.crossing();
        const isFree = item.revision === (this.item?.revision ?? 0) + 1;
        if (!isFree && this.without !== 'condition') return { written: false, current: this.item };
        this.keep(JSON.parse(JSON.stringify(item)) as OrderItem);
        return { written: true };
      },
    },
  };

  constructor(
    private readonly asks: readonly Ask[], private readonly random: Random, private readonly without?: Guard, confirmation: Confirmation = 'none',
  ) {
    if (confirmation === 'none') return;
    const settings = { ...this.life.settings, confirmation: { timeout: 3600, onTimeout: 'REJECT', onChange: confirmation } } as const;
    Object.assign(this.life, { settings });
  }

  /** Lets everything happen. `order` is in which the asks are delivered for the first time. */
  async live(order: readonly number[]): Promise<void> {
    const events = await this.validate();
    const first = order.map((index) => () => this.deliver(index, events[index]));
    const again = order.flatMap((index) => Array.from({ length: this.random.below(3) }, () => () => this.deliver(index, events[index])));
    const all = [...first];
    for (const repeat of again) all.splice(this.random.below(all.length + 1), 0, repeat);
    await this.atOnce(all, 1 + this.random.below(3));
  }

  /** The asks in the order of their sequence numbers. */
  get sequence(): Ask[] {
    return this.indexesInSequence.map((index) => this.asks[index]);
  }

  /** What became of the asks, in that order: events and codes, one for each, or several where the promise does not hold. */
  get outcomes(): string[] {
    return this.indexesInSequence.map((index) => [...this.published.get(index) ?? []].join(' and ') || this.silence(index));
  }

  private get indexesInSequence(): number[] {
    const places = this.places.toSorted((one, other) => one.sequence - other.sequence);
    return [...new Set(places.map(({ commandId }) => this.indexes.get(commandId)!))];
  }

  /** The order as clients see it, but for its dates and what the model leaves out. */
  get view(): Record<string, unknown> | undefined {
    if (!this.item || this.item.status === 'AWAITED') return undefined;
    const { orderId, customerId, currency, total, createdAt, updatedAt, rejection, confirmation, fulfillments, ...shown } = orderView(this.item);
    const { order = {}, ...view } = shown;
    const { orderId: id, customerId: customer, currency: code, items, ...fields } = order as Record<string, unknown>;
    return { ...view, ...fields };
  }

  private silence(index: number): string {
    const isWaiting = Object.values(this.item?.pending ?? {}).some(({ commandId }) => this.indexes.get(commandId) === index);
    return isWaiting ? 'waiting' : 'nothing';
  }

  /** `validate-order`, to which a FIFO queue brings one command after the other, some more than once and some very late. */
  private async validate(): Promise<(string | undefined)[]> {
    const bodies: (string | undefined)[] = [];
    for (const [index, ask] of this.asks.entries()) {
      if ('outside' in ask && ask.outside) {
        bodies.push(undefined);
        continue;
      }
      const times = 1 + this.random.below(2);
      for (let time = 0; time < times; time++) bodies[index] = await this.released(this.validateAsk(index));
      if (index > 0 && bodies[index - 1] && this.random.chance(0.2)) bodies[index - 1] = await this.released(this.validateAsk(index - 1));
    }
    return bodies;
  }

  private async validateAsk(index: number): Promise<string> {
    const command = commandOf(this.asks[index], `command-${index}`);
    const validation = validateCommand(command);
    if (!needsSequence(validation)) throw new Error(`${validation.type} in a history`);
    const { orderId, commandId, correlationId, channel } = command;
    const place = await assignSequence(orderId, this.remember(index, commandId), this.sequences, command.commandType === 'PlaceOrder');
    this.indexes.set(commandId, index);
    const cause = { orderId, commandId, ...place, correlationId, causationId: commandId, channel };
    const event = createEvent(validation.type, cause, validation.data, { facts: validation.facts }) as OrderEvent;
    if (event.type === 'OrderRejected') this.say(commandId, event.type, event.data.code);
    return JSON.stringify({ 'id': event.metadata.eventId, 'detail-type': event.type, 'detail': { metadata: event.metadata, facts: event.facts, data: event.data } });
  }

  /** Delivers a message until it is consumed. */
  private async deliver(index: number, body: string | undefined): Promise<void> {
    for (let tries = 0; tries < 20; tries++) {
      try {
        await consumeCommandOrRequest(body === undefined ? this.request(index) : this.inSequence(body), this.life);
        return;
      } catch {
        // The message is redelivered.
      }
    }
  }

  /** The request of another system on the bus. */
  private request(index: number): string {
    const ask = this.asks[index];
    const eventId = this.without === 'memory' ? `event-${index}:${++this.deliveries}` : `event-${index}`;
    const body = JSON.stringify({ 'detail-type': REQUESTS[ask.kind as keyof typeof REQUESTS], 'detail': { metadata: { orderId: ORDER_ID, eventId }, data: this.payloadOf(ask) } });
    this.indexes.set(readCommandEvent(body).commandId, index);
    return body;
  }

  /** A decision names the command of the ask that it is about. */
  private payloadOf(ask: Ask): unknown {
    if (ask.kind !== 'decide') return payloadOf(ask);
    const reasons = ask.decision === 'REJECT' ? { reasons: [{ code: 'OUT_OF_STOCK', message: 'is not in stock' }] } : {};
    return { decisionId: this.commandIdOf(ask.about) ?? 'unknown', decision: ask.decision, ...reasons };
  }

  private commandIdOf(ask: Ask | undefined): string | undefined {
    if (ask === undefined) return undefined;
    const index = this.asks.indexOf(ask);
    return 'outside' in ask && ask.outside ? readCommandEvent(this.request(index)).commandId : `command-${index}`;
  }

  /** Runs deliveries, some at once; whatever waits for a table is let through by chance. */
  private async atOnce(deliveries: readonly (() => Promise<void>)[], most: number): Promise<void> {
    const waiting = [...deliveries];
    while (waiting.length > 0 || this.running > 0) {
      while (this.running < most && waiting.length > 0) {
        this.running++;
        void waiting.shift()!().finally(() => { this.running--; });
      }
      await this.letOneThrough();
    }
  }

  private async released<T>(work: Promise<T>): Promise<T> {
    let done = false;
    void work.finally(() => { done = true; });
    while (!done) await this.letOneThrough();
    return work;
  }

  private async letOneThrough(): Promise<void> {
    await new Promise((resolve) => { setImmediate(resolve); });
    if (this.blocked.length > 0) this.blocked.splice(this.random.below(this.blocked.length), 1)[0]();
  }

  /** On the way to a table, until chance lets it through. */
  private crossing(): Promise<void> {
    return new Promise((resolve) => { this.blocked.push(resolve); });
  }

  private keep(item: OrderItem): void {
    this.item = this.without === 'pending' ? { ...item, pending: undefined } : item;
    this.versions.push(item.version);
    if (item.outcome) this.say(item.outcome.commandId, item.outcome.type, item.outcome.data.code);
  }

  private say(commandId: string, type: string, code: unknown): void {
    const index = this.indexes.get(commandId)!;
    this.published.set(index, (this.published.get(index) ?? new Set()).add(typeof code === 'string' ? `${type} ${code}` : type));
  }

  /** Without memory of the commands that have a sequence number, each delivery is a command of its own. */
  private remember(index: number, commandId: string): string {
    const remembered = this.without === 'memory' ? `${commandId}:${++this.deliveries}` : commandId;
    this.indexes.set(remembered, index);
    return remembered;
  }

  /** Without the sequence, a command is applied as it arrives. */
  private inSequence(message: string): string {
    if (this.without !== 'sequence') return message;
    const event = JSON.parse(message);
    const last = this.item?.sequence ?? 0;
    event.detail.metadata.sequence = Math.min(event.detail.metadata.sequence, last + 1);
    return JSON.stringify(event);
  }
}

const REQUESTS = {
  'change': 'OrderChangeRequested',
  'cancel': 'OrderCancellationRequested',
  'decide': 'OrderConfirmationDecided',
  'fulfill': 'OrderFulfilled',
  'fulfill items': 'OrderItemsFulfilled',
} as const;

function commandOf(ask: Ask, commandId: string): OrderCommand {
  const commandType = ask.kind === 'change' ? 'ChangeOrder' : ask.kind === 'cancel' ? 'CancelOrder' : 'PlaceOrder';
  const receivedAt = '2026-01-31T12:00:00.000Z';
  const policy = ask.kind === 'place' && ask.onExistingOrder ? { onExistingOrder: ask.onExistingOrder } : {};
  return { schemaVersion: 1, commandType, commandId, orderId: ORDER_ID, correlationId: commandId, channel: 'api', receivedAt, ...policy, payload: payloadOf(ask) };
}

function payloadOf(ask: Ask): unknown {
  switch (ask.kind) {
    case 'place': return sampleOrder({ orderId: ORDER_ID, notes: ask.notes, ...(ask.customerId ? { customerId: ask.customerId } : {}) });
    case 'place wrongly': return sampleOrder({ orderId: ORDER_ID, total: 1 });
    case 'change': return { patch: ask.patch, expectedVersion: ask.expectedVersion };
    case 'cancel': return { reason: ask.reason, expectedVersion: ask.expectedVersion };
    case 'decide':
    case 'time out':
    case 'fulfill': return undefined;
    case 'fulfill items': return { items: ask.items, shipmentId: ask.shipmentId };
  }
}
