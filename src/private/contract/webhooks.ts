/** Keys of the webhooks table: the webhooks of an owner, which is a tenant or one of the two below. */
export const WEBHOOK_KEYS = { partitionKey: 'owner', sortKey: 'webhookId' } as const;

/** The owner of webhooks in a pipeline without tenants, and of those in the props of the app. No tenant has such a name. */
export const NO_TENANT = '*';
export const APP_OWNER = '#';

/**
 * Keys of the deliveries table. A delivery has one item for itself and, while it is pending, one for when it is due. Its part begins with one of
 * `DELIVERY_PARTS`. The items of deliveries have a partition each, `<webhook ID>#<event ID>`: they are large. The others are in the partition of their
 * webhook, which can be read in sequence.
 */
export const DELIVERY_KEYS = { partitionKey: 'itemKey', sortKey: 'part' } as const;
export const DELIVERY_PARTS = {
  /** `event#<event ID>`: a delivery with its attempts. */
  EVENT: 'event#',
  /** `due#<time>#<event ID>`: when a pending delivery is due. */
  DUE: 'due#',
  /** `hold#<order>`: the first delivery of an order that failed, on which later ones wait. */
  HOLD: 'hold#',
} as const;

/** Index of the deliveries table: deliveries of a webhook, newest last. Only the items of the deliveries themselves have its key. */
export const DELIVERIES_BY_TIME = { indexName: 'byTime', partitionKey: 'webhookId', sortKey: 'listKey' } as const;

/** The attributes of a delivery in a list. */
export const DELIVERY_SUMMARY = [
  'eventId', 'eventType', 'orderId', 'status', 'reason', 'createdAt', 'dueAt', 'finishedAt', 'attemptCount', 'lastAttempt',
] as const;

/** The routes of webhooks. */
export const WEBHOOK_ROUTES = {
  WEBHOOKS: '/webhooks',
  WEBHOOK: '/webhooks/{webhookId}',
  SECRET: '/webhooks/{webhookId}/secret',
  DELIVERIES: '/webhooks/{webhookId}/deliveries',
  DELIVERY: '/webhooks/{webhookId}/deliveries/{eventId}',
  REDELIVERY: '/webhooks/{webhookId}/deliveries/{eventId}/redeliver',
} as const;

/** The methods of each route. */
export const WEBHOOK_METHODS: Readonly<Record<string, readonly string[]>> = {
  [WEBHOOK_ROUTES.WEBHOOKS]: ['GET', 'HEAD', 'POST'],
  [WEBHOOK_ROUTES.WEBHOOK]: ['DELETE', 'GET', 'HEAD', 'PATCH'],
  [WEBHOOK_ROUTES.SECRET]: ['GET', 'HEAD', 'POST'],
  [WEBHOOK_ROUTES.DELIVERIES]: ['GET', 'HEAD'],
  [WEBHOOK_ROUTES.DELIVERY]: ['GET', 'HEAD'],
  [WEBHOOK_ROUTES.REDELIVERY]: ['POST'],
};

/** The format of the ID of a webhook. Those that the API creates begin with the prefix. */
export const WEBHOOK_ID_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;
export const WEBHOOK_ID_PREFIX = 'wh_';

/** Which events a webhook receives. An absent filter matches all events. */
export interface WebhookFilters {
  readonly eventTypes?: readonly string[];
  readonly channels?: readonly string[];
  readonly customerIds?: readonly string[];
  readonly currencies?: readonly string[];
  readonly salesChannels?: readonly string[];
  readonly tags?: readonly string[];
  readonly minimumTotal?: number;
}

/** What the creator of a webhook determines. */
export interface WebhookSubscription extends WebhookFilters {
  readonly url: string;
  readonly description?: string;
  readonly ordered?: boolean;
  readonly maxConcurrency?: number;
}

/** A webhook of the props, in `WEBHOOK_ENDPOINTS` as JSON. */
export interface AppWebhook extends WebhookSubscription {
  readonly webhookId: string;
  readonly tenants?: readonly string[];
  readonly secretArn?: string;
}

/** Which URLs webhooks may have. */
export interface WebhookUrlRules {
  readonly allowHttp: boolean;
  /** Networks in CIDR notation that are allowed although they are not public. */
  readonly allowedNetworks: readonly string[];
}

/** The settings of webhooks, in `WEBHOOK_SETTINGS` as JSON. Durations are in seconds. */
export interface WebhookSettings extends WebhookUrlRules {
  readonly requestTimeout: number;
  readonly retryDuration: number;
  readonly disableAfter: number;
  readonly deliveryRetention: number;
  readonly secretOverlap: number;
  /** In bytes. */
  readonly maxPayloadSize: number;
  /** Of one tenant, or of a pipeline without tenants. */
  readonly maxWebhooks: number;
}

/** The concurrent requests to one webhook. */
export const WEBHOOK_CONCURRENCY = { DEFAULT: 10, MAX: 50 } as const;

/** The maximum number of values of a filter, and of characters of a URL and of a description. */
export const WEBHOOK_LIMITS = { FILTER_VALUES: 50, URL: 2048, DESCRIPTION: 256 } as const;

/** IPv6 addresses outside of this network are not public. */
export const GLOBAL_IPV6 = '2000::/3';

/**
 * Networks that are not public, of IANA's registries of special-purpose addresses and of multicast addresses. The address of the metadata service
 * and of the credentials of containers, 169.254.0.0/16, is one of them.
 */
export const SPECIAL_NETWORKS: readonly string[] = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.31.196.0/24',
  '192.52.193.0/24', '192.88.99.0/24', '192.168.0.0/16', '192.175.48.0/24', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4',
  '240.0.0.0/4', '2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20',
];

/** `detail-type` of every event about a webhook. */
export const WEBHOOK_EVENT_TYPE = { ORDER_WEBHOOK_DISABLED: 'OrderWebhookDisabled' } as const;
export type WebhookEventType = (typeof WEBHOOK_EVENT_TYPE)[keyof typeof WEBHOOK_EVENT_TYPE];

/** The outcome of a webhook that is disabled, which an alarm counts. */
export const WEBHOOK_DISABLED_OUTCOME = 'WebhookDisabled';
