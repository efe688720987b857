import { appWebhook, ownerOf, parseAppWebhooks, type Webhook, type WebhookKey } from '#shared';
import { getWebhookItem, listWebhookItems, type WebhookItem } from './webhooks-table';
import { APP_OWNER } from '../../src/private/contract';

interface WebhooksEnv {
  readonly WEBHOOKS_TABLE_NAME: string;
  readonly WEBHOOK_ENDPOINTS: string;
}

/** The webhooks of the props and of the table. */
export function webhooksOf({ WEBHOOKS_TABLE_NAME: table, WEBHOOK_ENDPOINTS }: WebhooksEnv) {
  const appWebhooks = parseAppWebhooks(WEBHOOK_ENDPOINTS);

  /** A webhook from its item; undefined for one that the props do not have any more. */
  function webhookOf(key: WebhookKey, item: WebhookItem | undefined): Webhook | undefined {
    if (key.owner !== APP_OWNER) return item?.createdAt === undefined ? undefined : item as Webhook;
    const definition = appWebhooks.get(key.webhookId);
    return definition && appWebhook(definition, item);
  }

  /** The webhooks of the props with their state. */
  async function listAppWebhooks(): Promise<Webhook[]> {
    if (appWebhooks.size === 0) return [];
    const items = new Map((await listWebhookItems(table, APP_OWNER)).map((item) => [item.webhookId, item]));
    return [...appWebhooks.values()].map((definition) => appWebhook(definition, items.get(definition.webhookId)));
  }

  /** The webhooks of a tenant, or those of a pipeline without tenants. */
  const listWebhooks = async (tenant: string | undefined): Promise<Webhook[]> =>
    (await listWebhookItems(table, ownerOf(tenant))).filter(({ createdAt }) => createdAt !== undefined) as Webhook[];

  const getWebhook = async (key: WebhookKey): Promise<Webhook | undefined> => webhookOf(key, await getWebhookItem(table, key));

  return { webhookOf, listAppWebhooks, listWebhooks, getWebhook };
}
