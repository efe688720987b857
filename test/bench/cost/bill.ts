import { notMeasuredIn, notPricedIn, usageAtRest } from './at-rest';
import { measure, type Measurement } from './measure';
import { resourcesOfApp, type TemplatePipeline } from './pipeline-template';
import { ORDER_BYTES } from './sample-order-of-size';
import { storageIn } from './stored';
import { addUsage, times, type Usage } from './usage';
import type { MeasuredChannel } from './workload';

/** The orders of a bill. */
export interface BilledOrders {
  readonly ordersPerMonth: number;
  /** The share of the orders that arrive in files, from 0 to 1. */
  readonly fileShare: number;
  /** Whether orders of the API arrive faster than they are processed, so that batches are full. Those of files always do. */
  readonly isBatched: boolean;
  readonly orderBytes?: number;
  readonly ordersPerFile?: number;
}

/** What a month costs. */
export interface Bill {
  /** The orders of the month, without storage. */
  readonly orders: Usage;
  /** What was stored in the month, from 1. */
  readonly storage: (month: number) => Usage;
  /** What costs the same in each month, by name. */
  readonly atRest: ReadonlyMap<string, Usage>;
  readonly measurements: readonly Measurement[];
  readonly notPriced: readonly string[];
}

/** So many orders are sent one by one, which all use the same. */
const SINGLE_ORDERS = 10;
const ORDERS_OF_BACKLOG = 1000;

/** Measures what an order of a channel uses. */
export const measureChannel = (pipeline: TemplatePipeline, channel: MeasuredChannel, orders: Omit<BilledOrders, 'ordersPerMonth' | 'fileShare'>): Promise<Measurement> => {
  const { isBatched, orderBytes = ORDER_BYTES, ordersPerFile = ORDERS_OF_BACKLOG } = orders;
  const count = channel === 'file' ? ordersPerFile : isBatched ? ORDERS_OF_BACKLOG : SINGLE_ORDERS;
  return measure(pipeline, { channel, orders: count, isBatched: isBatched || channel === 'file', orderBytes });
};

/** The bill of a pipeline. */
export async function billOf(pipeline: TemplatePipeline, billed: BilledOrders): Promise<Bill> {
  const { ordersPerMonth, fileShare } = billed;
  const shares = ([['api', 1 - fileShare], ['file', fileShare]] as const).filter(([, share]) => share > 0);
  const measured: { readonly share: number; readonly measurement: Measurement }[] = [];
  for (const [channel, share] of shares) measured.push({ share, measurement: await measureChannel(pipeline, channel, billed) });
  const measurements = measured.map(({ measurement }) => measurement);
  const metrics = new Set(measurements.flatMap((each) => [...each.metrics]));
  return {
    measurements,
    orders: addUsage(...measured.map(({ share, measurement: { usage } }) => times(usage, share * ordersPerMonth))),
    storage: (month) => addUsage(...measured.map(({ share, measurement: { stored } }) => storageIn(month, share * ordersPerMonth, stored))),
    atRest: new Map([...restLines(pipeline), [`${metrics.size} custom metrics`, { customMetrics: metrics.size }]]),
    notPriced: [...new Set([
      ...notPricedIn(pipeline.resources), ...notMeasuredIn(resourcesOfApp(pipeline)), ...measurements.flatMap(({ notMeasured }) => notMeasured),
    ])],
  };
}

/** Names of what is at rest, by the type of the resources. */
const NAMES: Readonly<Record<string, string>> = {
  'AWS::CloudWatch::Alarm': 'alarms',
  'AWS::CloudWatch::CompositeAlarm': 'composite alarms',
  'AWS::CloudWatch::Dashboard': 'dashboards',
  'AWS::Events::Rule': 'rules, scheduled invocations',
  'AWS::KMS::Key': 'KMS keys',
  'AWS::Kinesis::Stream': 'Kinesis streams',
  'AWS::Lambda::EventSourceMapping': 'event source mappings, polling',
  'AWS::SecretsManager::Secret': 'secrets',
};

const restLines = ({ resources }: TemplatePipeline): [string, Usage][] =>
  [...usageAtRest(resources)].map(([type, { count, usage }]) => [`${count} ${NAMES[type] ?? type}`, usage]);
