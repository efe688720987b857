import { Token } from 'aws-cdk-lib';
import type { CallerOptions } from './caller-options';
import type { OperatorScheme, TenantScheme } from './caller-scheme';
import type { OrderModel } from '../../order-model';
import type { OrderTenantApiKeys } from '../../order-tenant-api-keys';
import type { SchemeKind } from '../api/authentication-scheme';
import { authenticationsOf, type AuthenticationOptions, type NamedAuthentication } from '../api/authentications-of';
import { TENANT_PATTERN } from '../contract';
import { isWithin } from '../order-model/schema-pointer';
import type { ValidationError } from '../validate';

/** The error of the name of a tenant. */
export const tenantError = (tenant: string): ValidationError =>
  (TENANT_PATTERN.test(tenant) ? undefined : `\`tenants\` must have 1 to 50 of A-Z a-z 0-9 _ - each, got ${tenant}`);

/** What the validation of callers needs to know. */
interface CallerProps extends CallerOptions, AuthenticationOptions {
  readonly orderModel?: OrderModel;
}

/** Validates what the callers of the API may see. */
export function validateCallers(props: CallerProps): ValidationError[] {
  const { tenants, customerClaim, operators } = props;
  const scheme = tenants?._scheme;
  return [
    ...(scheme?.kind === 'apiKeys' ? validateTenantKeys(scheme.tenants) : []),
    ...(scheme?.kind === 'roles' ? Object.keys(scheme.roles).map(tenantError) : []),
    operators && !tenants && customerClaim === undefined
      ? '`operators` has no effect without `tenants` or `customerClaim`: every caller sees every order; set one of them'
      : undefined,
    operators?.length === 0 ? '`operators` must have at least one entry, got none' : undefined,
    customerClaim !== undefined && props.orderModel && props.orderModel._load().description.facts.customerId === undefined
      ? '`customerClaim` needs an `orderModel` with a pointer `customerId`: orders of this model have no customer'
      : undefined,
    ...(customerClaim === undefined ? [] : changeableCustomer(props.orderModel)),
    ...(operators ?? []).flatMap(({ _scheme: source }) => operatorErrors(source)),
    ...validateSources(props, authenticationsOf(props)),
  ];
}

/** A customer who can change the customer of an order can give orders to others. */
function changeableCustomer(model: OrderModel | undefined): ValidationError[] {
  const { facts: { customerId }, changeable } = model?._load().description ?? { facts: {}, changeable: [] };
  return changeable.filter((pointer) => customerId !== undefined && (isWithin(customerId, pointer) || isWithin(pointer, customerId)))
    .map((pointer) => `\`customerClaim\` needs an \`orderModel\` whose customer cannot be changed: remove ${pointer} from \`changeable\``);
}

function operatorErrors(source: OperatorScheme): ValidationError[] {
  switch (source.kind) {
    case 'claim': return [claimValueError(source.value)];
    case 'apiKeys': return keyErrors('`operators`', source.names);
    case 'roles': return [source.roles.length === 0 ? '`operators` must have at least one role, got none' : undefined];
    default: return [];
  }
}

/** API Gateway separates the values of a claim by commas or spaces, in brackets. Accepts tokens. */
const claimValueError = (value: string): ValidationError =>
  (Token.isUnresolved(value) || /^[^\s,[\]]+$/.test(value) ? undefined : `\`operators\` must have a claim value without spaces, commas and brackets, got ${JSON.stringify(value)}`);

/** Where a value about the caller comes from. */
type Source = TenantScheme['kind'] | OperatorScheme['kind'];

/** The values about a caller that each authentication has. An authorizer of the app may have either. */
const SOURCES: Readonly<Record<SchemeKind, readonly Source[]>> = {
  apiKey: [],
  iam: ['roles'],
  cognito: ['claim'],
  oidc: ['claim'],
  lambda: ['context'],
  restAuthorizer: ['claim', 'context'],
  httpAuthorizer: ['claim', 'context'],
  none: [],
};

const NEEDED: Readonly<Record<Source, string>> = {
  apiKeys: 'an API key (`OrderAuthentication.apiKey()` or `withApiKey()`)',
  claim: 'a JWT (`OrderAuthentication.cognito()` or `oidc()`)',
  context: 'a Lambda authorizer (`OrderAuthentication.lambda()`)',
  roles: 'IAM (`OrderAuthentication.iam()`)',
};

/** Every route must know the tenant and customer of its callers, or that they are operators. */
export function validateSources(props: CallerOptions, authentications: readonly NamedAuthentication[]): ValidationError[] {
  const { tenants, customerClaim, operators = [] } = props;
  const ofOperators = operators.map(({ _scheme: { kind } }) => kind);
  const needed: readonly (readonly [prop: string, source: Source])[] = [
    ...(tenants ? [['tenants', tenants._scheme.kind] as const] : []),
    ...(customerClaim === undefined ? [] : [['customerClaim', 'claim'] as const]),
  ];
  return authentications.flatMap(([routes, { _scheme: { kind }, _apiKeyRequired: hasKey }]) => {
    const sources = [...SOURCES[kind], ...(hasKey ? ['apiKeys'] as const : [])];
    const isOfOperators = ofOperators.some((source) => sources.includes(source));
    return needed.filter(([, source]) => !sources.includes(source) && !isOfOperators)
      .map(([prop, source]) => `\`${prop}\` needs ${NEEDED[source]} for all routes, or operators; \`${routes}\` is ${kind}`);
  });
}

function validateTenantKeys(tenants: readonly OrderTenantApiKeys[]): ValidationError[] {
  const names = tenants.map(({ tenant }) => tenant);
  return [
    names.length === 0 ? '`tenants` must have at least one tenant, got none' : undefined,
    new Set(names).size < names.length ? '`tenants` must have each tenant once; list all keys of a tenant in one entry' : undefined,
    ...names.map(tenantError),
    ...tenants.flatMap(({ tenant, keys }) => (keys ? keyErrors(`the \`keys\` of tenant ${tenant}`, keys) : [])),
  ];
}

/** The errors of the names of API keys, which have the form of the name of a tenant. */
const keyErrors = (subject: string, names: readonly string[]): ValidationError[] => [
  names.length === 0 ? `${subject} must have at least one name, got none` : undefined,
  new Set(names).size < names.length ? `${subject} must have each name once` : undefined,
  ...names.filter((name) => !TENANT_PATTERN.test(name)).map((name) => `${subject} must have names of 1 to 50 of A-Z a-z 0-9 _ -, got ${name}`),
];
