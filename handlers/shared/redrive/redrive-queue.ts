import type { RedriveRun } from './dead-letter-queues';
import { QueueRedrive } from './queue-redrive';
import type { QueueReport, StopReason } from './redrive-response';
import type { RedriveRoute } from './redrive-routes';

/** The maximum number of messages received from one queue in one run. They stay in flight and in memory until the end. */
const MAX_RECEIVED = 10_000;

/** Processes one dead-letter queue, and releases the messages that were not moved. Reports an error of the queue, so that the others continue. */
export async function redriveQueue(route: RedriveRoute, run: RedriveRun): Promise<QueueReport> {
  const redrive = new QueueRedrive(route, run);
  const url = route.deadLetterQueueUrl;
  let count = 0;
  try {
    const { visible, inFlight } = await run.queues.count(url);
    count = visible + inFlight;
    const mayHideMessages = route.isFifo || inFlight > 0;
    const stopReason = await redriveAll(redrive, run);
    return redrive.report(count, stopReason ?? (mayHideMessages && redrive.received < count ? 'NOT_VISIBLE' : undefined));
  } catch (error) {
    return { ...redrive.report(count, 'ERROR'), error: (error as Error).name };
  } finally {
    // Messages that cannot be released become visible after the visibility timeout.
    await run.queues.release(url, [...redrive.inFlight]).catch(() => undefined);
  }
}

async function redriveAll(redrive: QueueRedrive, { timeIsUp, request }: RedriveRun): Promise<StopReason | undefined> {
  for (;;) {
    if (timeIsUp()) return 'TIME_IS_UP';
    if (redrive.processed >= request.limit) return 'LIMIT';
    if (redrive.received + redrive.sentDuringRun >= MAX_RECEIVED) return 'TOO_MANY';
    if (!await redrive.processNext()) return undefined;
  }
}
