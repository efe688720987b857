import { ApiKey, UsagePlan, type IRestApi, type QuotaSettings, type Stage, type ThrottleSettings } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import type { CallerOptions } from './caller-options';

/** The API and stage for which the keys are. */
interface KeyedStage {
  readonly api: IRestApi;
  readonly stage: Stage;
}

/** API keys of one tenant, or of operators. */
interface KeyHolder {
  readonly keys: readonly string[];
  readonly throttle?: ThrottleSettings;
  readonly quota?: QuotaSettings;
}

/** The API keys of tenants and operators, with a usage plan for each tenant and one for operators. */
export class CallerKeys extends Construct {
  private readonly ofTenants = new Map<string, Map<string, ApiKey>>();
  private readonly ofOperators = new Map<string, ApiKey>();

  constructor(scope: Construct, id: string, { tenants, operators = [] }: CallerOptions, stage: KeyedStage) {
    super(scope, id);
    const tenantKeys = tenants?._scheme.kind === 'apiKeys' ? tenants._scheme.tenants : [];
    const ofTenants = new Construct(this, 'Tenants');
    for (const { tenant, keys = [DEFAULT_KEY], ...limits } of tenantKeys) {
      this.ofTenants.set(tenant, createKeys(new Construct(ofTenants, tenant), { keys, ...limits }, stage, `Places orders of tenant ${tenant}`));
    }
    const operatorKeys = operators.flatMap(({ _scheme: scheme }) => (scheme.kind === 'apiKeys' ? scheme.names : []));
    if (operatorKeys.length > 0) this.ofOperators = createKeys(new Construct(this, 'Operators'), { keys: operatorKeys }, stage, 'Sees the orders of all tenants and customers');
  }

  /** The tenants by the ID of a key. */
  get tenantsById(): Record<string, string> {
    return Object.fromEntries([...this.ofTenants].flatMap(([tenant, keys]) => [...keys.values()].map(({ keyId }) => [keyId, tenant])));
  }

  get operatorKeyIds(): string[] {
    return [...this.ofOperators.values()].map(({ keyId }) => keyId);
  }

  /** The first tenant, and its first key. */
  get first(): { readonly tenant: string; readonly key: ApiKey } | undefined {
    const [[tenant, keys] = []] = this.ofTenants;
    return tenant === undefined ? undefined : { tenant, key: [...keys!.values()][0] };
  }

  tenantKey(tenant: string, name = DEFAULT_KEY): ApiKey | undefined {
    return this.ofTenants.get(tenant)?.get(name);
  }

  operatorKey(name: string): ApiKey | undefined {
    return this.ofOperators.get(name);
  }
}

/** The name of a tenant's only key. */
const DEFAULT_KEY = 'default';

function createKeys(scope: Construct, { keys, ...limits }: KeyHolder, stage: KeyedStage, description: string): Map<string, ApiKey> {
  const plan = new UsagePlan(scope, 'UsagePlan', { ...limits, apiStages: [stage] });
  return new Map(keys.map((name) => {
    const key = new ApiKey(scope, `Key-${name}`, { description: `${description}: ${name}` });
    plan.addApiKey(key);
    return [name, key];
  }));
}

/** Whether tenants have API keys of their own. */
export const hasTenantKeys = ({ tenants }: CallerOptions): boolean => tenants?._scheme.kind === 'apiKeys';

/** Whether tenants or operators have API keys of their own. */
export const hasCallerKeys = ({ tenants, operators = [] }: CallerOptions): boolean =>
  hasTenantKeys({ tenants }) || operators.some(({ _scheme: { kind } }) => kind === 'apiKeys');
