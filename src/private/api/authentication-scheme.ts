import type { Duration } from 'aws-cdk-lib';
import type { IAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import type { IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IUserPool, IUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';

/** How API Gateway authenticates callers. Routes with the same object share one authorizer. */
export type AuthenticationScheme =
  | { readonly kind: 'apiKey' | 'iam' | 'none' }
  | CognitoScheme
  | OidcScheme
  | LambdaScheme
  | { readonly kind: 'restAuthorizer'; readonly authorizer: IAuthorizer }
  | { readonly kind: 'httpAuthorizer'; readonly authorizer: IHttpRouteAuthorizer };

export interface CognitoScheme {
  readonly kind: 'cognito';
  readonly userPools: readonly IUserPool[];
  readonly userPoolClients?: readonly IUserPoolClient[];
}

export interface OidcScheme {
  readonly kind: 'oidc';
  readonly issuer: string;
  readonly audience: readonly string[];
}

export interface LambdaScheme {
  readonly kind: 'lambda';
  readonly handler: IFunction;
  readonly identityHeaders: readonly string[];
  readonly resultsCacheTtl?: Duration;
  readonly simpleResponses: boolean;
}

export type SchemeKind = AuthenticationScheme['kind'];
