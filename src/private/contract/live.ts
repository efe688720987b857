/** Keys of the table of live updates: connections, subscriptions and recent events, by topic. */
export const LIVE_KEYS = { partitionKey: 'topic', sortKey: 'entry' } as const;

/** The subprotocol of live updates, which the server selects, and the beginnings of those that carry credentials of a browser. */
export const LIVE_SUBPROTOCOL = { name: 'order-updates.v1', bearer: 'bearer.', apiKey: 'api-key.' } as const;

/** The maximum duration of a connection, which API Gateway ends after two hours, in seconds. */
export const LIVE_CONNECTION_SECONDS = 2 * 3600;

/** How long an event can be resumed from, in seconds. */
export const LIVE_EVENT_SECONDS = 24 * 3600;

/** How long the delivery of a live update is retried at most, in seconds. Clients resume from some time before their last event, which is longer. */
export const LIVE_DELIVERY_SECONDS = 600;

/** The longest message that is sent, in bytes: API Gateway accepts 128 KB. */
export const MAX_LIVE_MESSAGE_BYTES = 128_000;

/** The most topics to which one connection subscribes. */
export const MAX_LIVE_SUBSCRIPTIONS = 50;

/** What `authorize-live-connection` accepts, in `AUTHENTICATION` as JSON. */
export interface LiveAuthentication {
  /** The user pools whose tokens it accepts. */
  readonly userPools?: readonly { readonly userPoolId: string; readonly clientIds?: readonly string[] }[];
  /** The issuer and audience of the tokens that it accepts. */
  readonly issuer?: string;
  readonly audience?: readonly string[];
  /** A token has at least one of them. */
  readonly scopes?: readonly string[];
  /** The IDs of the API keys that it accepts. */
  readonly apiKeyIds?: readonly string[];
  /** The claims that identify a caller. */
  readonly claims: readonly string[];
}

/** The outcome of a connection or message that failed with an error of the pipeline. */
export const LIVE_FAILURE_OUTCOME = 'LiveRequestFailed';
