import { readQueue } from './read-dead-letter-queue';
import type { DeadLetterQueues } from '../../../handlers/shared/redrive/dead-letter-queues';
import type { QueueReport } from '../../../handlers/shared/redrive/redrive-response';
import type { RedriveRoute } from '../../../handlers/shared/redrive/redrive-routes';

/** Messages that are listed of each queue. */
export const MAX_LISTED = 200;
/** The age up to which a list is used instead of a new one, unless a reader accepts an older one. */
const MAX_AGE_MS = 5000;

interface KeptList { readonly report: QueueReport; readonly at: number }

/**
 * Lists the messages in dead-letter queues, for all parts of a console. A list receives the messages, and receives of the same queue at the same time get
 * different messages: so there is one list of a queue at a time. It is kept for some seconds, because each list counts as one receive of its messages.
 */
export class DeadLetterLists {
  private readonly running = new Map<string, Promise<QueueReport>>();
  private readonly kept = new Map<string, KeptList>();

  constructor(private readonly queues: DeadLetterQueues) {}

  /**
   * Lists the messages of a queue.
   *
   * @param count the number of messages that the queue has now. A list that was kept is used if it has as many.
   * @param maxAgeMs the age up to which such a list is used, in milliseconds.
   */
  read(route: RedriveRoute, count: number, maxAgeMs = MAX_AGE_MS): Promise<QueueReport> {
    const kept = this.kept.get(route.name);
    if (kept && Date.now() < kept.at + maxAgeMs && isComplete(kept.report, count)) return Promise.resolve(kept.report);
    const running = this.running.get(route.name) ?? this.list(route);
    this.running.set(route.name, running);
    return running;
  }

  /** Waits for running lists, whose messages are invisible to a redrive, and discards all lists. */
  async discard(): Promise<void> {
    await Promise.allSettled(this.running.values());
    this.kept.clear();
  }

  private async list(route: RedriveRoute): Promise<QueueReport> {
    try {
      const report = await readQueue(route, this.queues, MAX_LISTED);
      this.kept.set(route.name, { report, at: Date.now() });
      return report;
    } finally {
      this.running.delete(route.name);
    }
  }
}

/** Whether a list has all messages of a queue, or as many as are listed. */
const isComplete = ({ messages }: Pick<QueueReport, 'messages'>, count: number): boolean => messages.length === Math.min(count, MAX_LISTED);
