import type { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import type { OrderPipelineMonitoringOptions } from '../../order-pipeline-monitoring-options';
import { withDefaults } from '../with-defaults';
import { ALARM_DEFAULTS, hasAlarms, type AlarmKind } from './alarm-kinds';

/** So many alarms a dashboard shows in one widget. */
const MAX_SHOWN = 100;

/** What an alarm watches, and what it tells an operator: what it means and what to do next. */
export interface AlarmSubject {
  readonly metric: (period: Duration) => IMetric;
  readonly description: string;
}

/** Makes alarms as the app wants them, and keeps them. */
export class AlarmBoard {
  /** Every alarm that was made. */
  public readonly alarms: Alarm[] = [];

  /** Those of them that a dashboard has room for. */
  public readonly shown: Alarm[] = [];

  constructor(private readonly options: OrderPipelineMonitoringOptions) {}

  /** Makes an alarm, unless the app does without this kind. */
  public add(scope: Construct, id: string, kind: AlarmKind, { metric, description }: AlarmSubject): void {
    if (!hasAlarms(kind, this.options)) return;
    const { enabled, period, ...limits } = withDefaults(ALARM_DEFAULTS[kind], this.options[kind]);
    const alarm = new Alarm(scope, id, {
      ...limits,
      metric: metric(period),
      alarmDescription: description,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // Where nothing happens, most metrics are not there.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    if (this.options.alarmTopic) {
      const tell = new SnsAction(this.options.alarmTopic);
      alarm.addAlarmAction(tell);
      alarm.addOkAction(tell);
    }
    this.alarms.push(alarm);
    if (this.shown.length < MAX_SHOWN) this.shown.push(alarm);
  }
}
