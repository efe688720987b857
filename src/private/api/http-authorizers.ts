import { HttpNoneAuthorizer, type IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer, HttpLambdaAuthorizer, HttpLambdaResponseType } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { AuthenticationScheme, LambdaScheme } from './authentication-scheme';
import { freeName } from '../free-name';

/** Creates the authorizers of an HTTP API, one for each scheme. */
export class HttpAuthorizers {
  private readonly authorizers = new Map<AuthenticationScheme, IHttpRouteAuthorizer>();
  private readonly ids = new Set<string>();

  /** The authorizer of routes with a scheme. CDK adds it to the API with the first route. */
  public authorizerFor(scheme: AuthenticationScheme): IHttpRouteAuthorizer {
    const authorizer = this.authorizers.get(scheme) ?? this.createAuthorizer(scheme);
    this.authorizers.set(scheme, authorizer);
    return authorizer;
  }

  private createAuthorizer(scheme: AuthenticationScheme): IHttpRouteAuthorizer {
    switch (scheme.kind) {
      case 'cognito':
        return new HttpJwtAuthorizer(this.idOf('CognitoAuthorizer'), issuerOf(scheme.userPools[0]), {
          jwtAudience: scheme.userPoolClients!.map(({ userPoolClientId }) => userPoolClientId),
        });
      case 'oidc':
        return new HttpJwtAuthorizer(this.idOf('JwtAuthorizer'), scheme.issuer, { jwtAudience: [...scheme.audience] });
      case 'lambda':
        return this.lambdaAuthorizer(scheme);
      case 'httpAuthorizer':
        return scheme.authorizer;
      case 'iam':
        return new HttpIamAuthorizer();
      default:
        return new HttpNoneAuthorizer();
    }
  }

  private lambdaAuthorizer({ handler, identityHeaders, resultsCacheTtl, simpleResponses }: LambdaScheme): IHttpRouteAuthorizer {
    return new HttpLambdaAuthorizer(this.idOf('LambdaAuthorizer'), handler, {
      identitySource: identityHeaders.map((name) => `$request.header.${name}`),
      resultsCacheTtl,
      responseTypes: [simpleResponses ? HttpLambdaResponseType.SIMPLE : HttpLambdaResponseType.IAM],
    });
  }

  /** The construct is created with the first route, so its scope does not contain it yet. */
  private idOf(id: string): string {
    const free = freeName(id, (candidate) => this.ids.has(candidate));
    this.ids.add(free);
    return free;
  }
}

/** The claim `iss` of the tokens of a user pool, which has the region of the user pool. */
const issuerOf = ({ env, userPoolId }: IUserPool): string => `https://cognito-idp.${env.region}.amazonaws.com/${userPoolId}`;
