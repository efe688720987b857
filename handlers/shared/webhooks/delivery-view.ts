import * as z from 'zod/mini';
import { DELIVERY_STATUSES, type Delivery, type DeliveryStatus } from './delivery';
import { DELIVERY_PARTS, type DELIVERY_SUMMARY } from '../../../src/private/contract';
import { assertValidQuery, limitErrors, parameterErrors, readNextToken, type RequestQuery } from '../queries/list-query';

const pageKeySchema = z.object({ part: z.string().check(z.startsWith(DELIVERY_PARTS.EVENT)), listKey: z.string() });

/** The key of the last delivery on a page. */
export type DeliveryPageKey = z.infer<typeof pageKeySchema>;

/** A delivery in a list. */
export type DeliverySummary = Pick<Delivery, (typeof DELIVERY_SUMMARY)[number]>;

/** A page of deliveries, newest first, and its last key if more may follow. */
export interface DeliveryPage {
  readonly deliveries: readonly DeliverySummary[];
  readonly next?: DeliveryPageKey;
}

/** The parameters of `GET /webhooks/{webhookId}/deliveries`. */
export interface DeliveryListQuery {
  readonly status?: DeliveryStatus;
  readonly limit: number;
  readonly after?: DeliveryPageKey;
  /** The query for which the pagination token is valid. */
  readonly tokenScope: string;
}

/** @throws Problem 400 with all errors in the query. */
export function deliveryListQuery(request: RequestQuery, webhookId: string, tokenKey: string): DeliveryListQuery {
  const { status, limit = '25', nextToken } = request.queryStringParameters ?? {};
  const tokenScope = JSON.stringify(['deliveries', webhookId, status]);
  const { position: after, errors } = readNextToken(tokenKey, tokenScope, nextToken, pageKeySchema);
  const isKnown = status === undefined || (DELIVERY_STATUSES as readonly string[]).includes(status);
  assertValidQuery([
    ...(isKnown ? [] : [{ path: 'status', code: 'INVALID_STATUS', message: `must be one of ${DELIVERY_STATUSES.join(', ')}` }]),
    ...limitErrors(limit),
    ...errors,
    ...parameterErrors(request, ['status', 'limit', 'nextToken']),
  ]);
  return { status: status as DeliveryStatus | undefined, limit: Number(limit), after, tokenScope };
}

/** Returns a delivery as lists show it. */
export function deliverySummary(delivery: DeliverySummary): Record<string, unknown> {
  const { eventId, eventType, orderId, status, reason, createdAt, dueAt, finishedAt, attemptCount, lastAttempt } = delivery;
  const next = status === 'PENDING' ? { nextAttemptAt: new Date(dueAt).toISOString() } : {};
  return { eventId, eventType, orderId, status, reason, createdAt, finishedAt, attemptCount, lastAttempt, ...next };
}

/** Returns a delivery with its request and attempts. */
export const deliveryView = (delivery: Delivery) => ({
  ...deliverySummary(delivery),
  request: { url: delivery.url, body: delivery.payload },
  attempts: delivery.attempts,
});
