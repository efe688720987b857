import { App, Stack, type Environment } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AttributeType, StreamViewType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { BatchFileIngest, OrderEventBus, OrderPipeline, OrderProcessor, OrderQueries, RealtimeOrderIngest } from '../../src';
import { everythingOn } from '../support/everything-on';
import { synth, synthPipeline } from '../support/synth';
import { resourcesOf } from '../support/template';

const ENV: Environment = { account: '111111111111', region: 'eu-central-1' };

/** Stacks of one app, by their names. */
const stacks = (names: readonly string[], env?: Environment): Stack[] => {
  const app = new App();
  return names.map((name) => new Stack(app, name, { env }));
};
const dependencies = (of: readonly Stack[]) => of.map((stack) => stack.dependencies.map(({ node }) => node.id).sort());
const ordersTable = (stack: Stack, encryption?: TableEncryptionV2) => new TableV2(stack, 'Table', {
  partitionKey: { name: 'orderId', type: AttributeType.STRING }, dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES, encryption,
});

describe('two pipelines in one stack', () => {
  const one = synthPipeline().template;
  const { template } = synth((stack) => [new OrderPipeline(stack, 'Orders'), new OrderPipeline(stack, 'Returns')]);

  test('have everything twice, except for the layer, which they share', () => {
    for (const type of [
      'AWS::SQS::Queue', 'AWS::Lambda::Function', 'AWS::DynamoDB::GlobalTable', 'AWS::Events::EventBus', 'AWS::S3::Bucket', 'AWS::SNS::Topic',
    ]) {
      template.resourceCountIs(type, 2 * resourcesOf(one, type).length);
    }
    template.resourceCountIs('AWS::Lambda::LayerVersion', 1);
  });

  test('have buses of different names', () => {
    const names = resourcesOf(template, 'AWS::Events::EventBus').map(({ properties }) => properties.Name);
    expect(new Set(names).size).toBe(2);
  });

  test('do not change each other: the first is what it is alone', () => {
    const ids = (of: Template) => resourcesOf(of).map(({ id }) => id).filter((id) => id.startsWith('Orders'));
    expect(ids(template)).toEqual(ids(one));
  });

  test('are told apart in logs and metrics', () => {
    const names = resourcesOf(template, 'AWS::Lambda::Function').map(({ properties }) => properties.Environment.Variables.POWERTOOLS_SERVICE_NAME);
    expect(new Set(names)).toEqual(new Set(['Test/Orders', 'Test/Returns']));
  });
});

test('two stacks of one account have pipelines that do not collide', () => {
  const [blue, green] = stacks(['Blue', 'Green']);
  for (const stack of [blue, green]) new OrderPipeline(stack, 'Orders');
  const names = [blue, green].map((stack) => resourcesOf(Template.fromStack(stack), 'AWS::Events::EventBus')[0].properties.Name);
  expect(new Set(names).size).toBe(2);
  expect(dependencies([blue, green])).toEqual([[], []]);
});

