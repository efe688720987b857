import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { OrderSource } from '../../order-source';
import type { OrderSourceTenant } from '../../order-source-tenant';
import type { OrderTenants } from '../../order-tenants';
import { TENANT_PATTERN } from '../contract';
import type { ValidationError } from '../validate';

const NAME = /^[a-z][a-z0-9-]{0,29}$/;

/** Validates the sources of a pipeline. */
export const validateSources = (scope: Construct, sources: readonly OrderSource[] = [], tenants?: OrderTenants): ValidationError[] => [
  ...[...new Set(sources.map(({ name }) => name).filter((name, index, names) => names.indexOf(name) < index))]
    .map((name) => `\`sources\` must have different names, got ${name} twice; set the option \`name\` of one of them`),
  ...sources.flatMap((source) => validateSource(scope, source, `sources.${source.name}.`, tenants)),
];

/** Validates one source. `prefix` is the path to its options in messages. */
export const validateSource = (scope: Construct, { name, _kind: kind }: OrderSource, prefix: string, tenants?: OrderTenants): ValidationError[] => [
  NAME.test(name) ? undefined : `the \`name\` of a source must begin with a lower-case letter and have up to 30 of a-z 0-9 -, got ${name}`,
  ...validateTenant(prefix, kind.options.tenant, { tenants, hasHeaders: kind.hasHeaders }),
  ...kind.validate(scope, prefix),
];

interface TenantContext {
  readonly tenants?: OrderTenants;
  readonly hasHeaders: boolean;
}

function validateTenant(prefix: string, tenant: OrderSourceTenant | undefined, { tenants, hasHeaders }: TenantContext): ValidationError[] {
  const prop = `\`${prefix}tenant\``;
  if (!tenant) return [tenants ? `${prop} is required with \`tenants\`, because every order belongs to a tenant; use OrderSourceTenant` : undefined];
  if (!tenants) return [`${prop} cannot be set without \`tenants\``];
  return [validateLocation(prop, tenant, hasHeaders)];
}

function validateLocation(prop: string, { _location: location }: OrderSourceTenant, hasHeaders: boolean): ValidationError {
  const value = { fixed: 'tenant', field: 'pointer', header: 'name' }[location.kind] as keyof typeof location;
  if (Token.isUnresolved(location[value])) return undefined;
  if (location.kind === 'fixed') return TENANT_PATTERN.test(location.tenant) ? undefined : `${prop} must have 1 to 50 of A-Z a-z 0-9 _ -, got ${location.tenant}`;
  if (location.kind === 'field') return /^(\/[^/]+)+$/.test(location.pointer) ? undefined : `${prop} must be a JSON Pointer such as /metadata/tenant, got ${location.pointer}`;
  if (!hasHeaders) return `${prop} cannot be a header, because Kinesis records have none; use OrderSourceTenant.field() or fixed()`;
  return location.name.length > 0 ? undefined : `${prop} must be the name of a header, got an empty one`;
}
