import type { FileState } from './file-record';
import { FILES_BY_STATE } from '../../../src/private/contract';
import { withTenant } from '../orders/order-identity';

/** The key of the files in a state, which are those of one tenant in a pipeline with tenants. */
export const fileStateKey = (tenant: string | undefined, state: FileState): string => withTenant(tenant, state);

/** The attribute of the index by state; none without a state. */
export const stateKeyOf = (tenant: string | undefined, state: unknown): Record<string, string> =>
  (state === undefined ? {} : { [FILES_BY_STATE.partitionKey]: fileStateKey(tenant, state as FileState) });
