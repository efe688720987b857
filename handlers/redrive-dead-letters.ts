import type { Context } from 'aws-lambda';
import {
  countQueue, loadRoutes, pack, rateLimiter, readEnv, readRedriveRequest, redriveQueue, RedriveSummary, report, timeIsUpIn, withTenant,
  type DeadLetterMessage, type MovedMessages, type QueueReport, type RedriveRequest, type RedriveResponse, type RedriveRoute, type RedriveRun,
} from '#shared';
import { eventPublisher } from './aws/event-bus';
import { readParameters } from './aws/parameters';
import { deadLetterQueues, deleteMessages, sendToSourceQueue } from './aws/redrive-queues';
import { redriveRecords } from './aws/redrive-stream';

const env = readEnv('redrive-dead-letters');
const publish = eventPublisher(env);

/** Received messages stay in flight this many seconds longer than this invocation can last. */
const VISIBILITY_MARGIN = 5;
/** Orders whose events are kept for the end of the invocation. With more, they are published before. */
const MAX_ORDERS = 10_000;
/** Events that are published concurrently. */
const MAX_CONCURRENT_EVENTS = 100;

/** Lists the messages in the dead-letter queues, or moves them back to their sources. Operators invoke it with `npx cdk-order-pipeline redrive`. */
export const handler = async (event: unknown, context: Context): Promise<RedriveResponse> => {
  const routes = await allRoutes();
  const request = readRedriveRequest(event, routes.map(({ name }) => name));
  const selected = routes.filter(({ name }) => request.queue === undefined || name === request.queue);
  const history = new RedriveHistory(request.requestedBy);
  const run = startRun(request, context, history);
  const queues = await processQueues(selected, run);
  await history.publish();
  const { action, dryRun } = request;
  return { action, dryRun, startedAt: run.startedAt, complete: queues.every(isComplete), unpublished: history.unpublished, queues };
};

let loading: Promise<RedriveRoute[]> | undefined;

/** Reads the routes once. After a failure, the next invocation reads them again. */
const allRoutes = (): Promise<RedriveRoute[]> => (loading ??= loadRoutes(env.REDRIVE_ROUTES, readParameters).catch((error) => {
  loading = undefined;
  throw error;
}));

function startRun(request: RedriveRequest, context: Context, history: RedriveHistory): RedriveRun {
  const now = Date.now();
  const invocationTimeIsUp = timeIsUpIn(context);
  const { maxSeconds = Infinity, maxPerSecond } = request;
  return {
    request,
    startedAt: Math.min(request.startedAt ?? now, now),
    queues: deadLetterQueues,
    timeIsUp: () => invocationTimeIsUp() || Date.now() >= now + maxSeconds * 1000,
    visibilityTimeout: () => Math.ceil(context.getRemainingTimeInMillis() / 1000) + VISIBILITY_MARGIN,
    limitRate: rateLimiter(maxPerSecond),
    move: redriveMessages,
    recordMoved: (moved, route) => history.add(moved, route),
  };
}

/** Queues are counted and listed concurrently. They are redriven one after the other, at the rate limit. */
async function processQueues(selected: readonly RedriveRoute[], run: RedriveRun): Promise<QueueReport[]> {
  if (run.request.action === 'count') return Promise.all(selected.map((route) => countQueue(route, run.queues)));
  if (run.request.action === 'list') return Promise.all(selected.map((route) => redriveQueue(route, run)));
  const reports: QueueReport[] = [];
  for (const route of selected) reports.push(await redriveQueue(route, run));
  return reports;
}

const isComplete = ({ stopReason, failed }: QueueReport): boolean => (stopReason === undefined || stopReason === 'LIMIT') && failed === 0;

/** Sends the messages, and then deletes those that were sent. A failure in between loses nothing, and a repeat is idempotent. */
async function redriveMessages(messages: readonly DeadLetterMessage[], route: RedriveRoute): Promise<Map<DeadLetterMessage, string>> {
  const notSent = await (route.queueUrl ? sendToSourceQueue(route.queueUrl, messages, route) : redriveRecords(route.functionName!, messages));
  const sent = messages.filter((message) => !notSent.has(message));
  return new Map([...notSent, ...await deleteMessages(route.deadLetterQueueUrl, sent)]);
}

/** Records what one invocation moves: every message in the log, and one event for each order. */
class RedriveHistory {
  /** The number of orders whose event could not be published. */
  unpublished = 0;
  private readonly summary: RedriveSummary;

  constructor(requestedBy: string | undefined) {
    this.summary = new RedriveSummary(requestedBy);
  }

  async add(moved: MovedMessages, route: RedriveRoute): Promise<void> {
    if (moved.length === 0) return;
    report('dead-letter messages redriven', moved.map(([, { id: messageId, orderId, tenant, fileId, commandId, correlationId, reason }]) =>
      ({ outcome: 'MessageRedriven', messageId, orderId: orderId && withTenant(tenant, orderId), fileId, commandId, correlationId, reason })));
    this.summary.add(moved, route);
    if (this.summary.size >= MAX_ORDERS) await this.publish();
  }

  /** Publishes the events so far. Their messages are moved already, so an event that fails is only counted. */
  async publish(): Promise<void> {
    let isBusDown = false;
    for (const events of pack(this.summary.takeEvents(), { count: MAX_CONCURRENT_EVENTS, bytes: Infinity }, () => 0)) {
      const failed: number = isBusDown ? events.length : (await publish(events)).size;
      isBusDown ||= failed === events.length;
      this.unpublished += failed;
    }
  }
}
