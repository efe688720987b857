import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { ApiKey, LambdaIntegration, LogGroupLogDestination, ResponseType, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { ComparisonOperator, Dashboard, GraphWidget, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel, Architecture, Code, Function as LambdaFunction, LayerVersion, LoggingFormat, Runtime, StartingPosition, SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { DynamoEventSource, SqsDlq, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, RedrivePermission } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { HANDLER_ENV } from '../../../src/private/contract';

/** How many resources of each type a stack has. */
export type ResourceCounts = Readonly<Record<string, number>>;

const upTo = <Item>(count: number, create: (index: number) => Item): Item[] => Array.from({ length: count }, (_, index) => create(index));
const HANDLERS = Object.keys(HANDLER_ENV);

const RESPONSE = '{"type": "about:blank", "title": "$context.error.responseType", '
  + '"detail": $context.error.messageString, "requestId": "$context.requestId"}';
const RESPONSES = [
  ResponseType.ACCESS_DENIED, ResponseType.API_CONFIGURATION_ERROR, ResponseType.AUTHORIZER_CONFIGURATION_ERROR,
  ResponseType.AUTHORIZER_FAILURE, ResponseType.BAD_REQUEST_BODY, ResponseType.BAD_REQUEST_PARAMETERS, ResponseType.EXPIRED_TOKEN,
  ResponseType.INTEGRATION_FAILURE, ResponseType.INTEGRATION_TIMEOUT, ResponseType.INVALID_API_KEY, ResponseType.INVALID_SIGNATURE,
  ResponseType.MISSING_AUTHENTICATION_TOKEN, ResponseType.QUOTA_EXCEEDED, ResponseType.REQUEST_TOO_LARGE, ResponseType.RESOURCE_NOT_FOUND,
  ResponseType.THROTTLED, ResponseType.UNAUTHORIZED, ResponseType.UNSUPPORTED_MEDIA_TYPE, ResponseType.WAF_FILTERED, ResponseType.DEFAULT_4XX,
  ResponseType.DEFAULT_5XX,
];

/** Streams that functions read; the other event sources are queues. */
const STREAMS = 2;

/** A stack with as many resources of each type as that of a pipeline, written with CDK's own constructs, in their usual settings. */
export class PlainStack extends Stack {
  private readonly bus = new EventBus(this, 'Bus');
  private readonly bucket = new Bucket(this, 'Bucket', { enforceSSL: true, versioned: true, blockPublicAccess: BlockPublicAccess.BLOCK_ALL });
  private readonly queues: readonly Queue[];
  private readonly tables: readonly TableV2[];
  private readonly functions: readonly LambdaFunction[];

  constructor(scope: Construct, id: string, private readonly counts: ResourceCounts) {
    super(scope, id);
    this.bus.archive('Archive', { eventPattern: { account: [this.account] }, retention: Duration.days(30) });
    this.queues = this.createQueues(this.count('AWS::SQS::Queue'));
    this.tables = upTo(this.count('AWS::DynamoDB::GlobalTable'), (index) => this.createTable(`Table${index}`));
    this.functions = this.createFunctions();
    this.addEventSources();
    this.addRules();
    this.addApi();
    this.addMonitoring();
  }

  private count(type: string): number {
    return this.counts[type] ?? 0;
  }

  /** Pairs of a queue and its dead-letter queue. */
  private createQueues(count: number): Queue[] {
    const deadLetterQueues = upTo(Math.ceil(count / 2), (index) => new Queue(this, `DeadLetterQueue${index}`, {
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      visibilityTimeout: Duration.minutes(3),
      redriveAllowPolicy: { redrivePermission: RedrivePermission.ALLOW_ALL },
    }));
    const queues = upTo(Math.floor(count / 2), (index) => new Queue(this, `Queue${index}`, {
      enforceSSL: true,
      retentionPeriod: Duration.days(4),
      visibilityTimeout: Duration.minutes(3),
      deadLetterQueue: { queue: deadLetterQueues[index], maxReceiveCount: 5 },
    }));
    return [...queues, ...deadLetterQueues];
  }

  private createTable(id: string): TableV2 {
    return new TableV2(this, id, {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      globalSecondaryIndexes: [{
        indexName: 'byDate', partitionKey: { name: 'state', type: AttributeType.STRING }, sortKey: { name: 'date', type: AttributeType.STRING },
      }],
      timeToLiveAttribute: 'expiresAt',
    });
  }

  private createFunctions(): LambdaFunction[] {
    const layer = new LayerVersion(this, 'Layer', { code: Code.fromAsset('assets/layer') });
    return upTo(this.count('AWS::Lambda::Function'), (index) => {
      const logGroup = new LogGroup(this, `Logs${index}`, { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
      const role = new Role(this, `Role${index}`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
      logGroup.grantWrite(role);
      const [table, queue] = [this.tables[index % this.tables.length], this.queues[index % this.queues.length]];
      const handler = new LambdaFunction(this, `Function${index}`, {
        description: 'Reads messages and writes them into a table',
        runtime: Runtime.NODEJS_LATEST,
        architecture: Architecture.ARM_64,
        code: Code.fromAsset(`assets/handlers/${HANDLERS[index]}`),
        handler: 'index.handler',
        layers: [layer],
        memorySize: 512,
        timeout: Duration.seconds(30),
        role,
        logGroup,
        loggingFormat: LoggingFormat.JSON,
        applicationLogLevelV2: ApplicationLogLevel.INFO,
        systemLogLevelV2: SystemLogLevel.WARN,
        environment: this.environmentOf(table, queue),
      });
      table.grantReadWriteData(handler);
      queue.grantSendMessages(handler);
      this.bus.grantPutEventsTo(handler);
      return handler;
    });
  }

  private environmentOf(table: TableV2, queue: Queue): Record<string, string> {
    return {
      POWERTOOLS_SERVICE_NAME: this.node.path,
      POWERTOOLS_METRICS_NAMESPACE: 'Plain',
      POWERTOOLS_LOG_LEVEL: 'INFO',
      TABLE_NAME: table.tableName,
      OTHER_TABLE_NAME: this.tables[0].tableName,
      BUCKET_NAME: this.bucket.bucketName,
      QUEUE_URL: queue.queueUrl,
      DEAD_LETTER_QUEUE_URL: this.queues.at(-1)!.queueUrl,
      EVENT_BUS_NAME: this.bus.eventBusName,
      EVENT_SOURCE: 'orders',
      MAX_ORDER_SIZE: '131072',
      MAX_MESSAGE_AGE: '343800',
      RETENTION: '34560000',
    };
  }

  private addEventSources(): void {
    const consumers = this.count('AWS::Lambda::EventSourceMapping') - STREAMS;
    for (let index = 0; index < consumers; index++) {
      const source = new SqsEventSource(this.queues[index], { batchSize: 10, reportBatchItemFailures: true, maxConcurrency: 50 });
      this.functions[index].addEventSource(source);
    }
    for (let index = 0; index < STREAMS; index++) {
      this.functions[consumers + index].addEventSource(new DynamoEventSource(this.tables[index], {
        startingPosition: StartingPosition.TRIM_HORIZON,
        bisectBatchOnError: true,
        reportBatchItemFailures: true,
        retryAttempts: 100,
        onFailure: new SqsDlq(this.queues.at(-1)!),
      }));
    }
  }

  private addRules(): void {
    const deadLetterQueue = this.queues.at(-1)!;
    const scheduled = this.functions.at(-1)!;
    scheduled.configureAsyncInvoke({ onFailure: new SqsDestination(deadLetterQueue), retryAttempts: 2 });
    new Rule(this, 'Schedule', { schedule: Schedule.rate(Duration.minutes(5)), targets: [new FunctionTarget(scheduled, { deadLetterQueue })] });
    for (let index = 1; index < this.count('AWS::Events::Rule'); index++) {
      new Rule(this, `Rule${index}`, {
        eventBus: this.bus,
        eventPattern: { source: ['orders'], detailType: ['OrderValidated', 'OrderConfirmed'] },
        targets: [new SqsQueue(this.queues[index], { deadLetterQueue })],
      });
    }
  }

  private addApi(): void {
    const accessLogs = new LogGroup(this, 'AccessLogs', { retention: RetentionDays.ONE_MONTH });
    const api = new RestApi(this, 'Api', {
      cloudWatchRole: true,
      deployOptions: { metricsEnabled: true, accessLogDestination: new LogGroupLogDestination(accessLogs) },
    });
    const resources = upTo(this.count('AWS::ApiGateway::Resource'), (index) => api.root.addResource(`orders${index}`));
    for (let index = 0; index < this.count('AWS::ApiGateway::Method'); index++) {
      const integration = new LambdaIntegration(this.functions[index], { allowTestInvoke: false });
      resources[index % resources.length].addMethod(index < resources.length ? 'GET' : 'POST', integration, {
        apiKeyRequired: true, requestParameters: { 'method.request.header.Idempotency-Key': false },
      });
    }
    this.addGatewayResponses(api);
    const plan = api.addUsagePlan('Plan', { apiStages: [{ api, stage: api.deploymentStage }], throttle: { rateLimit: 1000, burstLimit: 2000 } });
    plan.addApiKey(new ApiKey(this, 'Key'));
  }

  private addGatewayResponses(api: RestApi): void {
    for (const type of RESPONSES.slice(0, this.count('AWS::ApiGateway::GatewayResponse'))) {
      api.addGatewayResponse(type.responseType, {
        type,
        responseHeaders: { 'Content-Type': "'application/problem+json'", 'X-Correlation-Id': 'context.requestId', 'Retry-After': "'1'" },
        templates: { 'application/problem+json': RESPONSE },
      });
    }
  }

  /** A description as operators need it: what happened, where to look, and what to do. */
  private descriptionOf(index: number): string {
    const { logGroupName } = this.functions[index % this.functions.length].logGroup;
    const [queue, deadLetterQueue] = [this.queues[index % this.queues.length], this.queues.at(-1)!];
    return `Messages of the queue ${queue.queueName} could not be processed and are in ${deadLetterQueue.queueName}; what they ask for is not done. `
      + `The cause is in the log group ${logGroupName}, at ERROR. Fix the cause, then redrive the dead-letter queue. `
      + 'Messages that were already processed have no effect. '
      + 'Runbook: https://github.com/example/plain/blob/main/docs/runbook.md#dead-letters';
  }

  private addMonitoring(): void {
    new Topic(this, 'Alerts', { enforceSSL: true });
    const metrics = [
      ...this.queues.map((queue) => queue.metricApproximateNumberOfMessagesVisible()),
      ...this.functions.flatMap((each) => [each.metricErrors(), each.metricThrottles(), each.metricDuration()]),
    ];
    for (let index = 0; index < this.count('AWS::CloudWatch::Alarm'); index++) {
      metrics[index % metrics.length].createAlarm(this, `Alarm${index}`, {
        alarmDescription: this.descriptionOf(index),
        threshold: 1,
        evaluationPeriods: 1,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
    }
    const widgets = metrics.map((metric, index) => new GraphWidget({ title: `Metric ${index}`, left: [metric, metrics[0], metrics[1]] }));
    new Dashboard(this, 'Dashboard', { widgets: [widgets] });
  }
}
