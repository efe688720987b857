import { MemoryDeliveries } from './memory-deliveries';
import { sampleWebhook, SETTINGS } from './sample-webhooks';
import { newDelivery, runDeliveries, type AttemptResult, type Delivery, type DisabledReason, type RunPorts, type RunResult, type Webhook, type WebhookEvent } from '../../handlers/shared';

/** What a receiver answers to a request. */
type Receiver = (delivery: Delivery, now: number) => AttemptResult;

/** One webhook with a clock of its own, on which runs follow each other as the messages of the delivery queue invoke them. */
export class WebhookWorld {
  public now = Date.parse('2026-11-27T08:00:00.000Z');
  public readonly store = new MemoryDeliveries();
  public readonly requests: { readonly eventId: string; readonly at: number; readonly result: AttemptResult }[] = [];
  public readonly deadLetters: string[] = [];
  public readonly disabled: DisabledReason[] = [];
  public runs = 0;
  public mostConcurrent = 0;
  private concurrent = 0;

  constructor(public receiver: Receiver = () => 'DELIVERED', public webhook: Webhook = sampleWebhook(), private readonly disableAfter = SETTINGS.disableAfter * 1000) {}

  public add(...events: readonly WebhookEvent[]): void {
    const occurredAt = new Date(this.now).toISOString();
    for (const event of events) this.store.add(newDelivery(this.webhook, { ...event, occurredAt }, SETTINGS, this.now));
  }

  /** One run, which takes no time. */
  public async run(isTimeUp: () => boolean = () => false): Promise<RunResult> {
    this.runs++;
    const result = await runDeliveries(this.webhook, this.ports(isTimeUp));
    this.webhook = { ...this.webhook, ...result.health };
    return result;
  }

  /** Runs until nothing is pending, or a time. */
  public async runUntil(end = Infinity): Promise<void> {
    for (let next: number | undefined = this.now; next !== undefined && next <= end;) {
      this.now = Math.max(this.now, next);
      ({ nextAt: next } = await this.run());
    }
  }

  /** The events that the receiver accepted, in sequence. */
  public get accepted(): string[] {
    return this.requests.filter(({ result }) => result === 'DELIVERED').map(({ eventId }) => eventId);
  }

  public statusOf(eventId: string): Delivery | undefined {
    return this.store.deliveries.get(`${this.webhook.webhookId} ${eventId}`);
  }

  private ports(isTimeUp: () => boolean): RunPorts {
    return {
      store: this.store,
      reload: async () => this.webhook,
      attempt: (_, delivery) => this.attempt(delivery),
      sendToDeadLetterQueue: async ({ eventId }, reason) => { this.deadLetters.push(`${eventId}: ${reason}`); },
      disable: async (webhook, reason) => {
        this.disabled.push(reason);
        this.webhook = { ...webhook, enabled: false, disabledReason: reason };
      },
      disableAfter: this.disableAfter,
      now: () => this.now,
      isTimeUp,
    };
  }

  private async attempt(delivery: Delivery) {
    this.mostConcurrent = Math.max(this.mostConcurrent, ++this.concurrent);
    await new Promise((resolve) => { setImmediate(resolve); });
    this.concurrent--;
    const result = this.receiver(delivery, this.now);
    this.requests.push({ eventId: delivery.eventId, at: this.now, result });
    const error = result === 'DELIVERED' ? {} : { error: result === 'RETRY' ? 'HTTP_STATUS' : result === 'GONE' ? 'GONE' : 'ADDRESS_NOT_ALLOWED' };
    return { result, attempt: { attemptedAt: new Date(this.now).toISOString(), duration: 1, ...error } };
  }
}
