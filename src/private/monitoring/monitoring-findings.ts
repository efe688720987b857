import { Duration, Token } from 'aws-cdk-lib';
import type { IAlias, IKey } from 'aws-cdk-lib/aws-kms';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { ALARM_DEFAULTS, ALARM_KINDS, PART_OF_KIND, SHARES, type AlarmKind } from './alarm-kinds';
import type { OrderPipelineMonitoringProps } from '../../order-pipeline-monitoring';
import type { OrderAlarmOptions, OrderPipelineMonitoringOptions } from '../../order-pipeline-monitoring-options';
import { durationKnown, integerBetween, type ValidationError } from '../validate';

const DAY = Duration.days(1);
const WEEK = Duration.days(7);
const MOST = 1_000_000_000;

/** What is wrong with the options of `OrderPipelineMonitoring`. `prefix` is where the user wrote them. */
export const validateMonitoringOptions = (options: OrderPipelineMonitoringOptions = {}, prefix = ''): ValidationError[] => [
  ...(options.alarms === false ? validateUnusedOptions(options, prefix) : ALARM_KINDS.flatMap((kind) => validateAlarmOptions(kind, options[kind], `${prefix}${kind}`))),
  options.alarmTopic?.masterKey && isKeyOfSns(options.alarmTopic.masterKey)
    ? `${prefix}alarmTopic must not be encrypted with alias/aws/sns, which CloudWatch cannot use; give the topic a key of your own, or none`
    : undefined,
];

/** What is wrong with the options for the parts that are watched. */
export const validateMonitoredParts = (props: OrderPipelineMonitoringProps): ValidationError[] => [
  PARTS.some((part) => props[part]) ? undefined : `one of ${PARTS.join(', ')} must be given, because there is nothing to watch`,
  ...Object.entries(PART_OF_KIND).map(([kind, part]) =>
    (props[kind as AlarmKind]?.enabled !== false && props[kind as AlarmKind] && !props[part] ? `${kind} is of no use without ${part}` : undefined)),
];

/** What is wrong with another dead-letter queue. Every one of a part has its alarm. */
export const validateDeadLetterQueue = (queue: IQueue, props: OrderPipelineMonitoringProps, others: readonly IQueue[]): ValidationError[] => [
  ...PARTS.map((part) => props[part]).filter((part) => part !== undefined && queue.node.scopes.includes(part))
    .map((part) => `deadLetterQueue must be one of your own, got ${queue.node.path}, which is watched with ${part!.node.path} already`),
  others.includes(queue) ? `deadLetterQueue must be given once, got ${queue.node.path} again` : undefined,
];

const PARTS = ['ingest', 'files', 'events', 'processor', 'lifecycle', 'history', 'queries', 'redrive'] as const;

const isKeyOfSns = (key: IKey): boolean => (key as Partial<IAlias>).aliasName === 'alias/aws/sns';

const validateUnusedOptions = (options: OrderPipelineMonitoringOptions, prefix: string): ValidationError[] =>
  (['alarmTopic', ...ALARM_KINDS] as const).filter((option) => options[option] !== undefined)
    .map((option) => `${prefix}${option} is of no use with ${prefix}alarms: false`);

function validateAlarmOptions(kind: AlarmKind, options: OrderAlarmOptions = {}, prop: string): ValidationError[] {
  const { enabled, threshold, evaluationPeriods, period } = options;
  if (enabled === false) {
    return Object.entries({ threshold, evaluationPeriods, period }).filter(([, value]) => value !== undefined)
      .map(([option]) => `${prop}.${option} is of no use with ${prop}.enabled: false`);
  }
  const findings = [
    SHARES.includes(kind) ? validateShare(`${prop}.threshold`, threshold) : integerBetween(`${prop}.threshold`, threshold, 1, MOST),
    integerBetween(`${prop}.evaluationPeriods`, evaluationPeriods, 1, 1440),
    validatePeriod(`${prop}.period`, period),
  ];
  // What is out of bounds by itself says enough.
  if (findings.some((finding) => finding !== undefined)) return findings;
  return [validateEvaluationRange(prop, evaluationPeriods ?? ALARM_DEFAULTS[kind].evaluationPeriods, period ?? ALARM_DEFAULTS[kind].period)];
}

function validateShare(prop: string, value: number | undefined): ValidationError {
  if (value === undefined || Token.isUnresolved(value) || (value > 0 && value <= 1)) return undefined;
  return `${prop} must be a share above 0 and up to 1, got ${value}`;
}

/** All metrics are kept by the minute: a shorter period would cost more and tell no more. */
function validatePeriod(prop: string, period: Duration | undefined): ValidationError {
  if (period === undefined) return undefined;
  const unknown = durationKnown(prop, period, 'CDK checks what CloudWatch takes');
  if (unknown) return unknown;
  const given = period.toMilliseconds();
  return given > 0 && given <= DAY.toMilliseconds() && given % 60_000 === 0
    ? undefined
    : `${prop} must be a whole number of minutes, up to a day, got ${period.toHumanString()}`;
}

function validateEvaluationRange(prop: string, evaluationPeriods: number, period: Duration): ValidationError {
  if (Token.isUnresolved(evaluationPeriods)) return undefined;
  const longest = period.toSeconds() >= 3600 ? WEEK : DAY;
  if (evaluationPeriods * period.toSeconds() <= longest.toSeconds()) return undefined;
  return `${prop}.evaluationPeriods × period must be at most ${longest.toHumanString()}, got ${evaluationPeriods} × ${period.toHumanString()}`;
}
