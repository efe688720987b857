import { Rule } from 'aws-cdk-lib/aws-events';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct, type IConstruct } from 'constructs';
import type { AlarmBoard } from './alarm-board';
import type { PipelineDashboard } from './road-dashboard';
import { watchDeadLettered, watchRule } from './watch-events';
import { watchSubscriptionDeadLetters } from './watch-queues';
import { idWithin } from './watched';
import type { OrderEventBus } from '../../order-event-bus';

/** Watches who subscribed to a bus: those who are there, and those who come until synthesis. */
export class Subscriptions {
  private readonly watched = new Set<IConstruct>();

  constructor(
    private readonly scope: Construct,
    private readonly events: OrderEventBus,
    private readonly board: AlarmBoard,
    private readonly drawn?: PipelineDashboard,
  ) {}

  /** Watches those who are not watched yet. */
  public watch(): void {
    for (const found of this.events.node.findAll()) {
      if (this.watched.has(found)) continue;
      this.watched.add(found);
      const id = idWithin(this.events, found);
      if (found instanceof Rule) this.watchRule(id, found);
      if (found instanceof Queue && found.node.scope instanceof Rule) this.watchQueue(id, found, found.node.scope);
    }
    this.drawn?.showAlarms(this.board);
  }

  private watchRule(id: string, rule: Rule): void {
    watchRule(this.scope, id, rule, this.board);
    watchDeadLettered(this.scope, id, rule, this.board);
    this.drawn?.addRule(rule, id);
  }

  private watchQueue(id: string, queue: Queue, rule: Rule): void {
    watchSubscriptionDeadLetters(this.scope, id, queue, rule, this.board);
    this.drawn?.addDeadLetters(queue, id);
  }
}
