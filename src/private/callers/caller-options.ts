import type { OrderOperators } from '../../order-operators';
import type { OrderTenants } from '../../order-tenants';

/** What the callers of an API may see. */
export interface CallerOptions {
  readonly tenants?: OrderTenants;
  readonly customerClaim?: string;
  readonly operators?: readonly OrderOperators[];
}
