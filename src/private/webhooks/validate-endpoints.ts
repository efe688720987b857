import { Token } from 'aws-cdk-lib';
import { isSpecialHost } from './special-networks';
import type { OrderWebhooksOptions } from '../../order-webhooks-options';
import type { WebhookEndpoint } from '../../webhook-endpoint';
import { EVENTS_WITH_ORDER, WEBHOOK_CONCURRENCY, WEBHOOK_ID_PATTERN, WEBHOOK_ID_PREFIX, WEBHOOK_LIMITS } from '../contract';
import { cannotBeSet, integerBetween, type ValidationError } from '../validate';

const LISTS = ['eventTypes', 'tenants', 'channels', 'customerIds', 'currencies', 'salesChannels', 'tags'] as const;
const OF_ORDER = ['currencies', 'minimumTotal', 'salesChannels', 'tags'] as const;

/** Validates the webhooks of the props. */
export function validateEndpoints(props: OrderWebhooksOptions, hasTenants: boolean): ValidationError[] {
  const { endpoints = [] } = props;
  const ids = endpoints.map(({ webhookId }) => webhookId);
  return endpoints.flatMap((endpoint, index) => [
    ...validateId(endpoint.webhookId, ids.indexOf(endpoint.webhookId) < index),
    ...validateEndpoint(endpoint, `endpoints.${endpoint.webhookId}.`, props),
    ...(hasTenants ? [] : cannotBeSet(endpoint, ['tenants'], 'without `tenants` of the pipeline', `endpoints.${endpoint.webhookId}.`)),
  ]);
}

function validateId(webhookId: string, isRepeated: boolean): ValidationError[] {
  if (Token.isUnresolved(webhookId)) return ['`endpoints.webhookId` must be known at synth, because it identifies the webhook'];
  return [
    WEBHOOK_ID_PATTERN.test(webhookId) && !webhookId.startsWith(WEBHOOK_ID_PREFIX) ? undefined
      : `\`endpoints.webhookId\` must have 1 to 64 of A-Z a-z 0-9 _ - and not begin with ${WEBHOOK_ID_PREFIX}, got ${webhookId}`,
    isRepeated ? `\`endpoints.webhookId\` must be unique, got ${webhookId} again` : undefined,
  ];
}

function validateEndpoint(endpoint: WebhookEndpoint, prefix: string, rules: OrderWebhooksOptions): ValidationError[] {
  const { eventTypes, description, minimumTotal, maxConcurrency } = endpoint;
  const lacksOrder = (type: string) => !Token.isUnresolved(type) && !(EVENTS_WITH_ORDER as readonly string[]).includes(type);
  const areAllWithoutOrder = eventTypes?.length && eventTypes.every(lacksOrder);
  return [
    validateUrl(endpoint.url, `${prefix}url`, rules),
    description !== undefined && !Token.isUnresolved(description) && description.length > WEBHOOK_LIMITS.DESCRIPTION
      ? `\`${prefix}description\` must have at most ${WEBHOOK_LIMITS.DESCRIPTION} characters, got ${description.length}` : undefined,
    ...LISTS.map((name) => validateList(`${prefix}${name}`, endpoint[name])),
    integerBetween(`${prefix}minimumTotal`, minimumTotal, 0, Number.MAX_SAFE_INTEGER),
    integerBetween(`${prefix}maxConcurrency`, maxConcurrency, 1, WEBHOOK_CONCURRENCY.MAX),
    ...(areAllWithoutOrder ? cannotBeSet(endpoint, OF_ORDER, `for ${eventTypes.join(', ')}, which do not include the order`, prefix) : []),
  ];
}

/** An empty list would match no event. */
function validateList(prop: string, values: readonly string[] | undefined): ValidationError {
  if (values === undefined || Token.isUnresolved(values)) return undefined;
  return values.length >= 1 && values.length <= WEBHOOK_LIMITS.FILTER_VALUES ? undefined
    : `\`${prop}\` must have 1 to ${WEBHOOK_LIMITS.FILTER_VALUES} entries, got ${values.length === 0 ? 'none' : values.length}`;
}

/** The addresses of a name are checked at each delivery. */
function validateUrl(text: string, prop: string, { allowHttp = false, allowedNetworks = [] }: OrderWebhooksOptions): ValidationError {
  if (Token.isUnresolved(text)) return undefined;
  if (!URL.canParse(text) || text.length > WEBHOOK_LIMITS.URL) return `\`${prop}\` must be an absolute URL of at most ${WEBHOOK_LIMITS.URL} characters, got ${text}`;
  const { protocol, username, password, hash, hostname } = new URL(text);
  if (protocol !== 'https:' && !(protocol === 'http:' && allowHttp)) {
    return `\`${prop}\` must begin with https://, got ${text}${protocol === 'http:' ? '; use TLS, or set `allowHttp`' : ''}`;
  }
  if (username !== '' || password !== '' || hash !== '') return `\`${prop}\` must have neither credentials nor a fragment; receivers verify the signature of requests instead`;
  return isSpecialHost(hostname, allowedNetworks)
    ? `\`${prop}\` must have a public host, got ${hostname}, which is private, loopback, link-local or special; add its network to \`allowedNetworks\` if that is on purpose`
    : undefined;
}
