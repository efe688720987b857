import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import {
  createPaginationToken, deliveryListQuery, deliverySummary, deliveryView, jsonResponse, Problem, tenantOf, type Delivery, type Webhook,
} from '#shared';
import { listDeliveries } from './deliveries-list';
import { deliveryStore, restoreDelivery } from './deliveries-table';
import { sendDeliveryMessage } from './delivery-queue';
import type { WebhookSettings } from '../../src/private/contract';

interface DeliveriesEnv {
  readonly DELIVERIES_TABLE_NAME: string;
  readonly DELIVERY_QUEUE_URL: string;
  readonly TOKEN_KEY: string;
}

/** Creates the functions that answer the routes of deliveries. */
export function deliveryRoutes(env: DeliveriesEnv, settings: WebhookSettings) {
  const store = deliveryStore(env.DELIVERIES_TABLE_NAME);

  async function list(event: APIGatewayProxyEvent, correlationId: string, { webhookId }: Webhook): Promise<APIGatewayProxyResult> {
    const query = deliveryListQuery(event, webhookId, env.TOKEN_KEY);
    const { deliveries, next } = await listDeliveries(env.DELIVERIES_TABLE_NAME, webhookId, query);
    const nextToken = next ? { nextToken: createPaginationToken(env.TOKEN_KEY, query.tokenScope, next) } : {};
    return jsonResponse(200, correlationId, { webhookId, items: deliveries.map(deliverySummary), ...nextToken });
  }

  const get = async (event: APIGatewayProxyEvent, correlationId: string, webhook: Webhook): Promise<APIGatewayProxyResult> =>
    jsonResponse(200, correlationId, deliveryView(await existing(event, webhook)));

  /** Makes a delivery again. One that is pending is attempted now. */
  async function redeliver(event: APIGatewayProxyEvent, correlationId: string, webhook: Webhook): Promise<APIGatewayProxyResult> {
    const delivery = await existing(event, webhook);
    if (!webhook.enabled) throw new Problem(409, 'webhook-disabled', 'the webhook is disabled; enable it first with PATCH {"enabled":true}');
    const now = Date.now();
    if (delivery.status === 'PENDING') await store.postpone(delivery, now);
    else await restoreDelivery(env.DELIVERIES_TABLE_NAME, delivery, now, now + settings.retryDuration * 1000);
    const { owner, webhookId } = webhook;
    await sendDeliveryMessage(env.DELIVERY_QUEUE_URL, { owner, webhookId, ...tenantOf(webhook) });
    return jsonResponse(202, correlationId, { ...deliverySummary({ ...delivery, status: 'PENDING', reason: undefined, finishedAt: undefined, dueAt: now }) });
  }

  async function existing({ pathParameters }: APIGatewayProxyEvent, { webhookId }: Webhook): Promise<Delivery> {
    const delivery = await store.get(webhookId, pathParameters?.eventId ?? '');
    if (!delivery) throw new Problem(404, 'delivery-not-found', 'the webhook has no delivery of this event; a delivery appears within seconds after its event');
    return delivery;
  }

  return { list, get, redeliver };
}
