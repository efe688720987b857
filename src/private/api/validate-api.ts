import { Duration, Token } from 'aws-cdk-lib';
import type { MethodLoggingLevel } from 'aws-cdk-lib/aws-apigateway';
import type { AuthenticationScheme, CognitoScheme, LambdaScheme, OidcScheme, SchemeKind } from './authentication-scheme';
import type { OrderApi } from '../../order-api';
import type { OrderAuthentication, OrderRouteAuthentication } from '../../order-authentication';
import { cannotBeSet, durationBetween, type ValidationError } from '../validate';

type ApiKind = 'rest' | 'http';

/** The maximum of API Gateway. */
const MAX_CACHE_TTL = Duration.hours(1);

/** The options that not every kind of API has. */
interface KindOptions {
  readonly api?: OrderApi;
  readonly authentication?: OrderAuthentication;
  readonly routeAuthentication?: OrderRouteAuthentication;
  readonly webAclArn?: string;
  readonly executionLogLevel?: MethodLoggingLevel;
  readonly cloudWatchRole?: boolean;
}

/** How to create each scheme, as in the code of the app. */
const FACTORIES: Readonly<Record<SchemeKind, string>> = {
  apiKey: 'apiKey', iam: 'iam', cognito: 'cognito', oidc: 'oidc', lambda: 'lambda', none: 'none', restAuthorizer: 'fromRestAuthorizer', httpAuthorizer: 'fromHttpAuthorizer',
};

/** What an API does not have: the reason, and what to do instead. */
const REFUSED: Readonly<Record<ApiKind, Partial<Record<SchemeKind, string>>>> = {
  rest: {
    oidc: 'a REST API has no JWT authorizer; use OrderApi.http(), OrderAuthentication.cognito or OrderAuthentication.lambda',
    httpAuthorizer: 'a REST API has other authorizers; use OrderAuthentication.fromRestAuthorizer',
  },
  http: {
    apiKey: 'an HTTP API has no API keys; use OrderApi.rest(), or OrderAuthentication.iam, cognito, oidc or lambda',
    restAuthorizer: 'an HTTP API has other authorizers; use OrderAuthentication.fromHttpAuthorizer',
  },
};

const AUTHORIZERS_WITH_SCOPES: readonly SchemeKind[] = ['cognito', 'oidc', 'restAuthorizer', 'httpAuthorizer'];

/** Validates the kind of API together with the options that only one of them has. */
export function validateApi(props: KindOptions): ValidationError[] {
  const kind = props.api?._kind ?? 'rest';
  const { authentication, routeAuthentication = {} } = props;
  return [
    ...(kind === 'http' ? refusedByHttpApi(props) : []),
    kind === 'http' && authentication === undefined
      ? '`authentication` must be set with OrderApi.http(), which has no API keys; use OrderAuthentication.cognito, oidc, iam or lambda' : undefined,
    ...validateAuthentication('authentication', authentication, kind),
    ...(Object.keys(routeAuthentication) as (keyof OrderRouteAuthentication)[])
      .flatMap((group) => validateAuthentication(`routeAuthentication.${group}`, routeAuthentication[group], kind)),
  ];
}

const refusedByHttpApi = (props: KindOptions): ValidationError[] => [
  ...cannotBeSet(props, ['webAclArn'], 'with OrderApi.http(): AWS WAF does not protect HTTP APIs; use OrderApi.rest(), or a CloudFront distribution with a web ACL'),
  ...cannotBeSet(props, ['executionLogLevel'], 'with OrderApi.http(), which has no execution logs; omit it, or use OrderApi.rest()'),
  ...cannotBeSet(props, ['cloudWatchRole'], 'with OrderApi.http(), which writes access logs without a role of the account; omit it'),
];

