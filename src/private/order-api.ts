import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AccessLogFormat, EndpointType, LogGroupLogDestination, MethodLoggingLevel, RestApi, type MethodOptions, type ThrottleSettings,
} from 'aws-cdk-lib/aws-apigateway';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { addProblemResponses } from './gateway-responses';

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
    addProblemResponses(this);
    this.acknowledgeRules();
  }

  private acknowledgeRules(): void {
    acknowledge(this, [{ id: 'AwsSolutions-APIG2', reason: 'The handlers check every request, and say what is wrong with which field.' }]);
    acknowledge(this.deploymentStage, [
      { id: 'AwsSolutions-APIG3', reason: 'A web ACL is the choice of the app, which gives one by webAclArn; requests are throttled in any case.' },
      { id: 'AwsSolutions-APIG6', reason: 'Execution logs would hold what is in an order; access logs tell of every request.' },
      { id: 'Serverless-APIGWXrayEnabled', reason: 'Correlation ids in all logs and events show the way.' },
    ]);
    const cloudWatchRole = this.node.tryFindChild('CloudWatchRole');
    if (cloudWatchRole) {
      acknowledge(cloudWatchRole, [{
        id: 'AwsSolutions-IAM4',
        reason: 'The policy that AWS made for the role by which API Gateway writes logs, one for an account.',
        appliesTo: ['Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs'],
      }]);
    }
  }
}
