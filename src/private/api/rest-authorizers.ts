import {
  AuthorizationType, CognitoUserPoolsAuthorizer, IdentitySource, RequestAuthorizer, type IAuthorizer, type IRestApi, type MethodOptions,
} from 'aws-cdk-lib/aws-apigateway';
import type { Construct } from 'constructs';
import type { AuthenticationScheme, CognitoScheme, LambdaScheme } from './authentication-scheme';
import type { OrderAuthentication } from '../../order-authentication';
import { freeName } from '../free-name';

/** Creates the authorizers of a REST API, one for each scheme. */
export class RestAuthorizers {
  private readonly authorizers = new Map<AuthenticationScheme, IAuthorizer>();

  constructor(private readonly scope: Construct) {}

  /** The options of methods with an authentication. */
  public methodOptions({ _scheme: scheme, _scopes: scopes, _apiKeyRequired: apiKeyRequired }: OrderAuthentication): MethodOptions {
    const authorizer = this.authorizerFor(scheme) ?? withoutAuthorizer(scheme);
    return { apiKeyRequired, authorizer, ...(scopes.length > 0 ? { authorizationScopes: [...scopes] } : {}) };
  }

  /** Attaches all authorizers. CDK attaches only those that a method has, and fails for others. */
  public attachTo(api: IRestApi): void {
    for (const authorizer of this.authorizers.values()) (authorizer as Partial<AttachableAuthorizer>)._attachToApi?.(api);
  }

  private authorizerFor(scheme: AuthenticationScheme): IAuthorizer | undefined {
    if (scheme.kind === 'restAuthorizer') return scheme.authorizer;
    if (scheme.kind !== 'cognito' && scheme.kind !== 'lambda') return undefined;
    const existing = this.authorizers.get(scheme);
    if (existing) return existing;
    const authorizer = scheme.kind === 'cognito' ? this.cognitoAuthorizer(scheme) : this.lambdaAuthorizer(scheme);
    this.authorizers.set(scheme, authorizer);
    return authorizer;
  }

  private cognitoAuthorizer({ userPools }: CognitoScheme): IAuthorizer {
    return new CognitoUserPoolsAuthorizer(this.scope, this.idOf('CognitoAuthorizer'), { cognitoUserPools: [...userPools] });
  }

  private lambdaAuthorizer({ handler, identityHeaders, resultsCacheTtl }: LambdaScheme): IAuthorizer {
    return new RequestAuthorizer(this.scope, this.idOf('LambdaAuthorizer'), {
      handler, identitySources: identityHeaders.map((name) => IdentitySource.header(name)), resultsCacheTtl,
    });
  }

  private idOf(id: string): string {
    return freeName(id, (candidate) => this.scope.node.tryFindChild(candidate) !== undefined);
  }
}

/** Keeps a method from the authorizer of the API's default options, which CDK gives to methods that have none. */
const withoutAuthorizer = ({ kind }: AuthenticationScheme): IAuthorizer =>
  ({ authorizerId: '', authorizationType: kind === 'iam' ? AuthorizationType.IAM : AuthorizationType.NONE });

/** CDK's declarations omit what it calls internal. */
interface AttachableAuthorizer {
  _attachToApi(api: IRestApi): void;
}
