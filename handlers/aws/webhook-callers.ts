import { ownerOf, Problem, type Caller, type Webhook } from '#shared';
import { webhooksOf } from './webhooks';
import { APP_OWNER, WEBHOOK_ID_PATTERN } from '../../src/private/contract';

/** Creates the functions that read the webhooks that a caller may see: those of their tenant, and for operators also those of the props. */
export function webhooksForCallers(env: Parameters<typeof webhooksOf>[0]) {
  const { getWebhook, listAppWebhooks, listWebhooks } = webhooksOf(env);

  /** In a pipeline without tenants, all callers see the webhooks of the props. */
  const seesAppWebhooks = ({ tenant, isOperator }: Caller): boolean => tenant === undefined || isOperator;

  const list = async (caller: Caller): Promise<Webhook[]> =>
    (await Promise.all([seesAppWebhooks(caller) ? listAppWebhooks() : [], listWebhooks(caller.tenant)])).flat();

  /** @throws Problem 404 when there is no such webhook, or the caller may not see it. */
  async function get(webhookId: string, caller: Caller): Promise<Webhook> {
    const owners = [ownerOf(caller.tenant), ...(seesAppWebhooks(caller) ? [APP_OWNER] : [])];
    const found = WEBHOOK_ID_PATTERN.test(webhookId) ? await Promise.all(owners.map((owner) => getWebhook({ owner, webhookId }))) : [];
    const webhook = found.find((each) => each !== undefined);
    if (!webhook) throw webhookNotFound();
    return webhook;
  }

  return { list, get };
}

export const webhookNotFound = (): Problem => new Problem(404, 'webhook-not-found', 'the webhook does not exist');
