import type { DeadLetterQueues } from '../../../handlers/shared/redrive/dead-letter-queues';
import { redriveQueue } from '../../../handlers/shared/redrive/redrive-queue';
import type { QueueReport } from '../../../handlers/shared/redrive/redrive-response';
import type { RedriveRoute } from '../../../handlers/shared/redrive/redrive-routes';

/** Seconds for which listed messages are invisible at most: they are released when the list is complete. */
const VISIBILITY_TIMEOUT = 30;
/** Seconds after which a list of a queue ends. */
const MAX_SECONDS = 20;

/** Receives the messages as the list of `redrive-dead-letters` does, with the credentials of the operator. */
export function readQueue(route: RedriveRoute, queues: DeadLetterQueues, limit: number): Promise<QueueReport> {
  const startedAt = Date.now();
  return redriveQueue(route, {
    request: { action: 'list', dryRun: true, limit, maxPerSecond: 1 },
    startedAt,
    queues,
    timeIsUp: () => Date.now() > startedAt + MAX_SECONDS * 1000,
    visibilityTimeout: () => VISIBILITY_TIMEOUT,
    limitRate: () => Promise.resolve(),
    move: () => { throw new TypeError('a list moves nothing'); },
    recordMoved: () => Promise.resolve(),
  });
}
