import type { DeadLetterMessage } from './dead-letter-message';
import type { RedriveRun } from './dead-letter-queues';
import { describeMessage, matchesRequest } from './describe-message';
import { moveInOrder, type MoveResult } from './move-in-order';
import { notRedrivableReason } from './not-redrivable-reason';
import type { DescribedMessage, MessageState, QueueReport, ListedMessage, StopReason } from './redrive-answer';
import type { RedriveRoute } from './redrive-routes';

/** So many messages of one queue are told of; all are counted. An answer has a size. */
const MAX_SHOWN = 400;

/** One run's work on one dead-letter queue. */
export class QueueRedrive {
  /** What is still in the queue, and kept from others: by receipt handles, because bodies would fill the memory. */
  readonly held = new Set<string>();
  /** How many messages were looked at that were there when the run began, and how many came since. */
  seen = 0;
  arrived = 0;
  /** How many were listed, moved or tried. */
  taken = 0;
  private readonly counts = { matching: 0, moved: 0, failed: 0 };
  private readonly shown: ListedMessage[] = [];
  private readonly blocked = new Set<string>();

  constructor(private readonly route: RedriveRoute, private readonly run: RedriveRun) {}

  /** Looks at the next messages and does what is asked. Tells whether there were any. */
  async processNext(): Promise<boolean> {
    const { queues, holdFor } = this.run;
    const messages = await queues.receive(this.route.deadLetterQueueUrl, holdFor());
    for (const { receiptHandle } of messages) this.held.add(receiptHandle);
    // What this very run moved may have failed again already: it is not moved in a circle.
    const waiting = messages.filter(({ sentAt }) => sentAt < this.run.startedAt);
    this.seen += waiting.length;
    this.arrived += messages.length - waiting.length;
    await this.take(waiting);
    return messages.length > 0;
  }

  report(count: number, stopped: StopReason | undefined): QueueReport {
    const { seen, arrived, counts, shown } = this;
    return { queue: this.route.name, count, seen, arrived, ...counts, ...(stopped ? { stopped } : {}), messages: shown };
  }

  private async take(messages: readonly DeadLetterMessage[]): Promise<void> {
    const { request, startedAt } = this.run;
    const toMove = new Map<DeadLetterMessage, DescribedMessage>();
    for (const message of messages) {
      const described = describeMessage(message, this.route, startedAt);
      if (this.taken >= request.limit || !matchesRequest(described, request)) continue;
      this.counts.matching++;
      const why = notRedrivableReason(message, this.route);
      if (why) this.show(described, 'NOT_REDRIVABLE', why);
      else if (request.action === 'redrive' && !request.dryRun) toMove.set(message, described);
      else this.show(described, request.action === 'list' ? 'WAITING' : 'WOULD_MOVE');
      if (!why || request.action === 'list') this.taken++;
    }
    await this.move(toMove);
  }

  private async move(messages: ReadonlyMap<DeadLetterMessage, DescribedMessage>): Promise<void> {
    const { route, blocked, run: { timeIsUp, turn, move } } = this;
    const movement = { timeIsUp, turn, blocked, isFifo: route.isFifo, move: (message: DeadLetterMessage) => move(message, messages.get(message)!, route) };
    for (const [message, result] of await moveInOrder([...messages.keys()], movement)) this.note(message, messages.get(message)!, result);
  }

  private note(message: DeadLetterMessage, described: DescribedMessage, result: MoveResult): void {
    if (result.state === 'MOVED') {
      this.held.delete(message.receiptHandle);
      this.counts.moved++;
    }
    if (result.state === 'FAILED') this.counts.failed++;
    this.show(described, result.state, 'why' in result ? result.why : undefined);
  }

  private show(described: DescribedMessage, state: MessageState, why?: string): void {
    if (this.shown.length < MAX_SHOWN) this.shown.push({ ...described, state, ...(why ? { why } : {}) });
  }
}
