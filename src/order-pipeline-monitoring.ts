import { AspectPriority, Aspects } from 'aws-cdk-lib';
import type { Alarm, Dashboard, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct, type IConstruct } from 'constructs';
import { validateDeadLetterQueue, type DeadLetterQueueOptions } from './dead-letter-queue-options';
import type { OrderPipelineMonitoringOptions } from './order-pipeline-monitoring-options';
import { constructIdOf } from './private/construct-id-of';
import { AlarmFactory } from './private/monitoring/alarm-factory';
import { allowAlarmsToPublish, warnOfTopicKey } from './private/monitoring/alarm-topic';
import { AppConsumers } from './private/monitoring/app-consumers';
import { addAppAlarm } from './private/monitoring/dead-letter-alarms';
import { addDeadLetteredMessagesAlarmOf, addDeadLetteredMessagesAlarms } from './private/monitoring/dead-lettered-messages-alarm';
import { outcomeMetric } from './private/monitoring/metrics';
import { createDashboard, monitorPart, showPart } from './private/monitoring/monitor-part';
import { monitoredParts, type MonitoredPart } from './private/monitoring/monitored-part';
import type { PipelineDashboard } from './private/monitoring/pipeline-dashboard';
import { Subscriptions } from './private/monitoring/subscriptions';
import { validateMonitoredParts, validateMonitoringOptions, validateOwnDeadLetterQueue } from './private/monitoring/validate-monitoring-options';
import { validateParts } from './private/pipeline-part';
import { assertProps } from './private/validate';
import { validateServiceName } from './private/validate-common';
import { sameEnvironment } from './private/validate-environment';

/**
 * Properties of `OrderPipelineMonitoring`.
 */
export interface OrderPipelineMonitoringProps extends OrderPipelineMonitoringOptions {
  /**
   * The constructs to monitor, in the sequence in which an order passes them: at least one construct of this library, such as
   * `RealtimeOrderIngest`, and one of each type. `OrderPipeline.parts` lists those of a pipeline.
   *
   * `OrderEventBus` includes the subscriptions of its `on…` methods, before and after this construct is created. Subscriptions with a
   * `crossStackScope` are not included.
   */
  readonly parts: Construct[];

  /**
   * The `service` dimension of the handlers' metrics.
   *
   * @default - the service name of each part
   */
  readonly serviceName?: string;
}

/**
 * Monitors a pipeline, or some of its constructs: alarms, each with its meaning and a link to the runbook, and a dashboard that follows the
 * stages of the pipeline.
 *
 * It can be in another stack than the parts. That stack then depends on the stacks of the parts.
 */
export class OrderPipelineMonitoring extends Construct {
  /** The dashboard. Undefined when `dashboard` is false. CloudFormation generates its name. */
  public readonly dashboard?: Dashboard;

  private parts: readonly MonitoredPart[];
  private readonly props: OrderPipelineMonitoringProps;
  private readonly alarmFactory: AlarmFactory;
  private readonly pipelineDashboard?: PipelineDashboard;
  private readonly appDeadLetterQueues: DeadLetterQueueOptions[] = [];
  private readonly appDeadLetterQueueScope: Construct;

  constructor(scope: Construct, id: string, props: OrderPipelineMonitoringProps) {
    super(scope, id);
    assertProps(this, [
      ...validateMonitoringOptions(props),
      ...validateParts(props.parts),
      validateServiceName(props.serviceName),
      sameEnvironment('alarmTopic', this, props.alarmTopic, 'region', 'CloudWatch notifies topics of its region; use one, and subscribe the other region to it'),
    ]);
    this.props = props;
    this.parts = monitoredParts(props.parts, props.serviceName);
    assertProps(this, validateMonitoredParts(props, this.parts));
    const { alarmTopic } = props;
    if (alarmTopic) warnOfTopicKey(this, alarmTopic);
    this.alarmFactory = new AlarmFactory(props);

    const ownParts = this.parts.filter(({ hasSubscriptions }) => !hasSubscriptions);
    for (const part of ownParts) monitorPart(this, part, this.alarmFactory);
    addDeadLetteredMessagesAlarms(this, ownParts, this.alarmFactory);
    if (props.dashboard ?? true) this.pipelineDashboard = createDashboard(this, ownParts, this.alarmFactory);
    this.dashboard = this.pipelineDashboard?.dashboard;
    const growing = [
      ...this.parts.filter(({ hasSubscriptions }) => hasSubscriptions)
        .map((part) => new Subscriptions(this, part, this.alarmFactory, this.pipelineDashboard)),
      ...this.parts.filter(({ appConsumers }) => appConsumers)
        .map((part) => new AppConsumers(this, part, this.alarmFactory, this.pipelineDashboard)),
    ];
    for (const each of growing) each.monitor();
    this.appDeadLetterQueueScope = new Construct(this, 'DeadLetterQueues');

    // The app can still add subscriptions and consumers, and a policy to the topic.
    Aspects.of(this).add({
      visit: (node: IConstruct) => {
        if (node !== this) return;
        for (const each of growing) each.monitor();
        if (alarmTopic) allowAlarmsToPublish(this, alarmTopic);
      },
    }, { priority: AspectPriority.MUTATING });
  }

