import type { RedriveRun } from './dead-letter-queues';
import { describeLetter, isAskedFor } from './describe-letter';
import type { Letter } from './letter';
import { moveInOrder, type Moved } from './move-in-order';
import type { DescribedLetter, LetterState, QueueReport, ShownLetter, StopReason } from './redrive-answer';
import type { RedriveRoute } from './redrive-routes';
import { whyItStays } from './why-it-stays';

/** So many messages of one queue are told of; all are counted. An answer has a size. */
const MOST_SHOWN = 400;

/** One run's work on one dead-letter queue. */
export class QueueVisit {
  /** What is still in the queue, and kept from others: by receipt handles, because bodies would fill the memory. */
  readonly held = new Set<string>();
  /** How many messages were looked at that were there when the run began, and how many came since. */
  seen = 0;
  arrived = 0;
  /** How many were listed, moved or tried. */
  taken = 0;
  private readonly counts = { matching: 0, moved: 0, failed: 0 };
  private readonly shown: ShownLetter[] = [];
  private readonly blocked = new Set<string>();

  constructor(private readonly route: RedriveRoute, private readonly run: RedriveRun) {}

  /** Looks at the next messages and does what is asked. Tells whether there were any. */
  async goOn(): Promise<boolean> {
    const { queues, holdFor } = this.run;
    const letters = await queues.receive(this.route.deadLetterQueueUrl, holdFor());
    for (const { receiptHandle } of letters) this.held.add(receiptHandle);
    // What this very run moved may have failed again already: it is not moved in a circle.
    const waiting = letters.filter(({ sentAt }) => sentAt < this.run.startedAt);
    this.seen += waiting.length;
    this.arrived += letters.length - waiting.length;
    await this.take(waiting);
    return letters.length > 0;
  }

  report(count: number, stopped: StopReason | undefined): QueueReport {
    const { seen, arrived, counts, shown } = this;
    return { queue: this.route.name, count, seen, arrived, ...counts, ...(stopped ? { stopped } : {}), messages: shown };
  }

  private async take(letters: readonly Letter[]): Promise<void> {
    const { request, startedAt } = this.run;
    const toMove = new Map<Letter, DescribedLetter>();
    for (const letter of letters) {
      const described = describeLetter(letter, this.route, startedAt);
      if (this.taken >= request.limit || !isAskedFor(described, request)) continue;
      this.counts.matching++;
      const why = whyItStays(letter, this.route);
      if (why) this.show(described, 'STAYS', why);
      else if (request.action === 'redrive' && !request.dryRun) toMove.set(letter, described);
      else this.show(described, request.action === 'list' ? 'WAITING' : 'WOULD_MOVE');
      if (!why || request.action === 'list') this.taken++;
    }
    await this.move(toMove);
  }

  private async move(letters: ReadonlyMap<Letter, DescribedLetter>): Promise<void> {
    const { route, blocked, run: { timeIsUp, turn, move } } = this;
    const movement = { timeIsUp, turn, blocked, isFifo: route.isFifo, move: (letter: Letter) => move(letter, letters.get(letter)!, route) };
    for (const [letter, result] of await moveInOrder([...letters.keys()], movement)) this.note(letter, letters.get(letter)!, result);
  }

  private note(letter: Letter, described: DescribedLetter, result: Moved): void {
    if (result.state === 'MOVED') {
      this.held.delete(letter.receiptHandle);
      this.counts.moved++;
    }
    if (result.state === 'FAILED') this.counts.failed++;
    this.show(described, result.state, 'why' in result ? result.why : undefined);
  }

  private show(described: DescribedLetter, state: LetterState, why?: string): void {
    if (this.shown.length < MOST_SHOWN) this.shown.push({ ...described, state, ...(why ? { why } : {}) });
  }
}
