import type { Duration, RemovalPolicy, Size } from 'aws-cdk-lib';
import type { WarmThroughput } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ApplicationLogLevel } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { OrderModel } from './order-model';
import type { OrderTenants } from './order-tenants';
import type { VpcOptions } from './vpc-options';

/**
 * Options of all constructs of this library.
 */
export interface CommonOptions extends VpcOptions {
  /**
   * The EventBridge `source` of the pipeline's events.
   *
   * Pipelines of one app that share a bus need different sources. The events of pipelines of several apps differ by their `pipelineId`.
   *
   * @default 'orders'
   */
  readonly eventSource?: string;

  /**
   * Identifies the pipeline in `metadata.pipeline` of its events, 1 to 128 printable ASCII characters without spaces, unique among all
   * pipelines that publish to the bus. The constructs of a pipeline need the same one. When the id of a deployed pipeline changes, events
   * that are under way are lost; see the guide to operations.
   *
   * @default - the name of the stack and the path of the pipeline in it, such as `Shop/Orders`; on an existing bus of the app, those of the
   * bus with the source, such as `Shop/Bus:orders`. Single constructs on an imported bus have no unique id, and add a warning
   */
  readonly pipelineId?: string;

  /**
   * A customer-managed key that encrypts queues, tables, bus, bucket, topic, log groups, and the environment variables of functions.
   *
   * The construct extends the key policy for the AWS services that use the key. It cannot extend the policy of an imported key; a
   * warning then lists the required permissions. The stack needs an explicit region, because DynamoDB names it together with the key.
   *
   * @default - SSE-SQS for queues, SSE-S3 for the bucket, AWS owned keys for tables, bus and log groups, AWS managed keys for the topic
   * (`alias/aws/sns`) and environment variables (`alias/aws/lambda`)
   */
  readonly encryptionKey?: IKey;

  /**
   * The log level of the handlers. At INFO a handler writes one line for a batch with failures, rejections or refusals, with their IDs and reasons
   * and without the contents of orders. At DEBUG it writes one for every batch, also with what succeeded.
   *
   * @default ApplicationLogLevel.INFO
   */
  readonly logLevel?: ApplicationLogLevel;

  /**
   * The retention of the log groups.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;

  /**
   * Whether AWS X-Ray traces the functions and, for a REST API that the construct creates, its requests. X-Ray bills traces, and samples them by its own rules.
   *
   * @default false
   */
  readonly tracing?: boolean;

  /**
   * The fields and rules of orders. The constructs of a pipeline need the same model.
   *
   * @default OrderModel.standard()
   */
  readonly orderModel?: OrderModel;

  /**
   * Separates the orders of several tenants: an order belongs to the tenant that places it, and two tenants may use the same order IDs. Callers of
   * the API see the orders, files and events of their tenant only; the folder of a file below `incoming/` is its tenant; and messages and events of
   * other systems name the tenant. The constructs of a pipeline need the same tenants. Stored orders do not get a tenant afterwards.
   *
   * @default - none: every caller sees every order
   */
  readonly tenants?: OrderTenants;

  /**
   * The removal policy of all resources that hold orders: tables, bucket, queues, dead-letter queues and archive. RETAIN keeps them when the
   * stack is deleted, when a resource is replaced and when a part of the pipeline is switched off; a first deployment that fails leaves
   * nothing behind. DESTROY deletes them, and empties the bucket (`autoDeleteObjects`). Log groups are always deleted with the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * The `service` dimension of the metrics (namespace `OrderPipeline`), and the `service` of every log line, 1 to 255 ASCII characters.
   *
   * @default - the path of the construct, such as `MyStack/Orders`
   */
  readonly serviceName?: string;
}

/**
 * Which events of other systems belong to the pipeline.
 */
export interface EventAcceptanceOptions {
  /**
   * Whether events of other systems that have the pipeline's source and no `metadata.pipeline` belong to the pipeline: requests to place,
   * change, cancel and fulfill orders, and other events about orders in the history, the archive and subscriptions. Without it, other systems set
   * `metadata.pipeline` to the `pipelineId`. On a bus with pipelines of several apps, at most one may accept them.
   *
   * @default - true on a bus of the app; false on an imported bus, with a warning
   */
  readonly acceptEventsWithoutPipeline?: boolean;
}

/**
 * Memory and timeout of a handler.
 */
