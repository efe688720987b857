import type { ConsoleMetrics } from './console-aws';
import type { JsonRequest } from './json-service';

const FIVE_MINUTES = 300;
/** The maximum number of metrics in a request. */
const MAX_METRICS = 500;

interface MetricData { readonly MetricDataResults?: readonly { readonly Label?: string; readonly Values?: readonly number[] }[] }

/** A metric of several resources. Its dimension has the name of the resource. */
interface ResourceMetric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly dimension: string;
  readonly Stat: string;
}

const ERRORS: ResourceMetric = { Namespace: 'AWS/Lambda', MetricName: 'Errors', dimension: 'FunctionName', Stat: 'Sum' };
const OLDEST_MESSAGE: ResourceMetric = { Namespace: 'AWS/SQS', MetricName: 'ApproximateAgeOfOldestMessage', dimension: 'QueueName', Stat: 'Maximum' };

/** Connects the metrics of CloudWatch. Each read costs one request and, per resource, one metric: USD 0.01 per 1,000. */
export const connectMetrics = (cloudWatch: JsonRequest): ConsoleMetrics => ({
  async functionErrors(names) {
    const values = await read(cloudWatch, ERRORS, names);
    return Object.fromEntries(values.map(([name, all]) => [name, all.reduce((sum, value) => sum + value, 0)]));
  },
  async oldestMessageAges(names) {
    const values = await read(cloudWatch, OLDEST_MESSAGE, names);
    return Object.fromEntries(values.flatMap(([name, [newest]]) => (newest === undefined ? [] : [[name, newest]])));
  },
});

/** Returns the values of the last five minutes by name, the newest first. */
async function read(cloudWatch: JsonRequest, { dimension, Stat, ...metric }: ResourceMetric, names: readonly string[]): Promise<[string, readonly number[]][]> {
  const now = Math.floor(Date.now() / 1000);
  const { MetricDataResults = [] } = await cloudWatch<MetricData>('GetMetricData', {
    StartTime: now - FIVE_MINUTES,
    EndTime: now,
    ScanBy: 'TimestampDescending',
    MetricDataQueries: names.slice(0, MAX_METRICS).map((name, index) => ({
      Id: `m${index}`,
      Label: name,
      MetricStat: { Metric: { ...metric, Dimensions: [{ Name: dimension, Value: name }] }, Period: 60, Stat },
    })),
  });
  return MetricDataResults.map(({ Label = '', Values = [] }) => [Label, Values]);
}
