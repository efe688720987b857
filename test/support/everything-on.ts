import { join } from 'node:path';
import { Annotations, ArnFormat, Duration, RemovalPolicy, Size, type Environment, type Stack } from 'aws-cdk-lib';
import { MethodLoggingLevel } from 'aws-cdk-lib/aws-apigateway';
import { FieldLogLevel } from 'aws-cdk-lib/aws-appsync';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ApplicationLogLevel, Function } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import {
  ConfirmationDecision, CsvColumn, ExistingOrderPolicy, InvalidOrderPolicy, OrderApi, OrderAuthentication, OrderChannel,
  OrderConfirmation, OrderListKey, OrderModel, OrderOperators, OrderSource, OrderSourceTenant, OrderTenants,
  PendingChangePolicy, type OrderPipelineProps, type OrderWebhooksOptions,
} from 'cdk-order-pipeline';

/** Props that replace resources of the pipeline, and so cannot be set together with options of these. */
type Replacements = 'eventBus' | 'ordersTable' | 'sequenceTable' | 'bucket' | 'alertTopic';

/** Every option of webhooks. */
const webhooksOn = (stack: Stack) => ({
  endpoints: [{
    webhookId: 'erp',
    url: 'https://erp.example.com/orders',
    description: 'The ERP of the shop',
    eventTypes: ['OrderConfirmed', 'OrderChanged'],
    tenants: ['acme'],
    channels: [OrderChannel.API],
    customerIds: ['customer-1'],
    currencies: ['EUR'],
    salesChannels: ['web'],
    tags: ['gift'],
    minimumTotal: 100,
    ordered: true,
    maxConcurrency: 5,
    secret: Secret.fromSecretCompleteArn(stack, 'ErpSecret', stack.formatArn({
      service: 'secretsmanager', resource: 'secret', resourceName: 'erp-a1b2c3', arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    })),
  }],
  managementApi: true,
  allowHttp: true,
  allowedNetworks: ['10.0.0.0/16'],
  requestTimeout: Duration.seconds(5),
  retryDuration: Duration.days(2),
  disableAfter: Duration.days(4),
  deliveryRetention: Duration.days(14),
  secretOverlap: Duration.hours(12),
  maxPayloadSize: Size.kibibytes(64),
  maxWebhooks: 10,
  alertTopic: Topic.fromTopicArn(stack, 'WebhookAlerts', stack.formatArn({ service: 'sns', resource: 'webhook-alerts' })),
  createWebhookDeliveries: { memorySize: 464, batchSize: 7, maxConcurrency: 22, retryDuration: Duration.hours(8) },
  deliverWebhooks: { memorySize: 640, timeout: Duration.seconds(45), batchSize: 8, maxConcurrency: 24, retryDuration: Duration.hours(7) },
  manageWebhooks: { memorySize: 208, timeout: Duration.seconds(9) },
} satisfies Required<OrderWebhooksOptions>);

/** An imported bucket, whose policy CDK cannot extend, so that the pipeline is all that the stack creates. */
function accessLogsBucket(stack: Stack): IBucket {
  Annotations.of(stack).acknowledgeWarning('@aws-cdk/aws-s3:accessLogsPolicyNotAdded');
  return Bucket.fromBucketName(stack, 'AccessLogs', 'shop-access-logs');
}

