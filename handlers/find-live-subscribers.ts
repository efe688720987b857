import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import {
  consumeQueue, deliveriesTo, eventMessage, liveEvent, positionAt, readEnv, sendDeliveries, visibility,
  type LiveEvent, type LiveSubscription, type Outcome,
} from '#shared';
import { queueFailures } from './aws/failure-policies';
import { putLiveEvent, subscribersOf, watchedTopics } from './aws/live-table';
import { getOrder } from './aws/orders-table';
import { batchSender } from './aws/queues';

const env = readEnv('find-live-subscribers');
const onFailure = queueFailures(env);
const sendBatch = batchSender(env.LIVE_UPDATES_QUEUE_URL);

/** Finds who subscribed to the order, customer or file of each event, and queues the event for them. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> =>
  consumeQueue(event, { summary: 'subscribers of events found', consume, onFailure });

async function consume({ body, messageId }: SQSRecord): Promise<Outcome> {
  const event = liveEvent(body, new Date());
  if (!event) return { outcome: 'LiveEventIgnored', messageId };
  const watched = await watchedTopics(env.LIVE_TABLE_NAME, event.targets.map(({ topic }) => topic));
  if (watched.size === 0) return { outcome: 'LiveEventUnwatched', messageId };
  await Promise.all(event.targets.filter(({ topic }) => watched.has(topic)).map((each) => distribute(event, each)));
  return { outcome: 'LiveEventDistributed', messageId };
}

/**
 * Stores the event first, and then reads the subscribers. A client that resumes subscribes first, and then reads the events. So either the client is found
 * here, or it finds the event.
 */
async function distribute(event: LiveEvent, { target, topic }: LiveEvent['targets'][number]): Promise<void> {
  const { view, customerId } = event;
  const now = new Date();
  const position = positionAt(now, view.eventId);
  await putLiveEvent(env.LIVE_TABLE_NAME, topic, { position, view: JSON.stringify(view), ...(customerId === undefined ? {} : { customerId }) }, now);
  const maySee = visibility(event, (key) => getOrder(env.ORDERS_TABLE_NAME, key));
  const subscribers: LiveSubscription[] = [];
  for await (const subscriber of subscribersOf(env.LIVE_TABLE_NAME, topic)) {
    if (await maySee(subscriber)) subscribers.push(subscriber);
  }
  await sendDeliveries(deliveriesTo(subscribers, eventMessage(target, position, view), now), sendBatch);
}
