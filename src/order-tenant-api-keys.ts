import type { QuotaSettings, ThrottleSettings } from 'aws-cdk-lib/aws-apigateway';

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
