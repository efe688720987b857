import {
  eventMessage, LIVE_REPLAY_LIMIT, positionAt, Problem, resumeFrom, subscribedMessage, timeOfPosition, topicOf, visibility,
  type Caller, type LiveConnection, type LiveEventView, type LiveMessage, type LiveRequest, type LiveTarget, type LiveTopic, type OrderItem,
} from '#shared';
import { stateReader } from './live-state';
import { deleteSubscription, liveEventsFrom, putSubscription } from './live-table';
import { getOrder } from './orders-table';
import { LIVE_EVENT_SECONDS } from '../../src/private/contract';

type SubscribeRequest = Extract<LiveRequest, { action: 'subscribe' }>;

/** What a subscription needs. */
export interface SubscriptionContext {
  readonly env: { readonly LIVE_TABLE_NAME: string; readonly ORDERS_TABLE_NAME: string; readonly FILES_TABLE_NAME?: string };
  /** Sends a message to the connection. */
  readonly send: (message: LiveMessage) => Promise<unknown>;
  /** Publishes who reads the orders. */
  readonly publishReads: (caller: Caller, orders: readonly Pick<OrderItem, 'orderId' | 'version'>[]) => Promise<void>;
}

/**
 * Subscribes a connection, sends the events since the client's last one, and then the state. The subscription is stored before both are read: an event that
 * neither contains is sent to the subscription.
 *
 * @throws Problem when the target does not exist or is not the caller's.
 */
export async function subscribe(request: SubscribeRequest, connection: LiveConnection, context: SubscriptionContext): Promise<void> {
  const { target, after, requestId } = request;
  const { caller } = connection;
  const [now, topic] = [new Date(), topicOf(target, caller.tenant)];
  await putSubscription(context.env.LIVE_TABLE_NAME, topic, connection, now);
  const read = await readState(request, topic, connection, context);
  const resumed = after === undefined ? {} : { resumed: await sendEventsSince(after, { target, topic, caller }, context) };
  if (read) await context.publishReads(caller, read.orders);
  const reply = { ...resumed, ...(requestId === undefined ? {} : { requestId }) };
  await context.send(subscribedMessage(target, positionAt(now), read?.state ?? null, reply));
}

/** Reads the state. Without it, the subscription ends, unless the client awaits the order. */
async function readState(
  { target, awaited }: SubscribeRequest, topic: LiveTopic, { connectionId, caller }: LiveConnection, { env }: SubscriptionContext,
) {
  try {
    return await stateReader(env)(target, caller, new Date());
  } catch (error) {
    if (awaited && error instanceof Problem && error.code === 'order-not-found') return undefined;
    await deleteSubscription(env.LIVE_TABLE_NAME, topic, connectionId);
    throw error;
  }
}

interface Subscription {
  readonly target: LiveTarget;
  readonly topic: LiveTopic;
  readonly caller: Caller;
}

/** Sends the events since an earlier one. Returns false if there may be others: they are no longer stored, or too many. */
async function sendEventsSince(after: string, { target, topic, caller }: Subscription, { env, send }: SubscriptionContext): Promise<boolean> {
  if (timeOfPosition(after) < Date.now() - LIVE_EVENT_SECONDS * 1000) return false;
  let count = 0;
  for await (const { position, view, customerId } of liveEventsFrom(env.LIVE_TABLE_NAME, topic, resumeFrom(after))) {
    const orderKey = 'orderId' in target ? topic.slice(topic.indexOf('#') + 1) : undefined;
    if (!await visibility({ customerId, orderKey }, (key) => getOrder(env.ORDERS_TABLE_NAME, key))(caller)) continue;
    if (++count > LIVE_REPLAY_LIMIT) return false;
    await send(eventMessage(target, position, JSON.parse(view) as LiveEventView));
  }
  return true;
}
