import { APP_OWNER, NO_TENANT, type WebhookSubscription } from '../../../src/private/contract';

/** The key of a webhook: its owner, which is a tenant, `*` or `#`, and its ID. */
export interface WebhookKey {
  readonly owner: string;
  readonly webhookId: string;
}

/** Why a webhook is disabled: by its owner, after days of failures, or because its receiver answered 410. */
export type DisabledReason = 'BY_OWNER' | 'FAILING' | 'GONE';

/** The health of a webhook, which its deliveries change. Times are in milliseconds. */
export interface WebhookHealth {
  /** Consecutive failed attempts. */
  readonly failures: number;
  /** How often the circuit opened since the last success. */
  readonly opened: number;
  /** The first failure since the last success. */
  readonly failingSince?: number;
  /** No attempts until then. */
  readonly openUntil?: number;
  /** When the next message of its own invokes the next run. */
  readonly wakeUpAt?: number;
}

/** Which secrets sign the deliveries of a webhook. */
export interface WebhookSecretState {
  readonly secretVersion?: number;
  /** Until then, the previous secret signs as well. In milliseconds. */
  readonly previousSecretUntil?: number;
}

/** A webhook in the table, or of the props. */
export interface Webhook extends WebhookKey, WebhookSubscription, WebhookSecretState, Partial<WebhookHealth> {
  readonly enabled: boolean;
  readonly disabledAt?: string;
  readonly disabledReason?: DisabledReason;
  readonly createdAt?: string;
  readonly updatedAt?: string;
  /** The tenants whose events it receives, for a webhook of the props. */
  readonly tenants?: readonly string[];
  /** The secret of the app, for a webhook of the props. */
  readonly secretArn?: string;
}

export const healthOf = ({ failures = 0, opened = 0, failingSince, openUntil, wakeUpAt }: Partial<WebhookHealth>): WebhookHealth =>
  ({ failures, opened, failingSince, openUntil, wakeUpAt });

/** The owner of the webhooks of a tenant. */
export const ownerOf = (tenant: string | undefined): string => tenant ?? NO_TENANT;

/** Whether a webhook is one of the props, which the API cannot change or delete. */
export const isOfApp = ({ owner }: Pick<WebhookKey, 'owner'>): boolean => owner === APP_OWNER;
