import type { Duration } from 'aws-cdk-lib';
import type { IAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import type { IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IUserPool, IUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { AuthenticationScheme } from './private/api/authentication-scheme';

/**
 * Options of `OrderAuthentication.cognito`.
 */
export interface CognitoAuthenticationOptions {
  /**
   * The user pools whose tokens the API accepts. An HTTP API accepts those of one user pool.
   */
  readonly userPools: IUserPool[];

  /**
   * The app clients whose tokens the API accepts. Required for an HTTP API. A REST API accepts the tokens of all clients of the user pools, and
   * does not permit it.
   *
   * @default - the tokens of all clients of the user pools (REST API)
   */
  readonly userPoolClients?: IUserPoolClient[];
}

/**
 * Options of `OrderAuthentication.oidc`.
 */
export interface OidcAuthenticationOptions {
  /**
   * The issuer: the claim `iss` of the tokens, an https URL such as `https://login.example.com/`. API Gateway reads the keys from
   * `/.well-known/openid-configuration` below it, which must be public.
   */
  readonly issuer: string;

  /**
   * The accepted values of the claim `aud`, or of `client_id` in tokens without `aud`: 1 to 50.
   */
  readonly audience: string[];
}

/**
 * Options of `OrderAuthentication.lambda`.
 */
export interface LambdaAuthenticationOptions {
  /**
   * The request headers with the credentials: 1 to 10. Requests that lack any of them are answered with 401, and responses of the function are
   * cached by their values.
   *
   * @default ['Authorization']
   */
  readonly identityHeaders?: string[];

  /**
   * How long API Gateway caches a response of the function, whole seconds, up to one hour; zero switches the cache off. A cached policy is
   * used for all routes: it must allow all that the caller may do, not only the requested route.
   *
   * @default Duration.minutes(5)
   */
  readonly resultsCacheTtl?: Duration;

  /**
   * Whether the function receives requests in the payload format 2.0 and returns `{ isAuthorized, context }` instead of an IAM policy. HTTP API
   * only. Such a response is valid for all routes while it is cached.
   *
   * @default false, the payload format 1.0 and an IAM policy, which are the same for both kinds of APIs
   */
  readonly simpleResponses?: boolean;
}

/**
 * How callers of the API prove who they are. The guide to authentication lists what works with which API.
 *
 * Routes with the same object, or with objects that its methods `withScopes` and `withApiKey` return, share one authorizer.
 */
export class OrderAuthentication {
  /**
   * An API key in the header `x-api-key`. The construct creates one key and a usage plan. REST API only.
   */
  public static apiKey(): OrderAuthentication {
    return new OrderAuthentication({ kind: 'apiKey' }, [], true);
  }

  /**
   * Signatures of AWS credentials (SigV4). Callers need `execute-api:Invoke` on the API.
   */
  public static iam(): OrderAuthentication {
    return new OrderAuthentication({ kind: 'iam' });
  }

  /**
   * Tokens of Cognito user pools in the header `Authorization`. Without scopes, a REST API accepts ID tokens, and an HTTP API ID tokens and
   * access tokens; with scopes, both accept access tokens that have one of them.
   *
   * @param options user pools and app clients.
   */
  public static cognito(options: CognitoAuthenticationOptions): OrderAuthentication {
    return new OrderAuthentication({ kind: 'cognito', ...options });
  }

  /**
   * JWTs of any OIDC issuer in the header `Authorization`. HTTP API only: a REST API has no JWT authorizer.
   *
   * @param options issuer and audience.
   */
  public static oidc(options: OidcAuthenticationOptions): OrderAuthentication {
    return new OrderAuthentication({ kind: 'oidc', ...options });
  }

  /**
   * A function of the app that authorizes requests (Lambda authorizer, type REQUEST). It returns an IAM policy and a `principalId`, which
   * identifies the caller.
   *
   * @param handler the function.
   * @param options headers with the credentials, and the cache.
   */
  public static lambda(handler: IFunction, options: LambdaAuthenticationOptions = {}): OrderAuthentication {
    const { identityHeaders = ['Authorization'], resultsCacheTtl, simpleResponses = false } = options;
    return new OrderAuthentication({ kind: 'lambda', handler, identityHeaders, resultsCacheTtl, simpleResponses });
  }

  /**
   * An authorizer of the app for a REST API.
   *
   * @param authorizer a new or imported authorizer. An imported one needs its `authorizationType`.
   */
  public static fromRestAuthorizer(authorizer: IAuthorizer): OrderAuthentication {
    return new OrderAuthentication({ kind: 'restAuthorizer', authorizer });
  }

  /**
   * An authorizer of the app for an HTTP API.
   *
   * @param authorizer such as `HttpLambdaAuthorizer`, or one that `HttpAuthorizer.fromHttpAuthorizerAttributes` imports.
   */
  public static fromHttpAuthorizer(authorizer: IHttpRouteAuthorizer): OrderAuthentication {
    return new OrderAuthentication({ kind: 'httpAuthorizer', authorizer });
  }

  /**
   * No authentication: all clients that can reach the API can call it. The construct adds a warning.
   */
  public static none(): OrderAuthentication {
    return new OrderAuthentication({ kind: 'none' });
  }

  private constructor(
    /** @internal */
    public readonly _scheme: AuthenticationScheme,
    /** @internal */
    public readonly _scopes: readonly string[] = [],
    /** @internal */
    public readonly _apiKeyRequired: boolean = false,
  ) {}

  /**
   * The same authentication for access tokens that have at least one of the scopes, such as `orders/cancel`. For `cognito`, `oidc`, and
   * authorizers of the app that read JWTs.
   *
   * @param scopes OAuth scopes: at least one.
   */
  public withScopes(...scopes: string[]): OrderAuthentication {
    return new OrderAuthentication(this._scheme, scopes, this._apiKeyRequired);
  }

  /**
   * The same authentication, and an API key in the header `x-api-key` besides, for the throttles and quotas of usage plans. REST API only.
   */
  public withApiKey(): OrderAuthentication {
    return new OrderAuthentication(this._scheme, this._scopes, true);
  }
}

/**
 * The authentication of groups of routes.
 */
export interface OrderRouteAuthentication {
  /**
   * `POST /orders`.
   *
   * @default - `authentication`
   */
  readonly placeOrders?: OrderAuthentication;

  /**
   * `PATCH /orders/{orderId}`.
   *
   * @default - `authentication`
   */
  readonly changeOrders?: OrderAuthentication;

  /**
   * `POST /orders/{orderId}/cancellation`.
   *
   * @default - `authentication`
   */
  readonly cancelOrders?: OrderAuthentication;

  /**
   * `GET /orders`, `GET /orders/{orderId}` and `GET /orders/{orderId}/events`.
   *
   * @default - `authentication`
   */
  readonly readOrders?: OrderAuthentication;

  /**
   * `GET /files`, `GET /files/{fileId}` and `GET /files/{fileId}/orders`.
   *
   * @default - `authentication`
   */
  readonly readFiles?: OrderAuthentication;

  /**
   * `/webhooks` and the routes below it.
   *
   * @default - `authentication`
   */
  readonly manageWebhooks?: OrderAuthentication;
}
