import { duePart, type Delivery, type DeliveryStore, type DueDelivery, type HeldDelivery } from '../../handlers/shared';

/** The deliveries table in memory, with the conditions of its transactions. */
export class MemoryDeliveries implements DeliveryStore {
  public readonly deliveries = new Map<string, Delivery>();
  private readonly due = new Map<string, DueDelivery>();
  private readonly holds = new Map<string, readonly HeldDelivery[]>();

  public add(delivery: Delivery): void {
    this.deliveries.set(keyOf(delivery.webhookId, delivery.eventId), delivery);
    this.putDue(delivery);
  }

  public get pending(): number {
    return this.due.size;
  }

  public async listDue(webhookId: string, limit: number): Promise<DueDelivery[]> {
    const parts = [...this.due.keys()].filter((key) => key.startsWith(`${webhookId} `)).sort();
    return parts.slice(0, limit).map((key) => structuredClone(this.due.get(key)!));
  }

  public async get(webhookId: string, eventId: string): Promise<Delivery | undefined> {
    return this.deliveries.get(keyOf(webhookId, eventId));
  }

  public async finish(delivery: Delivery, { attempt, ...result }: Parameters<DeliveryStore['finish']>[1]): Promise<void> {
    if (!this.isUnchanged(delivery)) return;
    this.update(delivery, { ...result, finishedAt: new Date().toISOString() }, attempt);
    this.due.delete(dueKey(delivery));
  }

  public async postpone(due: DueDelivery, dueAt: number, attempt?: Delivery['attempts'][number]): Promise<void> {
    if (!this.isUnchanged(due)) return;
    this.update(due, { dueAt }, attempt);
    this.due.delete(dueKey(due));
    this.putDue(this.deliveries.get(keyOf(due.webhookId, due.eventId))!);
  }

  public async removeDue(due: DueDelivery): Promise<void> {
    this.due.delete(dueKey(due));
  }

  public async getHolds(webhookId: string, orderKey: string): Promise<readonly HeldDelivery[]> {
    return this.holds.get(keyOf(webhookId, orderKey)) ?? [];
  }

  public async putHolds(webhookId: string, orderKey: string, held: readonly HeldDelivery[]): Promise<void> {
    if (held.length === 0) this.holds.delete(keyOf(webhookId, orderKey));
    else this.holds.set(keyOf(webhookId, orderKey), held);
  }

  private putDue(delivery: Delivery): void {
    const { webhookId, eventId, orderKey, position, dueAt, giveUpAt, attemptCount, expiresAt } = delivery;
    this.due.set(dueKey(delivery), { webhookId, eventId, orderKey, position, dueAt, giveUpAt, attemptCount, expiresAt });
  }

  private isUnchanged({ webhookId, eventId, dueAt }: DueDelivery): boolean {
    const stored = this.deliveries.get(keyOf(webhookId, eventId));
    return stored?.status === 'PENDING' && stored.dueAt === dueAt;
  }

  private update({ webhookId, eventId }: DueDelivery, changes: Partial<Delivery>, attempt?: Delivery['attempts'][number]): void {
    const stored = this.deliveries.get(keyOf(webhookId, eventId))!;
    const attempted = attempt ? { attempts: [...stored.attempts, attempt], attemptCount: stored.attemptCount + 1, lastAttempt: attempt } : {};
    this.deliveries.set(keyOf(webhookId, eventId), { ...stored, ...changes, ...attempted });
  }
}

const keyOf = (webhookId: string, id: string): string => `${webhookId} ${id}`;
const dueKey = (due: DueDelivery): string => keyOf(due.webhookId, duePart(due));
