import type { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import type { OrderPipelineMonitoringOptions } from '../../order-pipeline-monitoring-options';
import { estimatedLength, mayExceed } from '../text-length';
import { assertProps, type ValidationError } from '../validate';
import { withDefaults } from '../with-defaults';
import { ALARM_DEFAULTS, isAlarmKindEnabled, runbookUrl, type AlarmKind } from './alarm-kinds';

/** The maximum number of alarms in a dashboard widget. */
const MAX_SHOWN = 100;

/** The maximum of CloudWatch. */
const MAX_DESCRIPTION_LENGTH = 1024;

/** The metric of an alarm, and its description: what happened, what it means for orders, and what to do. */
export interface AlarmSubject {
  readonly metric: (period: Duration) => IMetric;
  readonly description: string;
}

/** Descriptions contain the paths of constructs. */
function validateDescription(scope: Construct, id: string, description: string): ValidationError {
  if (!mayExceed(scope, [description], MAX_DESCRIPTION_LENGTH)) return undefined;
  const length = estimatedLength(scope, description);
  if (length <= MAX_DESCRIPTION_LENGTH) return undefined;
  return `the description of the alarm ${id} must have at most ${MAX_DESCRIPTION_LENGTH} characters, got about ${length}, with the path of its construct; shorten the construct ids`;
}

/** Creates alarms with the settings of the app. */
export class AlarmFactory {
  /** All alarms. */
  public readonly alarms: Alarm[] = [];

  /** The alarms on the dashboard. */
  public readonly shown: Alarm[] = [];

  constructor(private readonly options: OrderPipelineMonitoringOptions) {}

  /** Creates an alarm if its kind is enabled. */
  public addAlarm(scope: Construct, id: string, kind: AlarmKind, { metric, description }: AlarmSubject): void {
    if (!isAlarmKindEnabled(kind, this.options)) return;
    const { enabled, period, ...limits } = withDefaults(ALARM_DEFAULTS[kind], this.options[kind]);
    const alarmDescription = `${description} Runbook: ${runbookUrl(kind)}`;
    assertProps(scope, [validateDescription(scope, id, alarmDescription)]);
    const alarm = new Alarm(scope, id, {
      ...limits,
      metric: metric(period),
      alarmDescription,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // Most metrics have no data points without activity.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    if (this.options.alarmTopic) {
      const action = new SnsAction(this.options.alarmTopic);
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
    }
    this.alarms.push(alarm);
    if (this.shown.length < MAX_SHOWN) this.shown.push(alarm);
  }
}
