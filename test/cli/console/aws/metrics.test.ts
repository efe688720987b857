import { connectMetrics } from '../../../../cli/console/aws/metrics';

const requests: object[] = [];
const metricsWith = (Values: readonly number[]) => connectMetrics(async (operation, input) => {
  requests.push({ operation, ...input });
  return { MetricDataResults: [{ Label: 'first', Values }, { Label: 'second', Values: [] }] } as never;
});
beforeEach(() => requests.splice(0));

test('errors of functions are the sum of the last five minutes', async () => {
  expect(await metricsWith([2, 1]).functionErrors(['first', 'second'])).toEqual({ first: 3, second: 0 });
  const errors = { Namespace: 'AWS/Lambda', MetricName: 'Errors' };
  expect(requests).toMatchObject([{
    operation: 'GetMetricData',
    MetricDataQueries: [
      { Label: 'first', MetricStat: { Metric: { ...errors, Dimensions: [{ Name: 'FunctionName', Value: 'first' }] }, Stat: 'Sum' } },
      { Label: 'second', MetricStat: { Metric: { ...errors, Dimensions: [{ Name: 'FunctionName', Value: 'second' }] }, Stat: 'Sum' } },
    ],
  }]);
});

test('the age of the oldest message is the newest value; a queue without one is left out', async () => {
  expect(await metricsWith([70, 300]).oldestMessageAges(['first', 'second'])).toEqual({ first: 70 });
  expect(requests).toMatchObject([{
    ScanBy: 'TimestampDescending',
    MetricDataQueries: [{ MetricStat: { Metric: { Namespace: 'AWS/SQS', MetricName: 'ApproximateAgeOfOldestMessage' }, Stat: 'Maximum' } }, {}],
  }]);
});
