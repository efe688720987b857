import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { assertSeesAllCustomers, jsonResponse, methodCheck, readEnv, report, restHandler, webhookView, type Caller } from '#shared';
import { deliveryRoutes } from './aws/manage-deliveries';
import { webhookRoutes } from './aws/manage-webhook';
import { webhooksForCallers } from './aws/webhook-callers';
import { WEBHOOK_METHODS, WEBHOOK_ROUTES, type WebhookSettings } from '../src/private/contract';

const env = readEnv('manage-webhooks');
const settings = JSON.parse(env.WEBHOOK_SETTINGS) as WebhookSettings;
const webhooks = webhooksForCallers(env);
const { create, change, remove, readSecret, rotateSecret } = webhookRoutes(env, settings);
const deliveries = deliveryRoutes(env, settings);

/** Creates, lists, changes and deletes webhooks, shows and rotates their secrets, and shows and repeats their deliveries. */
export const handler = restHandler(env, async (event, correlationId, caller) => {
  methodCheck(WEBHOOK_METHODS[event.resource] ?? [], env.ALLOWED_METHODS)(event);
  assertSeesAllCustomers(caller);
  const response = event.resource === WEBHOOK_ROUTES.WEBHOOKS
    ? await handleCollection(event, correlationId, caller)
    : await handleWebhook(event, correlationId, caller);
  report('webhooks managed', [{ outcome: 'WebhookRequest', correlationId }]);
  return response;
});

async function handleCollection(event: APIGatewayProxyEvent, correlationId: string, caller: Caller): Promise<APIGatewayProxyResult> {
  if (event.httpMethod === 'POST') return create(event, correlationId, caller);
  const items = await webhooks.list(caller);
  return jsonResponse(200, correlationId, { items: items.map((webhook) => webhookView(webhook, Date.now())) });
}

async function handleWebhook(event: APIGatewayProxyEvent, correlationId: string, caller: Caller): Promise<APIGatewayProxyResult> {
  const webhook = await webhooks.get(event.pathParameters?.webhookId ?? '', caller);
  switch (event.resource) {
    case WEBHOOK_ROUTES.SECRET:
      return event.httpMethod === 'POST' ? rotateSecret(correlationId, webhook) : readSecret(correlationId, webhook);
    case WEBHOOK_ROUTES.DELIVERIES: return deliveries.list(event, correlationId, webhook);
    case WEBHOOK_ROUTES.DELIVERY: return deliveries.get(event, correlationId, webhook);
    case WEBHOOK_ROUTES.REDELIVERY: return deliveries.redeliver(event, correlationId, webhook);
    default: break;
  }
  if (event.httpMethod === 'PATCH') return change(event, correlationId, webhook);
  if (event.httpMethod === 'DELETE') return remove(correlationId, webhook);
  return jsonResponse(200, correlationId, webhookView(webhook, Date.now()));
}
