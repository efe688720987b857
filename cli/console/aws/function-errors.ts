import type { JsonRequest } from './json-service';

const FIVE_MINUTES = 300;
/** The maximum number of metrics in a request. */
const MAX_METRICS = 500;

interface MetricData { readonly MetricDataResults?: readonly { readonly Label?: string; readonly Values?: readonly number[] }[] }

/** Makes the function that counts the errors of functions in the last five minutes with CloudWatch. */
export const connectFunctionErrors = (cloudWatch: JsonRequest) => async (names: readonly string[]): Promise<Readonly<Record<string, number>>> => {
  const now = Math.floor(Date.now() / 1000);
  const { MetricDataResults = [] } = await cloudWatch<MetricData>('GetMetricData', {
    StartTime: now - FIVE_MINUTES,
    EndTime: now,
    MetricDataQueries: names.slice(0, MAX_METRICS).map((name, index) => ({
      Id: `e${index}`,
      Label: name,
      MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName: 'Errors', Dimensions: [{ Name: 'FunctionName', Value: name }] }, Period: FIVE_MINUTES, Stat: 'Sum' },
    })),
  });
  return Object.fromEntries(MetricDataResults.map(({ Label = '', Values = [] }) => [Label, Values.reduce((sum, value) => sum + value, 0)]));
};
