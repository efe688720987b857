import type { Webhook } from './webhook';
import { APP_OWNER, type AppWebhook } from '../../../src/private/contract';

/** Makes a webhook of the props from its definition and what the table has about it: its state, which deliveries and the API change. */
export const appWebhook = (definition: AppWebhook, item: Partial<Webhook> = {}): Webhook =>
  ({ enabled: true, ...item, ...definition, owner: APP_OWNER });

/** Reads the webhooks of the props from the environment variable. */
export const parseAppWebhooks = (endpoints: string): ReadonlyMap<string, AppWebhook> =>
  new Map((JSON.parse(endpoints) as AppWebhook[]).map((webhook) => [webhook.webhookId, webhook]));
