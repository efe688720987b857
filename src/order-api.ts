import type { IInterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';

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

  private constructor(
    /** @internal */
    public readonly _kind: ApiKind,
    /** @internal */
    public readonly _vpcEndpoints?: readonly IInterfaceVpcEndpoint[],
  ) {}
}
