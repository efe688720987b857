import { AlarmStatusWidget, Dashboard, GraphWidget, TextWidget, type IMetric, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Rule } from 'aws-cdk-lib/aws-events';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { AlarmFactory } from './alarm-factory';
import { ruleMetric } from './metrics';

/** A graph with its lines. */
export interface Graph {
  readonly title: string;
  readonly lines: readonly IMetric[];
}

const WIDTH = 24;
const HEIGHT = 6;

/** A dashboard with sections of graphs. Lines of dead-letter queues and rules can be added later. */
export class PipelineDashboard {
  public readonly dashboard: Dashboard;
  private readonly extensibleGraphs = new Map<string, GraphWidget>();
  private isAlarmKindEnabled = false;

  constructor(scope: Construct, title: string) {
    this.dashboard = new Dashboard(scope, 'Dashboard');
    this.dashboard.addWidgets(new TextWidget({ width: WIDTH, height: 1, markdown: `# ${title}` }));
  }

  /** Adds the states of the alarms when there is at least one. The widget also shows alarms that are created later. */
  public addAlarms({ shown }: AlarmFactory): void {
    if (this.isAlarmKindEnabled || shown.length === 0) return;
    this.isAlarmKindEnabled = true;
    this.dashboard.addWidgets(new AlarmStatusWidget({ alarms: shown, title: 'Alarms', width: WIDTH, height: 4 }));
  }

  /** Adds a section with graphs. Omits graphs without lines, and a section without graphs. */
  public addSection(heading: string, graphs: readonly Graph[]): void {
    const shown = graphs.filter(({ lines }) => lines.length > 0);
    if (shown.length === 0) return;
    const widgets = shown.map(({ title, lines }): IWidget => graphWidget(title, lines, widthOf(shown.length)));
    this.dashboard.addWidgets(new TextWidget({ width: WIDTH, height: 1, markdown: `## ${heading}` }));
    this.dashboard.addWidgets(...widgets);
  }

  /** Adds a line for a dead-letter queue. */
  public addDeadLetterQueue(queue: IQueue, label: string): void {
    this.addLine('Messages in dead-letter queues', queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', label }));
  }

  /** Adds lines for a rule. */
  public addRule(rule: Rule, label: string): void {
    this.addLine('Undelivered events', ruleMetric(rule, 'FailedInvocations', { label }));
    this.addLine('Undelivered events', ruleMetric(rule, 'InvocationsSentToDlq', { label: `${label} (dead-lettered)` }));
  }

  private addLine(title: string, line: IMetric): void {
    const existing = this.extensibleGraphs.get(title);
    if (existing) return existing.addLeftMetric(line);
    const widget = graphWidget(title, [line], WIDTH);
    this.extensibleGraphs.set(title, widget);
    this.dashboard.addWidgets(widget);
  }
}

/** The width of so many graphs in a row, in whole columns. Graphs that do not share the width evenly have several rows. */
const widthOf = (count: number): number => (WIDTH % count === 0 ? WIDTH / count : WIDTH / 3);

const graphWidget = (title: string, lines: readonly IMetric[], width: number): GraphWidget =>
  new GraphWidget({ title, left: [...lines], width, height: HEIGHT, leftYAxis: { min: 0, showUnits: false } });
