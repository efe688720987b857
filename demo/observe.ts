import { isDeepStrictEqual } from 'node:util';
import { isAccepted, type Answered, type Settled } from './requests';
import type { Request } from './scenario';
import { deployedQueues, drain, peek, type DeployedQueue } from '../test/support/deployed-queues';
import type { LocalAws } from '../test/support/local-aws';
import type { OrdersApi } from '../test/support/orders-api';

/** An event as the bus delivered it to the event log. */
export interface BusEvent {
  readonly 'detail-type': string;
  readonly 'detail': { metadata: { eventId: string; orderId: string; correlationId: string }; data: { code?: string; errors?: { code: string; path: string }[] } };
}

/** The names of the stack and its outputs that are looked at. */
export interface Deployment {
  readonly local: LocalAws;
  readonly stackName: string;
  readonly eventLogQueueUrl: string;
  readonly alertsQueueUrl: string;
  readonly largeOrdersQueueUrl: string;
  readonly api: OrdersApi;
}

/** Looks at a pipeline from outside, as its operator could: API, bus, queues. It is told nothing about what to expect. */
export class Observer {
  private readonly events = new Map<string, BusEvent>();
  private queues: DeployedQueue[] = [];
  private deadLetters: string[] = [];

  /** What people were told of bad files. */
  public readonly alerts: string[] = [];

  constructor(private readonly deployment: Deployment) {}

  /** Whether a dead-letter queue holds something with an id, of an order or a request. */
  public isDeadLettered(id: string): boolean {
    return this.deadLetters.some((body) => body.includes(`"${id}"`) || body.includes(`\\"${id}\\"`));
  }

  /** Takes a new look at bus and queues. */
  public async look(): Promise<void> {
    const { local, stackName, eventLogQueueUrl, alertsQueueUrl, largeOrdersQueueUrl } = this.deployment;
    const listeners = [eventLogQueueUrl, alertsQueueUrl, largeOrdersQueueUrl];
    this.queues = (await deployedQueues(local, stackName)).filter(({ url }) => !listeners.includes(url));
    // Every look at a message counts as a receive of it, so there is none before it is of use.
    if (this.inFlight === 0) this.deadLetters = await this.lookAtDeadLetters();
    for (const { Body } of await drain(local, eventLogQueueUrl)) {
      const event = JSON.parse(Body!) as BusEvent;
      this.events.set(event.detail.metadata.eventId, event);
    }
    for (const { Body } of await drain(local, alertsQueueUrl)) this.alerts.push((JSON.parse(Body!) as { Message: string }).Message);
  }

  /** Every queue on the road, each with how much is in it. */
  public get allQueues(): readonly DeployedQueue[] {
    return this.queues;
  }

  /** One of them, by its name. */
  public queue(name: string): DeployedQueue {
    return this.queues.find((queue) => queue.name === name)!;
  }

  /** How many messages are on their way. */
  public get inFlight(): number {
    return this.queues.filter(({ isDeadLetterQueue }) => !isDeadLetterQueue).reduce((sum, { depth }) => sum + depth, 0);
  }

  /** Events of one type that one request led to. A redelivered event counts once. */
  public eventsOf(type: string, correlationId: string): BusEvent[] {
    return [...this.events.values()].filter((event) => event['detail-type'] === type && event.detail.metadata.correlationId === correlationId);
  }

  /** What became of a request, from what can be seen. */
  public async settle<R extends Request>(answered: Answered<R>): Promise<Settled<R>> {
    if (!isAccepted(answered)) return { ...answered, outcome: 'refused', reason: answered.problem };
    if (this.eventsOf('OrderConfirmed', answered.correlationId).length > 0) return { ...answered, outcome: 'confirmed' };
    const [rejected] = this.eventsOf('OrderRejected', answered.correlationId);
    if (rejected) return { ...answered, outcome: 'rejected', reason: describe(rejected) };
    if (this.isDeadLettered(answered.correlationId)) return { ...answered, outcome: 'dead-lettered' };
    // A repeat leaves no trace, so it is one when nothing is on its way and the order is there, placed by another request.
    if (this.inFlight === 0 && answered.orderId && await this.isPlacedByAnother(answered)) return { ...answered, outcome: 'repeated', reason: 'nothing changed' };
    return answered;
  }

  private async lookAtDeadLetters(): Promise<string[]> {
    const dead = this.queues.filter(({ isDeadLetterQueue, depth }) => isDeadLetterQueue && depth > 0);
    return (await Promise.all(dead.map(({ url }) => peek(this.deployment.local, url)))).flat().map(({ Body }) => Body!);
  }

  private async isPlacedByAnother({ orderId, correlationId, request }: Answered): Promise<boolean> {
    const { status, body } = await this.deployment.api.get(orderId!);
    const events = [...this.events.values()].filter((event) => event['detail-type'] === 'OrderConfirmed' && event.detail.metadata.orderId === orderId);
    const sent = Object.entries(request.order as Record<string, unknown>).filter(([, value]) => value !== undefined);
    return status === 200 && body.status === 'CONFIRMED'
      && events.length === 1 && events[0].detail.metadata.correlationId !== correlationId
      && sent.every(([field, value]) => isDeepStrictEqual(body[field], value));
  }
}

const describe = ({ detail: { data } }: BusEvent): string => [data.code, ...(data.errors ?? []).map(({ code, path }) => `${path} ${code}`)].join(': ');
