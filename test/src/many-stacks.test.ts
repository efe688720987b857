import { NestedStack, Stack, type Environment } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AttributeType, StreamViewType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import {
  BatchFileIngest, OrderEventBus, OrderEventHistory, OrderLifecycleFlows, OrderPipeline, OrderProcessor, OrderQueries, RealtimeOrderIngest,
  type OrderPipelineProps,
} from '../../src';
import { everythingOn } from '../support/everything-on';
import { synth, synthPipeline, UNWATCHED } from '../support/synth';
import { resourcesOf } from '../support/template';
import { testApp } from '../support/test-app';

const ENV: Environment = { account: '111111111111', region: 'eu-central-1' };

/** Stacks of one app, by their names. */
const stacks = (names: readonly string[], env?: Environment): Stack[] => {
  const app = testApp();
  return names.map((name) => new Stack(app, name, { env }));
};
const dependencies = (of: readonly Stack[]) => of.map((stack) => stack.dependencies.map(({ node }) => node.id).sort());
const ordersTable = (stack: Stack, encryption?: TableEncryptionV2) => new TableV2(stack, 'Table', {
  partitionKey: { name: 'orderId', type: AttributeType.STRING }, dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES, encryption,
});

const sequenceTable = (stack: Stack) => new TableV2(stack, 'SequenceTable', {
  partitionKey: { name: 'orderId', type: AttributeType.STRING }, sortKey: { name: 'sequence', type: AttributeType.NUMBER },
});
const hook = (stack: Stack) =>
  new Function(stack, 'Hook', { runtime: Runtime.NODEJS_LATEST, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => ({});') });

describe('two pipelines in one stack', () => {
  // With all alarms, they have more resources than CloudFormation accepts in a stack.
  const props: OrderPipelineProps = { monitoring: { alarms: false } };
  const one = synthPipeline(props).template;
  const { template } = synth((stack) => [new OrderPipeline(stack, 'Orders', props), new OrderPipeline(stack, 'Returns', props)]);

  const typesOf = (of: Template) => [...new Set(resourcesOf(of).map(({ type }) => type))].sort();

  test.each(typesOf(one).filter((type) => type !== 'AWS::Lambda::LayerVersion'))('have everything twice: %s', (type) => {
    template.resourceCountIs(type, 2 * resourcesOf(one, type).length);
  });

  test('share the layer, and have nothing that one alone has not', () => {
    template.resourceCountIs('AWS::Lambda::LayerVersion', 1);
    expect(typesOf(template)).toEqual(typesOf(one));
  });

  test('have buses of different names', () => {
    const names = resourcesOf(template, 'AWS::Events::EventBus').map(({ properties }) => properties.Name);
    expect(new Set(names).size).toBe(2);
  });

  test('do not change each other: the first is what it is alone', () => {
    const ids = (of: Template) => resourcesOf(of).map(({ id }) => id).filter((id) => id.startsWith('Orders'));
    expect(ids(template)).toEqual(ids(one));
  });

  test('have different service names in logs and metrics', () => {
    const names = resourcesOf(template, 'AWS::Lambda::Function').map(({ properties }) => properties.Environment.Variables.POWERTOOLS_SERVICE_NAME);
    expect(new Set(names)).toEqual(new Set(['Test/Orders', 'Test/Returns']));
  });
});

test('two pipelines with all alarms fit into a stack when one of them is in a nested stack', () => {
  expect(() => synth((stack) => {
    stack.node.setContext('@aws-cdk/core:stackResourceLimit', 500);
    return [new OrderPipeline(stack, 'Orders'), new OrderPipeline(stack, 'Returns')];
  })).toThrow(/is greater than allowed maximum of 500/);
  const { template } = synth((stack) => [new OrderPipeline(stack, 'Orders'), new OrderPipeline(new NestedStack(stack, 'Nested'), 'Returns')]);
  expect(resourcesOf(template).length).toBeLessThan(450);
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
    ['a sequence table', (shared) => ({ sequenceTable: sequenceTable(shared) })],
    ['a validation hook', (shared) => ({ validationHook: hook(shared) })],
    ['a bus and a table, which the pipeline watches', (shared) => ({ eventBus: new EventBus(shared, 'Bus'), ordersTable: ordersTable(shared), monitoring: {} })],
  ])('may share %s: the pipeline then depends on it, and not the other way round', (__, props) => {
    const [shared, orders] = stacks(['Shared', 'Orders'], env);
    new OrderPipeline(orders, 'Orders', { ...UNWATCHED, ...props(shared) });
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

  test("may hold the flows of an order's life with the API, and orders and history elsewhere", () => {
    const all = stacks(['Events', 'Api', 'Processor', 'History'], env);
    const [eventsStack, apiStack, processorStack, historyStack] = all;
    const { eventBus } = new OrderEventBus(eventsStack, 'Events');
    const ingest = new RealtimeOrderIngest(apiStack, 'Ingest', { eventBus });
    const { ordersTable: table } = new OrderProcessor(processorStack, 'Processor', { eventBus });
    const { historyTable } = new OrderEventHistory(historyStack, 'History', { eventBus });
    new OrderLifecycleFlows(apiStack, 'Lifecycle', { eventBus, ingest, ordersTable: table });
    new OrderQueries(apiStack, 'Queries', { ingest, ordersTable: table, historyTable });
    Template.fromStack(apiStack).resourcePropertiesCountIs('AWS::ApiGateway::Method', { HttpMethod: 'PATCH' }, 1);
    expect(dependencies(all)).toEqual([[], ['Events', 'History', 'Processor'], ['Events'], ['Events']]);
  });

  test("may hold the flows of an order's life by themselves, without routes", () => {
    const all = stacks(['Events', 'Api', 'Processor', 'Lifecycle'], env);
    const [eventsStack, apiStack, processorStack, lifecycleStack] = all;
    const { eventBus } = new OrderEventBus(eventsStack, 'Events');
    const ingest = new RealtimeOrderIngest(apiStack, 'Ingest', { eventBus });
    const { ordersTable: table } = new OrderProcessor(processorStack, 'Processor', { eventBus });
    new OrderLifecycleFlows(lifecycleStack, 'Lifecycle', { eventBus, ordersTable: table, sequenceTable: ingest.sequenceTable });
    Template.fromStack(lifecycleStack).resourceCountIs('AWS::Events::Rule', 3);
    expect(dependencies(all)).toEqual([[], ['Events'], ['Events'], ['Api', 'Events', 'Processor']]);
  });

  test('may not hold the flows with routes apart from the API: each would need the other', () => {
    const all = stacks(['Events', 'Api', 'Lifecycle'], env);
    const [eventsStack, apiStack, lifecycleStack] = all;
    const { eventBus } = new OrderEventBus(eventsStack, 'Events');
    const ingest = new RealtimeOrderIngest(apiStack, 'Ingest', { eventBus });
    new OrderLifecycleFlows(lifecycleStack, 'Lifecycle', { eventBus, ingest, ordersTable: TableV2.fromTableName(lifecycleStack, 'OrdersTable', 'orders') });
    expect(() => Template.fromStack(lifecycleStack)).toThrow(/cyclic/i);
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
    new OrderPipeline(all[1], 'Orders', { ...UNWATCHED, alertSubscriptions: [new SqsSubscription(alerts)] });
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
    // The principal of CloudWatch Logs has the domain of its partition; all other principals are the same in every partition.
    expect(text).not.toMatch(/(?<!logs\.cn-north-1\.)amazonaws\.com\.cn/);
  }
});

test('the flows of an order\'s life may have a stack of their own, and share a key with all others', () => {
  const all = stacks(['Key', 'Events', 'Api', 'Processor', 'Lifecycle'], ENV);
  const [keyStack, eventsStack, apiStack, processorStack, lifecycleStack] = all;
  const encryptionKey = new Key(keyStack, 'Key');
  const { eventBus } = new OrderEventBus(eventsStack, 'Events', { encryptionKey });
  const ingest = new RealtimeOrderIngest(apiStack, 'Ingest', { eventBus, encryptionKey });
  const processor = new OrderProcessor(processorStack, 'Processor', { eventBus, encryptionKey });
  new OrderLifecycleFlows(lifecycleStack, 'Lifecycle', {
    eventBus, encryptionKey, ordersTable: processor.ordersTable, sequenceTable: ingest.sequenceTable,
  });
  Template.fromStack(lifecycleStack);
  expect(dependencies(all)).toEqual([[], ['Key'], ['Events', 'Key'], ['Events', 'Key'], ['Api', 'Events', 'Key', 'Processor']]);
});
