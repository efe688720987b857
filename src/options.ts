import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
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
   * Encrypts queues, table and bus with a customer-managed key.
   *
   * The key policy is extended for the AWS services that have to use it. An imported key's policy cannot be: a warning then
   * says what it must allow. The stack needs an explicit region, because a new table names it together with the key.
   *
   * @default - queues are encrypted with SSE-SQS, the table and the bus with keys that AWS owns, at no cost
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
   * What happens to resources that hold orders (the orders table) when they leave the stack. Log groups go with the stack.
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
   * @default 512
   */
  readonly memorySize?: number;

  /**
   * How long one invocation may take, 1 second to 15 minutes. A queue in front makes its messages invisible for six times as
   * long, as AWS advises.
   *
   * @default - 30 seconds behind a queue or stream, 10 seconds behind the REST API
   */
  readonly timeout?: Duration;
}

/**
 * A queue and how its handler consumes it.
 */
export interface QueueConsumerOptions extends HandlerOptions {
  /**
   * How many messages one invocation gets, 1 to 10.
   *
   * @default 10
   */
  readonly batchSize?: number;

  /**
   * How many invocations may run at once, 2 to 1000. Limits the load on what lies behind, without the throttling that would
   * push good messages into the dead-letter queue.
   *
   * @default 50
   */
  readonly maxConcurrency?: number;

  /**
   * How often a message is tried before it goes to the dead-letter queue, 1 to 1000.
   *
   * @default 5
   */
  readonly maxReceiveCount?: number;

  /**
   * How long the queue keeps a message that nobody took: from 1 minute to less than `deadLetterRetentionPeriod`.
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
