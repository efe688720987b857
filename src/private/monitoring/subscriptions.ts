import { Rule } from 'aws-cdk-lib/aws-events';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct, type IConstruct } from 'constructs';
import type { AlarmFactory } from './alarm-factory';
import { addSubscriptionAlarm } from './dead-letter-alarms';
import { idWithin, type MonitoredPart } from './monitored-part';
import type { PipelineDashboard } from './pipeline-dashboard';
import { addDeadLetteredEventsAlarm, addFailedInvocationsAlarm } from './rule-alarms';

/** Monitors the subscriptions of a bus, also those that are added until synthesis. */
export class Subscriptions {
  private readonly events: IConstruct;
  private readonly scope: Construct;
  private readonly monitored = new Set<IConstruct>();

  constructor(scope: Construct, part: MonitoredPart, private readonly alarms: AlarmFactory, private readonly dashboard?: PipelineDashboard) {
    this.events = part.construct;
    this.scope = new Construct(scope, part.name);
  }

  /** Monitors new rules and dead-letter queues. */
  public monitor(): void {
    for (const found of this.events.node.findAll()) {
      if (this.monitored.has(found)) continue;
      this.monitored.add(found);
      const id = idWithin(this.events, found);
      if (found instanceof Rule) this.monitorRule(id, found);
      if (found instanceof Queue && found.node.scope instanceof Rule) this.monitorQueue(id, found, found.node.scope);
    }
    this.dashboard?.addAlarms(this.alarms);
  }

  private monitorRule(id: string, rule: Rule): void {
    addFailedInvocationsAlarm(this.scope, id, rule, this.alarms);
    addDeadLetteredEventsAlarm(this.scope, id, rule, this.alarms);
    this.dashboard?.addRule(rule, id);
  }

  private monitorQueue(id: string, queue: Queue, rule: Rule): void {
    addSubscriptionAlarm(this.scope, id, queue, rule, this.alarms);
    this.dashboard?.addDeadLetterQueue(queue, id);
  }
}
