import { ref } from './component';
import { WEBHOOK_ROUTES } from '../contract';
import type { JsonSchema } from '../order-model/json-schema';

type Json = Record<string, unknown>;

/** What operations of all routes have in common. */
interface OperationParts {
  readonly read: (operationId: string, summary: string, parameters: Json[], ok: Json) => Json;
  readonly jsonResponse: (description: string, schema: JsonSchema, headers?: Json) => Json;
  readonly response: (name: string) => Json;
  readonly query: (name: string, schema: JsonSchema, description?: string) => Json;
  readonly common: Json;
  readonly page: readonly Json[];
  readonly correlation: Json;
  readonly idempotency: Json;
}

/** The operations of the routes of webhooks. */
export function webhookOperations(
  { read, jsonResponse, response, query, common, page, correlation, idempotency }: OperationParts,
): Readonly<Record<string, () => Record<string, Json>>> {
  const conflict: Json = {
    description: 'The webhook is read-only or disabled, there are too many, or its secret was rotated at the same time.', content: { 'application/problem+json': { schema: ref('Problem') } },
  };
  const write = (operationId: string, summary: string, ok: Json, more: Json = {}, body?: string): Json => ({
    operationId,
    summary,
    parameters: [correlation],
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: ref(body) } } } } : {}),
    ...more,
    responses: {
      ...ok, 400: response('BadRequest'), 404: response('NotFound'), 409: conflict, ...(body ? { 413: response('TooLarge'), 415: response('UnsupportedMediaType') } : {}), ...common,
    },
  });
  return {
    [WEBHOOK_ROUTES.WEBHOOKS]: () => ({
      get: read('listWebhooks', 'Lists the webhooks of the caller.', [], jsonResponse('The webhooks.', ref('WebhookList'))),
      post: write('createWebhook', 'Creates a webhook. The response has its secret.', {
        201: jsonResponse('The webhook.', ref('CreatedWebhook'), { Location: { description: 'The path of the webhook.', schema: { type: 'string' } } }),
      }, { parameters: [correlation, idempotency] }, 'NewWebhook'),
    }),
    [WEBHOOK_ROUTES.WEBHOOK]: () => ({
      get: read('getWebhook', 'Returns a webhook.', [], jsonResponse('The webhook.', ref('Webhook'))),
      patch: write('changeWebhook', 'Changes a webhook, as a JSON merge patch.', { 200: jsonResponse('The webhook.', ref('Webhook')) }, {}, 'WebhookChange'),
      delete: write('deleteWebhook', 'Deletes a webhook.', { 204: { description: 'The webhook is deleted.' } }),
    }),
    [WEBHOOK_ROUTES.SECRET]: () => ({
      get: read('getWebhookSecret', 'Returns the secret of a webhook.', [], jsonResponse('The secret.', ref('WebhookSecret'))),
      post: write('rotateWebhookSecret', 'Creates a new secret. The old one signs as well for a while.', { 200: jsonResponse('The new secret.', ref('WebhookSecret')) }),
    }),
    [WEBHOOK_ROUTES.DELIVERIES]: () => ({
      get: read('listDeliveries', 'Lists the deliveries of a webhook, newest first.', [
        query('status', { type: 'string', enum: ['PENDING', 'DELIVERED', 'FAILED'] }, 'A page may have fewer entries although more follow.'), ...page,
      ], jsonResponse('A page of deliveries.', ref('DeliveryList'))),
    }),
    [WEBHOOK_ROUTES.DELIVERY]: () => ({
      get: read('getDelivery', 'Returns a delivery with its request and attempts.', [], jsonResponse('The delivery.', ref('Delivery'))),
    }),
    [WEBHOOK_ROUTES.REDELIVERY]: () => ({
      post: write('redeliver', 'Makes a delivery again. One that is pending is attempted now.', { 202: jsonResponse('The delivery is pending.', ref('DeliverySummary')) }),
    }),
  };
}
