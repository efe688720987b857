import type { ApiRequest, CallerContext } from './api-request';
import { isListed, textOf } from './caller-value';
import { Problem } from './problem';
import { TENANT_PARAMETER, TENANT_PATTERN, type CallerSettings, type CallerValue, type OperatorSource, type TenantSource } from '../../../src/private/contract';
import { valueAt } from '../json/value-at';
import { tenantField } from '../orders/order-identity';

/** Who sent a request, and what they may see. */
export interface Caller {
  /** A principal, an IAM role or an API key ID. */
  readonly id: string;
  /** Idempotency keys of the same scope stand for the same request. */
  readonly idempotencyScope: string;
  /** The tenant whose orders they may see, in a pipeline with tenants. An operator names it in the request. */
  readonly tenant?: string;
  /** The customer whose orders they may see, if not those of all customers. */
  readonly customerId?: string;
  /** Whether they see the orders of all tenants and customers. */
  readonly isOperator: boolean;
}

/**
 * Returns the caller of a request, whom API Gateway or AppSync authenticated.
 *
 * @throws Problem 403 when the caller has no tenant or customer, 400 when an operator names no tenant.
 */
export function callerOf(event: ApiRequest, settings: CallerSettings = {}): Caller {
  const { requestContext } = event;
  const isOperator = (settings.operators ?? []).some((source) => isOneOf(source, requestContext));
  const tenant = settings.tenant && (isOperator ? namedTenant(event) : tenantOf(settings.tenant, requestContext));
  const customerId = isOperator || !settings.customer ? undefined : customerOf(settings.customer, requestContext);
  const id = principalOf(requestContext);
  // A tenant may replace its API key between a request and its retry. Order IDs of different tenants are different anyway.
  const idempotencyScope = customerId ?? (settings.tenant?.from === 'apiKey' && !isOperator ? tenant! : id);
  return { id, idempotencyScope, ...tenantField({ tenant }), ...(customerId === undefined ? {} : { customerId }), isOperator };
}

function tenantOf(source: TenantSource, context: CallerContext): string {
  const tenant = 'tenants' in source ? valueAt(source.tenants, idOf(source.from, context)) : textOf(source, context);
  if (typeof tenant !== 'string' || !TENANT_PATTERN.test(tenant)) throw new Problem(403, 'no-tenant', 'the caller does not belong to a tenant');
  return tenant;
}

function namedTenant({ queryStringParameters, multiValueQueryStringParameters }: ApiRequest): string {
  const tenant = queryStringParameters?.[TENANT_PARAMETER] ?? '';
  const isRepeated = (multiValueQueryStringParameters?.[TENANT_PARAMETER]?.length ?? 0) > 1;
  if (!isRepeated && TENANT_PATTERN.test(tenant)) return tenant;
  throw new Problem(400, 'tenant-required', `an operator must name the tenant that the request is about; add ?${TENANT_PARAMETER}= to the URL`, [
    { path: TENANT_PARAMETER, code: 'REQUIRED', message: 'must be, once, the name of a tenant, of 1 to 50 of A-Z a-z 0-9 _ -' },
  ]);
}

function customerOf(source: CallerValue, context: CallerContext): string {
  const customerId = textOf(source, context);
  if (customerId !== undefined && customerId.trim() !== '' && customerId.length <= MAX_CUSTOMER_ID_LENGTH) return customerId;
  throw new Problem(403, 'no-customer', 'the caller is not a customer');
}

const MAX_CUSTOMER_ID_LENGTH = 128;

function isOneOf(source: OperatorSource, context: CallerContext): boolean {
  return 'ids' in source ? source.ids.includes(idOf(source.from, context)) : isListed(source, source.value, context);
}

/** The caller as API Gateway or AppSync knows it, whatever the settings are. */
const principalOf = (context: CallerContext): string =>
  context.authorizer?.principalId ?? context.authorizer?.claims?.sub ?? roleOf(context) ?? apiKeyIdOf(context) ?? 'anonymous';

/** The ID by which the app lists callers; empty for none. */
const idOf = (from: 'apiKey' | 'principal', context: CallerContext): string => (from === 'apiKey' ? apiKeyIdOf(context) : roleOf(context)) ?? '';

const apiKeyIdOf = ({ identity }: CallerContext): string | undefined => identity?.apiKeyId ?? undefined;

/** All sessions of a role are one caller, because a retry may come from another machine. */
const roleOf = ({ identity }: CallerContext): string | undefined => identity?.userArn?.replace(/(:assumed-role\/[^/]+)\/.*/, '$1');
