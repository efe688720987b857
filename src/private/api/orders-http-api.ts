import { Stack } from 'aws-cdk-lib';
import { CorsHttpMethod, HttpApi, type CfnStage, type CorsPreflightOptions, type IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { ALLOWED_HEADERS, ALLOWED_METHODS, PREFLIGHT_AGE } from './cors';
import type { ApiCorsOptions } from '../../api-cors-options';
import type { CommonOptions } from '../../options';
import type { RealtimeOrderIngestOptions } from '../../realtime-order-options';
import { asciiName } from '../ascii-name';
import { CORS_EXPOSED_HEADERS } from '../contract';
import { DEFAULT_THROTTLE } from '../limits';
import { createLogGroup } from '../log-group';

/** One line for each request, without client addresses and paths: these contain the ids of orders. */
const ACCESS_LOG_FORMAT = {
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  httpMethod: '$context.httpMethod',
  routeKey: '$context.routeKey',
  status: '$context.status',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  integrationLatency: '$context.integrationLatency',
  integrationStatus: '$context.integrationStatus',
  authorizerError: '$context.authorizer.error',
  errorType: '$context.error.responseType',
};

export interface OrdersHttpApiProps extends Pick<RealtimeOrderIngestOptions, 'throttle' | 'accessLog' | 'cors' | 'defaultEndpoint'>, Pick<CommonOptions, 'logRetention' | 'encryptionKey'> {
  /** That of routes that the app adds to the L2 construct itself. */
  readonly authorizer: IHttpRouteAuthorizer;
  readonly scopes: readonly string[];
}

/** The HTTP API, with throttling and access logs. */
export class OrdersHttpApi extends HttpApi {
  public readonly accessLogGroup?: LogGroup;

  constructor(scope: Construct, id: string, { throttle, accessLog, cors, defaultEndpoint, authorizer, scopes, ...logs }: OrdersHttpApiProps) {
    super(scope, id, {
      // The construct id would name every API of an account `Api`.
      apiName: asciiName(scope.node.path.replaceAll('/', '-'), 128),
      description: 'Receives orders',
      corsPreflight: cors && preflightOptions(cors),
      disableExecuteApiEndpoint: defaultEndpoint === false ? true : undefined,
      defaultAuthorizer: authorizer,
      defaultAuthorizationScopes: scopes.length > 0 ? [...scopes] : undefined,
    });
    // The default stage of the L2 construct has no options.
    const stage = this.defaultStage!.node.defaultChild as CfnStage;
    stage.defaultRouteSettings = {
      throttlingRateLimit: throttle?.rateLimit ?? DEFAULT_THROTTLE.rateLimit,
      throttlingBurstLimit: throttle?.burstLimit ?? DEFAULT_THROTTLE.burstLimit,
    };
    if (accessLog === false) return;
    this.accessLogGroup = createLogGroup(scope, 'AccessLogs', logs);
    stage.accessLogSettings = { destinationArn: this.accessLogGroup.logGroupArn, format: Stack.of(scope).toJsonString(ACCESS_LOG_FORMAT) };
  }
}

/** API Gateway answers preflight requests and adds these headers to all responses of handlers. */
const preflightOptions = ({ allowOrigins, allowHeaders = [], maxAge = PREFLIGHT_AGE }: ApiCorsOptions): CorsPreflightOptions => ({
  allowOrigins,
  allowHeaders: [...ALLOWED_HEADERS, ...allowHeaders],
  allowMethods: ALLOWED_METHODS.map((method) => CorsHttpMethod[method]),
  exposeHeaders: CORS_EXPOSED_HEADERS.split(', '),
  maxAge,
});