describe.each([['without account and region', undefined], ['with account and region', ENV]])('stacks %s', (_, env) => {
  test.each<[string, (shared: Stack) => object]>([
    ['a bus', (shared) => ({ eventBus: new EventBus(shared, 'Bus') })],
    ['a table', (shared) => ({ ordersTable: ordersTable(shared) })],
    ['a bucket', (shared) => ({ bucket: new Bucket(shared, 'Bucket') })],
    ['a bucket with a key of its own', (shared) => ({ bucket: new Bucket(shared, 'Bucket', { encryption: BucketEncryption.KMS }) })],
    ['a bus and a table', (shared) => ({ eventBus: new EventBus(shared, 'Bus'), ordersTable: ordersTable(shared) })],
  ])('may share %s: the pipeline then depends on it, and not the other way round', (__, props) => {
    const [shared, orders] = stacks(['Shared', 'Orders'], env);
    new OrderPipeline(orders, 'Orders', props(shared));
    Template.fromStack(orders);
    expect(dependencies([shared, orders])).toEqual([[], ['Shared']]);
  });

  test('may hold one part each', () => {
    const all = stacks(['Events', 'Ingest', 'Files', 'Processor', 'Queries'], env);
    const [eventsStack, ingestStack, filesStack, processorStack, queriesStack] = all;
    const { eventBus } = new OrderEventBus(eventsStack, 'Events');
    const ingest = new RealtimeOrderIngest(ingestStack, 'Ingest', { eventBus });
    new BatchFileIngest(filesStack, 'Files', { eventBus, ordersQueue: ingest.ordersQueue });
    const processor = new OrderProcessor(processorStack, 'Processor', { eventBus });
    new OrderQueries(queriesStack, 'Queries', { ingest, ordersTable: processor.ordersTable });
    Template.fromStack(ingestStack);
    // The routes live with the API, so it waits for the handler behind them.
    expect(dependencies(all)).toEqual([[], ['Events', 'Queries'], ['Events', 'Ingest'], ['Events'], ['Processor']]);
  });

  test('may hold files apart from the API, which is then asked about them through a table that is imported by its name', () => {
    const all = stacks(['Events', 'Ingest', 'Files'], env);
    const [eventsStack, ingestStack, filesStack] = all;
    const { eventBus } = new OrderEventBus(eventsStack, 'Events');
    const ingest = new RealtimeOrderIngest(ingestStack, 'Ingest', { eventBus });
    new BatchFileIngest(filesStack, 'Files', { eventBus, ordersQueue: ingest.ordersQueue });
    new OrderQueries(ingestStack, 'Queries', {
      ingest,
      ordersTable: TableV2.fromTableName(ingestStack, 'OrdersTable', 'orders'),
      filesTable: TableV2.fromTableName(ingestStack, 'FilesTable', 'files'),
    });
    Template.fromStack(filesStack);
    expect(dependencies(all)).toEqual([[], ['Events'], ['Events', 'Ingest']]);
  });

  test('may hold a queue for alerts, whose subscription waits for the topic', () => {
    const all = stacks(['Alerts', 'Orders'], env);
    const alerts = new Queue(all[0], 'Queue');
    new OrderPipeline(all[1], 'Orders', { alertSubscriptions: [new SqsSubscription(alerts)] });
    Template.fromStack(all[0]).resourceCountIs('AWS::SNS::Subscription', 1);
    expect(dependencies(all)).toEqual([['Orders'], []]);
  });
});

test.each<[string, (shared: Stack) => object]>([
  ['a bucket with its key', (shared) => {
    const encryptionKey = new Key(shared, 'Key');
    return { encryptionKey, bucket: new Bucket(shared, 'Bucket', { encryption: BucketEncryption.KMS, encryptionKey }) };
  }],
  ['a key', (shared) => ({ encryptionKey: new Key(shared, 'Key') })],
  ['a bus and a table with their key', (shared) => {
    const encryptionKey = new Key(shared, 'Key');
    return {
      encryptionKey,
      eventBus: new EventBus(shared, 'Bus', { kmsKey: encryptionKey }),
      ordersTable: ordersTable(shared, TableEncryptionV2.customerManagedKey(encryptionKey)),
    };
  }],
])('stacks may share %s', (_, props) => {
  const [shared, orders] = stacks(['Shared', 'Orders'], ENV);
  new OrderPipeline(orders, 'Orders', props(shared));
  Template.fromStack(orders);
  expect(dependencies([shared, orders])).toEqual([[], ['Shared']]);
});

test.each(['cn-north-1', 'us-gov-west-1', 'eu-central-1'])('a pipeline names no partition of AWS: %s', (region) => {
  for (const { template } of [synthPipeline({}, { region }), synthPipeline(everythingOn, { region })]) {
    const text = JSON.stringify(template.toJSON());
    expect(text).toContain('{"Ref":"AWS::Partition"}');
    expect(text).not.toMatch(/arn:aws/);
    expect(text).not.toMatch(/amazonaws\.com\.cn/);
  }
});
