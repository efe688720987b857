/** The headers of responses that a page may read besides the few that browsers always permit. */
export const CORS_EXPOSED_HEADERS = 'Allow, ETag, Location, Retry-After, X-Correlation-Id';

/** The query parameter with which an operator names the tenant that a request is about. */
export const TENANT_PARAMETER = 'tenant';

/** A value about a caller, from API Gateway or from an authorizer of the app. */
export interface CallerValue {
  /** `claim`: a claim of a JWT. `context`: an entry of the context that a Lambda authorizer returns. */
  readonly from: 'claim' | 'context';
  readonly name: string;
}

/** Where the tenant of a request comes from: a value of the caller, or a list of tenants by API key ID or by the ARN of an IAM principal. */
export type TenantSource =
  | CallerValue
  | { readonly from: 'apiKey' | 'principal'; readonly tenants: Readonly<Record<string, string>> };

/** Who is an operator: a caller with a value, or one of some API keys or IAM principals. */
export type OperatorSource =
  | (CallerValue & { readonly value: string })
  | { readonly from: 'apiKey' | 'principal'; readonly ids: readonly string[] };

/** What the callers of the API may see, in `CALLERS` as JSON. Without it, every caller sees every order. */
export interface CallerSettings {
  /** Callers only see the orders of their tenant. */
  readonly tenant?: TenantSource;
  /** Callers only see the orders of the customer whose ID this value is. */
  readonly customer?: CallerValue;
  /** Callers who see the orders of all tenants and customers. */
  readonly operators?: readonly OperatorSource[];
}
