import type { Context } from 'aws-lambda';
import {
  orderRedrivenEvent, rateLimiter, publishEvent, readEnv, readRedriveRequest, readRoutes, report, shortReasonOf, timeIsUpIn, redriveQueue,
  type DescribedMessage, type DeadLetterMessage, type QueueReport, type RedriveResponse, type RedriveRequest, type RedriveRoute, type RedriveRun,
} from '#shared';
import { eventPublisher } from './aws/event-bus';
import { deadLetterQueues, sendToSourceQueue } from './aws/redrive-queues';
import { redriveRecord } from './aws/redrive-stream';

const env = readEnv('redrive-dead-letters');
const routes = readRoutes(env.REDRIVE_ROUTES);
const publish = eventPublisher(env);

/** Received messages stay in flight this many seconds longer than this invocation can last. */
const VISIBILITY_MARGIN = 5;

/** Lists the messages in the dead-letter queues, or moves them back to their sources. Operators invoke it with `npx cdk-order-pipeline redrive`. */
export const handler = async (event: unknown, context: Context): Promise<RedriveResponse> => {
  const request = readRedriveRequest(event, routes.map(({ name }) => name));
  const selected = routes.filter(({ name }) => request.queue === undefined || name === request.queue);
  const run = startRun(request, context);
  // Queues are listed concurrently. They are redriven one after the other, at the rate limit.
  const queues = request.action === 'list'
    ? await Promise.all(selected.map((route) => redriveQueue(route, run)))
    : await redriveSequentially(selected, run);
  return { action: request.action, dryRun: request.dryRun, complete: queues.every(isComplete), queues };
};

const startRun = (request: RedriveRequest, context: Context): RedriveRun => ({
  request,
  startedAt: Date.now(),
  queues: deadLetterQueues,
  timeIsUp: timeIsUpIn(context),
  visibilityTimeout: () => Math.ceil(context.getRemainingTimeInMillis() / 1000) + VISIBILITY_MARGIN,
  limitRate: rateLimiter(request.maxPerSecond),
  move: redriveMessage,
});

async function redriveSequentially(selected: readonly RedriveRoute[], run: RedriveRun): Promise<QueueReport[]> {
  const reports: QueueReport[] = [];
  for (const route of selected) reports.push(await redriveQueue(route, run));
  return reports;
}

const isComplete = ({ stopReason, failed }: QueueReport): boolean => (stopReason === undefined || stopReason === 'LIMIT') && failed === 0;

/** Sends the message, then publishes the event, and deletes the message last. A failure in between loses nothing, and a repeat is idempotent. */
async function redriveMessage(message: DeadLetterMessage, described: DescribedMessage, route: RedriveRoute): Promise<void> {
  await (route.queueUrl ? sendToSourceQueue(route.queueUrl, message, route) : redriveRecord(route.functionName!, message));
  const event = orderRedrivenEvent(route.name, described, shortReasonOf(message, route.maxReceiveCount));
  if (event) await publishEvent(publish, event);
  await deadLetterQueues.delete(route.deadLetterQueueUrl, message);
  const { id: messageId, orderId, fileId, commandId, correlationId, reason } = described;
  report('dead-letter message redriven', [{ outcome: 'MessageRedriven', messageId, orderId, fileId, commandId, correlationId, reason }]);
}
