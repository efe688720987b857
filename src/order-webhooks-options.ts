import type { Duration, Size } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { ApiHandlerOptions, CommonOptions, EventAcceptanceOptions, QueueConsumerOptions } from './options';
import type { RealtimeOrderIngest } from './realtime-order-ingest';
import type { WebhookEndpoint } from './webhook-endpoint';

/**
 * Options of `OrderWebhooks`.
 */
export interface OrderWebhooksOptions {
  /**
   * Webhooks of the app. In a pipeline with tenants, they receive the events of all tenants unless they name some, and only operators see them.
   *
   * @default - none
   */
  readonly endpoints?: WebhookEndpoint[];

  /**
   * Whether webhooks are managed over the API: `/webhooks`. Callers see those of their tenant; customers may not manage webhooks.
   *
   * @default true
   */
  readonly managementApi?: boolean;

  /**
   * Whether webhooks may have URLs that begin with http://, whose requests anyone on the way can read.
   *
   * @default false
   */
  readonly allowHttp?: boolean;

  /**
   * Networks in CIDR notation, such as `10.0.0.0/16`, to which requests may be sent although they are not public. Callers of the API can then make the
   * pipeline send requests to every host in them.
   *
   * @default - none: private, loopback, link-local and other special addresses are not allowed
   */
  readonly allowedNetworks?: string[];

  /**
   * How long a request may take, from resolving the name to the headers of the response, 1 to 30 seconds.
   *
   * @default Duration.seconds(10)
   */
  readonly requestTimeout?: Duration;

  /**
   * How long a delivery is retried before it has failed, 1 minute to 14 days. The delays grow from 5 seconds to 6 hours. A delivery that has failed is in
   * the dead-letter queue, and in the list of deliveries.
   *
   * @default Duration.days(3)
   */
  readonly retryDuration?: Duration;

  /**
   * How long a receiver may fail without a success before its webhook is disabled, 1 hour to 90 days. A receiver that answers 410 is disabled at once.
   *
   * @default Duration.days(5)
   */
  readonly disableAfter?: Duration;

  /**
   * How long the list of deliveries has a delivery, 1 to 365 days, longer than `retryDuration`.
   *
   * @default Duration.days(30)
   */
  readonly deliveryRetention?: Duration;

  /**
   * How long the old secret of a webhook signs as well after a rotation over the API, 1 minute to 30 days.
   *
   * @default Duration.hours(24)
   */
  readonly secretOverlap?: Duration;

  /**
   * Maximum size of the body of a request, 1 to 256 KiB. The data of a larger event is left out, and `omitted` lists it.
   *
   * @default Size.kibibytes(256)
   */
  readonly maxPayloadSize?: Size;

  /**
   * Maximum number of webhooks of the API for each tenant, or for a pipeline without tenants, 1 to 100.
   *
   * @default 20
   */
  readonly maxWebhooks?: number;

  /**
   * A standard topic that is notified when a webhook is disabled.
   *
   * @default - only the alarm and the event `OrderWebhookDisabled`
   */
  readonly alertTopic?: ITopic;

  /**
   * Options of the queue of events and of `create-webhook-deliveries`, which consumes it.
   *
   * @default - see `QueueConsumerOptions`
   */
  readonly createWebhookDeliveries?: QueueConsumerOptions;

  /**
   * Options of the delivery queue and of `deliver-webhooks`, which consumes it. An invocation serves up to `batchSize` webhooks at a time, so the
   * default serves 500. `timeout` must be at least 15 seconds longer than `requestTimeout`.
   *
   * @default - see `QueueConsumerOptions`; the timeout is 60 seconds
   */
  readonly deliverWebhooks?: QueueConsumerOptions;

  /**
   * Options of `manage-webhooks`, which answers the routes.
   *
   * @default - see `ApiHandlerOptions`
   */
  readonly manageWebhooks?: ApiHandlerOptions;
}

/**
 * Properties of `OrderWebhooks`.
 */
export interface OrderWebhooksProps extends CommonOptions, EventAcceptanceOptions, OrderWebhooksOptions {
  /**
   * The bus of the pipeline's events.
   */
  readonly eventBus: IEventBus;

  /**
   * The construct whose API gets the routes. Cannot be set when `managementApi` is false.
   *
   * @default - no routes: only the webhooks of `endpoints`
   */
  readonly ingest?: RealtimeOrderIngest;
}
