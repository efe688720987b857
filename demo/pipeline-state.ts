import { deployedQueues, drain, peek, type DeployedQueue } from '../test/support/deployed-queues';
import type { LocalAws } from '../test/support/local-aws';

/** An event from the event log queue, to which the bus delivers all events. */
export interface BusEvent {
  readonly 'detail-type': string;
  readonly 'detail': { metadata: { eventId: string; orderId: string; correlationId: string }; data: { code?: string; errors?: { code: string; path: string }[] } };
}

/** The deployed stack and the queues of its subscribers. */
export interface PipelineStateProps {
  readonly local: LocalAws;
  readonly stackName: string;
  readonly eventLogQueueUrl: string;
  readonly alertsQueueUrl: string;
  readonly largeOrdersQueueUrl: string;
}

/** The externally visible state of the pipeline: events, alerts, queue depths and dead-letter queues, as of the last `refresh`. */
export class PipelineState {
  private readonly events = new Map<string, BusEvent>();
  private pipelineQueues: DeployedQueue[] = [];
  private deadLetterMessages: string[] = [];

  /** The alerts about invalid files. */
  public readonly alerts: string[] = [];

  constructor(private readonly props: PipelineStateProps) {}

  /** Reads the queues, and consumes new events and alerts. */
  public async refresh(): Promise<void> {
    const { local, stackName, eventLogQueueUrl, alertsQueueUrl, largeOrdersQueueUrl } = this.props;
    const subscribers = [eventLogQueueUrl, alertsQueueUrl, largeOrdersQueueUrl];
    this.pipelineQueues = (await deployedQueues(local, stackName)).filter(({ url }) => !subscribers.includes(url));
    // Each peek increments the receive counts, so the dead-letter queues are read only after all other queues are empty.
    if (this.inFlight === 0) this.deadLetterMessages = await this.peekDeadLetterQueues();
    for (const { Body } of await drain(local, eventLogQueueUrl)) {
      const event = JSON.parse(Body!) as BusEvent;
      this.events.set(event.detail.metadata.eventId, event);
    }
    for (const { Body } of await drain(local, alertsQueueUrl)) this.alerts.push((JSON.parse(Body!) as { Message: string }).Message);
  }

  /** The queues of the pipeline, without those of the subscribers. */
  public get queues(): readonly DeployedQueue[] {
    return this.pipelineQueues;
  }

  /** The queue of this name. */
  public queue(name: string): DeployedQueue {
    return this.pipelineQueues.find((queue) => queue.name === name)!;
  }

  /** The number of messages in the queues of the pipeline, without the dead-letter queues. */
  public get inFlight(): number {
    return this.pipelineQueues.filter(({ isDeadLetterQueue }) => !isDeadLetterQueue).reduce((sum, { depth }) => sum + depth, 0);
  }

  /** Events of one type with a correlation ID. A redelivered event counts once. */
  public eventsOf(type: string, correlationId: string): BusEvent[] {
    return this.eventsWhere(type, ({ detail }) => detail.metadata.correlationId === correlationId);
  }

  /** Events of one type about an order. A redelivered event counts once. */
  public eventsAbout(type: string, orderId: string): BusEvent[] {
    return this.eventsWhere(type, ({ detail }) => detail.metadata.orderId === orderId);
  }

  /** Whether a dead-letter queue contains a message with an order ID or a correlation ID. */
  public isDeadLettered(id: string): boolean {
    return this.deadLetterMessages.some((body) => body.includes(`"${id}"`) || body.includes(`\\"${id}\\"`));
  }

  private eventsWhere(type: string, matches: (event: BusEvent) => boolean): BusEvent[] {
    return [...this.events.values()].filter((event) => event['detail-type'] === type && matches(event));
  }

  private async peekDeadLetterQueues(): Promise<string[]> {
    const filled = this.pipelineQueues.filter(({ isDeadLetterQueue, depth }) => isDeadLetterQueue && depth > 0);
    return (await Promise.all(filled.map(({ url }) => peek(this.props.local, url)))).flat().map(({ Body }) => Body!);
  }
}
