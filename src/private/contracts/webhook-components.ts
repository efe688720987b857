import { integer, list, object, oneOf, ref, text, time } from './component';
import { CHANNEL, WEBHOOK_CONCURRENCY, WEBHOOK_LIMITS } from '../contract';
import type { JsonSchema } from '../order-model/json-schema';

const values = (description: string, items: JsonSchema = { type: 'string', minLength: 1 }): JsonSchema =>
  ({ type: 'array', minItems: 1, maxItems: WEBHOOK_LIMITS.FILTER_VALUES, items, description });

/** What the creator of a webhook determines, besides its URL. */
const OPTIONS: Record<string, JsonSchema> = {
  description: { type: 'string', minLength: 1, maxLength: WEBHOOK_LIMITS.DESCRIPTION },
  eventTypes: values('The types of events; all by default.'),
  channels: values('Only events about orders of these channels.', oneOf(Object.values(CHANNEL))),
  customerIds: values('Only events about orders of these customers.'),
  currencies: values('Only events about orders in these currencies.'),
  salesChannels: values('Only events about orders of these sales channels.'),
  tags: values('Only events about orders with one of these tags.'),
  minimumTotal: { type: 'number', minimum: 0, description: 'Only events about orders of at least this total, in the unit of the order model.' },
  ordered: { type: 'boolean', description: 'Whether the events of each order are delivered in sequence.' },
  maxConcurrency: { type: 'integer', minimum: 1, maximum: WEBHOOK_CONCURRENCY.MAX, description: 'Concurrent requests.' },
};
const URL_OF: JsonSchema = { type: 'string', format: 'uri', maxLength: WEBHOOK_LIMITS.URL, description: 'An https URL with a public host.' };
const optional = Object.keys(OPTIONS);
const closed = { additionalProperties: false };
const nullable = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] });

const WEBHOOK: Record<string, JsonSchema> = {
  webhookId: text(),
  tenant: text('Only and always in a pipeline with tenants, except for webhooks of the deployment.'),
  url: text(),
  ...OPTIONS,
  tenants: list(text()),
  enabled: { type: 'boolean' },
  disabledAt: time(),
  disabledReason: oneOf(['BY_OWNER', 'FAILING', 'GONE']),
  failingSince: time('The first failure since the last success.'),
  previousSecretUntil: time('Until then, the previous secret signs as well.'),
  isReadOnly: { type: 'boolean', description: 'Whether it is part of the deployment.' },
  createdAt: time(),
  updatedAt: time(),
};
const REQUIRED = ['webhookId', 'url', 'ordered', 'enabled', 'isReadOnly'];
const SECRET = text('The secret that signs requests, as Standard Webhooks defines it.');

const DELIVERY: Record<string, JsonSchema> = {
  eventId: text('The header `webhook-id` of its requests.'),
  eventType: text(),
  orderId: text(),
  status: oneOf(['PENDING', 'DELIVERED', 'FAILED']),
  reason: text('Why it failed.'),
  createdAt: time(),
  nextAttemptAt: time(),
  finishedAt: time(),
  attemptCount: integer(),
  lastAttempt: ref('WebhookAttempt'),
};
const OPTIONAL_OF_DELIVERY = ['orderId', 'reason', 'nextAttemptAt', 'finishedAt', 'lastAttempt'];

/** The schemas of an API with webhooks. */
export const WEBHOOK_COMPONENTS: Record<string, JsonSchema> = {
  NewWebhook: object({ url: URL_OF, ...OPTIONS }, optional, closed),
  WebhookChange: object({
    url: URL_OF, enabled: { type: 'boolean' }, ...Object.fromEntries(Object.entries(OPTIONS).map(([name, schema]) => [name, nullable(schema)])),
  }, ['url', 'enabled', ...optional], closed),
  Webhook: object(WEBHOOK, Object.keys(WEBHOOK).filter((name) => !REQUIRED.includes(name))),
  CreatedWebhook: { allOf: [ref('Webhook'), object({ secret: SECRET })] },
  WebhookList: object({ items: list(ref('Webhook')) }),
  WebhookSecret: object({ webhookId: text(), secret: SECRET, previousSecretUntil: time() }, ['previousSecretUntil']),
  WebhookAttempt: object({
    attemptedAt: time(),
    duration: integer('Milliseconds until the response or the error.'),
    statusCode: integer(),
    error: text('Such as `TIMEOUT`, `HTTP_STATUS`, `REDIRECT` or `ADDRESS_NOT_ALLOWED`; absent for a success.'),
    responseBody: text('The beginning of the body of the response.'),
  }, ['statusCode', 'error', 'responseBody']),
  DeliverySummary: object(DELIVERY, OPTIONAL_OF_DELIVERY),
  Delivery: { allOf: [ref('DeliverySummary'), object({ request: object({ url: text(), body: text() }), attempts: list(ref('WebhookAttempt')) })] },
  DeliveryList: object({ webhookId: text(), items: list(ref('DeliverySummary')), nextToken: text() }, ['nextToken']),
};
