import type { OrderAuthentication } from '../../order-authentication';
import type { AuthenticationScheme } from '../api/authentication-scheme';
import { freeName } from '../free-name';

type Json = Record<string, unknown>;

/** Alternatives of security schemes with their scopes. Empty for none. */
export type SecurityRequirements = readonly Readonly<Record<string, readonly string[]>>[];

/** How callers of an API authenticate. */
export interface ApiSecurity {
  readonly schemes: Readonly<Record<string, Json>>;
  readonly requirements: SecurityRequirements;
  /** The routes with other requirements, such as `POST /orders`. */
  readonly ofRoutes: Readonly<Record<string, SecurityRequirements>>;
}

const API_KEY: Json = { type: 'apiKey', in: 'header', name: 'x-api-key' };

/** The security of an API with API keys. */
export const API_KEY_SECURITY: ApiSecurity = { schemes: { apiKey: API_KEY }, requirements: [{ apiKey: [] }], ofRoutes: {} };

/** Describes the authentication of an API and of its routes. Routes with the same scheme object have the same security scheme. */
export function describeSecurity(authentication: OrderAuthentication, ofRoutes: Readonly<Record<string, OrderAuthentication>>): ApiSecurity {
  const schemes: Record<string, Json> = {};
  const names = new Map<AuthenticationScheme, string[]>();
  const requirementsOf = ({ _scheme: scheme, _scopes: scopes, _apiKeyRequired: apiKeyRequired }: OrderAuthentication): SecurityRequirements => {
    if (!names.has(scheme)) names.set(scheme, addSchemes(schemes, scheme));
    if (apiKeyRequired) schemes.apiKey = API_KEY;
    const requirement = Object.fromEntries([...names.get(scheme)!.map((name) => [name, [...scopes]]), ...(apiKeyRequired ? [['apiKey', []]] : [])]);
    return Object.keys(requirement).length === 0 ? [] : [requirement];
  };
  const requirements = requirementsOf(authentication);
  const others = Object.entries(ofRoutes).map(([route, own]) => [route, requirementsOf(own)] as const)
    .filter(([, own]) => JSON.stringify(own) !== JSON.stringify(requirements));
  return { schemes, requirements, ofRoutes: Object.fromEntries(others) };
}

/** Adds the security schemes of an authentication. Returns their names, which are all required. */
function addSchemes(schemes: Record<string, Json>, scheme: AuthenticationScheme): string[] {
  const added = Object.entries(schemesOf(scheme)).map(([name, described]) => {
    const numbered = freeName(name, (candidate) => candidate in schemes);
    schemes[numbered] = described;
    return numbered;
  });
  return added;
}

function schemesOf(scheme: AuthenticationScheme): Record<string, Json> {
  switch (scheme.kind) {
    // The issuer of a user pool is known at deployment.
    case 'cognito': return { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'A token of the Cognito user pool.' } };
    case 'oidc': return { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'A token of the OIDC issuer.' } };
    case 'iam': return { signature: { type: 'apiKey', in: 'header', name: 'Authorization', description: 'AWS Signature Version 4, service execute-api.' } };
    case 'lambda': return Object.fromEntries(scheme.identityHeaders.map((name) => [`header${name.replace(/[^A-Za-z0-9]/g, '')}`, { type: 'apiKey', in: 'header', name }]));
    case 'restAuthorizer':
    case 'httpAuthorizer': return { authorizer: { type: 'apiKey', in: 'header', name: 'Authorization', description: 'Credentials for the authorizer of the app.' } };
    default: return {};
  }
}
