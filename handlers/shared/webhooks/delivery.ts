import type { Webhook } from './webhook';
import type { WebhookEvent } from './webhook-event';
import { webhookPayload } from './webhook-payload';
import { DELIVERY_PARTS, type WebhookSettings } from '../../../src/private/contract';

export const DELIVERY_STATUSES = ['PENDING', 'DELIVERED', 'FAILED'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** The result of one request. */
export interface DeliveryAttempt {
  readonly attemptedAt: string;
  /** Milliseconds until the response or the error. */
  readonly duration: number;
  /** Absent without a response. */
  readonly statusCode?: number;
  /** Why the attempt failed; absent for a success. */
  readonly error?: string;
  /** The beginning of the body of the response. */
  readonly responseBody?: string;
}

/** The delivery of one event to one webhook. Times other than those in text are in milliseconds. */
export interface Delivery {
  readonly webhookId: string;
  readonly owner: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly url: string;
  readonly orderId?: string;
  /** The deliveries of one order to an ordered webhook are made in the sequence of their positions. */
  readonly orderKey?: string;
  readonly position: string;
  readonly payload: string;
  readonly status: DeliveryStatus;
  readonly createdAt: string;
  readonly listKey: string;
  /** When the next attempt is due. */
  readonly dueAt: number;
  /** After this time, it has failed. */
  readonly giveUpAt: number;
  readonly attempts: readonly DeliveryAttempt[];
  readonly attemptCount: number;
  readonly lastAttempt?: DeliveryAttempt;
  readonly finishedAt?: string;
  /** Why it failed. */
  readonly reason?: string;
  /** Unix time in seconds. */
  readonly expiresAt: number;
}

/** What the item of a pending delivery has about when it is due. */
export type DueDelivery = Pick<Delivery, 'webhookId' | 'eventId' | 'orderKey' | 'position' | 'dueAt' | 'giveUpAt' | 'expiresAt'> & { readonly attemptCount: number };

/** The key of an item in the deliveries table. */
export interface DeliveryItemKey {
  readonly itemKey: string;
  readonly part: string;
}

/** The key of a delivery. */
export const deliveryKey = ({ webhookId, eventId }: Pick<Delivery, 'webhookId' | 'eventId'>): DeliveryItemKey =>
  ({ itemKey: `${webhookId}#${eventId}`, part: `${DELIVERY_PARTS.EVENT}${eventId}` });

/** The sort key of a pending delivery. Times have the same number of digits, so that they sort as text. */
export const duePart = ({ dueAt, eventId }: Pick<Delivery, 'dueAt' | 'eventId'>): string => `${DELIVERY_PARTS.DUE}${String(dueAt).padStart(15, '0')}#${eventId}`;

/** The key of when a pending delivery is due. */
export const dueKey = (due: Pick<Delivery, 'webhookId' | 'dueAt' | 'eventId'>): DeliveryItemKey => ({ itemKey: due.webhookId, part: duePart(due) });

/** The key of the deliveries for which later ones of an order wait. */
export const holdKey = (webhookId: string, orderKey: string): DeliveryItemKey => ({ itemKey: webhookId, part: `${DELIVERY_PARTS.HOLD}${orderKey}` });

/**
 * EventBridge does not keep events in order. A delivery to an ordered webhook is due so long after the event, in milliseconds, that the earlier events
 * of the order have arrived as well.
 */
export const ORDERING_WINDOW_MS = 3000;

/** Creates the delivery of an event to a webhook. */
export function newDelivery(webhook: Webhook, event: WebhookEvent, settings: WebhookSettings, now: number): Delivery {
  const { eventId, type: eventType, orderId, orderKey, occurredAt } = event;
  const createdAt = new Date(now).toISOString();
  const isOrdered = webhook.ordered === true && orderKey !== undefined;
  return {
    webhookId: webhook.webhookId,
    owner: webhook.owner,
    eventId,
    eventType,
    url: webhook.url,
    orderId,
    orderKey: isOrdered ? orderKey : undefined,
    position: positionOf(event),
    payload: webhookPayload(event, settings.maxPayloadSize),
    status: 'PENDING',
    createdAt,
    listKey: `${createdAt}#${eventId}`,
    dueAt: isOrdered ? Math.max(now, Math.min(now, Date.parse(occurredAt)) + ORDERING_WINDOW_MS) : now,
    giveUpAt: now + settings.retryDuration * 1000,
    attempts: [],
    attemptCount: 0,
    expiresAt: Math.floor(now / 1000) + settings.deliveryRetention,
  };
}

/** The sequence of an order's events: by the number of the command, then the version of the order, then the time. */
const positionOf = ({ eventId, occurredAt, metadata: { sequence, version } }: WebhookEvent): string =>
  [digits(sequence), digits(version), occurredAt, eventId].join('#');

const digits = (value: unknown): string => String(Number.isSafeInteger(value) && Number(value) > 0 ? value : 0).padStart(16, '0');