/** Validates an authentication on its own and for the kind of API. */
export function validateAuthentication(prop: string, authentication: OrderAuthentication | undefined, kind: ApiKind): ValidationError[] {
  if (!authentication) return [];
  const { _scheme: scheme, _scopes: scopes, _apiKeyRequired: apiKeyRequired } = authentication;
  const refusal = REFUSED[kind][scheme.kind];
  if (refusal) return [`\`${prop}\` must not be OrderAuthentication.${FACTORIES[scheme.kind]} with OrderApi.${kind}(): ${refusal}`];
  return [
    ...validateScheme(prop, scheme, kind),
    validateScopes(prop, scheme, scopes),
    apiKeyRequired && kind === 'http' ? `\`${prop}\` must not have an API key with OrderApi.http(), which has no API keys; use OrderApi.rest()` : undefined,
    apiKeyRequired && kind === 'rest' && scheme.kind === 'none' ? `\`${prop}\` must be OrderAuthentication.apiKey() instead of none().withApiKey()` : undefined,
  ];
}

function validateScopes(prop: string, { kind }: AuthenticationScheme, scopes: readonly string[]): ValidationError {
  if (scopes.length === 0) return undefined;
  if (!AUTHORIZERS_WITH_SCOPES.includes(kind)) return `\`${prop}\` must not have scopes: API Gateway reads them only from JWTs, got OrderAuthentication.${FACTORIES[kind]}`;
  const wrong = scopes.find((scope) => !Token.isUnresolved(scope) && !/^[\x21\x23-\x5B\x5D-\x7E]+$/.test(scope));
  return wrong === undefined ? undefined : `\`${prop}\` must have scopes without spaces, such as orders/cancel, got ${JSON.stringify(wrong)}`;
}

function validateScheme(prop: string, scheme: AuthenticationScheme, kind: ApiKind): ValidationError[] {
  switch (scheme.kind) {
    case 'cognito': return validateCognito(prop, scheme, kind);
    case 'oidc': return validateOidc(prop, scheme);
    case 'lambda': return validateLambda(prop, scheme, kind);
    case 'restAuthorizer':
      return [scheme.authorizer.authorizationType ? undefined
        : `\`${prop}\` must be an authorizer with an authorizationType, or API Gateway accepts all requests; set it on the imported authorizer`];
    default: return [];
  }
}

function validateCognito(prop: string, { userPools, userPoolClients }: CognitoScheme, kind: ApiKind): ValidationError[] {
  if (kind === 'rest') {
    return [
      userPools.length > 0 ? undefined : `\`${prop}\` must have at least one user pool`,
      userPoolClients ? `\`${prop}\` must not have userPoolClients with OrderApi.rest(), which accepts the tokens of all clients of a user pool; `
        + 'omit them, or use OrderApi.http()' : undefined,
    ];
  }
  return [
    userPools.length === 1 ? undefined : `\`${prop}\` must have one user pool with OrderApi.http(), whose JWT authorizers have one issuer, got ${userPools.length}`,
    userPoolClients && userPoolClients.length > 0 ? undefined
      : `\`${prop}\` must have userPoolClients with OrderApi.http(), which accepts the tokens of known clients only`,
  ];
}

function validateOidc(prop: string, { issuer, audience }: OidcScheme): ValidationError[] {
  return [
    Token.isUnresolved(issuer) || /^https:\/\/[^\s?#]+$/.test(issuer) ? undefined
      : `\`${prop}\` must have an issuer that is an https URL, as in the claim iss of the tokens, got ${JSON.stringify(issuer)}`,
    Token.isUnresolved(audience) || (audience.length >= 1 && audience.length <= 50) ? undefined : `\`${prop}\` must have an audience of 1 to 50 values, got ${audience.length}`,
  ];
}

function validateLambda(prop: string, { identityHeaders, resultsCacheTtl, simpleResponses }: LambdaScheme, kind: ApiKind): ValidationError[] {
  const wrong = identityHeaders.find((name) => !/^[A-Za-z0-9-]{1,100}$/.test(name));
  return [
    identityHeaders.length >= 1 && identityHeaders.length <= 10 ? undefined : `\`${prop}\` must have 1 to 10 identityHeaders, got ${identityHeaders.length}`,
    wrong === undefined ? undefined : `\`${prop}\` must have identityHeaders that are names of headers such as X-Shop, got ${JSON.stringify(wrong)}`,
    durationBetween(`${prop}.resultsCacheTtl`, resultsCacheTtl, Duration.seconds(0), MAX_CACHE_TTL),
    simpleResponses && kind === 'rest' ? `\`${prop}\` must not have simpleResponses with OrderApi.rest(), whose Lambda authorizers return IAM policies; omit it` : undefined,
  ];
}
