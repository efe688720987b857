import { Duration, Token } from 'aws-cdk-lib';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { ALARM_DEFAULTS, ALARM_KINDS, COMMON_ALARM_KINDS, RATIO_ALARM_KINDS, type AlarmKind } from './alarm-kinds';
import type { MonitoredPart } from './monitored-part';
import type { OrderAlarmOptions, OrderPipelineMonitoringOptions } from '../../order-pipeline-monitoring-options';
import { isKeyOfSns } from '../is-key-of-sns';
import { cannotBeSet, durationKnown, integerBetween, type ValidationError } from '../validate';

const DAY = Duration.days(1);
const WEEK = Duration.days(7);
const MAX_THRESHOLD = 1_000_000_000;

/** Validates the options of `OrderPipelineMonitoring`. `prefix` is the path to them in the props of the app. */
export const validateMonitoringOptions = (options: OrderPipelineMonitoringOptions = {}, prefix = ''): ValidationError[] => [
  ...(options.alarms === false
    ? cannotBeSet(options, ['alarmTopic', ...ALARM_KINDS], `when \`${prefix}alarms\` is false`, prefix)
    : ALARM_KINDS.flatMap((kind) => validateAlarmOptions(kind, options[kind], `${prefix}${kind}`))),
  options.alarmTopic?.masterKey && isKeyOfSns(options.alarmTopic.masterKey)
    ? `\`${prefix}alarmTopic\` must not be encrypted with alias/aws/sns, which CloudWatch cannot use; use a customer-managed key, or none`
    : undefined,
];

/** Validates that each kind of part is monitored once, and that a part has the kinds of alarms whose options are set. */
export function validateMonitoredParts(options: OrderPipelineMonitoringOptions, parts: readonly MonitoredPart[]): ValidationError[] {
  const declared = new Set(parts.flatMap(({ alarms = [], appAlarmKinds = [] }) => [...alarms.map(({ kind }) => kind), ...appAlarmKinds]));
  const unused = ALARM_KINDS.filter((kind) => !COMMON_ALARM_KINDS.includes(kind) && !declared.has(kind) && options[kind]?.enabled !== false);
  return [
    ...cannotBeSet(options, unused, 'when no construct in `parts` has such an alarm'),
    ...parts.map(({ name, construct }, index) => {
      const first = parts.findIndex((other) => other.name === name);
      return first < index
        ? `\`parts\` must contain one construct of each type, got ${parts[first].construct.node.path} and ${construct.node.path}; create an OrderPipelineMonitoring for each`
        : undefined;
    }),
  ];
}

/** Rejects dead-letter queues of parts, which already have alarms. */
export const validateOwnDeadLetterQueue = (queue: IQueue, parts: readonly MonitoredPart[]): ValidationError[] =>
  parts.filter(({ construct }) => queue.node.scopes.includes(construct))
    .map(({ construct }) => `\`deadLetterQueue\` must be a queue of the app, got ${queue.node.path}, which is already monitored with ${construct.node.path}`);

function validateAlarmOptions(kind: AlarmKind, options: OrderAlarmOptions = {}, prop: string): ValidationError[] {
  const { enabled, threshold, evaluationPeriods, period } = options;
  if (enabled === false) return cannotBeSet(options, ['threshold', 'evaluationPeriods', 'period'], `when \`${prop}.enabled\` is false`, `${prop}.`);
  const errors = [
    RATIO_ALARM_KINDS.includes(kind) ? validateRatio(`${prop}.threshold`, threshold) : integerBetween(`${prop}.threshold`, threshold, 1, MAX_THRESHOLD),
    integerBetween(`${prop}.evaluationPeriods`, evaluationPeriods, 1, 1440),
    validatePeriod(`${prop}.period`, period),
  ];
  // An option that is out of range would cause a second error here.
  if (errors.some((error) => error !== undefined)) return errors;
  return [validateEvaluationRange(prop, evaluationPeriods ?? ALARM_DEFAULTS[kind].evaluationPeriods, period ?? ALARM_DEFAULTS[kind].period)];
}

function validateRatio(prop: string, value: number | undefined): ValidationError {
  if (value === undefined || Token.isUnresolved(value) || (value > 0 && value <= 1)) return undefined;
  return `\`${prop}\` must be a ratio above 0 and up to 1, got ${value}`;
}

/** The resolution of the metrics is one minute. A shorter period costs more and shows no more. */
function validatePeriod(prop: string, period: Duration | undefined): ValidationError {
  if (period === undefined) return undefined;
  const unknown = durationKnown(prop, period, 'CDK validates it');
  if (unknown) return unknown;
  const given = period.toMilliseconds();
  return given > 0 && given <= DAY.toMilliseconds() && given % 60_000 === 0
    ? undefined
    : `\`${prop}\` must be a whole number of minutes, up to a day, got ${period.toHumanString()}`;
}

function validateEvaluationRange(prop: string, evaluationPeriods: number, period: Duration): ValidationError {
  if (Token.isUnresolved(evaluationPeriods)) return undefined;
  const longest = period.toSeconds() >= 3600 ? WEEK : DAY;
  if (evaluationPeriods * period.toSeconds() <= longest.toSeconds()) return undefined;
  return `\`${prop}.evaluationPeriods\` × period must be at most ${longest.toHumanString()}, got ${evaluationPeriods} × ${period.toHumanString()}`;
}
