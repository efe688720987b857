import type { DeadLetterMessage } from './dead-letter-message';
import type { RedriveRun } from './dead-letter-queues';
import { describeMessage, matchesRequest } from './describe-message';
import { moveInOrder, type MoveResult } from './move-in-order';
import type { DescribedMessage, ListedMessage, MessageState, QueueReport, StopReason } from './redrive-response';
import type { RedriveRoute } from './redrive-routes';
import { notRedrivableReason } from './source-message';

/** The maximum number of messages per queue in the response, whose size is limited. All messages are counted. */
const MAX_LISTED = 400;

/** The redrive of one dead-letter queue. */
export class QueueRedrive {
  /** The receipt handles of received messages that remain in the queue. Their bodies would take too much memory. */
  readonly inFlight = new Set<string>();
  /** The number of messages received that were sent before the run started. */
  received = 0;
  /** The number of messages received that were sent during the run. */
  sentDuringRun = 0;
  /** The number of messages listed, moved or attempted. */
  processed = 0;
  private readonly counts = { matching: 0, moved: 0, failed: 0 };
  private readonly listed: ListedMessage[] = [];
  private readonly blocked = new Set<string>();

  constructor(private readonly route: RedriveRoute, private readonly run: RedriveRun) {}

  /** Receives and processes the next messages. Returns false when there are none. */
  async processNext(): Promise<boolean> {
    const { queues, visibilityTimeout, startedAt } = this.run;
    const messages = await queues.receive(this.route.deadLetterQueueUrl, visibilityTimeout());
    for (const { receiptHandle } of messages) this.inFlight.add(receiptHandle);
    // This run may have moved the newer messages, and they failed again. Moving them would never end.
    const eligible = messages.filter(({ sentAt }) => sentAt < startedAt);
    this.received += eligible.length;
    this.sentDuringRun += messages.length - eligible.length;
    await this.process(eligible);
    return messages.length > 0;
  }

  report(count: number, stopReason: StopReason | undefined): QueueReport {
    const { received, sentDuringRun, counts, listed } = this;
    return { queue: this.route.name, count, received, sentDuringRun, ...counts, ...(stopReason ? { stopReason } : {}), messages: listed };
  }

  private async process(messages: readonly DeadLetterMessage[]): Promise<void> {
    const { request, startedAt } = this.run;
    const toMove = new Map<DeadLetterMessage, DescribedMessage>();
    for (const message of messages) {
      const described = describeMessage(message, this.route, startedAt);
      if (this.processed >= request.limit || !matchesRequest(described, request)) continue;
      this.counts.matching++;
      const notRedrivable = notRedrivableReason(message, this.route);
      if (notRedrivable) this.list(described, 'NOT_REDRIVABLE', notRedrivable);
      else if (request.action === 'redrive' && !request.dryRun) toMove.set(message, described);
      else this.list(described, request.action === 'list' ? 'LISTED' : 'WOULD_MOVE');
      if (!notRedrivable || request.action === 'list') this.processed++;
    }
    await this.move(toMove);
  }

  private async move(messages: ReadonlyMap<DeadLetterMessage, DescribedMessage>): Promise<void> {
    const { route, blocked, run: { timeIsUp, limitRate, move } } = this;
    const moveMessage = (message: DeadLetterMessage) => move(message, messages.get(message)!, route);
    const options = { timeIsUp, limitRate, blocked, isFifo: route.isFifo, move: moveMessage };
    for (const [message, result] of await moveInOrder([...messages.keys()], options)) this.record(message, messages.get(message)!, result);
  }

  private record(message: DeadLetterMessage, described: DescribedMessage, result: MoveResult): void {
    if (result.state === 'MOVED') {
      this.inFlight.delete(message.receiptHandle);
      this.counts.moved++;
    }
    if (result.state === 'FAILED') this.counts.failed++;
    this.list(described, result.state, 'stateReason' in result ? result.stateReason : undefined);
  }

  private list(described: DescribedMessage, state: MessageState, stateReason?: string): void {
    if (this.listed.length < MAX_LISTED) this.listed.push({ ...described, state, ...(stateReason ? { stateReason } : {}) });
  }
}
