import { readQueue } from './read-dead-letter-queue';
import type { DeadLetterQueues } from '../../../handlers/shared/redrive/dead-letter-queues';
import type { QueueReport } from '../../../handlers/shared/redrive/redrive-response';
import type { RedriveRoute } from '../../../handlers/shared/redrive/redrive-routes';

/** Messages that are listed of each queue. */
export const MAX_LISTED = 200;
/** A list that has all messages is shared for this time. */
const SHARED_MS = 5000;

interface KeptList { readonly report: QueueReport; readonly at: number }

/**
 * The lists of dead-letter queues. A list hides the messages from others until it is complete, so that two lists of a queue at the same time would each
 * have some of them, or none. All readers share one list of each queue, which is kept for some seconds: each list counts as one receive of its messages.
 */
export class DeadLetterLists {
  private readonly running = new Map<string, Promise<QueueReport>>();
  private readonly kept = new Map<string, KeptList>();

  constructor(private readonly queues: DeadLetterQueues) {}

  /**
   * Lists the messages of a queue.
   *
   * @param count the number of messages that the queue has now. A list that was kept is used if it has as many.
   */
  read(route: RedriveRoute, count: number): Promise<QueueReport> {
    const kept = this.kept.get(route.name);
    if (kept && Date.now() < kept.at + SHARED_MS && isComplete(kept.report, count)) return Promise.resolve(kept.report);
    const running = this.running.get(route.name) ?? this.list(route);
    this.running.set(route.name, running);
    return running;
  }

  /** Ends what is kept and waits for the lists that run, because they hide messages from a redrive. */
  async settle(): Promise<void> {
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
export const isComplete = ({ messages }: Pick<QueueReport, 'messages'>, count: number): boolean => messages.length === Math.min(count, MAX_LISTED);
