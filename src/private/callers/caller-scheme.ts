import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { OrderTenantApiKeys } from '../../order-tenant-api-keys';

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
