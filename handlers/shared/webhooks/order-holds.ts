import type { DueDelivery } from './delivery';
import type { DeliveryStore, HeldDelivery } from './delivery-store';

/** How long a delivery waits at least whose predecessor was not read in the same page. */
const SHORTEST_WAIT_MS = 1000;

/** The deliveries of one order that failed and are pending. Later ones wait for them. */
export class OrderHolds {
  /** Reads those of the order of a delivery to an ordered webhook; for another one, there are none. */
  public static async of({ webhookId, orderKey }: DueDelivery, store: DeliveryStore): Promise<OrderHolds> {
    return new OrderHolds(store, webhookId, orderKey, orderKey === undefined ? [] : await store.getHolds(webhookId, orderKey));
  }

  private constructor(
    private readonly store: DeliveryStore, private readonly webhookId: string, private readonly orderKey: string | undefined,
    private held: readonly HeldDelivery[],
  ) {}

  /** Until when a delivery has to wait for an earlier one; undefined if there is none. */
  public async waitOf({ position }: DueDelivery, now: number): Promise<number | undefined> {
    for (const each of this.held.filter((one) => one.position < position)) {
      const delivery = await this.store.get(this.webhookId, each.eventId);
      if (delivery?.status === 'PENDING') return Math.max(delivery.dueAt, now + SHORTEST_WAIT_MS);
      await this.replace(this.held.filter((one) => one !== each));
    }
    return undefined;
  }

  /** Makes later deliveries wait for one that failed. It is stored before the failure, so that they also wait when the function crashes in between. */
  public async add({ eventId, position, expiresAt }: DueDelivery): Promise<void> {
    if (this.orderKey === undefined || this.held.some((each) => each.eventId === eventId)) return;
    await this.replace([...this.held, { eventId, position, expiresAt }]);
  }

  private async replace(held: readonly HeldDelivery[]): Promise<void> {
    await this.store.putHolds(this.webhookId, this.orderKey!, held);
    this.held = held;
  }
}
