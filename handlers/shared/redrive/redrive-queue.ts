import type { RedriveRun } from './dead-letter-queues';
import { QueueRedrive } from './queue-redrive';
import type { QueueReport, StopReason } from './redrive-response';
import type { RedriveRoute } from './redrive-routes';

/** The maximum number of messages of one queue that stay in flight, and in memory, until the end: less than the SQS quota of 120,000. */
const MAX_IN_FLIGHT = 100_000;
/** Receivers of one queue: one for so many messages a second, which is what one moves when all of its messages are of one message group. */
const RATE_PER_RECEIVER = 25;
const MAX_RECEIVERS = 16;

/** Processes one dead-letter queue, and releases the messages that were not moved. Reports an error of the queue, so that the others continue. */
export async function redriveQueue(route: RedriveRoute, run: RedriveRun): Promise<QueueReport> {
  const redrive = new QueueRedrive(route, run);
  const url = route.deadLetterQueueUrl;
  let count = 0;
  try {
    const { visible, inFlight } = await run.queues.count(url);
    count = visible + inFlight;
    const stopReason = await receiveConcurrently(redrive, route, run);
    const isShort = redrive.received + redrive.sentDuringRun < count;
    const whyShort = inFlight > 0 ? 'IN_FLIGHT' : route.isFifo ? 'NOT_VISIBLE' : undefined;
    return redrive.report(count, stopReason ?? (isShort ? whyShort : undefined));
  } catch (error) {
    return { ...redrive.report(count, 'ERROR'), error: (error as Error).name };
  } finally {
    // Messages that cannot be released become visible after the visibility timeout.
    await run.queues.release(url, [...redrive.inFlight]).catch(() => undefined);
  }
}

/**
 * Receives with several receivers. In a FIFO queue each has message groups of its own, because a message in flight blocks its group: the order
 * within a group stays.
 */
async function receiveConcurrently(redrive: QueueRedrive, route: RedriveRoute, run: RedriveRun): Promise<StopReason | undefined> {
  const receivers = Array.from({ length: receiversOf(route, run) }, () => receiveAll(redrive, run));
  // All have to end before the messages are released.
  await Promise.allSettled(receivers);
  return (await Promise.all(receivers)).find((reason) => reason !== undefined);
}

/** Lists keep the sequence of the queue. The consumer of a stream is a function, whose concurrency is limited. */
const receiversOf = ({ queueUrl }: RedriveRoute, { request: { action, dryRun, maxPerSecond } }: RedriveRun): number =>
  (action === 'redrive' && !dryRun && queueUrl ? Math.min(MAX_RECEIVERS, Math.ceil(maxPerSecond / RATE_PER_RECEIVER)) : 1);

async function receiveAll(redrive: QueueRedrive, { timeIsUp, request: { limit = Infinity } }: RedriveRun): Promise<StopReason | undefined> {
  for (;;) {
    if (timeIsUp()) return 'TIME_IS_UP';
    if (redrive.processed >= limit) return 'LIMIT';
    if (redrive.inFlight.size >= MAX_IN_FLIGHT) return 'TOO_MANY';
    if (!await redrive.processNext()) return undefined;
  }
}
