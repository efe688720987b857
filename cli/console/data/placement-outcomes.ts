import type { OrderItem } from '../../../handlers/shared/commands/order-item';
import type { HistoryRecord } from '../../../handlers/shared/queries/history-record';
import { EVENT_TYPE, REJECTION_CODE } from '../../../src/private/contract';

/** A placement whose outcome is not known. */
export interface OpenPlacement {
  readonly orderKey: string;
  readonly commandId: string;
  readonly sequence: number;
  /** When it was validated, in Unix milliseconds. */
  readonly at: number;
}

type Outcome = 'confirmed' | 'rejected' | 'repeated';

/** The codes of orders that were rejected by the validation: there is no `OrderValidated` of them. */
const REJECTED_BY_VALIDATION: readonly unknown[] = [REJECTION_CODE.INVALID_ORDER, REJECTION_CODE.REJECTED_BY_HOOK];
/** Outcomes that are remembered because they arrived before the event that they are about, or can be corrected. */
const MAX_REMEMBERED = 10_000;

/**
 * Counts placements and their outcomes, from the events of the history: those that were accepted by their validation, and those that were confirmed or
 * rejected by the event about it. A placement without such an event is open until the orders table shows what became of it.
 */
export class PlacementOutcomes {
  accepted = 0;
  readonly counts: Record<Outcome, number> = { confirmed: 0, rejected: 0, repeated: 0 };
  readonly open = new Map<string, OpenPlacement>();
  private readonly early = new Remembered<'confirmed' | 'rejected'>();
  private readonly repeated = new Remembered<true>();

  /**
   * @param since the time from which on it counts; undefined if it counts all.
   */
  constructor(readonly since?: Date) {}

  add({ type, orderId: orderKey, metadata, occurredAt, data }: HistoryRecord): void {
    const commandId = String(metadata.commandId);
    const key = `${orderKey} ${commandId}`;
    if (type === EVENT_TYPE.ORDER_VALIDATED) {
      this.accepted++;
      const outcome = this.early.take(key);
      if (outcome) this.counts[outcome]++;
      else this.open.set(key, { orderKey, commandId, sequence: Number(metadata.sequence), at: Date.parse(occurredAt) });
    } else if (type === EVENT_TYPE.ORDER_CONFIRMED) {
      this.resolve(key, 'confirmed');
    } else if (type === EVENT_TYPE.ORDER_REJECTED) {
      this.reject(key, (data as { readonly code?: unknown } | undefined)?.code);
    }
  }

  /** Records what the orders table shows of an open placement. */
  settle({ orderKey, commandId }: OpenPlacement, outcome: Outcome): void {
    const key = `${orderKey} ${commandId}`;
    if (!this.open.delete(key)) return;
    this.counts[outcome]++;
    if (outcome === 'repeated') this.repeated.add(key, true);
  }

  private reject(key: string, code: unknown): void {
    if (!this.open.has(key) && REJECTED_BY_VALIDATION.includes(code)) {
      this.accepted++;
      this.counts.rejected++;
    } else {
      this.resolve(key, 'rejected');
    }
  }

  private resolve(key: string, outcome: 'confirmed' | 'rejected'): void {
    if (this.open.delete(key)) {
      this.counts[outcome]++;
    } else if (this.repeated.take(key)) {
      // Its event arrived late.
      this.counts.repeated--;
      this.counts[outcome]++;
    } else {
      this.early.add(key, outcome);
    }
  }
}

/** The latest entries, up to a maximum number. */
class Remembered<Value> {
  private readonly entries = new Map<string, Value>();

  add(key: string, value: Value): void {
    this.entries.set(key, value);
    if (this.entries.size > MAX_REMEMBERED) this.entries.delete(this.entries.keys().next().value!);
  }

  take(key: string): Value | undefined {
    const value = this.entries.get(key);
    this.entries.delete(key);
    return value;
  }
}

/** What the orders table shows of a placement. */
export type StoredOutcome = Outcome | 'pending' | 'not-applied';

/** Returns what the item of its order shows of a placement. */
export function storedOutcome({ commandId, sequence }: OpenPlacement, item: OrderItem | undefined): StoredOutcome {
  if (!item) return 'not-applied';
  if (item.pending?.[String(sequence)]) return 'pending';
  const isInGap = item.gaps?.some(([first, last]) => sequence >= first && sequence <= last) ?? false;
  if (item.sequence < sequence || isInGap) return 'not-applied';
  if ('placement' in item && item.placement.commandId === commandId) return item.status === 'PENDING' ? 'pending' : 'confirmed';
  if (item.outcome?.commandId === commandId && item.outcome.type === EVENT_TYPE.ORDER_REJECTED) return 'rejected';
  return 'repeated';
}
