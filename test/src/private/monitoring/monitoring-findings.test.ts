import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import type { OrderAlarmOptions, OrderPipelineMonitoringOptions } from '../../../../src';
import { ALARM_DEFAULTS, ALARM_KINDS, SHARES, type AlarmKind } from '../../../../src/private/monitoring/alarm-kinds';
import { validateMonitoringOptions } from '../../../../src/private/monitoring/monitoring-findings';

const findingsOf = (options?: OrderPipelineMonitoringOptions, prefix?: string) =>
  validateMonitoringOptions(options, prefix).filter((finding) => finding !== undefined);
const parameter = () => new CfnParameter(new Stack(), 'Parameter', { type: 'Number' }).valueAsNumber;

test.each<[string, OrderPipelineMonitoringOptions | undefined]>([
  ['nothing', undefined],
  ['an empty object', {}],
  ['the defaults themselves', ALARM_DEFAULTS],
  ['a day of minutes', { deadLetters: { evaluationPeriods: 1440, period: Duration.minutes(1) } }],
  ['a week of hours', { deadLetters: { evaluationPeriods: 168, period: Duration.hours(1) } }],
  ['the whole as a share', { apiErrors: { threshold: 1 }, rejectedOrders: { threshold: 0.0001 } }],
  ['kinds that are switched off', Object.fromEntries(ALARM_KINDS.map((kind) => [kind, { enabled: false }]))],
  ['no alarms', { alarms: false }],
  ['numbers that are known only at deployment', { deadLetters: { threshold: parameter(), evaluationPeriods: parameter() }, apiErrors: { threshold: parameter() } }],
])('nothing is wrong with %s', (_, options) => {
  expect(findingsOf(options)).toEqual([]);
});

describe.each(ALARM_KINDS)('something is wrong with %s when', (kind: AlarmKind) => {
  const rule = SHARES.includes(kind) ? 'a share above 0 and up to 1' : 'an integer between 1 and 1000000000';
  const tooMuch = SHARES.includes(kind) ? 1.01 : 1_000_000_001;

  test.each<[string, OrderAlarmOptions]>([
    [`threshold must be ${rule}, got 0`, { threshold: 0 }],
    [`threshold must be ${rule}, got -0.5`, { threshold: -0.5 }],
    [`threshold must be ${rule}, got ${tooMuch}`, { threshold: tooMuch }],
    ['evaluationPeriods must be an integer between 1 and 1440, got 0', { evaluationPeriods: 0 }],
    ['evaluationPeriods must be an integer between 1 and 1440, got 1.5', { evaluationPeriods: 1.5 }],
    ['period must be a whole number of minutes, up to a day, got 0 seconds', { period: Duration.seconds(0) }],
    ['period must be a whole number of minutes, up to a day, got 30 seconds', { period: Duration.seconds(30) }],
    ['period must be a whole number of minutes, up to a day, got 1 minute 30 seconds', { period: Duration.seconds(90) }],
    ['period must be a whole number of minutes, up to a day, got 1 day 1 minute', { period: Duration.minutes(1441) }],
    ['evaluationPeriods × period must be at most 1 day, got 60 × 30 minutes', { evaluationPeriods: 60, period: Duration.minutes(30) }],
    ['evaluationPeriods × period must be at most 7 days, got 8 × 1 day', { evaluationPeriods: 8, period: Duration.days(1) }],
  ])('%s', (message, options) => {
    expect(findingsOf({ [kind]: options })).toEqual([`${kind}.${message}`]);
  });

  test('its period is known only at deployment', () => {
    expect(findingsOf({ [kind]: { period: Duration.minutes(parameter()) } }))
      .toEqual([`${kind}.period must be known at synth, because CDK checks what CloudWatch takes`]);
  });

  test('it is tuned and switched off', () => {
    expect(findingsOf({ [kind]: { enabled: false, threshold: 1, period: Duration.minutes(1) } }))
      .toEqual([`${kind}.threshold is of no use with ${kind}.enabled: false`, `${kind}.period is of no use with ${kind}.enabled: false`]);
  });

  test('it is tuned and there are no alarms', () => {
    expect(findingsOf({ alarms: false, [kind]: { threshold: 1 } })).toEqual([`${kind} is of no use with alarms: false`]);
  });
});

test('what is wrong is called as the user wrote it', () => {
  expect(findingsOf({ deadLetters: { threshold: 0 } }, 'monitoring.')).toEqual([
    'monitoring.deadLetters.threshold must be an integer between 1 and 1000000000, got 0',
  ]);
  expect(findingsOf({ alarms: false, deadLetters: {} }, 'monitoring.')).toEqual(['monitoring.deadLetters is of no use with monitoring.alarms: false']);
});
