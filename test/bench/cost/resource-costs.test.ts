import { App } from 'aws-cdk-lib';
import { notMeasuredIn, notPricedIn, usageAtRest } from './at-rest';
import { RESOURCE_COSTS } from './resource-costs';
import { synthesizePipeline } from './synthesize-pipeline';
import { FullOrdersStack } from '../../../examples/full/full-orders-stack';
import { resourcesWithNested } from '../../../scripts/example-edges';
import { everythingOn, EVERYTHING_ON_ENV } from '../../support/everything-on';
import { synthPipeline } from '../../support/synth';

jest.setTimeout(120_000);

type Resources = Parameters<typeof notPricedIn>[0];

const typesOf = (resources: Resources): Set<string> => new Set(Object.values(resources).map(({ Type }) => Type));

test.each([
  ['the minimal example', () => synthesizePipeline({}).resources],
  ['the full example', () => resourcesWithNested(new FullOrdersStack(new App(), 'Full', { local: false })) as Resources],
  ['a pipeline with everything on', () => synthPipeline(everythingOn, EVERYTHING_ON_ENV).template.toJSON().Resources as Resources],
])('every type of resource of %s is priced, free for a reason, or listed as not priced', (_, synthesize) => {
  expect([...typesOf(synthesize())].filter((type) => !(type in RESOURCE_COSTS))).toEqual([]);
});

test('the minimal example has nothing that is not priced', () => {
  expect(notPricedIn(synthesizePipeline({}).resources)).toEqual([]);
});

test('an unknown type is listed as not priced', () => {
  expect(notPricedIn({ One: { Type: 'AWS::Neptune::DBCluster' }, Other: { Type: 'AWS::Neptune::DBCluster' } })).toEqual(['2 × AWS::Neptune::DBCluster: the tool does not know this type']);
});

test('settings with other costs, and resources of the app, are listed', () => {
  const table = (properties: object) => ({ Type: 'AWS::DynamoDB::GlobalTable', Properties: properties });
  expect(notPricedIn({ One: table({ BillingMode: 'PAY_PER_REQUEST', Replicas: [{}] }), Two: table({ BillingMode: 'PROVISIONED', Replicas: [{}, {}] }) })).toEqual([
    '1 × AWS::DynamoDB::GlobalTable: provisioned capacity; it counts as on-demand', '1 × AWS::DynamoDB::GlobalTable: the further replicas',
  ]);
  expect(notMeasuredIn([{ Type: 'AWS::Lambda::Function' }, { Type: 'AWS::IAM::Role' }])).toEqual(['1 × AWS::Lambda::Function of the app: invocations and duration']);
});

test('what costs by the month is counted by its properties', () => {
  const metric = { MetricStat: {} };
  const queue = (id: string) => ({ Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: { 'Fn::GetAtt': [id, 'Arn'] } } });
  const usage = (resources: Resources) => Object.fromEntries([...usageAtRest(resources)].map(([type, each]) => [type, each.usage]));
  expect(usage({
    Simple: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Errors' } },
    Math: { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [metric, metric, { Expression: 'a + b' }] } },
    Schedule: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(15 minutes)' } },
    Fifo: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } },
    Standard: { Type: 'AWS::SQS::Queue', Properties: {} },
    Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: {} },
    One: queue('Fifo'),
    Two: queue('Standard'),
    Three: queue('Table'),
  })).toEqual({
    'AWS::CloudWatch::Alarm': { alarmMetrics: 3 },
    'AWS::Events::Rule': { lambdaRequests: 2920 },
    // Five requests every 20 seconds of 730 hours.
    'AWS::Lambda::EventSourceMapping': { sqsFifoRequests: 657_000, sqsRequests: 657_000 },
  });
});
