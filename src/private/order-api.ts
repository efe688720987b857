import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat, EndpointType, LogGroupLogDestination, MethodLoggingLevel, RestApi, type MethodOptions, type ThrottleSettings } from 'aws-cdk-lib/aws-apigateway';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { answerProblems } from './gateway-responses';

/** One line for each request: ids and figures, and no address of the client. */
const ACCESS_LOG_FORMAT = AccessLogFormat.custom(JSON.stringify({
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  httpMethod: '$context.httpMethod',
  resourcePath: '$context.resourcePath',
  status: '$context.status',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  integrationLatency: '$context.integrationLatency',
  integrationStatus: '$context.integration.status',
  apiKeyId: '$context.identity.apiKeyId',
  errorType: '$context.error.responseType',
}));

export interface OrderApiProps {
  readonly throttle?: ThrottleSettings;
  readonly accessLog?: boolean;
  readonly cloudWatchRole?: boolean;
  readonly logRetention?: RetentionDays;
  readonly methodOptions: MethodOptions;
}

/** The REST API: throttled, logged, and answering in `application/problem+json` wherever no handler is asked. */
export class OrderApi extends RestApi {
  public readonly accessLogGroup?: LogGroup;

  constructor(scope: Construct, id: string, props: OrderApiProps) {
    const accessLog = props.accessLog ?? true;
    const accessLogGroup = accessLog
      ? new LogGroup(scope, 'AccessLogs', { retention: props.logRetention ?? RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY })
      : undefined;
    super(scope, id, {
      // A name for people: an account with two pipelines would otherwise list two APIs called Api.
      restApiName: scope.node.path.replaceAll('/', '-'),
      description: 'Takes orders',
      endpointTypes: [EndpointType.REGIONAL],
      cloudWatchRole: props.cloudWatchRole ?? accessLog,
      defaultMethodOptions: props.methodOptions,
      deployOptions: {
        throttlingRateLimit: props.throttle?.rateLimit ?? 1000,
        throttlingBurstLimit: props.throttle?.burstLimit ?? 2000,
        metricsEnabled: true,
        // Execution logs hold what is in an order.
        loggingLevel: MethodLoggingLevel.OFF,
        dataTraceEnabled: false,
        ...(accessLogGroup ? { accessLogDestination: new LogGroupLogDestination(accessLogGroup), accessLogFormat: ACCESS_LOG_FORMAT } : {}),
      },
    });
    this.accessLogGroup = accessLogGroup;
    answerProblems(this);
  }
}
