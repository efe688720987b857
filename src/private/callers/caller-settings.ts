import { Fn, Stack } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { CallerKeys } from './caller-keys';
import type { CallerOptions } from './caller-options';
import type { OperatorScheme, TenantScheme } from './caller-scheme';
import type { CallerSettings, OperatorSource, TenantSource } from '../contract';

/** The settings of the handlers of the API, as JSON. Undefined where every caller sees every order. */
export function callerSettings(scope: Construct, options: CallerOptions, keys: CallerKeys | undefined): string | undefined {
  const { tenants, customerClaim, operators } = options;
  if (!tenants && customerClaim === undefined) return undefined;
  const settings: CallerSettings = {
    ...(tenants ? { tenant: tenantSource(tenants._scheme, keys) } : {}),
    ...(customerClaim === undefined ? {} : { customer: { from: 'claim', name: customerClaim } }),
    ...(operators ? { operators: operators.map(({ _scheme }) => operatorSource(_scheme, keys)) } : {}),
  };
  return Stack.of(scope).toJsonString(settings);
}

function tenantSource(scheme: TenantScheme, keys: CallerKeys | undefined): TenantSource {
  switch (scheme.kind) {
    case 'apiKeys': return { from: 'apiKey', tenants: keys!.tenantsById };
    case 'roles': return { from: 'principal', tenants: tenantsByPrincipal(scheme.roles) };
    default: return { from: scheme.kind, name: scheme.name };
  }
}

const tenantsByPrincipal = (roles: { readonly [tenant: string]: readonly IRole[] }): Record<string, string> =>
  Object.fromEntries(Object.entries(roles).flatMap(([tenant, ofTenant]) => ofTenant.map((role) => [principalOf(role), tenant])));

function operatorSource(scheme: OperatorScheme, keys: CallerKeys | undefined): OperatorSource {
  switch (scheme.kind) {
    case 'apiKeys': return { from: 'apiKey', ids: keys!.operatorKeyIds };
    case 'roles': return { from: 'principal', ids: scheme.roles.map(principalOf) };
    default: return { from: scheme.kind, name: scheme.name, value: scheme.value };
  }
}

/** The ARN of a role's sessions, without the name of the session. The path of a role is not in it. */
function principalOf(role: IRole): string {
  const [partition, account] = [1, 4].map((part) => Fn.select(part, Fn.split(':', role.roleArn)));
  return `arn:${partition}:sts::${account}:assumed-role/${role.roleName}`;
}
