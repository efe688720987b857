import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat, CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { LogGroupLogDestination, WebSocketApi, WebSocketStage, type IWebSocketRouteAuthorizer, type WebSocketRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { CommonOptions } from '../../options';
import type { OrderLiveUpdatesOptions } from '../../order-live-updates-options';
import { acknowledge } from '../acknowledge';
import { asciiName } from '../ascii-name';
import { DEFAULT_THROTTLE } from '../limits';
import { createLogGroup } from '../log-group';

/** One line for each connection and message, without client addresses and headers: these contain tokens. */
const ACCESS_LOG_FORMAT = AccessLogFormat.custom(JSON.stringify({
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  eventType: '$context.eventType',
  routeKey: '$context.routeKey',
  connectionId: '$context.connectionId',
  status: '$context.status',
  integrationLatency: '$context.integrationLatency',
  integrationStatus: '$context.integrationStatus',
  authorizerError: '$context.authorizer.error',
  errorType: '$context.error.responseType',
}));

const STAGE_NAME = 'live';

interface LiveApiProps extends Pick<OrderLiveUpdatesOptions, 'throttle' | 'accessLog' | 'cloudWatchRole'>, Pick<CommonOptions, 'logRetention' | 'encryptionKey'> {
  /** Answers all routes. */
  readonly handler: IFunction;
  /** Undefined for none. */
  readonly authorizer?: IWebSocketRouteAuthorizer;
  /** A construct that sets the CloudWatch role, if there is one. */
  readonly account?: Construct;
}

/** The WebSocket API, with throttling and access logs. */
export class LiveApi extends Construct {
  public readonly webSocketApi: WebSocketApi;
  public readonly stage: WebSocketStage;
  public readonly accessLogGroup?: LogGroup;

  constructor(scope: Construct, id: string, props: LiveApiProps) {
    super(scope, id);
    const { handler, authorizer, throttle } = props;
    const route = (name: string) => ({ integration: new WebSocketLambdaIntegration(name, handler) });
    this.webSocketApi = new WebSocketApi(this, 'WebSocketApi', {
      // The construct id would name every API of an account alike.
      apiName: asciiName(scope.node.path.replaceAll('/', '-'), 128),
      description: 'Live updates of orders',
      connectRouteOptions: { ...route('Connect'), authorizer },
      disconnectRouteOptions: route('Disconnect'),
      defaultRouteOptions: route('Message'),
    });
    if (props.accessLog ?? true) {
      this.accessLogGroup = createLogGroup(this, 'AccessLogs', props);
    }
    this.stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: this.webSocketApi,
      stageName: STAGE_NAME,
      autoDeploy: true,
      throttle: { rateLimit: throttle?.rateLimit ?? DEFAULT_THROTTLE.rateLimit, burstLimit: throttle?.burstLimit ?? DEFAULT_THROTTLE.burstLimit },
      accessLogSettings: this.accessLogGroup && { destination: new LogGroupLogDestination(this.accessLogGroup), format: ACCESS_LOG_FORMAT },
    });
    if (this.accessLogGroup) this.addCloudWatchRole(props);
    this.acknowledgeRules();
  }

  /** API Gateway writes access logs of WebSocket APIs with the role of the account, which a REST API of the pipeline may set already. */
  private addCloudWatchRole({ account, cloudWatchRole = account === undefined }: LiveApiProps): void {
    if (account) this.stage.node.addDependency(account);
    if (!cloudWatchRole) return;
    const role = new Role(this, 'CloudWatchRole', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs')],
    });
    const setting = new CfnAccount(this, 'Account', { cloudWatchRoleArn: role.roleArn });
    for (const each of [role.node.defaultChild!, setting]) (each as CfnAccount).applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.stage.node.addDependency(setting);
    acknowledge(role, [{
      id: 'AwsSolutions-IAM4',
      reason: 'The AWS managed policy for the one role of an account by which API Gateway writes logs.',
      appliesTo: ['Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs'],
    }]);
  }

  private acknowledgeRules(): void {
    const routes = this.webSocketApi.node.children.filter((child) => child.node.id.endsWith('Route')) as WebSocketRoute[];
    for (const route of routes) {
      if (route.routeKey !== '$connect') acknowledge(route, [{ id: 'AwsSolutions-APIG4', reason: 'API Gateway authorizes the connection; routes of an open connection have no authorizer.' }]);
    }
  }
}
