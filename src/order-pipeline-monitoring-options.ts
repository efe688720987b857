import type { Duration } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';

/**
 * The settings of the alarms of one kind. An alarm goes off when its metric reaches the threshold in consecutive periods. Periods without data
 * are not breaching.
 */
export interface OrderAlarmOptions {
  /**
   * Whether to create alarms of this kind.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * The threshold, in the unit of the kind of alarm.
   *
   * @default - see the option of the kind
   */
  readonly threshold?: number;

  /**
   * The number of consecutive periods, 1 to 1440. Together they must not exceed one day, or seven days when a period is an hour or longer.
   *
   * @default - see the option of the kind
   */
  readonly evaluationPeriods?: number;

  /**
   * The length of a period: whole minutes, up to a day.
   *
   * @default - see the option of the kind
   */
  readonly period?: Duration;
}

/**
 * Options of `OrderPipelineMonitoring`.
 */
export interface OrderPipelineMonitoringOptions {
  /**
   * Receives a notification when an alarm goes off, and when it is OK again.
   *
   * The key policy of an encrypted topic must allow `cloudwatch.amazonaws.com` to use `kms:Decrypt` and `kms:GenerateDataKey*`; a warning is a
   * reminder. A topic cannot be encrypted with the AWS managed key `alias/aws/sns`. The construct extends the policy of a topic that has one,
   * for instance by `enforceSSL`, for the alarms of this account. The policy of an imported topic must allow `cloudwatch.amazonaws.com` to
   * publish.
   *
   * @default - alarms send no notifications
   */
  readonly alarmTopic?: ITopic;

  /**
   * Whether to create alarms.
   *
   * @default true
   */
  readonly alarms?: boolean;

  /**
   * Whether to create a dashboard.
   *
   * @default true
   */
  readonly dashboard?: boolean;

  /**
   * Messages are in a dead-letter queue. `threshold` is their number. One alarm for each dead-letter queue.
   *
   * @default - 1 message in a minute
   */
  readonly deadLetters?: OrderAlarmOptions;

  /**
   * Handlers sent messages to a dead-letter queue. They are counted at once, while SQS updates the metrics of a dead-letter queue up to 15
   * minutes late. `threshold` is their number. One alarm for all handlers with one service name.
   *
   * @default - 1 message in a minute
   */
  readonly deadLetteredMessages?: OrderAlarmOptions;

  /**
   * A queue is stalled: its oldest message is old, and no message was deleted in the period. `threshold` is the age in seconds. One alarm for
   * each queue.
   *
   * @default - 900 seconds, in 3 periods of 5 minutes
   */
  readonly stalledQueues?: OrderAlarmOptions;

  /**
   * A function failed: it threw an error, timed out, ran out of memory, or did not start. `threshold` is the number of invocations. One alarm
   * for each function.
   *
   * @default - 1 invocation in 5 minutes
   */
  readonly functionErrors?: OrderAlarmOptions;

  /**
   * A function was throttled. `threshold` is the number of invocations. One alarm for each function.
   *
   * @default - 1 invocation, in 2 periods of 5 minutes
   */
  readonly functionThrottles?: OrderAlarmOptions;

  /**
   * The API returns 5xx responses. `threshold` is their ratio to requests, above 0 and up to 1.
   *
   * @default - 0.01, in 2 periods of 5 minutes
   */
  readonly apiErrors?: OrderAlarmOptions;

  /**
   * The API is slow. `threshold` is the 99th percentile of the latency in milliseconds.
   *
   * @default - 3000 milliseconds, in 3 periods of 5 minutes
   */
  readonly apiLatency?: OrderAlarmOptions;

  /**
   * EventBridge could not deliver an event to a target. `threshold` is the number of deliveries. One alarm for each rule, and another for
   * events in the dead-letter queue of each subscription.
   *
   * @default - 1 delivery in 5 minutes
   */
  readonly undeliveredEvents?: OrderAlarmOptions;

  /**
   * Changes of orders are published late. `threshold` is the age of the oldest change in the stream of the orders table, in milliseconds.
   *
   * @default - 300 000 milliseconds, in 3 periods of 5 minutes
   */
  readonly delayedChanges?: OrderAlarmOptions;

  /**
   * A consumer of an `OrderStream` is late. `threshold` is the age of the oldest event that it has not processed, in milliseconds. One alarm for each
   * consumer.
   *
   * @default - 300 000 milliseconds, in 3 periods of 5 minutes
   */
  readonly delayedStreamConsumers?: OrderAlarmOptions;

  /**
   * Events of an `OrderStream` are not in the bucket. `threshold` is the age of the oldest of them, in seconds. It must exceed `bufferingInterval`.
   *
   * @default - 1800 seconds, in 3 periods of 5 minutes
   */
  readonly delayedStreamDelivery?: OrderAlarmOptions;

  /**
   * Orders of a Kinesis stream are late. `threshold` is the age of the oldest record, in milliseconds. One alarm for each such source.
   *
   * @default - 300 000 milliseconds, in 3 periods of 5 minutes
   */
  readonly delayedRecords?: OrderAlarmOptions;

  /**
   * Orders of Kafka, RabbitMQ or ActiveMQ are late. `threshold` is the number of waiting records: in the partition with the most of them, or in the
   * queue. One alarm for each such source.
   *
   * @default - 1000 records, in 3 periods of 5 minutes
   */
  readonly sourceBacklog?: OrderAlarmOptions;

  /**
   * Validation rejects many orders. `threshold` is the ratio of rejected orders to all orders, above 0 and up to 1. Periods with fewer than ten
   * orders are not breaching.
   *
   * @default - 0.25 in 15 minutes
   */
  readonly rejectedOrders?: OrderAlarmOptions;

  /**
   * A file was rejected. `threshold` is the number of files.
   *
   * @default - 1 file in 5 minutes
   */
  readonly rejectedFiles?: OrderAlarmOptions;

  /**
   * Executions of a workflow failed, timed out or were aborted, without compensation. `threshold` is their number. One alarm for each workflow.
   *
   * @default - 1 execution in 5 minutes
   */
  readonly failedWorkflows?: OrderAlarmOptions;

  /**
   * A webhook was disabled. `threshold` is the number of webhooks.
   *
   * @default - 1 webhook in 5 minutes
   */
  readonly disabledWebhooks?: OrderAlarmOptions;
}
