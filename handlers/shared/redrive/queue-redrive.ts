import type { DeadLetterMessage } from './dead-letter-message';
import type { RedriveRun } from './dead-letter-queues';
import { describeMessage, matchesRequest } from './describe-message';
import { moveInOrder, type MoveOptions } from './move-in-order';
import { QueueTally } from './queue-tally';
import type { DescribedMessage, QueueReport, StopReason } from './redrive-response';
import type { RedriveRoute } from './redrive-routes';
import { notRedrivableReason } from './source-message';

/** The SQS quota of a batch request. */
const MAX_BATCH = 10;

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
  private readonly tally = new QueueTally();
  private readonly moveOptions: MoveOptions;

  constructor(private readonly route: RedriveRoute, private readonly run: RedriveRun) {
    const { timeIsUp, limitRate, request: { maxPerSecond } } = run;
    const batchSize = Math.min(MAX_BATCH, maxPerSecond);
    this.moveOptions = { timeIsUp, limitRate, batchSize, isFifo: route.isFifo, blocked: new Set(), move: (batch) => run.move(batch, route) };
  }

  /** Receives and processes the next messages. Returns false when there are none. */
  async processNext(): Promise<boolean> {
    const { queues, visibilityTimeout, startedAt } = this.run;
    const messages = await queues.receive(this.route.deadLetterQueueUrl, visibilityTimeout());
    for (const { receiptHandle } of messages) this.inFlight.add(receiptHandle);
    // This run may have moved the newer messages, and they failed again. Moving them would never end.
    const eligible = messages.filter(({ sentAt }) => sentAt < startedAt);
    this.received += eligible.length;
    this.sentDuringRun += messages.length - eligible.length;
    await this.move(this.select(eligible));
    return messages.length > 0;
  }

  report(count: number, stopReason?: StopReason): QueueReport {
    const { received, sentDuringRun, tally: { matching, moved, failed, messages } } = this;
    return { queue: this.route.name, count, received, sentDuringRun, matching, moved, failed, ...(stopReason ? { stopReason } : {}), messages };
  }

  /** Lists the messages that match the request, and returns those to move. */
  private select(messages: readonly DeadLetterMessage[]): Map<DeadLetterMessage, DescribedMessage> {
    const { tally, run: { request, startedAt } } = this;
    const toMove = new Map<DeadLetterMessage, DescribedMessage>();
    for (const message of messages) {
      const described = describeMessage(message, this.route, startedAt);
      if (this.processed >= (request.limit ?? Infinity) || !matchesRequest(described, request)) continue;
      tally.matching++;
      const notRedrivable = notRedrivableReason(message, this.route);
      if (notRedrivable) tally.list(described, 'NOT_REDRIVABLE', notRedrivable);
      else if (request.action === 'redrive' && !request.dryRun) toMove.set(message, described);
      else tally.list(described, request.action === 'list' ? 'LISTED' : 'WOULD_MOVE');
      if (!notRedrivable || request.action === 'list') this.processed++;
    }
    return toMove;
  }

  private async move(messages: ReadonlyMap<DeadLetterMessage, DescribedMessage>): Promise<void> {
    const results = await moveInOrder([...messages.keys()], this.moveOptions);
    for (const [message, described] of messages) this.tally.add(described, results.get(message)!);
    const moved = [...messages].filter(([message]) => results.get(message)!.state === 'MOVED');
    for (const [{ receiptHandle }] of moved) this.inFlight.delete(receiptHandle);
    await this.run.recordMoved(moved, this.route);
  }
}
