import type { Context } from 'aws-lambda';
import {
  orderRedriven, rateLimiter, publishEvent, readEnv, readRedriveRequest, readRoutes, report, shortReasonOf, timeIsUpIn, redriveQueue,
  type DescribedMessage, type DeadLetterMessage, type QueueReport, type RedriveAnswer, type RedriveRequest, type RedriveRoute, type RedriveRun,
} from '#shared';
import { eventPublisher } from './aws/event-bus';
import { deadLetterQueues, sendToSourceQueue } from './aws/redrive-queues';
import { redriveRecord } from './aws/redrive-stream';

const env = readEnv('redrive-dead-letters');
const routes = readRoutes(env.REDRIVE_ROUTES);
const publish = eventPublisher(env);

/** What is received stays invisible for a moment longer than this invocation can last. */
const LONGER = 5;

/**
 * Lists what is in the dead-letter queues, or puts it back where it came from. Called by people, mostly through `npx cdk-order-pipeline
 * redrive`.
 */
export const handler = async (event: unknown, context: Context): Promise<RedriveAnswer> => {
  const request = readRedriveRequest(event, routes.map(({ name }) => name));
  const asked = routes.filter(({ name }) => request.queue === undefined || name === request.queue);
  const run = startRun(request, context);
  // Nobody waits longer for a list than he has to; what is moved is moved at one pace, queue by queue.
  const queues = request.action === 'list' ? await Promise.all(asked.map((route) => redriveQueue(route, run))) : await oneByOne(asked, run);
  return { action: request.action, dryRun: request.dryRun, complete: queues.every(isComplete), queues };
};

const startRun = (request: RedriveRequest, context: Context): RedriveRun => ({
  request,
  startedAt: Date.now(),
  queues: deadLetterQueues,
  timeIsUp: timeIsUpIn(context),
  holdFor: () => Math.ceil(context.getRemainingTimeInMillis() / 1000) + LONGER,
  turn: rateLimiter(request.maxPerSecond),
  move,
});

async function oneByOne(asked: readonly RedriveRoute[], run: RedriveRun): Promise<QueueReport[]> {
  const reports: QueueReport[] = [];
  for (const route of asked) reports.push(await redriveQueue(route, run));
  return reports;
}

const isComplete = ({ stopped, failed }: QueueReport): boolean => (stopped === undefined || stopped === 'LIMIT') && failed === 0;

/** Sent before it is told, and deleted last: whatever goes wrong between, nothing is lost, and a repeat changes nothing. */
async function move(message: DeadLetterMessage, described: DescribedMessage, route: RedriveRoute): Promise<void> {
  await (route.queueUrl ? sendToSourceQueue(route.queueUrl, message, route) : redriveRecord(route.functionName!, message));
  const event = orderRedriven(route.name, described, shortReasonOf(message, route.tries));
  if (event) await publishEvent(publish, event);
  await deadLetterQueues.delete(route.deadLetterQueueUrl, message);
  const { id: messageId, orderId, fileId, commandId, correlationId, reason } = described;
  report('dead letter put back', [{ outcome: 'MessageRedriven', messageId, orderId, fileId, commandId, correlationId, reason }]);
}
