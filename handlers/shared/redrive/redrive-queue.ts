import type { RedriveRun } from './dead-letter-queues';
import { QueueRedrive } from './queue-redrive';
import type { QueueReport, StopReason } from './redrive-answer';
import type { RedriveRoute } from './redrive-routes';

/** So many messages of one queue are looked at in one run: what is looked at is kept from others, and in memory. */
const MAX_SEEN = 10_000;

/** Works on one dead-letter queue, and leaves behind what was not moved. Trouble with it is told, and no reason to leave out the others. */
export async function redriveQueue(route: RedriveRoute, run: RedriveRun): Promise<QueueReport> {
  const visit = new QueueRedrive(route, run);
  const url = route.deadLetterQueueUrl;
  let count = 0;
  try {
    const { visible, held } = await run.queues.count(url);
    count = visible + held;
    const mayHide = route.isFifo || held > 0;
    const stopped = await redriveAll(visit, run);
    return visit.report(count, stopped ?? (mayHide && visit.seen < count ? 'HIDDEN' : undefined));
  } catch (error) {
    return { ...visit.report(count, 'ERROR'), trouble: (error as Error).name };
  } finally {
    // What cannot be shown again now comes again by itself.
    await run.queues.release(url, [...visit.held]).catch(() => undefined);
  }
}

async function redriveAll(visit: QueueRedrive, { timeIsUp, request }: RedriveRun): Promise<StopReason | undefined> {
  for (;;) {
    if (timeIsUp()) return 'TIME_IS_UP';
    if (visit.taken >= request.limit) return 'LIMIT';
    if (visit.seen + visit.arrived >= MAX_SEEN) return 'TOO_MANY';
    if (!await visit.processNext()) return undefined;
  }
}
