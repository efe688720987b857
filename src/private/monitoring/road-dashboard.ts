import { AlarmStatusWidget, Dashboard, GraphWidget, TextWidget, type IMetric, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Rule } from 'aws-cdk-lib/aws-events';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { AlarmBoard } from './alarm-board';
import { ruleMetric } from './metrics';

/** A graph of the road: what it is called, and its lines. */
export interface Graph {
  readonly title: string;
  readonly lines: readonly IMetric[];
}

const WIDTH = 24;
const HEIGHT = 6;

/** A dashboard that reads like the road. */
export class PipelineDashboard {
  public readonly dashboard: Dashboard;
  private readonly growing = new Map<string, GraphWidget>();
  private showsAlarms = false;

  constructor(scope: Construct) {
    this.dashboard = new Dashboard(scope, 'Dashboard');
  }

  /** What it is all about. */
  public open(title: string): void {
    this.dashboard.addWidgets(new TextWidget({ width: WIDTH, height: 1, markdown: `# ${title}` }));
  }

  /** What goes wrong now, as soon as there is an alarm to show. Those that come later are shown, too. */
  public showAlarms({ shown }: AlarmBoard): void {
    if (this.showsAlarms || shown.length === 0) return;
    this.showsAlarms = true;
    this.dashboard.addWidgets(new AlarmStatusWidget({ alarms: shown, title: 'Alarms', width: WIDTH, height: 4 }));
  }

  /** A section of graphs side by side; nothing where none of them has a line. */
  public section(heading: string, graphs: readonly Graph[]): void {
    const shown = graphs.filter(({ lines }) => lines.length > 0);
    if (shown.length === 0) return;
    const widgets = shown.map(({ title, lines }): IWidget => graphWidget(title, lines, WIDTH / shown.length));
    this.dashboard.addWidgets(new TextWidget({ width: WIDTH, height: 1, markdown: `## ${heading}` }));
    this.dashboard.addWidgets(...widgets);
  }

  /** One more dead-letter queue: subscriptions may come late. */
  public addDeadLetters(queue: IQueue, label: string): void {
    this.grow('Messages in dead-letter queues', queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', label }));
  }

  /** One more rule. */
  public addRule(rule: Rule, label: string): void {
    this.grow('Events that were not delivered', ruleMetric(rule, 'FailedInvocations', { label }));
    this.grow('Events that were not delivered', ruleMetric(rule, 'InvocationsSentToDlq', { label: `${label} (dead-lettered)` }));
  }

  private grow(title: string, line: IMetric): void {
    const widget = this.growing.get(title);
    if (widget) return widget.addLeftMetric(line);
    const first = graphWidget(title, [line], WIDTH);
    this.growing.set(title, first);
    this.dashboard.addWidgets(first);
  }
}

const graphWidget = (title: string, lines: readonly IMetric[], width: number): GraphWidget =>
  new GraphWidget({ title, left: [...lines], width, height: HEIGHT, leftYAxis: { min: 0, showUnits: false } });
