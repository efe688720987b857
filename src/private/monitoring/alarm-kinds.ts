import { Duration } from 'aws-cdk-lib';
import type { OrderAlarmOptions, OrderPipelineMonitoringOptions } from '../../order-pipeline-monitoring-options';

type Defaults = Required<Omit<OrderAlarmOptions, 'enabled'>>;

const when = (threshold: number, evaluationPeriods: number, minutes: number): Defaults =>
  ({ threshold, evaluationPeriods, period: Duration.minutes(minutes) });

/** Every kind of alarm, and when it goes off unless the app says otherwise. */
export const ALARM_DEFAULTS = {
  deadLetters: when(1, 1, 1),
  stalledQueues: when(900, 3, 5),
  functionErrors: when(1, 1, 5),
  functionThrottles: when(1, 2, 5),
  apiErrors: when(0.01, 2, 5),
  apiLatency: when(3000, 3, 5),
  undeliveredEvents: when(1, 1, 5),
  delayedChanges: when(300_000, 3, 5),
  rejectedOrders: when(0.25, 1, 15),
  rejectedFiles: when(1, 1, 5),
} satisfies Record<string, Defaults>;

export type AlarmKind = keyof typeof ALARM_DEFAULTS;

export const ALARM_KINDS = Object.keys(ALARM_DEFAULTS) as readonly AlarmKind[];

/** Whether the app wants alarms of a kind. */
export const hasAlarms = (kind: AlarmKind, options: OrderPipelineMonitoringOptions = {}): boolean =>
  options.alarms !== false && options[kind]?.enabled !== false;

/** Whose threshold is a share of a whole, and no number of things. */
export const SHARES: readonly AlarmKind[] = ['apiErrors', 'rejectedOrders'];

/** What watches one part only, and is of no use without it. */
export const PART_OF_KIND = {
  apiErrors: 'ingest',
  apiLatency: 'ingest',
  rejectedOrders: 'ingest',
  delayedChanges: 'processor',
  rejectedFiles: 'files',
} as const satisfies Partial<Record<AlarmKind, string>>;
