import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { RecursiveLoop, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { OrderWebhooksProps } from './order-webhooks-options';
import { addRoutes } from './private/api/routes';
import { apiFunction } from './private/api-function';
import { BundledFunction, serviceNameOf } from './private/bundled-function';
import { WEBHOOK_METHODS } from './private/contract';
import { disabledWebhooksAlarm } from './private/disabled-webhooks-alarm';
import { grantPublishAlerts, grantPutEventsToHandler, grantSendMessages } from './private/grants';
import { grantKeyToEventBridge } from './private/key-policy';
import { pageTokenKey } from './private/page-token-key';
import { acceptedEvents, pipelineEvents, warnOfEventsWithoutPipeline } from './private/pipeline-events';
import { describePart } from './private/pipeline-part';
import { QueueWithDeadLetterQueue } from './private/queue-with-dead-letter-queue';
import { restrictEventTargetsToAccount, routeEvents } from './private/route-events';
import { assertProps } from './private/validate';
import { validateCommon, validateKeyRegion } from './private/validate-common';
import { validateWebhooksOptions } from './private/webhooks/validate-webhooks';
import { grantCreateDeliveries, grantDeliver, grantManageWebhooks, grantSigningSecrets } from './private/webhooks/webhook-grants';
import { DELIVER_TIMEOUT, webhookEnvironment } from './private/webhooks/webhook-settings';
import { createDeliveriesTable, createSigningSecret, createWebhooksTable } from './private/webhooks/webhook-tables';
import { withDefaults } from './private/with-defaults';
import type { RealtimeOrderIngest } from './realtime-order-ingest';

/**
 * Sends the pipeline's events to other systems by HTTP requests, signed as Standard Webhooks defines it: bus → event queue →
 * `create-webhook-deliveries` → deliveries table and delivery queue → `deliver-webhooks` → receivers.
 *
 * Every event is delivered at least once, with its ID in the header `webhook-id`, and retried for three days. There is one run of each webhook at a time
 * with its own concurrency, so a receiver that is slow or down does not delay the others.
 */
export class OrderWebhooks extends Construct {
  /** The table of webhooks. Partition key `owner`, sort key `webhookId`. */
  public readonly webhooksTable: TableV2;

  /** The table of deliveries. Partition key `itemKey`, sort key `part`. */
  public readonly deliveriesTable: TableV2;

  /** The secret from which the secrets of webhooks are derived. A rotation changes all of them; the previous ones sign as well until the next rotation. */
  public readonly signingSecret: ISecret;

  /** The queue of events. */
  public readonly webhookEventQueue: Queue;

  /** The dead-letter queue of the queue of events, also for events that EventBridge cannot deliver to it. */
  public readonly webhookEventDeadLetterQueue: Queue;

  /** The queue of webhooks with deliveries that are due. */
  public readonly deliveryQueue: Queue;

  /** The dead-letter queue of the delivery queue, also for deliveries that have failed. */
  public readonly deliveryDeadLetterQueue: Queue;

  /** Consumes the queue of events: creates deliveries. */
  public readonly createWebhookDeliveriesFunction: LambdaFunction;

  /** Consumes the delivery queue: sends requests. */
  public readonly deliverWebhooksFunction: LambdaFunction;

  /** Answers the routes of webhooks. Undefined without `ingest`. */
  public readonly manageWebhooksFunction?: LambdaFunction;

  constructor(scope: Construct, id: string, private readonly props: OrderWebhooksProps) {
    super(scope, id);
    assertProps(this, [
      ...validateWebhooksOptions(this, props, props),
      ...validateCommon(props),
      validateKeyRegion(this, props.encryptionKey),
      props.managementApi === false && props.ingest ? '`ingest` cannot be set when `managementApi` is false' : undefined,
      props.managementApi === true && !props.ingest ? '`managementApi` needs `ingest`, whose API gets the routes' : undefined,
    ]);
    restrictEventTargetsToAccount(this);
    const events = pipelineEvents(this, props);
    warnOfEventsWithoutPipeline(this, events, props);

    if (props.encryptionKey) grantKeyToEventBridge(props.encryptionKey, this);
    this.webhooksTable = createWebhooksTable(this, props);
    this.deliveriesTable = createDeliveriesTable(this, props);
    this.signingSecret = createSigningSecret(this, props);
    const eventQueue = this.createQueue('WebhookEvent', props.createWebhookDeliveries);
    const deliveryQueue = this.createQueue('Delivery', this.deliveryOptions);
    [this.webhookEventQueue, this.webhookEventDeadLetterQueue] = [eventQueue.queue, eventQueue.deadLetterQueue];
    [this.deliveryQueue, this.deliveryDeadLetterQueue] = [deliveryQueue.queue, deliveryQueue.deadLetterQueue];

    this.createWebhookDeliveriesFunction = this.createDeliveriesHandler(eventQueue);
    this.deliverWebhooksFunction = this.createDeliverHandler(deliveryQueue);
    grantPutEventsToHandler(this.deliverWebhooksFunction, events);
    routeEvents(this, 'Events', props.eventBus, eventQueue, acceptedEvents(events, props));
    if (props.ingest) this.manageWebhooksFunction = this.createManagementHandler(props.ingest);
    this.describe();
  }

  private get deliveryOptions() {
    return withDefaults({ timeout: DELIVER_TIMEOUT }, this.props.deliverWebhooks);
  }

  private createQueue(name: string, options: OrderWebhooksProps['deliverWebhooks']): QueueWithDeadLetterQueue {
    const { encryptionKey, removalPolicy } = this.props;
    return new QueueWithDeadLetterQueue(this, name, { ...options, fifo: false, encryptionKey, removalPolicy });
  }

  private createDeliveriesHandler(queue: QueueWithDeadLetterQueue): LambdaFunction {
    const handler = new BundledFunction(this, 'CreateWebhookDeliveries', {
      ...this.props,
      ...this.props.createWebhookDeliveries,
      handler: 'create-webhook-deliveries',
      description: 'Creates the deliveries of events to webhooks',
      environment: webhookEnvironment(this, this.props),
    });
    grantCreateDeliveries(handler, this);
    grantSendMessages(handler, this.deliveryQueue, 'DELIVERY_QUEUE_URL');
    grantSendMessages(handler, queue.deadLetterQueue, 'DEAD_LETTER_QUEUE_URL');
    queue.addConsumer(handler);
    return handler;
  }

  private createDeliverHandler(queue: QueueWithDeadLetterQueue): LambdaFunction {
    const { alertTopic, endpoints = [] } = this.props;
    const handler = new BundledFunction(this, 'DeliverWebhooks', {
      ...this.props,
      ...this.deliveryOptions,
      handler: 'deliver-webhooks',
      description: 'Sends events to the receivers of webhooks',
      environment: webhookEnvironment(this, this.props),
      // Its messages to its own queue are for later attempts.
      recursiveLoop: RecursiveLoop.ALLOW,
    });
    grantDeliver(handler, this);
    grantSigningSecrets(handler, this.signingSecret, endpoints.flatMap(({ secret }) => secret ?? []));
    grantSendMessages(handler, queue.queue, 'QUEUE_URL');
    grantSendMessages(handler, queue.deadLetterQueue, 'DEAD_LETTER_QUEUE_URL');
    if (alertTopic) grantPublishAlerts(handler, alertTopic);
    queue.addConsumer(handler);
    return handler;
  }

  private createManagementHandler(ingest: RealtimeOrderIngest): LambdaFunction {
    const { endpoints = [], manageWebhooks } = this.props;
    const handler = apiFunction(this, this.props, manageWebhooks, {
      handler: 'manage-webhooks',
      description: 'Answers the routes of webhooks',
      environment: { ...webhookEnvironment(this, this.props), ...pageTokenKey(this) },
    });
    grantManageWebhooks(handler, this);
    grantSigningSecrets(handler, this.signingSecret, endpoints.flatMap(({ secret }) => secret ?? []));
    grantSendMessages(handler, this.deliveryQueue, 'DELIVERY_QUEUE_URL');
    addRoutes(ingest, handler, { routes: WEBHOOK_METHODS, authentication: ingest._api.authenticationOf('manageWebhooks') });
    return handler;
  }

  private describe(): void {
    const { createWebhookDeliveriesFunction, deliverWebhooksFunction, manageWebhooksFunction, webhooksTable, deliveriesTable } = this;
    describePart(this, {
      name: 'Webhooks',
      serviceName: serviceNameOf(this, this.props),
      consumers: [
        { name: 'webhook-events', queue: this.webhookEventQueue, deadLetterQueue: this.webhookEventDeadLetterQueue, function: createWebhookDeliveriesFunction },
        { name: 'webhook-deliveries', queue: this.deliveryQueue, deadLetterQueue: this.deliveryDeadLetterQueue, function: deliverWebhooksFunction },
      ],
      apiFunctions: [manageWebhooksFunction],
      tables: [webhooksTable, deliveriesTable],
      outcomes: [
        { graph: 'Webhook deliveries', metric: 'WebhookDelivered', label: 'delivered' },
        { graph: 'Webhook deliveries', metric: 'WebhookAttemptFailed', label: 'attempt failed' },
        { graph: 'Webhook deliveries', metric: 'WebhookDeliveryFailed', label: 'failed' },
      ],
      alarms: [disabledWebhooksAlarm(deliverWebhooksFunction)],
    });
  }
}
