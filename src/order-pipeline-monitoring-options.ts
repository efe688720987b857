import type { Duration } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';

/**
 * When an alarm goes off: when its metric reaches the threshold in so many periods, one after the other. What is not counted does not
 * count as trouble.
 */
export interface OrderAlarmOptions {
  /**
   * Whether there are alarms of this kind.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * What the metric has to reach, in the unit that the kind of alarm names.
   *
   * @default - see the kind of alarm
   */
  readonly threshold?: number;

  /**
   * In how many periods, one after the other. Together they are no longer than a day, or seven where a period is an hour or longer.
   *
   * @default - see the kind of alarm
   */
  readonly evaluationPeriods?: number;

  /**
   * How long a period is: whole minutes, up to a day.
   *
   * @default - see the kind of alarm
   */
  readonly period?: Duration;
}

/**
 * What can be chosen about watching a pipeline.
 */
export interface OrderPipelineMonitoringOptions {
  /**
   * Hears when an alarm goes off, and when it is over.
   *
   * A topic with a customer-managed key needs a key policy that lets `cloudwatch.amazonaws.com` use `kms:Decrypt` and
   * `kms:GenerateDataKey*`; a warning says so. A topic with AWS's own key for SNS (`alias/aws/sns`) cannot be used. A topic that has a
   * policy, for instance by `enforceSSL`, is opened to the alarms of this account; an imported one has to let `cloudwatch.amazonaws.com`
   * publish.
   *
   * @default - alarms change their colour, and nobody is told
   */
  readonly alarmTopic?: ITopic;

  /**
   * Whether there are alarms.
   *
   * @default true
   */
  readonly alarms?: boolean;

  /**
   * Whether there is a dashboard.
   *
   * @default true
   */
  readonly dashboard?: boolean;

  /**
   * Something is in a dead-letter queue. `threshold` is a number of messages; an alarm for each dead-letter queue.
   *
   * @default - 1 message in a minute
   */
  readonly deadLetters?: OrderAlarmOptions;

  /**
   * A queue stopped draining: its oldest message is old, and none was done in the period. `threshold` is the age in seconds; an alarm for
   * each queue.
   *
   * @default - 900 seconds, in 3 periods of 5 minutes
   */
  readonly stalledQueues?: OrderAlarmOptions;

  /**
   * A function failed: it crashed, ran out of time or memory, or did not start. `threshold` is a number of calls; an alarm for each
   * function.
   *
   * @default - 1 call in 5 minutes
   */
  readonly functionErrors?: OrderAlarmOptions;

  /**
   * A function was not called because too many are running. `threshold` is a number of calls; an alarm for each function.
   *
   * @default - 1 call, in 2 periods of 5 minutes
   */
  readonly functionThrottles?: OrderAlarmOptions;

  /**
   * The API answers with a 5xx, which no client can bring about. `threshold` is their share of the requests, above 0 and up to 1.
   *
   * @default - 0.01, in 2 periods of 5 minutes
   */
  readonly apiErrors?: OrderAlarmOptions;

  /**
   * The API is slow. `threshold` is the latency, in milliseconds, within which 99 % of the requests are answered.
   *
   * @default - 3000 milliseconds, in 3 periods of 5 minutes
   */
  readonly apiLatency?: OrderAlarmOptions;

  /**
   * EventBridge gave up delivering an event to a target. `threshold` is a number of deliveries; an alarm for each rule, and another one
   * for what a subscription put into a dead-letter queue, which may be one that nobody watches.
   *
   * @default - 1 delivery in 5 minutes
   */
  readonly undeliveredEvents?: OrderAlarmOptions;

  /**
   * What happened to orders is announced late. `threshold` is how long, in milliseconds, the oldest change waits in the stream of the
   * orders table.
   *
   * @default - 300 000 milliseconds, in 3 periods of 5 minutes
   */
  readonly delayedChanges?: OrderAlarmOptions;

  /**
   * Validation rejects many orders, by its own rules or by the hook. `threshold` is their share, above 0 and up to 1. Fewer than ten orders in a
   * period say nothing.
   *
   * @default - 0.25 in 15 minutes
   */
  readonly rejectedOrders?: OrderAlarmOptions;

  /**
   * A file was rejected as a whole. `threshold` is a number of files.
   *
   * @default - 1 file in 5 minutes
   */
  readonly rejectedFiles?: OrderAlarmOptions;
}