  /** All alarms. Alarms of later subscriptions are added at synthesis. */
  public get alarms(): Alarm[] {
    return [...this.alarmFactory.alarms];
  }

  /**
   * Adds a dead-letter queue of the app, such as that of a subscription's target: an alarm for its first message (`deadLetters`) and a line
   * on the dashboard. Dead-letter queues of the parts and of subscriptions are monitored without it.
   *
   * @param options the dead-letter queue.
   */
  public addDeadLetterQueue(options: DeadLetterQueueOptions): void {
    const { name, deadLetterQueue } = options;
    assertProps(this, [...validateOwnDeadLetterQueue(deadLetterQueue, this.parts), ...validateDeadLetterQueue(options, this.appDeadLetterQueues)]);
    this.appDeadLetterQueues.push(options);
    const id = constructIdOf(name);
    addAppAlarm(this.appDeadLetterQueueScope, id, deadLetterQueue, this.alarmFactory);
    this.pipelineDashboard?.addDeadLetterQueue(deadLetterQueue, id);
    this.pipelineDashboard?.addAlarms(this.alarmFactory);
  }

  /**
   * Monitors a further construct, which the pipeline got after this one.
   *
   * @internal
   */
  public _addPart(construct: Construct): void {
    const [part] = monitoredParts([construct], this.props.serviceName);
    assertProps(this, [...validateParts([construct]), ...validateMonitoredParts({}, [...this.parts, part])]);
    monitorPart(this, part, this.alarmFactory);
    addDeadLetteredMessagesAlarmOf(this, part, this.parts, this.alarmFactory);
    if (this.pipelineDashboard) showPart(this.pipelineDashboard, part, this.alarmFactory);
    this.parts = [...this.parts, part];
  }

  /** Counts orders that the API received. */
  public metricOrdersReceived(options?: MetricOptions): Metric {
    return this.outcome('OrderReceived', options);
  }

  /** Counts orders that passed validation, of all channels. */
  public metricOrdersValidated(options?: MetricOptions): Metric {
    return this.outcome('OrderValidated', options);
  }

  /**
   * Counts orders that validation rejected and, when the processor has the same service name, orders that were rejected later because of
   * their id or because they expired.
   */
  public metricOrdersRejected(options?: MetricOptions): Metric {
    return this.outcome('OrderRejected', options);
  }

  /** Counts orders whose confirmation was published. */
  public metricOrdersConfirmed(options?: MetricOptions): Metric {
    return this.outcome('OrderConfirmed', options);
  }

  /** Counts changes of orders that were published. */
  public metricOrdersChanged(options?: MetricOptions): Metric {
    return this.outcome('OrderChanged', options);
  }

  /** Counts cancellations of orders that were published. */
  public metricOrdersCancelled(options?: MetricOptions): Metric {
    return this.outcome('OrderCancelled', options);
  }

  /** Counts orders of files that were sent to the orders queue. */
  public metricOrdersFromFiles(options?: MetricOptions): Metric {
    return this.outcome('OrderExtracted', options);
  }

  /** Counts valid files. */
  public metricFilesAccepted(options?: MetricOptions): Metric {
    return this.outcome('FileValidated', options);
  }

  /** Counts rejected files. */
  public metricFilesRejected(options?: MetricOptions): Metric {
    return this.outcome('FileRejected', options);
  }

  private outcome(metric: string, options?: MetricOptions): Metric {
    const part = this.parts.find(({ outcomes = [] }) => outcomes.some((outcome) => outcome.metric === metric));
    if (!part) throw new Error(`${this.node.path}: \`parts\` must contain the construct that counts ${metric}`);
    return outcomeMetric(part.metricsService, metric, options);
  }
}
