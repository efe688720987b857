import { randomUUID } from 'node:crypto';
import type { WebhookHealth, WebhookKey } from '#shared';
import { getWebhookItem, updateWebhookItem, type WebhookItem } from './webhooks-table';

/** The right to make the deliveries of a webhook until a time. */
export interface RunLease {
  readonly leaseId: string;
  readonly item: WebhookItem;
}

const MAX_TRIES = 5;

/** Only webhooks of the API have an item before their first delivery. A run must not create one that was deleted. */
const existence = (isOfApi: boolean): string => (isOfApi ? ' AND attribute_exists(createdAt)' : '');

/**
 * Acquires the run of a webhook. If another invocation has it, that one gets to know that there may be new deliveries before it ends.
 *
 * @returns `busy` if another invocation has it, `missing` for a webhook that was deleted.
 * @throws Error if it changes hands all the time; to be retried.
 */
export async function acquireRun(table: string, key: WebhookKey, isOfApi: boolean, until: number): Promise<RunLease | 'busy' | 'missing'> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const leaseId = randomUUID();
    const values = { ':now': Date.now() };
    const item = await updateWebhookItem(table, key, { leaseId, leaseUntil: until, hasNew: false }, {
      expression: `(attribute_not_exists(leaseUntil) OR leaseUntil < :now)${existence(isOfApi)}`, values,
    });
    if (item) return { leaseId, item };
    if (isOfApi && !(await getWebhookItem(table, key))?.createdAt) return 'missing';
    if (await updateWebhookItem(table, key, { hasNew: true }, { expression: 'leaseUntil >= :now', values })) return 'busy';
  }
  throw new Error('the run of a webhook could not be acquired');
}

/** Stores the health of a webhook. */
export const saveHealth = (table: string, key: WebhookKey, { leaseId }: RunLease, health: WebhookHealth): Promise<unknown> =>
  updateWebhookItem(table, key, { ...health, hasNew: false }, { expression: 'leaseId = :leaseId', values: { ':leaseId': leaseId } });

/**
 * Ends a run.
 *
 * @param evenIfNew whether it ends even if there may be new deliveries.
 * @returns whether it has ended: false if there may be new deliveries.
 */
export async function releaseRun(
  table: string, key: WebhookKey, { leaseId }: RunLease, health: Partial<WebhookHealth>, evenIfNew: boolean,
): Promise<boolean> {
  const released = await updateWebhookItem(table, key, { ...health, leaseId: undefined, leaseUntil: undefined, hasNew: undefined }, {
    expression: `leaseId = :leaseId${evenIfNew ? '' : ' AND hasNew = :false'}`, values: { ':leaseId': leaseId, ...(evenIfNew ? {} : { ':false': false }) },
  });
  if (released) return true;
  // Another invocation has it, after the end of the lease, or the webhook was deleted.
  return (await getWebhookItem(table, key))?.leaseId !== leaseId;
}
