import { pauseAfter } from './pause-after';
import type { FunctionRequest } from './redrive-function';
import type { QueueResult } from './redrive-result';
import type { QueueReport } from '../../handlers/shared/redrive/redrive-response';

/** The first invocation for a queue is short, so that errors and progress show early. Each is twice as long as the one before. */
const FIRST_SECONDS = 5;
/** Two thirds of the shortest timeout of the function. It is also how long an interruption takes. */
export const MAX_SECONDS = 40;

/** The redrive of one dead-letter queue by several invocations. */
export class QueueRedrive {
  /** Whether the queue is done, or cannot progress. */
  isOver: boolean;
  moved = 0;
  private stalled = 0;
  private seconds = FIRST_SECONDS;
  private last?: QueueReport;

  constructor(private readonly counted: QueueReport, private readonly request: FunctionRequest) {
    const isEmpty = counted.count === 0 && counted.stopReason === undefined;
    // A queue that was given is read in any case.
    this.isOver = isEmpty && request.queue === undefined;
  }

  get name(): string {
    return this.counted.queue;
  }

  /** The number of messages to move, as far as it is known. */
  get expected(): number {
    return Math.min(this.counted.count, this.request.limit ?? Infinity);
  }

  /** The request of the next invocation. */
  nextRequest(): FunctionRequest {
    const { request: { limit, ...request }, counted, moved, seconds } = this;
    this.seconds = Math.min(2 * seconds, MAX_SECONDS);
    return { ...request, queue: counted.queue, maxSeconds: seconds, ...(limit === undefined ? {} : { limit: limit - moved }) };
  }

  /** Adds the result of an invocation. Returns how many seconds to wait before the next one. */
  add(report: QueueReport): number {
    this.last = report;
    this.moved += report.moved;
    this.stalled = report.moved > 0 ? 0 : this.stalled + 1;
    const pause = this.isAtLimit ? undefined : pauseAfter(report, this.stalled);
    this.isOver = pause === undefined;
    return pause ?? 0;
  }

  result(): QueueResult {
    const { counted: { queue, count }, last, moved, isOver, isAtLimit } = this;
    const { failed = 0, sentDuringRun = 0, stopReason, error, messages = [] } = last ?? {};
    const isDone = isAtLimit || (isOver && (stopReason === undefined || stopReason === 'LIMIT'));
    return {
      queue,
      count,
      moved,
      failed,
      left: isDone ? failed : Math.max(failed, this.expected - moved),
      sentDuringRun,
      ...(isDone ? {} : { stopReason: isOver ? stopReason : 'ENDED_EARLY' }),
      ...(error ? { error } : {}),
      messages: messages.filter(({ state }) => state !== 'NOT_ATTEMPTED'),
    };
  }

  private get isAtLimit(): boolean {
    return this.moved >= (this.request.limit ?? Infinity);
  }
}
