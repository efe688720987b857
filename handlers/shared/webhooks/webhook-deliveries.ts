import type { AttemptOutcome } from './attempt-delivery';
import { afterFailure, afterSuccess, isOpen } from './circuit';
import type { Delivery, DueDelivery } from './delivery';
import { deliveryRetryDelay } from './delivery-retry';
import type { RunPorts } from './delivery-store';
import { OrderHolds } from './order-holds';
import type { DisabledReason, Webhook, WebhookHealth } from './webhook';
import { WEBHOOK_DISABLED_OUTCOME } from '../../../src/private/contract';
import type { Outcome } from '../telemetry/outcome';

/** Makes deliveries and keeps the health of the webhook in a run. */
export class WebhookDeliveries {
  public readonly outcomes: Outcome[] = [];
  private disabled = false;

  constructor(private readonly ports: RunPorts, public health: WebhookHealth) {}

  private get isStopped(): boolean {
    return this.disabled || isOpen(this.health, this.ports.now()) || this.ports.isTimeUp();
  }

  /** Makes deliveries one after the other. After a failure, later ones of the same order wait for the next attempt. */
  public async deliver(webhook: Webhook, group: readonly DueDelivery[], onlyFirst = false): Promise<void> {
    const holds = await OrderHolds.of(group[0], this.ports.store);
    for (const [index, due] of group.entries()) {
      if (this.isStopped || (onlyFirst && index > 0)) return;
      const until = await holds.waitOf(due, this.ports.now()) ?? await this.attempt(webhook, due, holds);
      if (until !== undefined && due.orderKey !== undefined) return this.postpone(group, due, until);
    }
  }

  /** Ends a delivery without a further attempt. It goes to the dead-letter queue first, so that none is lost. */
  public async giveUp(due: DueDelivery, reason: string): Promise<void> {
    const delivery = await this.pending(due);
    if (delivery) await this.fail(delivery, reason);
  }

  /** Returns when the next attempt is due; undefined if there will be none. */
  private async attempt(webhook: Webhook, due: DueDelivery, holds: OrderHolds): Promise<number | undefined> {
    const delivery = await this.pending(due);
    if (!delivery) return undefined;
    const outcome = await this.ports.attempt(webhook, delivery);
    const { attempt, result } = outcome;
    if (result === 'DELIVERED') {
      this.health = afterSuccess(this.health);
      await this.ports.store.finish(delivery, { status: 'DELIVERED', attempt });
      this.count('WebhookDelivered', delivery);
      return undefined;
    }
    this.health = afterFailure(this.health, this.ports.now(), outcome.retryAfter);
    await this.disableIfNeeded(webhook, result);
    return this.afterFailedAttempt(delivery, outcome, holds);
  }

  private async afterFailedAttempt(delivery: Delivery, { attempt, result }: AttemptOutcome, holds: OrderHolds): Promise<number | undefined> {
    const nextAt = this.ports.now() + deliveryRetryDelay(delivery.attemptCount + 1);
    if (result === 'RETRY' && nextAt < delivery.giveUpAt) {
      await holds.add(delivery);
      await this.ports.store.postpone(delivery, nextAt, attempt);
      this.count('WebhookAttemptFailed', delivery, attempt.error);
      return nextAt;
    }
    await this.fail(delivery, result === 'RETRY' ? 'RETRIES_EXHAUSTED' : attempt.error!, attempt);
    return undefined;
  }

  private async disableIfNeeded(webhook: Webhook, result: AttemptOutcome['result']): Promise<void> {
    const isFailing = this.ports.now() - this.health.failingSince! >= this.ports.disableAfter;
    if (this.disabled || !(result === 'GONE' || isFailing)) return;
    this.disabled = true;
    const reason: DisabledReason = result === 'GONE' ? 'GONE' : 'FAILING';
    await this.ports.disable(webhook, reason, this.health);
    this.outcomes.push({ outcome: WEBHOOK_DISABLED_OUTCOME, reason });
  }

  private async fail(delivery: Delivery, reason: string, attempt?: AttemptOutcome['attempt']): Promise<void> {
    await this.ports.sendToDeadLetterQueue(delivery, reason);
    await this.ports.store.finish(delivery, { status: 'FAILED', reason, ...(attempt ? { attempt } : {}) });
    this.count('WebhookDeliveryFailed', delivery, reason);
  }

  /** The delivery of an entry; undefined if it is not pending any more, or is due at another time. */
  private async pending(due: DueDelivery): Promise<Delivery | undefined> {
    const delivery = await this.ports.store.get(due.webhookId, due.eventId);
    if (delivery?.status === 'PENDING' && delivery.dueAt === due.dueAt) return delivery;
    await this.ports.store.removeDue(due);
    return undefined;
  }

  /** Postpones the deliveries of a group from one on, unless it is due at that time already. */
  private async postpone(group: readonly DueDelivery[], from: DueDelivery, until: number): Promise<void> {
    for (const due of group.slice(group.indexOf(from))) {
      if (await this.pending(due)) await this.ports.store.postpone(due, until);
    }
  }

  private count(outcome: string, { orderKey, orderId = orderKey }: Delivery, reason?: string): void {
    this.outcomes.push({ outcome, ...(orderId === undefined ? {} : { orderId }), ...(reason === undefined ? {} : { reason }) });
  }
}
