import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import {
  healthOf, idempotencyKeyOf, invalidWebhook, isOfApp, jsonBody, jsonResponse, MERGE_PATCH_TYPES, orderLocation, ownerOf, parseAppWebhookChange,
  parseWebhookChange, parseWebhookCreation, Problem, webhookIdFor, webhookView, type Caller, type Webhook,
} from '#shared';
import { sendDeliveryMessage } from './delivery-queue';
import { webhookSecrets } from './signing-secrets';
import { webhookNotFound } from './webhook-callers';
import { resolvedUrlErrors } from './webhook-host';
import { createWebhookItem, deleteWebhookItem, listWebhookItems, updateWebhookItem } from './webhooks-table';
import type { WebhookSettings } from '../../src/private/contract';

interface WebhookEnv {
  readonly WEBHOOKS_TABLE_NAME: string;
  readonly DELIVERY_QUEUE_URL: string;
  readonly SIGNING_SECRET_ARN: string;
}

const MAX_BODY_BYTES = 16 * 1024;
const EXISTS = { expression: 'attribute_exists(createdAt)' };

/** Creates the functions that answer the routes of webhooks themselves. */
export function webhookRoutes(env: WebhookEnv, settings: WebhookSettings) {
  const table = env.WEBHOOKS_TABLE_NAME;
  const currentSecret = async (webhook: Webhook): Promise<string> => (await webhookSecrets(webhook, env.SIGNING_SECRET_ARN))[0];

  /** A repeated request with the same `Idempotency-Key` returns the webhook of the first one. */
  async function create(event: APIGatewayProxyEvent, correlationId: string, caller: Caller): Promise<APIGatewayProxyResult> {
    const subscription = parseWebhookCreation(jsonBody(event, MAX_BODY_BYTES), settings);
    await assertPublic(subscription.url);
    const owner = ownerOf(caller.tenant);
    const webhookId = webhookIdFor(caller, idempotencyKeyOf(event));
    const items = await listWebhookItems(table, owner);
    if (items.length >= settings.maxWebhooks && !items.some((item) => item.webhookId === webhookId)) {
      throw new Problem(409, 'too-many-webhooks', `there are ${items.length} webhooks; the limit is ${settings.maxWebhooks}. Delete one first`);
    }
    const now = new Date().toISOString();
    const webhook: Webhook = { owner, webhookId, ...subscription, enabled: true, secretVersion: 1, createdAt: now, updatedAt: now };
    const stored = await createWebhookItem(table, webhook) as Webhook | undefined ?? webhook;
    const body = { ...webhookView(stored, Date.now()), secret: await currentSecret(stored) };
    return jsonResponse(201, correlationId, body, { Location: orderLocation(event, webhookId, caller) });
  }

  async function change(event: APIGatewayProxyEvent, correlationId: string, webhook: Webhook): Promise<APIGatewayProxyResult> {
    const body = jsonBody(event, MAX_BODY_BYTES, MERGE_PATCH_TYPES);
    const requested = isOfApp(webhook) ? parseAppWebhookChange(body, settings) : parseWebhookChange(body, settings);
    if (typeof requested.url === 'string') await assertPublic(requested.url);
    const fields = Object.fromEntries(Object.entries(requested).map(([name, value]) => [name, value ?? undefined]));
    const changes = { ...fields, ...stateFor(webhook, requested.enabled), updatedAt: new Date().toISOString() };
    const changed = await updateWebhookItem(table, webhook, changes, isOfApp(webhook) ? {} : EXISTS);
    if (!changed) throw webhookNotFound();
    // Its pending deliveries fail, or are attempted, now.
    if (requested.enabled !== undefined) await sendDeliveryMessage(env.DELIVERY_QUEUE_URL, { owner: webhook.owner, webhookId: webhook.webhookId });
    return jsonResponse(200, correlationId, webhookView((isOfApp(webhook) ? { ...webhook, ...changes } : changed) as Webhook, Date.now()));
  }

  async function remove(correlationId: string, webhook: Webhook): Promise<APIGatewayProxyResult> {
    if (isOfApp(webhook)) throw new Problem(409, 'webhook-read-only', 'the webhook is part of the deployment; it can be disabled with PATCH {"enabled":false}, not deleted');
    if (!await deleteWebhookItem(table, webhook)) throw webhookNotFound();
    return { statusCode: 204, headers: { 'X-Correlation-Id': correlationId }, body: '' };
  }

  const readSecret = async (correlationId: string, webhook: Webhook): Promise<APIGatewayProxyResult> =>
    jsonResponse(200, correlationId, { webhookId: webhook.webhookId, secret: await currentSecret(webhook) }, { 'Cache-Control': 'no-store' });

  /** Creates a new secret. The old one signs as well for a while. */
  async function rotateSecret(correlationId: string, webhook: Webhook): Promise<APIGatewayProxyResult> {
    if (webhook.secretArn !== undefined) throw new Problem(409, 'webhook-read-only', 'the secret is one of the deployment; rotate it in Secrets Manager');
    const { secretVersion = 1 } = webhook;
    const changes = { secretVersion: secretVersion + 1, previousSecretUntil: Date.now() + settings.secretOverlap * 1000 };
    // Of two requests at a time, one succeeds.
    const isCurrent = `(secretVersion = :version${webhook.secretVersion === undefined ? ' OR attribute_not_exists(secretVersion)' : ''})`;
    const rotated = await updateWebhookItem(table, webhook, changes, { expression: isCurrent, values: { ':version': secretVersion } });
    if (!rotated) throw new Problem(409, 'secret-rotated', 'the secret was rotated at the same time; read the webhook again');
    const previousSecretUntil = new Date(changes.previousSecretUntil).toISOString();
    const secret = await currentSecret({ ...webhook, ...changes });
    return jsonResponse(200, correlationId, { webhookId: webhook.webhookId, secret, previousSecretUntil }, { 'Cache-Control': 'no-store' });
  }

  async function assertPublic(url: string): Promise<void> {
    const errors = await resolvedUrlErrors(url, settings);
    if (errors.length > 0) throw invalidWebhook(errors);
  }

  return { create, change, remove, readSecret, rotateSecret };
}

/** A webhook that is enabled starts without failures. */
function stateFor(webhook: Webhook, enabled: boolean | undefined): Record<string, unknown> {
  if (enabled === undefined || enabled === webhook.enabled) return {};
  if (!enabled) return { disabledAt: new Date().toISOString(), disabledReason: 'BY_OWNER' };
  return { disabledAt: undefined, disabledReason: undefined, ...healthOf({}) };
}
