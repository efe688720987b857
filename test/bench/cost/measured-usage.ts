import { accessLogBytes } from './access-logs';
import { requestUsage } from './call-usage';
import { lambdaUsage } from './lambda-usage';
import type { Observed } from './observed';
import type { TemplatePipeline } from './pipeline-template';
import { queueUsage } from './queue-usage';
import { bytesOf, gigabytes } from './sizes';
import { addUsage, times, type Usage } from './usage';
import type { Workload } from './workload';
import { writeUnitsOf } from './write-units';
import type { Account } from '../../simulation/account';
import type { Pattern } from '../../simulation/deployment';
import { matchesPattern } from '../../support/event-matcher';

/** What one order causes, by name. */
export interface OrderCounts {
  /** Requests of the functions, such as `DynamoDB PutItem`. */
  readonly calls: Readonly<Record<string, number>>;
  /** Write units, by table and index. */
  readonly writeUnits: Readonly<Record<string, number>>;
  readonly invocations: Readonly<Record<string, number>>;
  readonly logBytes: number;
  readonly metricLines: number;
  readonly eventBytes: number;
}

/** A run of a workload. */
export interface MeasuredRun {
  readonly pipeline: TemplatePipeline;
  readonly account: Account;
  readonly observed: Observed;
  readonly workload: Workload;
  readonly responseBytes: number;
}

/** What an order of a run used. */
export function measuredUsage(run: MeasuredRun): { readonly usage: Usage; readonly counts: OrderCounts; readonly metrics: ReadonlySet<string> } {
  const { account, observed, workload: { orders } } = run;
  const units = writeUnits(account);
  const logBytes = observed.lines.reduce((sum, line) => sum + bytesOf(line), 0) + accessLogBytes(run);
  const metricLines = observed.lines.filter((line) => line.includes('"CloudWatchMetrics"'));
  const events = eventUsage(run);
  const total = addUsage(
    apiUsage(run), requestUsage(observed.calls, account), queueUsage(account, observed), lambdaUsage(run), events.usage,
    { writeUnits: Object.values(units).reduce((sum, count) => sum + count, 0), logGb: gigabytes(logBytes) },
  );
  const perOrder = (counts: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(counts).sort().map(([name, count]) => [name, count / orders]));
  return {
    usage: times(total, 1 / orders),
    counts: {
      calls: perOrder(countBy(observed.calls, ({ operation }) => operation)),
      writeUnits: perOrder(units),
      invocations: perOrder(countBy(observed.invocations, ({ functionName }) => functionName)),
      logBytes: logBytes / orders,
      metricLines: metricLines.length / orders,
      eventBytes: events.bytes / orders,
    },
    metrics: new Set(metricLines.flatMap(metricsOf)),
  };
}

function countBy<Item>(items: readonly Item[], nameOf: (item: Item) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[nameOf(item)] = (counts[nameOf(item)] ?? 0) + 1;
  return counts;
}

function writeUnits({ tables }: Account): Record<string, number> {
  const units: Record<string, number> = {};
  for (const { name, writes, settings } of Object.values(tables)) {
    for (const [key, count] of writes.flatMap((write) => Object.entries(writeUnitsOf(name, write, settings)))) units[key] = (units[key] ?? 0) + count;
  }
  return units;
}

/** The kind of the API that a pipeline has, and the uploads of files. */
function apiUsage({ pipeline: { resources }, workload: { channel, orders }, responseBytes }: MeasuredRun): Usage {
  if (channel === 'file') return { s3Puts: 1 };
  const isHttp = Object.values(resources).some(({ Type, Properties }) => Type === 'AWS::ApiGatewayV2::Api' && Properties.ProtocolType === 'HTTP');
  return { [isHttp ? 'httpRequests' : 'restRequests']: orders, transferOutGb: gigabytes(responseBytes) };
}

/** What EventBridge adds to the detail of an event. */
const ENVELOPE_BYTES = 260;

function eventUsage({ pipeline: { template }, account: { bus } }: MeasuredRun): { readonly usage: Usage; readonly bytes: number } {
  const archives = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Events::Archive');
  const bytes = bus.published.reduce((sum, { text }) => sum + bytesOf(text) + ENVELOPE_BYTES, 0);
  // All events have the source of the pipeline.
  const archived = archives.flatMap(({ Properties: { EventPattern: { source, ...pattern } = {} as Pattern } }) =>
    bus.published.filter(({ type, detail }) => matchesPattern(pattern, { 'detail-type': type, detail })))
    .reduce((sum, { text }) => sum + bytesOf(text) + ENVELOPE_BYTES, 0);
  return { bytes, usage: archives.length > 0 ? { archivedGb: gigabytes(archived) } : {} };
}

interface EmbeddedMetrics {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
}

/** CloudWatch bills each name of a metric with each value of its dimensions. */
function metricsOf(line: string): string[] {
  const values = JSON.parse(line) as EmbeddedMetrics & Readonly<Record<string, unknown>>;
  return values._aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) => Dimensions.flatMap((names) =>
    Metrics.map(({ Name }) => [Namespace, Name, ...names.map((name) => `${name}=${String(values[name])}`)].join(' '))));
}
