import { WEBHOOK_ID_PREFIX } from '../../../src/private/contract';
import type { Caller } from '../http/caller';
import { digest, newCommandId } from '../orders/ids';

/** The ID of a new webhook. With an idempotency key, a repeated request has the same one. */
export const webhookIdFor = ({ idempotencyScope, tenant = '' }: Caller, key: string | undefined): string =>
  WEBHOOK_ID_PREFIX + (key === undefined ? newCommandId().toLowerCase() : digest(['webhook', idempotencyScope, tenant, key]).slice(0, 32));
