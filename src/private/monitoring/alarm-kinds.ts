import { Duration } from 'aws-cdk-lib';
import type { OrderAlarmOptions, OrderPipelineMonitoringOptions } from '../../order-pipeline-monitoring-options';

type Defaults = Required<Omit<OrderAlarmOptions, 'enabled'>>;

const defaults = (threshold: number, evaluationPeriods: number, minutes: number): Defaults =>
  ({ threshold, evaluationPeriods, period: Duration.minutes(minutes) });

/** The kinds of alarms with their default settings. */
export const ALARM_DEFAULTS = {
  deadLetters: defaults(1, 1, 1),
  deadLetteredMessages: defaults(1, 1, 1),
  stalledQueues: defaults(900, 3, 5),
  functionErrors: defaults(1, 1, 5),
  functionThrottles: defaults(1, 2, 5),
  apiErrors: defaults(0.01, 2, 5),
  apiLatency: defaults(3000, 3, 5),
  undeliveredEvents: defaults(1, 1, 5),
  delayedChanges: defaults(300_000, 3, 5),
  delayedStreamConsumers: defaults(300_000, 3, 5),
  delayedStreamDelivery: defaults(1800, 3, 5),
  delayedRecords: defaults(300_000, 3, 5),
  sourceBacklog: defaults(1000, 3, 5),
  rejectedOrders: defaults(0.25, 1, 15),
  rejectedFiles: defaults(1, 1, 5),
  failedWorkflows: defaults(1, 1, 5),
  disabledWebhooks: defaults(1, 1, 5),
} satisfies Record<string, Defaults>;

export type AlarmKind = keyof typeof ALARM_DEFAULTS;

export const ALARM_KINDS = Object.keys(ALARM_DEFAULTS) as readonly AlarmKind[];

/** The kinds of alarms of queues, functions and rules, and of workflows, which can be added later. Parts declare alarms of the other kinds. */
export const COMMON_ALARM_KINDS: readonly AlarmKind[] = [
  'deadLetters', 'deadLetteredMessages', 'stalledQueues', 'functionErrors', 'functionThrottles', 'undeliveredEvents',
  'failedWorkflows',
];

/** The kinds whose threshold is a ratio. */
export const RATIO_ALARM_KINDS: readonly AlarmKind[] = ['apiErrors', 'rejectedOrders'];

/** Whether alarms of a kind are enabled. */
export const isAlarmKindEnabled = (kind: AlarmKind, options: OrderPipelineMonitoringOptions = {}): boolean =>
  options.alarms !== false && options[kind]?.enabled !== false;

const RUNBOOK = 'https://github.com/cdk-order-pipeline/cdk-order-pipeline/blob/main/docs/runbook.md';

/** The runbook entry of a kind, such as `…/runbook.md#dead-letters`. */
export const runbookUrl = (kind: AlarmKind): string => `${RUNBOOK}#${kind.replace(/[A-Z]/g, '-$&').toLowerCase()}`;
