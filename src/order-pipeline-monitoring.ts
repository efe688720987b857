import { AspectPriority, Aspects } from 'aws-cdk-lib';
import type { Alarm, Dashboard, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct, type IConstruct } from 'constructs';
import type { BatchFileIngest } from './batch-file-ingest';
import type { OrderEventBus } from './order-event-bus';
import type { OrderEventHistory } from './order-event-history';
import type { OrderLifecycleFlows } from './order-lifecycle-flows';
import type { OrderPipelineMonitoringOptions } from './order-pipeline-monitoring-options';
import type { OrderProcessor } from './order-processor';
import type { OrderQueries } from './order-queries';
import type { OrderRedrive } from './order-redrive';
import { AlarmBoard } from './private/monitoring/alarm-board';
import { allowAlarmsToPublish, warnOfTopicKey } from './private/monitoring/alarm-topic';
import { outcomeMetric } from './private/monitoring/metrics';
import { validateMonitoringOptions, validateMonitoredParts } from './private/monitoring/monitoring-findings';
import { OwnDeadLetters } from './private/monitoring/own-dead-letters';
import type { Services } from './private/monitoring/road-sections';
import { Subscriptions } from './private/monitoring/subscriptions';
import { drawDashboard, servicesOf, watchParts } from './private/monitoring/watch-parts';
import { monitoredParts } from './private/monitoring/watched';
import { assertProps } from './private/validate';
import type { RealtimeOrderIngest } from './realtime-order-ingest';

/**
 * Properties of `OrderPipelineMonitoring`. At least one part has to be given.
 */
export interface OrderPipelineMonitoringProps extends OrderPipelineMonitoringOptions {
  /**
   * The door for single orders.
   *
   * @default - not watched
   */
  readonly ingest?: RealtimeOrderIngest;

  /**
   * The door for files.
   *
   * @default - not watched
   */
  readonly files?: BatchFileIngest;

  /**
   * The bus, and with it everybody who subscribed to it by its `on…` methods, before or after. A subscription with a `crossStackScope` is
   * not watched: it is elsewhere.
   *
   * @default - not watched
   */
  readonly events?: OrderEventBus;

  /**
   * What stores orders and announces them.
   *
   * @default - not watched
   */
  readonly processor?: OrderProcessor;

  /**
   * What changes, cancels and fulfills orders.
   *
   * @default - not watched
   */
  readonly lifecycle?: OrderLifecycleFlows;

  /**
   * What keeps the events.
   *
   * @default - not watched
   */
  readonly history?: OrderEventHistory;

  /**
   * What answers questions.
   *
   * @default - not watched
   */
  readonly queries?: OrderQueries;

  /**
   * What puts messages back.
   *
   * @default - not watched
   */
  readonly redrive?: OrderRedrive;

  /**
   * The `service` dimension of the metrics that the handlers write.
   *
   * @default - the one that each part was given, or gave itself
   */
  readonly serviceName?: string;
}

/**
 * Watches a pipeline, or single parts of it: alarms that say what is wrong and what to do next, and a dashboard that reads like the road
 * which an order takes.
 *
 * It may be in a stack of its own, which then depends on those of the parts; nothing depends on it.
 */
export class OrderPipelineMonitoring extends Construct {
  /** The dashboard; undefined when it is left out. Its name is CloudFormation's choice. */
  public readonly dashboard?: Dashboard;

  private readonly board: AlarmBoard;
  private readonly services: Services;
  private readonly ownDeadLetters: OwnDeadLetters;

  constructor(scope: Construct, id: string, props: OrderPipelineMonitoringProps) {
    super(scope, id);
    assertProps(this, [...validateMonitoringOptions(props), ...validateMonitoredParts(props)]);
    const { alarmTopic, events } = props;
    if (alarmTopic) warnOfTopicKey(this, alarmTopic);
    this.services = servicesOf(props);
    this.board = new AlarmBoard(props);

    const parts = monitoredParts(props);
    watchParts(this, parts, props, this.services, this.board);
    const drawn = drawDashboard(this, parts, props, this.services, this.board);
    this.dashboard = drawn?.dashboard;
    const subscriptions = events && new Subscriptions(new Construct(this, 'Events'), events, this.board, drawn);
    subscriptions?.watch();
    this.ownDeadLetters = new OwnDeadLetters(this, props, this.board, drawn);

    // Others may still subscribe, and the topic may still get a policy.
    Aspects.of(this).add({
      visit: (node: IConstruct) => {
        if (node !== this) return;
        subscriptions?.watch();
        if (alarmTopic) allowAlarmsToPublish(this, alarmTopic);
      },
    }, { priority: AspectPriority.MUTATING });
  }

  /** Every alarm. Those of subscriptions that are still to come are added at synthesis. */
  public get alarms(): Alarm[] {
    return [...this.board.alarms];
  }

  /**
   * Watches a dead-letter queue of the app's own, too, such as that of a subscription's target: an alarm for its first message (`deadLetters`),
   * and a line on the dashboard. Those of the parts and of their rules are watched without it.
   *
   * @param id what the alarm and the line are called, such as `Shipping`.
   * @param deadLetterQueue the dead-letter queue.
   */
  public addDeadLetterQueue(id: string, deadLetterQueue: IQueue): void {
    this.ownDeadLetters.watch(id, deadLetterQueue);
  }

  /** Counts orders that were received over the API. */
  public metricOrdersReceived(options?: MetricOptions): Metric {
    return this.count(this.services.ingest, 'ingest', 'OrderReceived', options);
  }

  /** Counts orders that passed the second validation, whichever way they came. */
  public metricOrdersValidated(options?: MetricOptions): Metric {
    return this.count(this.services.ingest, 'ingest', 'OrderValidated', options);
  }

  /**
   * Counts orders that were rejected: by the second validation and, where the processor has the same service name, because their id was
   * taken or they waited too long.
   */
  public metricOrdersRejected(options?: MetricOptions): Metric {
    return this.count(this.services.ingest, 'ingest', 'OrderRejected', options);
  }

  /** Counts orders that were stored and announced. */
  public metricOrdersConfirmed(options?: MetricOptions): Metric {
    return this.count(this.services.processor, 'processor', 'OrderConfirmed', options);
  }

  /** Counts changes that were made and announced. */
  public metricOrdersChanged(options?: MetricOptions): Metric {
    return this.count(this.services.processor, 'processor', 'OrderChanged', options);
  }

  /** Counts cancellations that were made and announced. */
  public metricOrdersCancelled(options?: MetricOptions): Metric {
    return this.count(this.services.processor, 'processor', 'OrderCancelled', options);
  }

  /** Counts orders that were taken out of files and put into the orders queue. */
  public metricOrdersFromFiles(options?: MetricOptions): Metric {
    return this.count(this.services.files, 'files', 'OrderExtracted', options);
  }

  /** Counts files that were checked and taken. */
  public metricFilesAccepted(options?: MetricOptions): Metric {
    return this.count(this.services.files, 'files', 'FileValidated', options);
  }

  /** Counts files that were rejected as a whole. */
  public metricFilesRejected(options?: MetricOptions): Metric {
    return this.count(this.services.files, 'files', 'FileRejected', options);
  }

  private count(service: string | undefined, part: string, outcome: string, options?: MetricOptions): Metric {
    if (service === undefined) throw new Error(`${this.node.path}: a metric of ${outcome} needs ${part}`);
    return outcomeMetric(service, outcome, options);
  }
}
