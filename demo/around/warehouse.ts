import { answerAbout, CUSTOMER, WEBHOOK_EVENTS } from './scenario';
import { mapAtMost } from '../../handlers/shared/messaging/map-at-most';
import type { OrdersApi } from '../../test/support/orders-api';
import { answerWith, WebhookReceiver, type Answer } from '../../test/support/webhook-receiver';

/** How many of the first requests the warehouse refuses, as if it was restarted: they are sent again. */
const REFUSED = 3;

const refuseAtFirst: Answer = (response, requests) => answerWith(requests < REFUSED ? 503 : 200)(response, requests);

/** A system of another team: it receives events by a webhook, and answers the tasks among them over the API. */
export class Warehouse {
  /** Starts the receiver, and creates its webhook over the API. */
  public static async start(api: OrdersApi): Promise<Warehouse> {
    const receiver = await WebhookReceiver.start(refuseAtFirst);
    const { status, body } = await postJson(api, '/webhooks', { url: receiver.url, eventTypes: WEBHOOK_EVENTS, customerIds: [CUSTOMER], description: 'the warehouse' });
    if (status === 201) return new Warehouse(api, receiver, body.secret);
    await receiver.stop();
    throw new Error(`the webhook was not created: ${status} ${JSON.stringify(body)}`);
  }

  private readonly answered = new Set<string>();

  private constructor(private readonly api: OrdersApi, private readonly receiver: WebhookReceiver, private readonly secret: string) {}

  /** Answers the tasks that were received and have no answer yet. */
  public async answerTasks(): Promise<void> {
    const tasks = this.receiver.accepted.filter(({ id, event }) => event.type === 'OrderTaskRequested' && !this.answered.has(id));
    await mapAtMost(2, tasks, async ({ id, event: { metadata, facts, data } }) => {
      const { status } = await postJson(this.api, `/orders/${metadata.orderId}/tasks/${data.task}`, answerAbout(facts.tags));
      if (status === 200) this.answered.add(id);
    });
  }

  /** The IDs of the events that were accepted, by order. A repeated delivery counts once. @throws WebhookVerificationError for a wrong signature */
  public receivedEvents(): Map<string, Set<string>> {
    this.receiver.verifyAll(this.secret);
    const byOrder = new Map<string, Set<string>>();
    for (const { id, event: { metadata: { orderId } } } of this.receiver.accepted) byOrder.set(orderId, (byOrder.get(orderId) ?? new Set()).add(id));
    return byOrder;
  }

  /** The number of requests, those that were refused included. */
  public get requests(): { readonly accepted: number; readonly refused: number } {
    const accepted = this.receiver.requests.filter(({ status }) => status === 200).length;
    return { accepted, refused: this.receiver.requests.length - accepted };
  }

  public stop(): Promise<void> {
    return this.receiver.stop();
  }
}

const postJson = (api: OrdersApi, path: string, body: object) =>
  api.request(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