export interface HandlerOptions {
  /**
   * Memory in MiB, 128 to 10240. CPU is proportional to memory.
   *
   * @default - 512, and 1769 (one vCPU) for files
   */
  readonly memorySize?: number;

  /**
   * Timeout of one invocation, 1 second to 15 minutes. The visibility timeout of the queue that the handler consumes is six times as long,
   * as AWS recommends.
   *
   * @default - 30 seconds for a consumer of a queue or stream, 10 seconds for the API, 15 minutes to validate a file, 5 minutes to
   * extract orders from a file before another invocation continues
   */
  readonly timeout?: Duration;
}

/**
 * Options of a handler of the API.
 */
export interface ApiHandlerOptions extends HandlerOptions {
  /**
   * Concurrent invocations that Lambda reserves for this handler, at least 1, and the maximum of this handler. The consumers of queues cannot
   * use them, so that a backlog does not make the API answer with 5xx. The quota of the account must leave at least 100 to other functions.
   *
   * @default - none: all functions of the account share its concurrent executions
   */
  readonly reservedConcurrency?: number;
}

/**
 * Options of the tables that are written for every order.
 */
export interface TableOptions {
  /**
   * Reads and writes per second for which the new tables of orders (with its lists), of sequence numbers and of the history are prepared: at
   * least 12000 `readUnitsPerSecond` and 4000 `writeUnitsPerSecond`, those of a new table. An order of 1 KB needs about 2 writes to each. AWS
   * bills an increase once. The files table needs none.
   *
   * @default - that of new on-demand tables, which grows with traffic
   */
  readonly warmThroughput?: WarmThroughput;
}

/**
 * Options of a queue and of the handler that consumes it.
 */
export interface ConsumerOptions extends HandlerOptions {
  /**
   * Maximum number of concurrent invocations, 2 to 1000. It limits the load on downstream resources, and the concurrent executions that a
   * backlog takes from other functions of the account. Messages that are throttled wait and are retried.
   *
   * @default - 50, and 10 for files
   */
  readonly maxConcurrency?: number;

  /**
   * How long a message is retried before it goes to the dead-letter queue, 1 minute to 5 days. It counts from the first receive. The attempts
   * follow each other with exponential back-off and jitter, after 5 seconds at first and 15 minutes at most; after an attempt that crashes or
   * times out, the next one follows after the visibility timeout. A message whose attempts all end without a response is retried for twice as
   * long, because it may be the function that is throttled. Messages that can never be processed are not retried.
   *
   * @default Duration.hours(24)
   */
  readonly retryDuration?: Duration;

  /**
   * Message retention of the queue, up to 14 days. It must cover twice `retryDuration` and two more attempts, each after 15 minutes or six times
   * `timeout`, and be shorter than `deadLetterRetentionPeriod`. A message waits in the queue before its first attempt, too.
   *
   * @default - twice `retryDuration` and 2 days, at least 4 days
   */
  readonly retentionPeriod?: Duration;

  /**
   * Message retention of the dead-letter queue, up to 14 days. It must be longer than `retentionPeriod`, because the retention of a
   * message in a standard dead-letter queue starts when the message is first sent.
   *
   * @default Duration.days(14)
   */
  readonly deadLetterRetentionPeriod?: Duration;
}

/**
 * Options of a queue of orders and of the handler that consumes it.
 */
export interface QueueConsumerOptions extends ConsumerOptions {
  /**
   * Maximum number of messages in a batch, 1 to 10.
   *
   * @default 10
   */
  readonly batchSize?: number;
}

/**
 * Limits of the size of an order.
 */
export interface OrderSizeOptions {
  /**
   * Maximum size of an order as JSON, 1 to 192 KiB. The API answers a larger order with 413; in a file and on the bus it is an
   * invalid order. The pipeline adds metadata to the order, and SQS and EventBridge accept up to 256 KiB for both.
   *
   * @default Size.kibibytes(128)
   */
  readonly maxOrderSize?: Size;
}

/**
 * Retention of rejected orders and of pending commands.
 */
export interface OrderRetentionOptions {
  /**
   * How long `GET /orders/{orderId}` returns a rejected order with the reasons, 1 minute to 3650 days.
   *
   * @default Duration.days(30)
   */
  readonly rejectedOrderRetention?: Duration;

  /**
   * How long a command stays pending until its order and all earlier commands have arrived, 1 minute to 30 days. The command is refused
   * afterwards.
   *
   * @default Duration.days(7)
   */
  readonly pendingCommandRetention?: Duration;
}
