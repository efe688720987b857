import type { DeadLetterQueues } from './dead-letter-queues';
import type { QueueReport } from './redrive-response';
import type { RedriveRoute } from './redrive-routes';

/** Counts the messages of one dead-letter queue. The counts of SQS lag behind: a queue with the count 0 is read, and its messages stay visible. */
export async function countQueue({ name, deadLetterQueueUrl: url }: RedriveRoute, queues: DeadLetterQueues): Promise<QueueReport> {
  const report = { queue: name, count: 0, received: 0, sentDuringRun: 0, matching: 0, moved: 0, failed: 0, messages: [] };
  try {
    const { visible, inFlight } = await queues.count(url);
    return { ...report, count: visible + inFlight || (await queues.receive(url, 0)).length };
  } catch (error) {
    return { ...report, stopReason: 'ERROR', error: (error as Error).name };
  }
}
