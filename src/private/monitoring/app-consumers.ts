import { Construct } from 'constructs';
import type { AlarmFactory } from './alarm-factory';
import { addAppConsumerAlarm } from './dead-letter-alarms';
import type { MonitoredPart } from './monitored-part';
import type { PipelineDashboard } from './pipeline-dashboard';
import type { AppConsumer } from '../pipeline-part';

/** Monitors the consumers that the app adds to a part, also those that are added until synthesis. */
export class AppConsumers {
  private readonly scope: Construct;
  private readonly monitored = new Set<AppConsumer>();

  constructor(
    scope: Construct, private readonly part: MonitoredPart, private readonly alarms: AlarmFactory, private readonly dashboard?: PipelineDashboard,
  ) {
    this.scope = new Construct(scope, `${part.name}Consumers`);
  }

  /** Monitors new consumers. */
  public monitor(): void {
    for (const consumer of this.part.appConsumers ?? []) {
      if (this.monitored.has(consumer)) continue;
      this.monitored.add(consumer);
      addAppConsumerAlarm(this.scope, consumer, this.alarms);
      for (const { kind, id, metric, description } of consumer.alarms) {
        this.alarms.addAlarm(this.scope, id, kind, { metric: (period) => metric(period, this.part.metricsService), description });
      }
      this.dashboard?.addDeadLetterQueue(consumer.deadLetterQueue, `${this.part.name}${consumer.id}`);
    }
    this.dashboard?.addAlarms(this.alarms);
  }
}
