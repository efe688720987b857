import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { OrderTenantApiKeys } from './order-tenant-api-keys';
import type { TenantScheme } from './private/callers/caller-scheme';

/**
 * How the API knows to which tenant a caller belongs.
 *
 * A caller without a tenant gets 403.
 */
export class OrderTenants {
  /**
   * By API keys, which the construct creates, with a usage plan for each tenant. For a REST API whose routes need an API key. Up to about 60 tenants
   * fit into one stack; for more, use a claim or the context of a Lambda authorizer.
   *
   * @param tenants the tenants and the names of their keys.
   */
  public static apiKeys(...tenants: OrderTenantApiKeys[]): OrderTenants {
    return new OrderTenants({ kind: 'apiKeys', tenants });
  }

  /**
   * By a claim of the caller's JWT, such as `custom:tenant`.
   *
   * @param name the name of the claim. Its value is the name of the tenant. Callers must not be able to set it themselves.
   */
  public static claim(name: string): OrderTenants {
    return new OrderTenants({ kind: 'claim', name });
  }

  /**
   * By the context that a Lambda authorizer returns.
   *
   * @param name the name of the entry. Its value is the name of the tenant.
   */
  public static authorizerContext(name: string): OrderTenants {
    return new OrderTenants({ kind: 'context', name });
  }

  /**
   * By the IAM role with which the caller signs requests.
   *
   * @param roles the roles of each tenant.
   */
  public static roles(roles: { [tenant: string]: IRole[] }): OrderTenants {
    return new OrderTenants({ kind: 'roles', roles });
  }

  private constructor(
    /** @internal */
    public readonly _scheme: TenantScheme,
  ) {}
}
