import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import type { OrderAlarmOptions, OrderPipelineMonitoringOptions } from '../../../../src';
import { ALARM_DEFAULTS, ALARM_KINDS, RATIO_ALARM_KINDS, type AlarmKind } from '../../../../src/private/monitoring/alarm-kinds';
import { validateMonitoringOptions } from '../../../../src/private/monitoring/validate-monitoring-options';

const errorsOf = (options?: OrderPipelineMonitoringOptions, prefix?: string) =>
  validateMonitoringOptions(options, prefix).filter((error) => error !== undefined);
const parameter = () => new CfnParameter(new Stack(), 'Parameter', { type: 'Number' }).valueAsNumber;

test.each<[string, OrderPipelineMonitoringOptions | undefined]>([
  ['nothing', undefined],
  ['an empty object', {}],
  ['the defaults themselves', ALARM_DEFAULTS],
  ['a day of minutes', { deadLetters: { evaluationPeriods: 1440, period: Duration.minutes(1) } }],
  ['a week of hours', { deadLetters: { evaluationPeriods: 168, period: Duration.hours(1) } }],
  ['a ratio of one', { apiErrors: { threshold: 1 }, rejectedOrders: { threshold: 0.0001 } }],
  ['kinds that are switched off', Object.fromEntries(ALARM_KINDS.map((kind) => [kind, { enabled: false }]))],
  ['no alarms', { alarms: false }],
  ['tokens', { deadLetters: { threshold: parameter(), evaluationPeriods: parameter() }, apiErrors: { threshold: parameter() } }],
])('accepts %s', (_, options) => {
  expect(errorsOf(options)).toEqual([]);
});

describe.each(ALARM_KINDS)('%s fails when', (kind: AlarmKind) => {
  const rule = RATIO_ALARM_KINDS.includes(kind) ? 'a ratio above 0 and up to 1' : 'an integer between 1 and 1000000000';
  const tooMuch = RATIO_ALARM_KINDS.includes(kind) ? 1.01 : 1_000_000_001;

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
    expect(errorsOf({ [kind]: options })).toEqual([`\`${kind}.${message.replace(/^\w+/, '$&`')}`]);
  });

  test('its period is a token', () => {
    expect(errorsOf({ [kind]: { period: Duration.minutes(parameter()) } }))
      .toEqual([`\`${kind}.period\` must be known at synth, because CDK validates it`]);
  });

  test('it is configured and switched off', () => {
    expect(errorsOf({ [kind]: { enabled: false, threshold: 1, period: Duration.minutes(1) } }))
      .toEqual(['threshold', 'period'].map((option) => `\`${kind}.${option}\` cannot be set when \`${kind}.enabled\` is false`));
  });

  test('it is configured and alarms are switched off', () => {
    expect(errorsOf({ alarms: false, [kind]: { threshold: 1 } })).toEqual([`\`${kind}\` cannot be set when \`alarms\` is false`]);
  });
});

test('errors name the option by its path in the props', () => {
  expect(errorsOf({ deadLetters: { threshold: 0 } }, 'monitoring.')).toEqual([
    '`monitoring.deadLetters.threshold` must be an integer between 1 and 1000000000, got 0',
  ]);
  expect(errorsOf({ alarms: false, deadLetters: {} }, 'monitoring.')).toEqual(['`monitoring.deadLetters` cannot be set when `monitoring.alarms` is false']);
});
