import * as z from 'zod/mini';
import { webhookUrlErrors } from './webhook-url';
import {
  CHANNEL, EVENT_TYPE, FILE_EVENT_TYPE, WEBHOOK_CONCURRENCY, WEBHOOK_LIMITS, type WebhookSubscription, type WebhookUrlRules,
} from '../../../src/private/contract';
import { Problem } from '../http/problem';
import { addErrors } from '../json/field-error';
import { validateShape } from '../json/validate-shape';

/** Events about readers and operators are not for the systems of others. */
const INTERNAL_TYPES: readonly string[] = [EVENT_TYPE.ORDER_READ, EVENT_TYPE.ORDER_REDRIVEN];

/** The types of events that webhooks of the API can receive. */
export const WEBHOOK_EVENT_TYPES: readonly string[] = [...Object.values(EVENT_TYPE), ...Object.values(FILE_EVENT_TYPE)]
  .filter((type) => !INTERNAL_TYPES.includes(type));

const listOf = (value: z.ZodMiniType<string>) => z.array(value).check(z.minLength(1), z.maxLength(WEBHOOK_LIMITS.FILTER_VALUES));
const text = (maxLength: number) => z.string().check(z.minLength(1), z.maxLength(maxLength));
const oneOf = (values: readonly string[]) => z.string().check(z.refine((value) => values.includes(value), {
  error: `must be one of ${values.join(', ')}`, params: { code: 'UNKNOWN_VALUE' },
}));

const FIELDS = {
  url: z.string(),
  description: text(WEBHOOK_LIMITS.DESCRIPTION),
  eventTypes: listOf(oneOf(WEBHOOK_EVENT_TYPES)),
  channels: listOf(oneOf(Object.values(CHANNEL))),
  customerIds: listOf(text(128)),
  currencies: listOf(text(16)),
  salesChannels: listOf(text(64)),
  tags: listOf(text(64)),
  minimumTotal: z.number().check(z.gte(0), z.lte(Number.MAX_SAFE_INTEGER)),
  ordered: z.boolean(),
  maxConcurrency: z.int().check(z.gte(1), z.lte(WEBHOOK_CONCURRENCY.MAX)),
};

const { url, ...optional } = FIELDS;
const creationSchema = z.strictObject({ url, ...mapFields(optional, (field) => z.optional(field)) });
const changeSchema = z.strictObject({
  url: z.optional(url), enabled: z.optional(z.boolean()), ...mapFields(optional, (field) => z.optional(z.nullable(field))),
});
const appChangeSchema = z.strictObject({ enabled: z.boolean() });

/** The changes of a webhook: null removes a field. */
export interface WebhookChange extends Readonly<Record<string, unknown>> {
  readonly enabled?: boolean;
}

function mapFields<From extends Record<string, z.ZodMiniType>, To extends z.ZodMiniType>(
  fields: From, map: (field: From[keyof From]) => To,
): Record<keyof From, To> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, map(field as From[keyof From])])) as Record<keyof From, To>;
}

/** @throws Problem 400 with all errors of a new webhook. */
export const parseWebhookCreation = (body: unknown, rules: WebhookUrlRules): WebhookSubscription =>
  parsed<WebhookSubscription & Record<string, unknown>>(creationSchema, body, rules);

/** @throws Problem 400 with all errors of a change. */
export const parseWebhookChange = (body: unknown, rules: WebhookUrlRules): WebhookChange => parsed<WebhookChange>(changeSchema, body, rules);

/** Only the state of a webhook of the props can be changed by the API. @throws Problem 400 */
export const parseAppWebhookChange = (body: unknown, rules: WebhookUrlRules): WebhookChange => parsed<WebhookChange>(appChangeSchema, body, rules);

function parsed<Value extends Record<string, unknown>>(schema: z.ZodMiniType, body: unknown, rules: WebhookUrlRules): Value {
  const { value, errors = [] } = validateShape(schema, body);
  const givenUrl = (body as { readonly url?: unknown } | null)?.url;
  const all = addErrors(errors, typeof givenUrl === 'string' ? webhookUrlErrors(givenUrl, rules) : []);
  if (all.length > 0) throw invalidWebhook(all);
  return value as Value;
}

/** The answer to a webhook that is not valid. */
export const invalidWebhook = (errors: ConstructorParameters<typeof Problem>[3]): Problem =>
  new Problem(400, 'invalid-webhook', 'the webhook is not valid; see errors', errors);
