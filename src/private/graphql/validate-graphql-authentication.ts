import { Duration, Token, type Expiration } from 'aws-cdk-lib';
import type { OrderAuthentication } from '../../order-authentication';
import type { AuthenticationScheme, SchemeKind } from '../api/authentication-scheme';
import { durationBetween, type ValidationError } from '../validate';

/** What AppSync does not have: the reason, and what to do instead. */
const REFUSED: Partial<Record<SchemeKind, string>> = {
  none: 'cannot be none: AppSync authenticates every caller; use OrderAuthentication.cognito, oidc, iam, lambda or apiKey',
  restAuthorizer: 'cannot be an authorizer of a REST API, which AppSync does not have; use OrderAuthentication.cognito, oidc, iam or lambda',
  httpAuthorizer: 'cannot be an authorizer of an HTTP API, which AppSync does not have; use OrderAuthentication.cognito, oidc, iam or lambda',
};

/** Validates that AppSync has an authentication. */
export function validateGraphqlAuthentication(prop: string, authentication: OrderAuthentication): ValidationError[] {
  const { _scheme: scheme, _scopes: scopes, _apiKeyRequired: needsKey } = authentication;
  const refusal = REFUSED[scheme.kind];
  if (refusal !== undefined) return [`\`${prop}\` ${refusal}`];
  return [
    scopes.length > 0 ? `\`${prop}\` cannot have scopes, which AppSync does not check; use groups in \`operators\`, or OrderAuthentication.lambda` : undefined,
    needsKey && scheme.kind !== 'apiKey' ? `\`${prop}\` cannot be withApiKey(): AppSync has no usage plans, and accepts either credential; omit it` : undefined,
    ...schemeErrors(prop, scheme),
  ];
}

function schemeErrors(prop: string, scheme: AuthenticationScheme): ValidationError[] {
  switch (scheme.kind) {
    case 'cognito': return [
      scheme.userPools.length === 1 ? undefined : `\`${prop}\` must have one user pool with a GraphQL API, got ${scheme.userPools.length}`,
      scheme.userPoolClients?.length === 0 ? `\`${prop}\` must have at least one user pool client, got none; omit them to accept the tokens of all clients` : undefined,
    ];
    case 'oidc': return [
      Token.isUnresolved(scheme.issuer) || scheme.issuer.startsWith('https://') ? undefined : `\`${prop}\` must have an issuer with https, got ${scheme.issuer}`,
      scheme.audience.length >= 1 ? undefined : `\`${prop}\` must have at least one audience, got none`,
    ];
    case 'lambda': return [
      isAuthorizationOnly(scheme.identityHeaders) ? undefined
        : `\`${prop}\` must have the identity header Authorization only, which AppSync passes on, got ${scheme.identityHeaders.join(', ')}`,
      scheme.simpleResponses ? `\`${prop}\` cannot have simpleResponses: functions for AppSync return { isAuthorized, resolverContext }; omit it` : undefined,
      durationBetween(`${prop}.resultsCacheTtl`, scheme.resultsCacheTtl, Duration.seconds(0), Duration.hours(1)),
    ];
    default: return [];
  }
}

const isAuthorizationOnly = (headers: readonly string[]): boolean => headers.length === 1 && headers[0].toLowerCase() === 'authorization';

/** The longest life of an API key of AppSync. */
const MAX_KEY_DAYS = 365;

/** Validates the expiration of the API key, which AppSync requires. */
export function validateApiKeyExpiration(
  prop: string, { _scheme: { kind } }: OrderAuthentication, expiration: Expiration | undefined, now = new Date(),
): ValidationError {
  if (kind !== 'apiKey') return expiration === undefined ? undefined : `\`${prop}\` cannot be set without OrderAuthentication.apiKey()`;
  if (expiration === undefined) {
    return `\`${prop}\` must be set with OrderAuthentication.apiKey(): an API key of AppSync expires after ${MAX_KEY_DAYS} days at the latest, and all clients fail then; `
      + 'set a date, such as Expiration.atDate(new Date(\'2027-06-30\')), or use another authentication';
  }
  const days = (expiration.date.getTime() - now.getTime()) / Duration.days(1).toMilliseconds();
  return days > 0 && days <= MAX_KEY_DAYS ? undefined : `\`${prop}\` must be in the next ${MAX_KEY_DAYS} days, got ${expiration.date.toISOString()}`;
}
