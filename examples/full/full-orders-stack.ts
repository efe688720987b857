import { CfnOutput, Duration, RemovalPolicy, Size, Stack, type StackProps } from 'aws-cdk-lib';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { addPartnerQueue, aroundTheOrders } from './around-the-orders';
import { addFulfillment } from './fulfillment';
import { MonitoringStack } from './monitoring-stack';
import { InvalidOrderPolicy, OrderPipeline } from 'cdk-order-pipeline';

export interface FullOrdersStackProps extends StackProps {
  /** Whether the stack is deployed to a local AWS, which has no event archives. */
  readonly local: boolean;
  /**
   * Whether the stack deletes its data when it is deleted, as in a test.
   *
   * @default - like `local`
   */
  readonly disposable?: boolean;
  /**
   * Whether the stack has only what receives, stores and answers queries of orders, and not what is around them, such as a workflow and webhooks.
   *
   * @default false
   */
  readonly core?: boolean;
}

/** A validation hook: rejects orders of discontinued items. */
const VALIDATION_HOOK = `
exports.handler = async ({ orders }) => ({
  results: orders.map(({ order: { items } }) => {
    const index = items.findIndex(({ sku }) => sku === 'discontinued');
    if (index < 0) return { accepted: true };
    return { accepted: false, errors: [{ path: '/items/' + index + '/sku', code: 'NOT_SOLD', message: 'is not sold any more' }] };
  }),
});
`;

/** A pipeline with every setting, and queues that subscribe to all events, to large orders and to alerts. */
export class FullOrdersStack extends Stack {
  /** The pipeline. */
  public readonly orders: OrderPipeline;

  constructor(scope: Construct, id: string, props: FullOrdersStackProps) {
    super(scope, id, props);
    const { local, disposable = local, core = false } = props;

    const alertsDeadLetterQueue = new Queue(this, 'AlertsDeadLetterQueue', { enforceSSL: true, retentionPeriod: Duration.days(14) });
    const alerts = new Queue(this, 'AlertsQueue', { enforceSSL: true });

    const alarmTopic = new Topic(this, 'AlarmTopic', { enforceSSL: true });
    const validationHook = new Function(this, 'ValidationHook', {
      description: 'Rejects orders of discontinued items',
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline(VALIDATION_HOOK),
    });

    const partner = core ? undefined : addPartnerQueue(this);
    // A local AWS does not support alarms on metric math.
    const unsupported = { enabled: false };
    const monitoring = {
      alarmTopic,
      ...(local ? { deadLetteredMessages: unsupported, stalledQueues: unsupported, rejectedOrders: unsupported } : {}),
    };
    this.orders = new OrderPipeline(this, 'Orders', {
      eventSource: 'orders',
      throttle: { rateLimit: 500, burstLimit: 1000 },
      cors: { allowOrigins: ['https://shop.example.com'] },
      maxOrderSize: Size.kibibytes(128),
      validateOrder: { maxConcurrency: 20, retryDuration: Duration.hours(24) },
      processOrder: { maxConcurrency: 50, retryDuration: Duration.hours(24), retentionPeriod: Duration.days(4) },
      csv: {},
      onInvalidOrder: InvalidOrderPolicy.SKIP_ORDER,
      maxFileSize: Size.mebibytes(500),
      maxOrdersPerFile: 1_000_000,
      alertSubscriptions: [new SqsSubscription(alerts, { deadLetterQueue: alertsDeadLetterQueue })],
      validationHook,
      rejectedOrderRetention: Duration.days(7),
      pendingCommandRetention: Duration.days(7),
      changeOrder: { maxConcurrency: 20 },
      cancelOrder: { maxConcurrency: 20 },
      fulfillOrder: { maxConcurrency: 10 },
      historyRetention: Duration.days(365),
      logRetention: RetentionDays.TWO_WEEKS,
      ...(local ? { archive: false, cloudWatchRole: false } : { archiveRetention: Duration.days(90) }),
      // With everything around the orders, the stack would have more than the 500 resources that CloudFormation accepts: alarms are in a stack of their own.
      monitoring: core ? monitoring : { alarms: false, dashboard: false },
      ...(partner ? aroundTheOrders(partner.sourceQueue, local) : {}),
      // A local AWS has no custom resource that empties the bucket.
      ...(disposable ? { removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: !local } : { removalPolicy: RemovalPolicy.RETAIN }),
    });
    const { orders } = this;

    const eventLogDeadLetterQueue = new Queue(this, 'EventLogDeadLetterQueue', { enforceSSL: true, retentionPeriod: Duration.days(14) });
    const eventLog = new Queue(this, 'EventLogQueue', { enforceSSL: true });
    orders.events.onOrderEvent('EventLog', {
      description: 'All order events',
      target: new SqsQueue(eventLog, { deadLetterQueue: eventLogDeadLetterQueue }),
    });

    // The subscription creates a dead-letter queue, because the target has none.
    const largeOrders = new Queue(this, 'LargeOrdersQueue', { enforceSSL: true });
    const { deadLetterQueue: largeOrdersDeadLetterQueue } = orders.events.onOrderConfirmed('LargeOrders', {
      description: 'Orders of 500 euros and more',
      target: new SqsQueue(largeOrders),
      currencies: ['EUR'],
      minimumTotal: 500_00,
    });

    if (!core) addFulfillment(this, orders, local);

    // Dead-letter queues of the app: an alarm for each, and redrive to the source queue.
    const deadLetterQueues = [
      { name: 'alerts', deadLetterQueue: alertsDeadLetterQueue, sourceQueue: alerts },
      { name: 'event-log', deadLetterQueue: eventLogDeadLetterQueue, sourceQueue: eventLog },
      { name: 'large-orders', deadLetterQueue: largeOrdersDeadLetterQueue!, sourceQueue: largeOrders },
      ...(partner ? [partner] : []),
    ];
    for (const each of deadLetterQueues) orders.addDeadLetterQueue(each);
    // Live updates, the GraphQL API and workflows have alarms on metric math as well.
    const alsoUnsupported = local ? { apiErrors: unsupported, failedWorkflows: unsupported } : {};
    if (!core) new MonitoringStack(this, 'Monitoring', { ...monitoring, ...alsoUnsupported, orders, deadLetterQueues });

    // In addition to the outputs of the pipeline.
    new CfnOutput(this, 'EventBusName', { value: orders.events.eventBus.eventBusName });
    new CfnOutput(this, 'OrdersTableName', { value: orders.processor.ordersTable.tableName });
    new CfnOutput(this, 'EventLogQueueUrl', { value: eventLog.queueUrl });
    new CfnOutput(this, 'LargeOrdersQueueUrl', { value: largeOrders.queueUrl });
    new CfnOutput(this, 'AlertsQueueUrl', { value: alerts.queueUrl });
    if (partner) new CfnOutput(this, 'PartnerQueueUrl', { value: partner.sourceQueue.queueUrl });
    new CfnOutput(this, 'FilesTableName', { value: orders.files!.filesTable.tableName });
  }
}
