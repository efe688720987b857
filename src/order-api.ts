import type { IRestApi } from 'aws-cdk-lib/aws-apigateway';
import type { IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IInterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import type { ExistingApi } from './private/api/existing-api';

/** The kinds of APIs of API Gateway. */
type ApiKind = 'rest' | 'http';

/**
 * Options of `OrderApi.privateRest`.
 */
export interface PrivateRestApiOptions {
  /**
   * The endpoints of API Gateway (`InterfaceVpcEndpointAwsService.APIGATEWAY`) through which the API can be called, in the region of the stack.
   */
  readonly vpcEndpoints: IInterfaceVpcEndpoint[];
}

/**
 * Options of `OrderApi.fromRestApi` and `OrderApi.fromHttpApi`.
 */
export interface ExistingApiOptions {
  /**
   * The stage of the API. Required for an imported REST API: the routes are deployed to it.
   *
   * @default - the stage of a REST API of the app, the stage `$default` of an HTTP API
   */
  readonly stageName?: string;

  /**
   * The URL of the API without a slash at the end, such as that of a custom domain name, for the property `url` of the construct.
   *
   * @default - the default endpoint with the stage
   */
  readonly url?: string;
}

/**
 * The API of a pipeline. Handlers, routes and responses are the same for both kinds.
 */
export class OrderApi {
  /**
   * A REST API: API keys and usage plans, AWS WAF, and errors of API Gateway as `application/problem+json`.
   */
  public static rest(): OrderApi {
    return new OrderApi('rest');
  }

  /**
   * A REST API that can be called only through endpoints of VPCs. HTTP APIs cannot be private.
   *
   * @param options the endpoints.
   */
  public static privateRest(options: PrivateRestApiOptions): OrderApi {
    return new OrderApi('rest', options.vpcEndpoints);
  }

  /**
   * An HTTP API: JWTs of any OIDC issuer, about a third of the price per request, and less latency. It has no API keys, no usage plans and no
   * AWS WAF, and the errors of API Gateway itself are `{"message":"Unauthorized"}` as JSON, which cannot be changed.
   */
  public static http(): OrderApi {
    return new OrderApi('http');
  }

  /**
   * An existing REST API, to which the routes are added: `/orders`, `/files` and what is below them. It is a `RestApi` of the stack, which deploys them
   * to its stage, or an imported one (`RestApi.fromRestApiAttributes`), to whose stage the construct deploys them. Stage, throttling, access log, web
   * ACL, custom domain name, gateway responses and alarms of the API are up to its owner.
   *
   * @param restApi the API, in the account and region of the stack.
   * @param options the stage of an imported API.
   */
  public static fromRestApi(restApi: IRestApi, options: ExistingApiOptions = {}): OrderApi {
    return new OrderApi('rest', undefined, { restApi, ...options });
  }

  /**
   * An existing HTTP API, to which the routes are added: `/orders`, `/files` and what is below them. Its stage has to deploy automatically, which is the
   * default of CDK. Stage, throttling, access log, custom domain name and alarms of the API are up to its owner, and so is CORS (`corsPreflight`): `cors` only
   * adds the routes for preflight requests.
   *
   * @param httpApi the API, in the account and region of the stack: an `HttpApi` of the stack, or an imported one.
   * @param options the stage of the API.
   */
  public static fromHttpApi(httpApi: IHttpApi, options: ExistingApiOptions = {}): OrderApi {
    return new OrderApi('http', undefined, { httpApi, ...options });
  }

  private constructor(
    /** @internal */
    public readonly _kind: ApiKind,
    /** @internal */
    public readonly _vpcEndpoints?: readonly IInterfaceVpcEndpoint[],
    /** @internal */
    public readonly _existing?: ExistingApi,
  ) {}
}