/** Every prop of a pipeline, each with another value than its default. */
export const everythingOn = (stack: Stack) => ({
  eventSource: 'shop.orders',
  pipelineId: 'shop',
  acceptEventsWithoutPipeline: false,
  encryptionKey: new Key(stack, 'Key'),
  logLevel: ApplicationLogLevel.DEBUG,
  logRetention: RetentionDays.ONE_YEAR,
  tracing: true,
  removalPolicy: RemovalPolicy.DESTROY,
  autoDeleteObjects: false,
  warmThroughput: { readUnitsPerSecond: 15_000, writeUnitsPerSecond: 20_000 },
  serviceName: 'shop',
  vpc: Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['eu-central-1a', 'eu-central-1b'],
    privateSubnetIds: ['subnet-a', 'subnet-b'],
    privateSubnetRouteTableIds: ['rtb-a', 'rtb-b'],
  }),
  vpcSubnets: { availabilityZones: ['eu-central-1a'] },
  securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'SecurityGroup', 'sg-1')],
  archive: true,
  archiveRetention: Duration.days(90),
  api: OrderApi.rest(),
  authentication: OrderAuthentication.cognito({ userPools: [UserPool.fromUserPoolId(stack, 'Users', 'eu-central-1_users')] }).withApiKey(),
  routeAuthentication: { cancelOrders: OrderAuthentication.iam().withApiKey() },
  tenants: OrderTenants.claim('custom:tenant'),
  customerClaim: 'sub',
  operators: [OrderOperators.claim('cognito:groups', 'operators'), OrderOperators.roles(Role.fromRoleName(stack, 'Backoffice', 'backoffice'))],
  throttle: { rateLimit: 50, burstLimit: 100 },
  accessLog: true,
  executionLogLevel: MethodLoggingLevel.INFO,
  cloudWatchRole: true,
  domain: {
    domainName: 'orders.example.com',
    certificate: Certificate.fromCertificateArn(stack, 'Certificate', stack.formatArn({ service: 'acm', resource: 'certificate', resourceName: '1' })),
    hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' }),
    basePath: 'shop/v1',
  },
  defaultEndpoint: false,
  webAclArn: stack.formatArn({ service: 'wafv2', resource: 'regional/webacl', resourceName: 'shop/11112222-3333-4444-5555-666677778888' }),
  maxOrderSize: Size.kibibytes(64),
  receiveOrder: { memorySize: 256, timeout: Duration.seconds(5), reservedConcurrency: 30 },
  orderPlacements: true,
  sources: [OrderSource.queue(Queue.fromQueueArn(stack, 'Source', stack.formatArn({ service: 'sqs', resource: 'shop-orders' })), { tenant: OrderSourceTenant.header('tenant') })],
  receiveOrderEvent: { memorySize: 304, timeout: Duration.seconds(15), batchSize: 6, maxConcurrency: 20, retryDuration: Duration.hours(5) },
  validateOrder: {
    memorySize: 1024,
    timeout: Duration.seconds(20),
    batchSize: 5,
    maxConcurrency: 10,
    retryDuration: Duration.hours(3),
    retentionPeriod: Duration.days(2),
    deadLetterRetentionPeriod: Duration.days(7),
  },
  processOrder: {
    memorySize: 768,
    timeout: Duration.seconds(40),
    batchSize: 8,
    maxConcurrency: 100,
    retryDuration: Duration.hours(10),
    retentionPeriod: Duration.days(1),
    deadLetterRetentionPeriod: Duration.days(10),
  },
  publishOrderChanges: { memorySize: 384, timeout: Duration.minutes(1) },
  expirePendingCommands: { memorySize: 160, timeout: Duration.minutes(3) },
  validationHook: Function.fromFunctionName(stack, 'Hook', 'order-rules'),
  rejectedOrderRetention: Duration.days(7),
  pendingCommandRetention: Duration.days(3),
  confirmation: OrderConfirmation.function(Function.fromFunctionName(stack, 'Payments', 'payments'), {
    timeout: Duration.minutes(90), onTimeout: ConfirmationDecision.CONFIRM, onChange: PendingChangePolicy.REFUSE,
  }),
  requestConfirmation: { memorySize: 336, timeout: Duration.seconds(55), batchSize: 7, maxConcurrency: 22, retryDuration: Duration.hours(2) },
  decideConfirmation: { memorySize: 368, timeout: Duration.seconds(35), maxConcurrency: 24, retryDuration: Duration.hours(7) },
  orderChanges: true,
  orderCancellations: true,
  orderFulfillments: true,
  receiveOrderChange: { memorySize: 192, timeout: Duration.seconds(6) },
  receiveOrderCancellation: { memorySize: 224, timeout: Duration.seconds(7) },
  changeOrder: { memorySize: 320, batchSize: 4, maxConcurrency: 12, retryDuration: Duration.hours(4) },
  cancelOrder: {
    memorySize: 352,
    timeout: Duration.seconds(25),
    batchSize: 3,
    maxConcurrency: 14,
    retryDuration: Duration.hours(20),
    retentionPeriod: Duration.days(2),
  },
  fulfillOrder: { memorySize: 416, batchSize: 2, maxConcurrency: 16, deadLetterRetentionPeriod: Duration.days(12) },
  history: true,
  historyRetention: Duration.days(365),
  recordOrderEvent: { memorySize: 448, batchSize: 9, maxConcurrency: 18, retryDuration: Duration.hours(6) },
  stream: {
    shardCount: 2,
    streamRetention: Duration.days(7),
    prefix: 'shop/',
    eventRetention: Duration.days(730),
    autoDeleteObjects: false,
    bufferingInterval: Duration.minutes(10),
    bufferingSize: Size.mebibytes(128),
    queries: true,
    databaseName: 'shop_orders',
    publishToStream: { memorySize: 240, batchSize: 7, maxConcurrency: 22, retryDuration: Duration.hours(7) },
  },
  outputs: false,
  cors: { allowOrigins: ['https://shop.example.com', 'http://localhost:8080'], allowHeaders: ['X-Shop'], maxAge: Duration.hours(1) },
  liveUpdates: {
    authentication: OrderAuthentication.oidc({ issuer: 'https://login.example.com/', audience: ['shop'] }),
    throttle: { rateLimit: 200, burstLimit: 400 },
    accessLog: true,
    cloudWatchRole: false,
    authorizeLiveConnection: { memorySize: 208, timeout: Duration.seconds(9) },
    receiveLiveMessage: { memorySize: 240, timeout: Duration.seconds(12), reservedConcurrency: 40 },
    findLiveSubscribers: { memorySize: 400, batchSize: 7, maxConcurrency: 22, retryDuration: Duration.hours(2) },
    sendLiveUpdates: { memorySize: 336, timeout: Duration.seconds(35), batchSize: 3, maxConcurrency: 24 },
  },
  graphqlApi: {
    authentication: OrderAuthentication.cognito({ userPools: [UserPool.fromUserPoolId(stack, 'GraphqlUsers', 'eu-central-1_users')] }),
    subscriptions: true,
    introspection: false,
    queryDepthLimit: 12,
    resolverCountLimit: 5,
    webAclArn: stack.formatArn({ service: 'wafv2', resource: 'regional/webacl', resourceName: 'graphql/11112222-3333-4444-5555-666677778888' }),
    tracing: true,
    fieldLogLevel: FieldLogLevel.ERROR,
    resolveGraphqlQuery: { memorySize: 176, timeout: Duration.seconds(9) },
    resolveGraphqlMutation: { memorySize: 208, timeout: Duration.seconds(11) },
    notifyGraphqlSubscribers: { memorySize: 240, batchSize: 7, maxConcurrency: 22, retryDuration: Duration.hours(7) },
  },
  redrive: true,
  redriveDeadLetters: { memorySize: 288, timeout: Duration.minutes(10) },
  monitoring: { alarmTopic: Topic.fromTopicArn(stack, 'Alarms', stack.formatArn({ service: 'sns', resource: 'alarms' })), deadLetters: { threshold: 2 }, apiLatency: { threshold: 5000 } },
  auditReads: true,
  listOrdersBy: [OrderListKey.CUSTOMER, OrderListKey.EXTERNAL_REFERENCE],
  queryOrders: { memorySize: 128, timeout: Duration.seconds(3) },
  queryOrderEvents: { memorySize: 144, timeout: Duration.seconds(8) },
  fileIngest: true,
  serverAccessLogsBucket: accessLogsBucket(stack),
  fileSuffixes: ['.json', '.json.gz'],
  ignoredFileNames: ['_SUCCESS', '*.done'],
  ignoreEmptyFiles: true,
  csv: {
    columns: { ...CsvColumn.standard(), unitPrice: CsvColumn.minorUnits('/items/-/unitPrice', 2), comment: CsvColumn.ignored() },
    delimiter: ';',
    decimalSeparator: ',',
  },
  onInvalidOrder: InvalidOrderPolicy.REJECT_FILE,
  onExistingOrder: ExistingOrderPolicy.CHANGE,
  maxFileSize: Size.mebibytes(200),
  maxOrdersPerFile: 50_000,
  fileRetention: Duration.days(30),
  reportRetention: Duration.days(60),
  fileHistoryRetention: Duration.days(120),
  alertEmails: ['operations@example.com'],
  alertSubscriptions: [new UrlSubscription('https://example.com/alerts')],
  validateFile: {
    memorySize: 2048, timeout: Duration.minutes(10), maxConcurrency: 4, retryDuration: Duration.hours(3), retentionPeriod: Duration.days(3),
  },
  extractOrders: { memorySize: 1024, timeout: Duration.minutes(3), maxConcurrency: 6, deadLetterRetentionPeriod: Duration.days(13) },
  recordFileOutcomes: { memorySize: 272, timeout: Duration.seconds(50) },
  queryFiles: { memorySize: 192, timeout: Duration.seconds(4) },
  webhooks: webhooksOn(stack),
  orderModel: OrderModel.standard({ extension: join(__dirname, 'order-extension.schema.json') }),
} satisfies Required<Omit<OrderPipelineProps, Replacements>>);

/** A table with a customer-managed key needs a region. */
export const EVERYTHING_ON_ENV: Environment = { region: 'eu-central-1' };

/** The same without the optional parts, which have tests of their own. */
export const everyOptionOfMainParts = (stack: Stack): OrderPipelineProps => ({
  ...everythingOn(stack),
  confirmation: undefined,
  requestConfirmation: undefined,
  decideConfirmation: undefined,
  sources: undefined,
  stream: undefined,
  webhooks: undefined,
  liveUpdates: undefined,
  graphqlApi: undefined,
});
