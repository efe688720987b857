import {
  invalidOrder, nextWrite, type ItemWrite, type LifecycleSettings,
  type SequencedCommand, type OrderDocument, type OrderItem, type OrderPatch, type OrderStore,
} from '#shared';
import { SAMPLE_SETTINGS, SAMPLE_TIME, sampleContent, written } from './sample-messages';
import type { FulfilledItem } from '../../handlers/shared/commands/items-to-fulfill';
import type { Shipment } from '../../handlers/shared/commands/shipment';
import { fingerprint } from '../../handlers/shared/orders/fingerprint';

const NOW = new Date(SAMPLE_TIME);

/** What all commands of these samples have in common: they are for `order-1`, and named by their place in its line. */
const cause = (sequence: number) => ({
  orderId: 'order-1', sequence, commandId: `command-${sequence}`, correlationId: `correlation-${sequence}`, causationId: `event-${sequence}`, channel: 'api',
} as const);

export function place(sequence: number, changes: OrderDocument = {}): SequencedCommand {
  const content = sampleContent(changes);
  return { ...cause(sequence), type: 'PlaceOrder', data: { ...content, fingerprint: fingerprint(content) } };
}

export const reject = (sequence: number, customerId?: string): SequencedCommand =>
  ({
    ...cause(sequence),
    type: 'RejectOrder',
    data: { ...invalidOrder([{ path: '/total', code: 'TOTAL_MISMATCH', message: 'must be 4129' }]), facts: customerId === undefined ? {} : { customerId } },
  });

export const change = (sequence: number, patch: OrderPatch = { notes: 'changed' }, expectedVersion?: number): SequencedCommand =>
  ({ ...cause(sequence), type: 'ChangeOrder', data: { patch, ...(expectedVersion === undefined ? {} : { expectedVersion }) } });

export const cancel = (sequence: number, reason = 'too late', expectedVersion?: number): SequencedCommand =>
  ({ ...cause(sequence), type: 'CancelOrder', data: { reason, ...(expectedVersion === undefined ? {} : { expectedVersion }) } });

export const fulfill = (sequence: number): SequencedCommand => ({ ...cause(sequence), type: 'FulfillOrder', channel: 'bus', data: {} });

/** A decision about the order that the command with a sequence number placed or changed. */
export const decide = (sequence: number, decided = 1, decision: 'CONFIRM' | 'REJECT' = 'CONFIRM'): SequencedCommand => ({
  ...cause(sequence),
  type: 'DecideConfirmation',
  channel: 'bus',
  data: {
    decisionId: `command-${decided}`,
    decision,
    ...(decision === 'REJECT' ? { reasons: [{ code: 'OUT_OF_STOCK', message: 'is not in stock' }] } : {}),
  },
});

/** Settings of a pipeline whose orders are confirmed by a decision. */
export const CONFIRMATION_SETTINGS: LifecycleSettings = {
  ...SAMPLE_SETTINGS, confirmation: { timeout: 600, onTimeout: 'REJECT', onChange: 'RESTART' },
};

/** Fulfills items: by default one of the three of `sampleOrder`. */
export const fulfillItems = (
  sequence: number, items: readonly FulfilledItem[] = [{ lineItem: 0, quantity: 1 }], shipment: Shipment = {},
): SequencedCommand => ({ ...cause(sequence), type: 'FulfillOrderItems', channel: 'bus', data: { items, ...shipment } });

/** Lets commands come one after the other, each write going through the table. */
export function live(
  commands: readonly SequencedCommand[], from?: OrderItem, now = NOW, settings: LifecycleSettings = SAMPLE_SETTINGS,
): { item: OrderItem; writes: readonly ItemWrite[] } {
  let item = from;
  const writes: ItemWrite[] = [];
  for (const command of commands) {
    for (let next = nextWrite(item, command, now, settings); next; next = nextWrite(item, command, now, settings)) {
      writes.push(next);
      item = written(next.item);
    }
  }
  return { item: item!, writes };
}

/** The outcomes of commands, by sequence number: events and their codes, or the outcome for the log where no event is published. */
export const outcomesOf = (writes: readonly ItemWrite[]): string[] =>
  writes.map(({ command: { sequence }, outcome, reason, item }) => `${sequence} ${outcome}${reason ? ` ${reason}` : ''}${item.outcome ? '' : ' (no event)'}`);

/** The place where one order lives, in memory. Others may write it just before a handler does. */
export class OneOrderStore implements OrderStore {
  readonly writes: OrderItem[] = [];
  loads = 0;
  beforeWrite?: (attempt: number) => void;
  private attempts = 0;

  constructor(public item?: OrderItem) {}

  async load(): Promise<OrderItem | undefined> {
    this.loads++;
    return this.item;
  }

  async write(item: OrderItem): ReturnType<OrderStore['write']> {
    this.beforeWrite?.(++this.attempts);
    if (item.revision !== (this.item?.revision ?? 0) + 1) return { written: false, current: this.item };
    this.item = written(item);
    this.writes.push(item);
    return { written: true };
  }
}
