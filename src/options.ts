import type { Duration, RemovalPolicy, Size } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ApplicationLogLevel } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';

/**
 * What all constructs of this library have in common.
 */
export interface CommonOptions {
  /**
   * The EventBridge `source` of the pipeline's events.
   *
   * Give each pipeline on a shared bus a source of its own: it keeps their orders apart.
   *
   * @default 'orders'
   */
  readonly eventSource?: string;

  /**
   * Encrypts queues, tables, bus, bucket and topic with a customer-managed key.
   *
   * The key policy is extended for the AWS services that have to use it. An imported key's policy cannot be: a warning then
   * says what it must allow. The stack needs an explicit region, because a new table names it together with the key.
   *
   * @default - queues and bucket are encrypted with SSE-SQS and SSE-S3, tables and bus with keys that AWS owns, the topic with AWS's key
   * for SNS
   */
  readonly encryptionKey?: IKey;

  /**
   * The least severe level that handlers log. At INFO a handler writes one line for each batch, with ids and outcomes and
   * nothing of an order's contents.
   *
   * @default ApplicationLogLevel.INFO
   */
  readonly logLevel?: ApplicationLogLevel;

  /**
   * How long the log groups keep what they get.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;

  /**
   * What happens to resources that hold orders (the tables and the bucket) when they leave the stack. Log groups go with the
   * stack. With DESTROY, a bucket has to be emptied first, or the deletion of the stack fails at it.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * The `service` dimension of the pipeline's metrics (namespace `OrderPipeline`), and the `service` of every log line.
   *
   * @default - the construct's path, such as `MyStack/Orders`
   */
  readonly serviceName?: string;
}

/**
 * Sizes of a handler.
 */
export interface HandlerOptions {
  /**
   * Memory in MiB, 128 to 10240; CPU grows with it.
   *
   * @default - 512, and 1769 (one CPU) for files
   */
  readonly memorySize?: number;

  /**
   * How long one invocation may take, 1 second to 15 minutes. A queue in front makes its messages invisible for six times as
   * long, as AWS advises.
   *
   * @default - 30 seconds behind a queue or stream, 10 seconds behind the REST API; for files, 15 minutes to check one and 5
   * minutes to extract from it before another invocation goes on
   */
  readonly timeout?: Duration;
}

/**
 * A queue and how its handler consumes it.
 */
export interface ConsumerOptions extends HandlerOptions {
  /**
   * How many invocations may run at once, 2 to 1000. Limits the load on what lies behind, without the throttling that would
   * push good messages into the dead-letter queue.
   *
   * @default - 50, and 10 for files
   */
  readonly maxConcurrency?: number;

  /**
   * How often a message is tried before it goes to the dead-letter queue, 1 to 1000.
   *
   * @default 5
   */
  readonly maxReceiveCount?: number;

  /**
   * How long the queue keeps a message: longer than all its tries take (6 × `timeout` × `maxReceiveCount`), and less than
   * `deadLetterRetentionPeriod`.
   *
   * @default Duration.days(4)
   */
  readonly retentionPeriod?: Duration;

  /**
   * How long the dead-letter queue keeps a message, up to 14 days. Longer than `retentionPeriod`: a standard queue counts from
   * the day the message was first sent.
   *
   * @default Duration.days(14)
   */
  readonly deadLetterRetentionPeriod?: Duration;
}

/**
 * A queue of orders and how its handler consumes it.
 */
export interface QueueConsumerOptions extends ConsumerOptions {
  /**
   * How many messages one invocation gets, 1 to 10.
   *
   * @default 10
   */
  readonly batchSize?: number;
}

/**
 * How large an order may be.
 */
export interface OrderSizeOptions {
  /**
   * The largest order that is taken, as the bytes of its JSON: 1 to 192 KiB. Over REST a larger one is answered with 413, in a
   * file it is an invalid order. The rest up to 256 KiB, which every hop on the road takes, is left to the envelope.
   *
   * @default Size.kibibytes(128)
   */
  readonly maxOrderSize?: Size;
}

/**
 * How long what is not an order is kept with the orders.
 */
export interface OrderRetentionOptions {
  /**
   * How long a rejected order is remembered, so that `GET /orders/{orderId}` can say why. At least a minute.
   *
   * @default Duration.days(30)
   */
  readonly rejectedOrderRetention?: Duration;

  /**
   * How long a command waits for its order, or for the command before it, until it is refused. A minute to 30 days.
   *
   * @default Duration.days(7)
   */
  readonly pendingCommandRetention?: Duration;
}
