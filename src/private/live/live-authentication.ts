import type { OrderAuthentication } from '../../order-authentication';
import type { OrdersApi } from '../api/orders-api';
import type { CallerOptions } from '../callers/caller-options';
import type { LiveAuthentication } from '../contract';

/** Whether the pipeline has the authorizer: API Gateway has none for JWTs and API keys of WebSocket APIs. */
export const needsOwnAuthorizer = ({ _scheme: { kind } }: OrderAuthentication): boolean => kind === 'apiKey' || kind === 'cognito' || kind === 'oidc';

/** The settings of `authorize-live-connection`. */
export function liveAuthentication(authentication: OrderAuthentication, api: OrdersApi): LiveAuthentication {
  const { _scheme: scheme, _scopes: scopes, _apiKeyRequired: hasKey } = authentication;
  return {
    ...(scheme.kind === 'cognito' ? {
      userPools: scheme.userPools.map(({ userPoolId }) => ({
        userPoolId, ...(scheme.userPoolClients ? { clientIds: scheme.userPoolClients.map(({ userPoolClientId }) => userPoolClientId) } : {}),
      })),
    } : {}),
    ...(scheme.kind === 'oidc' ? { issuer: scheme.issuer, audience: scheme.audience } : {}),
    ...(scopes.length > 0 ? { scopes } : {}),
    ...(hasKey ? { apiKeyIds: apiKeyIds(api) } : {}),
    claims: [...new Set(['sub', ...claimsOf(api.callerOptions)])],
  };
}

/** The IDs of the API keys that the construct of the API created. */
export const apiKeyIds = ({ gateway: { apiKey, callerKeys } }: OrdersApi): string[] =>
  [...(apiKey ? [apiKey.keyId] : []), ...Object.keys(callerKeys?.tenantsById ?? {}), ...callerKeys?.operatorKeyIds ?? []];

function claimsOf({ tenants, customerClaim, operators = [] }: CallerOptions): string[] {
  const schemes = [...(tenants ? [tenants._scheme] : []), ...operators.map(({ _scheme }) => _scheme)];
  return [...schemes.flatMap((scheme) => (scheme.kind === 'claim' ? [scheme.name] : [])), ...(customerClaim === undefined ? [] : [customerClaim])];
}
