import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { OrderOperators } from '../../order-operators';
import type { OrderTenantApiKeys, OrderTenants } from '../../order-tenants';

/** How the API knows the tenant of a caller. */
export type TenantScheme =
  | { readonly kind: 'apiKeys'; readonly tenants: readonly OrderTenantApiKeys[] }
  | { readonly kind: 'claim' | 'context'; readonly name: string }
  | { readonly kind: 'roles'; readonly roles: { readonly [tenant: string]: readonly IRole[] } };

/** How the API knows operators. */
export type OperatorScheme =
  | { readonly kind: 'apiKeys'; readonly names: readonly string[] }
  | { readonly kind: 'claim' | 'context'; readonly name: string; readonly value: string }
  | { readonly kind: 'roles'; readonly roles: readonly IRole[] };

/** What the callers of an API may see. */
export interface CallerOptions {
  readonly tenants?: OrderTenants;
  readonly customerClaim?: string;
  readonly operators?: readonly OrderOperators[];
}
