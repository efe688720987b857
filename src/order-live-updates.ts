import { Annotations, Stack } from 'aws-cdk-lib';
import type { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { RecursiveLoop, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { OrderAuthentication } from './order-authentication';
import type { OrderLiveUpdatesProps } from './order-live-updates-options';
import { apiFunction } from './private/api-function';
import { BundledFunction, serviceNameOf } from './private/bundled-function';
import { LIVE_KEYS, ORDERS_BY_CUSTOMER } from './private/contract';
import { grantFilesTableAccess, grantOrdersTableAccess, grantPutEventsToHandler, grantSendMessages } from './private/grants';
import { grantKeyToEventBridge } from './private/key-policy';
import { LiveApi } from './private/live/live-api';
import { liveAuthentication, needsOwnAuthorizer } from './private/live/live-authentication';
import { liveAuthorizer } from './private/live/live-authorizer';
import { grantConnect, grantLiveTableAccess, grantManageConnections, grantReadApiKeys } from './private/live/live-grants';
import { LIVE_OUTCOMES, liveErrorsAlarm, liveGraphs } from './private/live/live-monitoring';
import { routeLiveEvents } from './private/live/route-live-events';
import { validateLiveUpdates } from './private/live/validate-live-updates';
import { pipelineEvents } from './private/pipeline-events';
import { describePart } from './private/pipeline-part';
import { QueueWithDeadLetterQueue } from './private/queue-with-dead-letter-queue';
import { restrictEventTargetsToAccount } from './private/route-events';
import { setEnv } from './private/set-env';
import { tableDefaults } from './private/table-defaults';
import { assertProps } from './private/validate';

/**
 * Sends live updates to browsers and other clients over a WebSocket API: bus → queue of events → `find-live-subscribers` → queue of updates →
 * `send-live-updates` → connections.
 *
 * A client subscribes to an order, a customer or a file, and gets its state and then each event. Create it in the stack of the API.
 */
export class OrderLiveUpdates extends Construct {
  /** The URL of the WebSocket API: `wss://abc123.execute-api.eu-central-1.amazonaws.com/live`. */
  public readonly url: string;

  /** The WebSocket API. */
  public readonly webSocketApi: WebSocketApi;

  /** The stage of the WebSocket API, such as for an `ApiMapping` of a custom domain name. */
  public readonly stage: WebSocketStage;

  /** The access log of the WebSocket API. Undefined when `accessLog` is false. */
  public readonly accessLogGroup?: LogGroup;

  /** The table of connections, subscriptions and the events of the last day. Partition key `topic`, sort key `entry`. */
  public readonly liveTable: TableV2;

  /** The queue of events. */
  public readonly liveEventsQueue: Queue;

  /** The dead-letter queue of the queue of events, also for events that EventBridge cannot deliver to it. */
  public readonly liveEventsDeadLetterQueue: Queue;

  /** The queue of updates: each message is for up to 50 connections. */
  public readonly liveUpdatesQueue: Queue;

  /** The dead-letter queue of the queue of updates. */
  public readonly liveUpdatesDeadLetterQueue: Queue;

  /** Verifies JWTs and API keys of connections. Undefined with other kinds of authentication. */
  public readonly authorizeLiveConnectionFunction?: LambdaFunction;

  /** Answers connections and messages of clients. */
  public readonly receiveLiveMessageFunction: LambdaFunction;

  /** Consumes the queue of events: finds the subscribers of each event. */
  public readonly findLiveSubscribersFunction: LambdaFunction;

  /** Consumes the queue of updates: sends them to connections. */
  public readonly sendLiveUpdatesFunction: LambdaFunction;

  private readonly authentication: OrderAuthentication;

  constructor(scope: Construct, id: string, props: OrderLiveUpdatesProps) {
    super(scope, id);
    const { ingest, encryptionKey, removalPolicy } = props;
    this.authentication = props.authentication ?? ingest._api.authenticationOf('readOrders') ?? ingest._api.authentication;
    assertProps(this, validateLiveUpdates(this, props, this.authentication));
    restrictEventTargetsToAccount(this);
    if (encryptionKey) grantKeyToEventBridge(encryptionKey, this);
    this.liveTable = new TableV2(this, 'LiveTable', {
      ...tableDefaults({ encryptionKey, removalPolicy }),
      partitionKey: { name: LIVE_KEYS.partitionKey, type: AttributeType.STRING },
      sortKey: { name: LIVE_KEYS.sortKey, type: AttributeType.STRING },
    });
    const events = new QueueWithDeadLetterQueue(this, 'LiveEvents', { ...props.findLiveSubscribers, fifo: false, encryptionKey, removalPolicy });
    [this.liveEventsQueue, this.liveEventsDeadLetterQueue] = [events.queue, events.deadLetterQueue];
    const updates = new QueueWithDeadLetterQueue(this, 'LiveUpdates', {
      ...props.sendLiveUpdates, maxConcurrency: props.sendLiveUpdates?.maxConcurrency ?? 10, fifo: false, encryptionKey, removalPolicy,
    });
    [this.liveUpdatesQueue, this.liveUpdatesDeadLetterQueue] = [updates.queue, updates.deadLetterQueue];

    if (needsOwnAuthorizer(this.authentication)) this.authorizeLiveConnectionFunction = this.createAuthorizer(props);
    this.receiveLiveMessageFunction = this.createReceiver(props);
    const { webSocketApi, stage, accessLogGroup } = new LiveApi(this, 'Api', {
      ...props,
      handler: this.receiveLiveMessageFunction,
      authorizer: liveAuthorizer(this.authentication, this.authorizeLiveConnectionFunction),
      account: ingest.restApi?.node.tryFindChild('Account') as Construct | undefined,
    });
    [this.webSocketApi, this.stage, this.accessLogGroup, this.url] = [webSocketApi, stage, accessLogGroup, stage.url];
    grantManageConnections(this.receiveLiveMessageFunction, stage);
    this.findLiveSubscribersFunction = this.createFinder(props, events);
    this.sendLiveUpdatesFunction = this.createSender(props, updates);
    routeLiveEvents(this, events, props);
    this.describe(props);
    if (this.authentication._scheme.kind === 'none') {
      Annotations.of(this).addWarningV2('cdk-order-pipeline:openLiveUpdates', 'live updates accept connections of all clients; set `authentication`');
    }
  }

  /**
   * Grants a principal to open connections with IAM authentication (`execute-api:Invoke`).
   *
   * @param grantee the principal that signs the request.
   * @throws Error unless connections have IAM authentication.
   */
  public grantConnect(grantee: IGrantable): Grant {
    const { kind } = this.authentication._scheme;
    assertProps(this, [kind === 'iam' ? undefined : `\`grantConnect\` needs \`authentication\` that is OrderAuthentication.iam(), got ${kind}`]);
    return grantConnect(grantee, this.stage);
  }

  private createAuthorizer(props: OrderLiveUpdatesProps): LambdaFunction {
    const settings = liveAuthentication(this.authentication, props.ingest._api);
    const handler = apiFunction(this, props, props.authorizeLiveConnection, {
      handler: 'authorize-live-connection',
      description: 'Verifies JWTs and API keys of connections for live updates',
      environment: { AUTHENTICATION: Stack.of(this).toJsonString(settings) },
    });
    grantReadApiKeys(handler, settings.apiKeyIds ?? []);
    return handler;
  }

  private createReceiver(props: OrderLiveUpdatesProps): LambdaFunction {
    const handler = apiFunction(this, props, props.receiveLiveMessage, {
      handler: 'receive-live-message',
      description: 'Answers connections and messages of clients of live updates',
    });
    grantLiveTableAccess(handler, this.liveTable, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query');
    grantOrdersTableAccess(handler, props.ordersTable, ['dynamodb:GetItem', 'dynamodb:Query'], ORDERS_BY_CUSTOMER.indexName);
    if (props.filesTable) grantFilesTableAccess(handler, props.filesTable, 'dynamodb:GetItem', 'dynamodb:Query');
    if (props.auditReads) grantPutEventsToHandler(handler, pipelineEvents(this, props));
    const { callers } = props.ingest._api;
    if (callers !== undefined) setEnv(handler, 'CALLERS', callers);
    return handler;
  }

  private createFinder(props: OrderLiveUpdatesProps, events: QueueWithDeadLetterQueue): LambdaFunction {
    const handler = new BundledFunction(this, 'FindLiveSubscribers', {
      ...props, ...props.findLiveSubscribers, handler: 'find-live-subscribers', description: 'Finds the subscribers of events',
    });
    grantLiveTableAccess(handler, this.liveTable, 'BatchGetItem', 'PutItem', 'Query');
    grantOrdersTableAccess(handler, props.ordersTable, ['dynamodb:GetItem']);
    grantSendMessages(handler, this.liveUpdatesQueue, 'LIVE_UPDATES_QUEUE_URL');
    grantSendMessages(handler, this.liveEventsDeadLetterQueue, 'DEAD_LETTER_QUEUE_URL');
    events.addConsumer(handler);
    return handler;
  }

  private createSender(props: OrderLiveUpdatesProps, updates: QueueWithDeadLetterQueue): LambdaFunction {
    const handler = new BundledFunction(this, 'SendLiveUpdates', {
      ...props,
      ...props.sendLiveUpdates,
      handler: 'send-live-updates',
      description: 'Sends live updates to connections',
      recursiveLoop: RecursiveLoop.ALLOW,
    });
    grantLiveTableAccess(handler, this.liveTable, 'DeleteItem');
    grantManageConnections(handler, this.stage);
    // Connections that were not reached go back to the queue.
    grantSendMessages(handler, this.liveUpdatesQueue, 'QUEUE_URL');
    grantSendMessages(handler, this.liveUpdatesDeadLetterQueue, 'DEAD_LETTER_QUEUE_URL');
    updates.addConsumer(handler);
    return handler;
  }

  private describe(props: OrderLiveUpdatesProps): void {
    const { liveEventsQueue, liveEventsDeadLetterQueue, liveUpdatesQueue, liveUpdatesDeadLetterQueue } = this;
    describePart(this, {
      name: 'LiveUpdates',
      serviceName: serviceNameOf(this, props),
      consumers: [
        { name: 'live-events', queue: liveEventsQueue, deadLetterQueue: liveEventsDeadLetterQueue, function: this.findLiveSubscribersFunction },
        { name: 'live-updates', queue: liveUpdatesQueue, deadLetterQueue: liveUpdatesDeadLetterQueue, function: this.sendLiveUpdatesFunction },
      ],
      apiFunctions: [this.authorizeLiveConnectionFunction, this.receiveLiveMessageFunction],
      tables: [this.liveTable],
      outcomes: LIVE_OUTCOMES,
      alarms: [liveErrorsAlarm(this.webSocketApi, this.receiveLiveMessageFunction)],
      graphs: liveGraphs(this.webSocketApi),
    });
  }
}
