import {
  AccessLogFormat, GatewayResponse, LogGroupLogDestination, MethodLoggingLevel, RestApi,
  type CfnGatewayResponse, type GatewayResponseOptions, type MethodOptions,
} from 'aws-cdk-lib/aws-apigateway';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { addProblemResponses } from './gateway-responses';
import { endpointProps } from './private-api';
import type { CommonOptions } from '../../options';
import type { RealtimeOrderIngestOptions } from '../../realtime-order-options';
import { acknowledge } from '../acknowledge';
import { asciiName } from '../ascii-name';
import { DEFAULT_THROTTLE } from '../limits';
import { createLogGroup } from '../log-group';

const typeOf = ({ node }: GatewayResponse): string => (node.defaultChild as CfnGatewayResponse).responseType;

/** One line for each request, without client addresses. */
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

export interface OrdersRestApiProps
  extends Pick<RealtimeOrderIngestOptions, 'throttle' | 'accessLog' | 'cloudWatchRole' | 'cors' | 'defaultEndpoint' | 'api' | 'authentication' | 'executionLogLevel'>,
  Pick<CommonOptions, 'logRetention' | 'encryptionKey' | 'tracing'> {
  /** Those of methods that the app adds to the L2 construct itself. */
  readonly methodOptions: MethodOptions;
}

/** The REST API, with throttling, access logs, and errors of API Gateway as `application/problem+json`. */
export class OrdersRestApi extends RestApi {
  public readonly accessLogGroup?: LogGroup;

  constructor(scope: Construct, id: string, props: OrdersRestApiProps) {
    const { accessLog = true, executionLogLevel = MethodLoggingLevel.OFF } = props;
    const executionLog = executionLogLevel !== MethodLoggingLevel.OFF;
    const accessLogGroup = accessLog
      ? createLogGroup(scope, 'AccessLogs', props)
      : undefined;
    super(scope, id, {
      // The construct id would name every API of an account `Api`. The name is a dimension of metrics.
      restApiName: asciiName(scope.node.path.replaceAll('/', '-'), 255),
      description: 'Receives orders',
      ...endpointProps(props),
      disableExecuteApiEndpoint: props.defaultEndpoint === false ? true : undefined,
      cloudWatchRole: props.cloudWatchRole ?? (accessLog || executionLog),
      defaultMethodOptions: props.methodOptions,
      deployOptions: {
        throttlingRateLimit: props.throttle?.rateLimit ?? DEFAULT_THROTTLE.rateLimit,
        throttlingBurstLimit: props.throttle?.burstLimit ?? DEFAULT_THROTTLE.burstLimit,
        metricsEnabled: true,
        loggingLevel: executionLogLevel,
        // It would log whole orders.
        dataTraceEnabled: false,
        tracingEnabled: props.tracing,
        ...(accessLogGroup ? { accessLogDestination: new LogGroupLogDestination(accessLogGroup), accessLogFormat: ACCESS_LOG_FORMAT } : {}),
      },
    });
    this.accessLogGroup = accessLogGroup;
    // Otherwise API Gateway creates it, without retention and key.
    if (executionLog) this.deploymentStage.node.addDependency(createLogGroup(scope, 'ExecutionLogs', props, `API-Gateway-Execution-Logs_${this.restApiId}/prod`));
    // The output of CDK with the URL of the default endpoint.
    if (props.defaultEndpoint === false) this.node.tryRemoveChild('Endpoint');
    addProblemResponses(this, props.cors);
    this.acknowledgeRules(executionLogLevel, props);
  }

  /**
   * Adds a gateway response. A response of the app replaces that of the pipeline: API Gateway has one for each type.
   *
   * @returns the response; the existing one when it is replaced, which keeps its construct id.
   */
  public addGatewayResponse(id: string, options: GatewayResponseOptions): GatewayResponse {
    const responses = this.node.children.filter((child) => child instanceof GatewayResponse);
    const existing = responses.find((response) => typeOf(response) === options.type.responseType);
    if (!existing) return super.addGatewayResponse(id, options);
    const resource = existing.node.defaultChild as CfnGatewayResponse;
    resource.statusCode = options.statusCode;
    resource.responseTemplates = options.templates;
    resource.responseParameters = Object.fromEntries(Object.entries(options.responseHeaders ?? {}).map(([header, value]) => [`gatewayresponse.header.${header}`, value]));
    this.latestDeployment?.addToLogicalId({ gatewayResponse: { ...options, type: options.type.responseType } });
    return existing;
  }

  private acknowledgeRules(executionLogLevel: MethodLoggingLevel, { tracing }: Pick<CommonOptions, 'tracing'>): void {
    acknowledge(this, [{ id: 'AwsSolutions-APIG2', reason: 'The handlers validate every request and return an error for each invalid field.' }]);
    acknowledge(this.deploymentStage, [
      { id: 'AwsSolutions-APIG3', reason: 'The app can set a web ACL by webAclArn; requests are throttled in any case.' },
      ...(executionLogLevel === MethodLoggingLevel.OFF
        ? [{ id: 'AwsSolutions-APIG6', reason: 'Access logs record every request; `executionLogLevel` adds execution logs.' }] : []),
      ...(tracing ? [] : [{ id: 'Serverless-APIGWXrayEnabled', reason: 'Correlation ids in all logs and events trace an order; `tracing` switches X-Ray on.' }]),
    ]);
    const cloudWatchRole = this.node.tryFindChild('CloudWatchRole');
    if (cloudWatchRole) {
      acknowledge(cloudWatchRole, [{
        id: 'AwsSolutions-IAM4',
        reason: 'The AWS managed policy for the one role of an account by which API Gateway writes logs.',
        appliesTo: ['Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs'],
      }]);
    }
  }
}
