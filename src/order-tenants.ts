import type { QuotaSettings, ThrottleSettings } from 'aws-cdk-lib/aws-apigateway';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { TenantScheme } from './private/callers/caller-scheme';

/**
 * A tenant with API keys.
 */
export interface OrderTenantApiKeys {
  /**
   * The name of the tenant, 1 to 50 of A-Z a-z 0-9 _ -.
   */
  readonly tenant: string;

  /**
   * The names of the tenant's API keys, each 1 to 50 of A-Z a-z 0-9 _ -. The construct creates them. To replace a key, add another one, deploy, give
   * its value to the tenant, and remove the first one later.
   *
   * @default ['default']
   */
  readonly keys?: string[];

  /**
   * Requests per second and burst of the tenant, in its usage plan.
   *
   * @default - the throttle of the API, which all tenants share
   */
  readonly throttle?: ThrottleSettings;

  /**
   * The number of requests of the tenant in a day, week or month.
   *
   * @default - no quota
   */
  readonly quota?: QuotaSettings;
}

/**
 * How the API knows to which tenant a caller belongs.
 *
 * A caller without a tenant gets 403.
 */
export class OrderTenants {
  /**
   * By API keys, which the construct creates, with a usage plan for each tenant. For a REST API whose routes need an API key. About 100 tenants; for
   * more, use a claim or the context of a Lambda authorizer.
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
