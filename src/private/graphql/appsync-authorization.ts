import { Fn, type Expiration } from 'aws-cdk-lib';
import { AuthorizationType, UserPoolDefaultAction, type AuthorizationMode } from 'aws-cdk-lib/aws-appsync';
import type { OrderAuthentication } from '../../order-authentication';
import type { AuthenticationScheme, SchemeKind } from '../api/authentication-scheme';

/** The schemes that AppSync has. */
type AppSyncKind = Exclude<SchemeKind, 'none' | 'restAuthorizer' | 'httpAuthorizer'>;

/** The directive of the schema for callers with each scheme. */
const DIRECTIVES: Readonly<Record<AppSyncKind, string>> = {
  apiKey: '@aws_api_key', iam: '@aws_iam', cognito: '@aws_cognito_user_pools', oidc: '@aws_oidc', lambda: '@aws_lambda',
};

/** The directives of a type that the pipeline publishes with IAM and that callers read. */
export const accessDirectives = ({ _scheme: { kind } }: OrderAuthentication): string =>
  [...new Set(['@aws_iam', DIRECTIVES[kind as AppSyncKind]])].map((directive) => ` ${directive}`).join('');

/** The authorization mode of AppSync for an authentication that `validateGraphqlAuthentication` accepts. */
export function authorizationMode({ _scheme: scheme }: OrderAuthentication, apiKeyExpiration: Expiration | undefined): AuthorizationMode {
  switch (scheme.kind) {
    case 'cognito': return cognitoMode(scheme);
    case 'oidc': return {
      authorizationType: AuthorizationType.OIDC,
      openIdConnectConfig: { oidcProvider: scheme.issuer, clientId: oneOf(scheme.audience.map((audience) => audience.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))) },
    };
    case 'lambda': return {
      authorizationType: AuthorizationType.LAMBDA,
      lambdaAuthorizerConfig: { handler: scheme.handler, ...(scheme.resultsCacheTtl ? { resultsCacheTtl: scheme.resultsCacheTtl } : {}) },
    };
    case 'iam': return { authorizationType: AuthorizationType.IAM };
    default: return {
      authorizationType: AuthorizationType.API_KEY,
      apiKeyConfig: { name: 'Clients', description: 'The API key of clients', expires: apiKeyExpiration },
    };
  }
}

const cognitoMode = ({ userPools: [userPool], userPoolClients }: Extract<AuthenticationScheme, { kind: 'cognito' }>): AuthorizationMode => ({
  authorizationType: AuthorizationType.USER_POOL,
  userPoolConfig: {
    userPool,
    defaultAction: UserPoolDefaultAction.ALLOW,
    ...(userPoolClients ? { appIdClientRegex: oneOf(userPoolClients.map(({ userPoolClientId }) => userPoolClientId)) } : {}),
  },
});

/** The regular expression that matches one of some texts, which can be tokens. */
const oneOf = (texts: readonly string[]): string => Fn.join('', ['^(', Fn.join('|', [...texts]), ')$']);
