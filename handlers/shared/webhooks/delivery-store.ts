import type { AttemptOutcome } from './attempt-delivery';
import type { Delivery, DeliveryAttempt, DueDelivery } from './delivery';
import type { DisabledReason, Webhook, WebhookHealth, WebhookKey } from './webhook';

/** A delivery that failed and is pending, for which later ones of its order wait. */
export type HeldDelivery = Pick<DueDelivery, 'eventId' | 'position' | 'expiresAt'>;

/** The deliveries table. Only the run of a webhook, of which there is one at a time, changes its pending deliveries, except for the API. */
export interface DeliveryStore {
  /** The first pending deliveries of a webhook by the time at which they are due, with strong consistency. */
  listDue(webhookId: string, limit: number): Promise<DueDelivery[]>;
  get(webhookId: string, eventId: string): Promise<Delivery | undefined>;
  /** Stores the last attempt of a delivery, and that it is not pending any more. */
  finish(delivery: Delivery, result: { readonly status: 'DELIVERED' | 'FAILED'; readonly reason?: string; readonly attempt?: DeliveryAttempt }): Promise<void>;
  /** Stores a failed attempt, if any, and when the next one is due. */
  postpone(delivery: DueDelivery, dueAt: number, attempt?: DeliveryAttempt): Promise<void>;
  /** Removes the entry of a delivery that is not pending, or is due at another time. */
  removeDue(due: DueDelivery): Promise<void>;
  getHolds(webhookId: string, orderKey: string): Promise<readonly HeldDelivery[]>;
  /** Replaces those of an order; none removes the item. */
  putHolds(webhookId: string, orderKey: string, held: readonly HeldDelivery[]): Promise<void>;
}

/** What a run needs of the world. */
export interface RunPorts {
  readonly store: DeliveryStore;
  /** The webhook as it is now; undefined if it was deleted. */
  readonly reload: (key: WebhookKey) => Promise<Webhook | undefined>;
  readonly attempt: (webhook: Webhook, delivery: Delivery) => Promise<AttemptOutcome>;
  readonly sendToDeadLetterQueue: (delivery: Delivery, reason: string) => Promise<unknown>;
  readonly disable: (webhook: Webhook, reason: DisabledReason, health: WebhookHealth) => Promise<unknown>;
  /** How long a receiver may fail before its webhook is disabled, in milliseconds. */
  readonly disableAfter: number;
  readonly now: () => number;
  /** Whether the invocation should end. */
  readonly isTimeUp: () => boolean;
}
