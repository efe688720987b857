import type { ThrottleSettings } from 'aws-cdk-lib/aws-apigateway';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { ApiHandlerOptions, CommonOptions, EventAcceptanceOptions, QueueConsumerOptions } from './options';
import type { OrderAuthentication } from './order-authentication';
import { cannotBeSet, integerBetween, type ValidationError } from './private/validate';
import { validateApiHandler, validateQueueConsumer } from './private/validate-consumer';
import type { RealtimeOrderIngest } from './realtime-order-ingest';

/**
 * Options of `OrderLiveUpdates`.
 */
export interface OrderLiveUpdatesOptions {
  /**
   * How clients prove who they are when they open a connection. Tokens and API keys are sent as subprotocols, because browsers cannot set headers, or in
   * the headers `Authorization` and `x-api-key`. JWTs of Cognito and of any OIDC issuer, API keys, IAM and Lambda authorizers that return IAM policies
   * are possible. The tenants, customers and operators are those of the API.
   *
   * @default - the authentication of the API for `GET /orders/{orderId}`
   */
  readonly authentication?: OrderAuthentication;

  /**
   * Connections and messages of clients per second, and burst, whole numbers. More connections are refused with 429, and more messages are answered with
   * an error.
   *
   * @default - 1000 per second, bursts of 2000
   */
  readonly throttle?: ThrottleSettings;

  /**
   * Whether the WebSocket API writes access logs: IDs, status and times, without client addresses and tokens.
   *
   * @default true
   */
  readonly accessLog?: boolean;

  /**
   * Whether to set the CloudWatch role for API Gateway, which access logs need. All APIs of an account and region share the role, and it remains when the
   * stack is deleted. Set it to false in an account that has one.
   *
   * @default - true with access logs, unless the API of the pipeline sets the role
   */
  readonly cloudWatchRole?: boolean;

  /**
   * Options of `authorize-live-connection`, which verifies JWTs and API keys. Cannot be set with other kinds of authentication.
   *
   * @default - see `ApiHandlerOptions`
   */
  readonly authorizeLiveConnection?: ApiHandlerOptions;

  /**
   * Options of `receive-live-message`, which answers connections and messages of clients.
   *
   * @default - see `ApiHandlerOptions`
   */
  readonly receiveLiveMessage?: ApiHandlerOptions;

  /**
   * Options of the queue of events and of `find-live-subscribers`, which consumes it.
   *
   * @default - see `QueueConsumerOptions`
   */
  readonly findLiveSubscribers?: QueueConsumerOptions;

  /**
   * Options of the queue of updates and of `send-live-updates`, which consumes it. Each invocation sends up to 50 messages at a time to connections; API
   * Gateway accepts 10,000 requests per second in an account, and updates beyond are retried.
   *
   * @default - see `QueueConsumerOptions`, with a `maxConcurrency` of 10
   */
  readonly sendLiveUpdates?: QueueConsumerOptions;
}

/**
 * Properties of `OrderLiveUpdates`.
 */
export interface OrderLiveUpdatesProps extends CommonOptions, EventAcceptanceOptions, OrderLiveUpdatesOptions {
  /**
   * The construct with the API of the pipeline. Its authentication, API keys, tenants, customers and operators are those of live updates.
   */
  readonly ingest: RealtimeOrderIngest;

  /**
   * The bus of the pipeline's events.
   */
  readonly eventBus: IEventBus;

  /**
   * The table of orders with the indexes of `OrderProcessor.ordersTable`.
   */
  readonly ordersTable: ITableV2;

  /**
   * The table of files, such as `BatchFileIngest.filesTable`.
   *
   * @default - no live updates of files
   */
  readonly filesTable?: ITableV2;

  /**
   * Whether to publish an `OrderRead` event with the caller for each order whose state a client gets. The events that follow are not recorded.
   *
   * @default false
   */
  readonly auditReads?: boolean;
}

/** Validates the options of `OrderLiveUpdates`, apart from the authentication. */
export const validateLiveUpdatesOptions = (options: OrderLiveUpdatesOptions, prefix = ''): ValidationError[] => [
  integerBetween(`${prefix}throttle.rateLimit`, options.throttle?.rateLimit, 1, 1_000_000),
  integerBetween(`${prefix}throttle.burstLimit`, options.throttle?.burstLimit, 1, 1_000_000),
  ...(options.cloudWatchRole && options.accessLog === false ? cannotBeSet(options, ['cloudWatchRole'], `to true when \`${prefix}accessLog\` is false`, prefix) : []),
  ...validateApiHandler(`${prefix}authorizeLiveConnection`, options.authorizeLiveConnection),
  ...validateApiHandler(`${prefix}receiveLiveMessage`, options.receiveLiveMessage),
  ...validateQueueConsumer(`${prefix}findLiveSubscribers`, options.findLiveSubscribers),
  ...validateQueueConsumer(`${prefix}sendLiveUpdates`, options.sendLiveUpdates),
];
