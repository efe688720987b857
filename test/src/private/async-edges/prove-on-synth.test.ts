import { App, CfnParameter, CfnResource, Duration, Fn, NestedStack, RemovalPolicy, Stack, Token, type Environment } from 'aws-cdk-lib';
import type { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { EventBus as BusTarget, LambdaFunction, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as Handler, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption, type CfnQueue, type CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { FullOrdersStack } from '../../../../examples/full/full-orders-stack';
import { BatchFileIngest, OrderEventBus, OrderPipeline, OrderProcessor, RealtimeOrderIngest, type OrderPipelineProps } from '../../../../src';
import { collectResources } from '../../../../src/private/async-edges/collect-resources';
import { proveEdges } from '../../../../src/private/async-edges/prove-edges';
import { proveOnSynth, PROOF_CONTEXT } from '../../../../src/private/async-edges/prove-on-synth';
import { everythingOn, EVERYTHING_ON_ENV } from '../../../support/everything-on';
import { UNWATCHED } from '../../../support/synth';
import { testApp } from '../../../support/test-app';

const ENV: Environment = { account: '111111111111', region: 'eu-central-1' };

/** A pipeline, which proves itself when it is synthesized. Where edges are tampered with, alarms and a dashboard would add nothing but time. */
const pipelineIn = (stack: Stack, props: OrderPipelineProps = {}, id = 'Orders'): OrderPipeline => new OrderPipeline(stack, id, { ...UNWATCHED, ...props });

const handlerIn = (stack: Stack): Handler =>
  new Handler(stack, 'Handler', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('exports.handler = () => {}') });

/** What the synthesis of an app complains of: each sentence once, without the construct that says it. */
function complaints(app: App): string[] {
  try {
    app.synth();
    return [];
  } catch (error) {
    const lines = (error as Error).message.split('\n').slice(1);
    if (lines.length === 0) throw error;
    return [...new Set(lines.map((line) => line.replace(/^\s*\[[^\]]*\] /, '')))];
  }
}

describe('a synthesis fails when', () => {
  test.each<[string, (pipeline: OrderPipeline, stack: Stack) => void, string[]]>([
    [
      'a rule under the pipeline has no dead-letter queue',
      (pipeline, stack) => {
        new Rule(pipeline, 'Mine', { eventBus: pipeline.events.eventBus, eventPattern: { source: ['orders'] }, targets: [new SqsQueue(new Queue(stack, 'Queue'))] });
      },
      ['Test/Orders/Mine → Test/Queue (rule → queue) has no dead-letter queue, so what fails is lost; give the target a deadLetterQueue'],
    ],
    [
      'an escape hatch takes the dead-letter queue from a queue',
      ({ processor }) => (processor.processingQueue.node.defaultChild as CfnQueue).addPropertyDeletionOverride('RedrivePolicy'),
      [
        'Test/Orders/Processor/ProcessingQueue → Test/Orders/Processor/ProcessOrder (queue → function) has no dead-letter queue, so what fails is lost; '
        + 'give the queue a deadLetterQueue',
      ],
    ],
    [
      'an escape hatch gives a queue the dead-letter queue of another',
      ({ processor, ingest }) => (ingest.ordersQueue.node.defaultChild as CfnQueue)
        .addPropertyOverride('RedrivePolicy.deadLetterTargetArn', processor.processingDeadLetterQueue.queueArn),
      [
        'Test/Orders/Ingest/OrdersQueue → Test/Orders/Ingest/ValidateOrder (queue → function) needs a FIFO dead-letter queue, like its source, '
        + 'but Test/Orders/Processor/ProcessingDeadLetterQueue is a standard one; make it FIFO',
      ],
    ],
    [
      'a policy is emptied',
      ({ files }) => (files!.filesQueue.node.findChild('Policy').node.defaultChild as CfnQueuePolicy).addPropertyOverride('PolicyDocument.Statement', []),
      [
        'Test/Orders/Files/Bucket → Test/Orders/Files/FilesQueue (bucket → queue) cannot reach Test/Orders/Files/FilesQueue: '
        + 's3.amazonaws.com may not send to it; allow it sqs:SendMessage with aws:SourceArn or aws:SourceAccount in the policy of the queue',
      ],
    ],
    [
      'the queue behind a subscription has the key that AWS manages',
      ({ events }, stack) => events.onOrderConfirmed('Shipping', { target: new SqsQueue(new Queue(stack, 'Queue', { encryption: QueueEncryption.KMS_MANAGED })) }),
      [
        'Test/Orders/Events/Shipping → Test/Queue (rule → queue) cannot reach Test/Queue: events.amazonaws.com may not use the key that AWS manages for SQS; '
        + 'encrypt the queue with SSE-SQS or a key of your own',
      ],
    ],
    [
      'a function under the pipeline is called on a schedule and nobody hears that it failed',
      (pipeline, stack) => {
        const deadLetterQueue = new Queue(stack, 'Queue');
        const handler = new Handler(pipeline, 'Mine', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('0') });
        new Rule(pipeline, 'Daily', { schedule: Schedule.rate(Duration.days(1)), targets: [new LambdaFunction(handler, { deadLetterQueue })] });
      },
      [
        'Lambda → Test/Orders/Mine (invocation → function) has no dead-letter queue, so what fails is lost; '
        + 'give the function an onFailure destination with configureAsyncInvoke',
      ],
    ],
  ])('%s', (_, tamper, sentences) => {
    const app = testApp();
    const stack = new Stack(app, 'Test');
    tamper(pipelineIn(stack), stack);
    expect(complaints(app)).toEqual(sentences);
  });

  test('a bucket that was given tells a queue that is not open any longer', () => {
    const app = testApp();
    const stack = new Stack(app, 'Test');
    const { files } = pipelineIn(stack, { bucket: new Bucket(stack, 'Bucket') });
    (files!.filesQueue.node.findChild('Policy').node.defaultChild as CfnQueuePolicy).addPropertyOverride('PolicyDocument.Statement', []);
    expect(complaints(app)).toEqual([expect.stringContaining('Test/Bucket → Test/Orders/Files/FilesQueue (bucket → queue) cannot reach')]);
  });

  test('an alarm of a pipeline whose alarms are on is taken away', () => {
    const app = testApp();
    const { monitoring } = pipelineIn(new Stack(app, 'Test'), { monitoring: {} });
    const alarm = monitoring.alarms.find(({ node }) => node.id === 'ProcessingDeadLetterQueueNotEmpty')!;
    (alarm.node.defaultChild as CfnAlarm).metricName = 'NumberOfMessagesSent';
    expect(complaints(app)).toContainEqual(expect.stringContaining('(queue → function) has no alarm on Test/Orders/Processor/ProcessingDeadLetterQueue; give its'));
  });

  test('alarms are required and a dead-letter queue has none, wherever the others are', () => {
    const app = testApp();
    const stack = new Stack(app, 'Test', { env: ENV });
    const pipeline = new OrderProcessor(stack, 'Processor', { eventBus: new EventBus(stack, 'Bus') });
    proveOnSynth(pipeline, { requireAlarms: true });
    const watch = new Stack(app, 'Watch', { env: ENV });
    for (const queue of [pipeline.processingDeadLetterQueue, pipeline.expiryDeadLetterQueue]) {
      queue.metricApproximateNumberOfMessagesVisible().createAlarm(watch, `${queue.node.id}Alarm`, { threshold: 1, evaluationPeriods: 1 });
    }
    expect(complaints(app)).toEqual([
      'Test/Processor/OrdersTable → Test/Processor/PublishOrderChanges (stream → function) has no alarm on Test/Processor/Changes/DeadLetterQueue; '
      + 'give its metricApproximateNumberOfMessagesVisible an alarm',
    ]);
  });
});

test.each([false, 'false'])('an app may go without the proof, by the context %p: on the command line it is text', (value) => {
  const app = testApp({ [PROOF_CONTEXT]: value });
  const { processor } = pipelineIn(new Stack(app, 'Test'));
  (processor.processingQueue.node.defaultChild as CfnQueue).addPropertyDeletionOverride('RedrivePolicy');
  expect(complaints(app)).toEqual([]);
});

describe('nobody complains of', () => {
  test.each([[{ alarms: false }], [{ deadLetters: { enabled: false } }]])('dead-letter queues without alarms where they are off: %p', (monitoring) => {
    const app = testApp();
    pipelineIn(new Stack(app, 'Test'), { monitoring });
    expect(complaints(app)).toEqual([]);
  });

  test('a dead-letter queue of a subscriber without an alarm: it is his to watch', () => {
    const app = testApp();
    const stack = new Stack(app, 'Test');
    const deadLetterQueue = new Queue(stack, 'DeadLetters', { retentionPeriod: Duration.days(14) });
    pipelineIn(stack, { monitoring: {} }).events.onOrderConfirmed('Own', { target: new SqsQueue(new Queue(stack, 'Own'), { deadLetterQueue }) });
    expect(complaints(app)).toEqual([]);
  });

  const table = (stack: Stack) => new TableV2(stack, 'Table', {
    partitionKey: { name: 'orderId', type: AttributeType.STRING }, dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES, removalPolicy: RemovalPolicy.DESTROY,
  });
  const imported = (stack: Stack) => TableV2.fromTableAttributes(stack, 'Table', {
    tableName: 'orders', tableStreamArn: 'arn:aws:dynamodb:eu-central-1:111111111111:table/orders/stream/2026-01-01T00:00:00.000',
  });
  const flowsOff = { orderChanges: false, orderCancellations: false, orderFulfillments: false };

  test.each<[string, (stack: Stack) => OrderPipelineProps]>([
    ['a pipeline without props', () => ({})],
    ['a pipeline with everything on', everythingOn],
    ['no files', () => ({ fileIngest: false })],
    ['no flows', () => flowsOff],
    ['no history', () => ({ history: false })],
    ['a bus that was given', (stack) => ({ eventBus: new EventBus(stack, 'Bus') })],
    ['a bus that was imported', (stack) => ({ eventBus: EventBus.fromEventBusName(stack, 'Bus', 'orders') })],
    ['a table that was given', (stack) => ({ ordersTable: table(stack) })],
    ['a table that was imported', (stack) => ({ ordersTable: imported(stack) })],
    ['a bucket that was given', (stack) => ({ bucket: new Bucket(stack, 'Bucket') })],
    ['a bucket that was imported', (stack) => ({ bucket: Bucket.fromBucketName(stack, 'Bucket', 'orders') })],
    ['a key', (stack) => ({ encryptionKey: new Key(stack, 'Key') })],
    ['a key that was imported', (stack) => ({ encryptionKey: Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:111111111111:key/12345678-1234-1234-1234-123456789012') })],
    ['a key by its alias', (stack) => ({ encryptionKey: new Key(stack, 'Key').addAlias('orders') })],
    ['a queue that hears alerts, which is its own affair', (stack) => ({ alertSubscriptions: [new SqsSubscription(new Queue(stack, 'Alerts'))] })],
    ['a retention that is decided at deployment', (stack) => ({
      processOrder: { maxReceiveCount: Token.asNumber(new CfnParameter(stack, 'Count', { type: 'Number' })) },
    })],
  ])('%s', (_, props) => {
    const app = testApp();
    const stack = new Stack(app, 'Test', { env: EVERYTHING_ON_ENV });
    const pipeline = new OrderPipeline(stack, 'Orders', props(stack));
    expect(complaints(app)).toEqual([]);
    expect(proveEdges(collectResources(pipeline).resources).edges.length).toBeGreaterThan(8);
  });

  test.each([['for AWS', false], ['for a local AWS', true]])('the full example %s', (_, local) => {
    const app = testApp();
    proveOnSynth(new FullOrdersStack(app, 'Full', { local }), { requireAlarms: false });
    expect(complaints(app)).toEqual([]);
  });

  test('what others hang on the pipeline', () => {
    const app = testApp();
    const stack = new Stack(app, 'Test', { env: ENV });
    const pipeline = pipelineIn(stack);
    const handler = handlerIn(stack);
    handler.addEventSource(new SqsEventSource(pipeline.processor.processingDeadLetterQueue));
    new Rule(stack, 'Rule', { eventBus: pipeline.events.eventBus, eventPattern: { source: ['orders'] }, targets: [new LambdaFunction(handler)] });
    pipeline.events.onOrderEvent('Everything', { target: new LambdaFunction(handler) });
    pipeline.events.onOrderConfirmed('Elsewhere', { target: new BusTarget(EventBus.fromEventBusName(stack, 'Other', 'other')) });
    expect(complaints(app)).toEqual([]);
  });

  test('two pipelines in one stack', () => {
    const app = testApp();
    const stack = new Stack(app, 'Test');
    pipelineIn(stack);
    const { processor } = pipelineIn(stack, {}, 'Returns');
    expect(complaints(app)).toEqual([]);
    (processor.processingQueue.node.defaultChild as CfnQueue).addPropertyDeletionOverride('RedrivePolicy');
    proveOnSynth(stack, { requireAlarms: false });
    expect(() => app.synth({ force: true })).toThrow('Test/Returns/Processor/ProcessingQueue → Test/Returns/Processor/ProcessOrder (queue → function) has no');
  });

  test('two stacks whose resources have the same logical ids', () => {
    const app = testApp();
    const [blue, green] = ['Blue', 'Green'].map((name) => pipelineIn(new Stack(app, name)));
    (green.processor.processingQueue.node.defaultChild as CfnQueue).addPropertyDeletionOverride('RedrivePolicy');
    expect(blue.node.validate()).toEqual([]);
    expect(complaints(app)).toEqual([expect.stringMatching(/^Green\/Orders\/Processor\/ProcessingQueue → .* has no dead-letter queue/)]);
  });

  test.each([['without account and region', undefined], ['with account and region', ENV]])('parts in stacks of their own, %s', (_, env) => {
    const app = testApp();
    const [bus, ingest, files, processor] = ['Events', 'Ingest', 'Files', 'Processor'].map((name) => new Stack(app, name, { env }));
    const { eventBus } = new OrderEventBus(bus, 'Events');
    const { ordersQueue } = new RealtimeOrderIngest(ingest, 'Ingest', { eventBus });
    new BatchFileIngest(files, 'Files', { eventBus, ordersQueue, bucket: new Bucket(bus, 'Bucket') });
    new OrderProcessor(processor, 'Processor', { eventBus, ordersTable: table(bus) });
    for (const stack of [bus, ingest, files, processor]) proveOnSynth(stack, { requireAlarms: false });
    expect(complaints(app)).toEqual([]);
  });

  test('a pipeline in a nested stack', () => {
    const app = testApp();
    const stack = new Stack(app, 'Test');
    pipelineIn(new NestedStack(stack, 'Nested'), { eventBus: new EventBus(stack, 'Bus'), bucket: new Bucket(stack, 'Bucket') });
    expect(complaints(app)).toEqual([]);
  });

  test('subscriptions whose queue and dead-letter queue are in another stack, or imported', () => {
    const app = testApp();
    const [orders, shop] = ['Orders', 'Shop'].map((name) => new Stack(app, name, { env: ENV }));
    const { events } = pipelineIn(orders);
    const target = new SqsQueue(new Queue(shop, 'Queue', { encryption: QueueEncryption.KMS }));
    events.onOrderConfirmed('Shipping', { target, deadLetterQueue: new Queue(shop, 'Dead') });
    events.onOrderChanged('Imported', {
      target: new SqsQueue(Queue.fromQueueArn(orders, 'Mine', 'arn:aws:sqs:eu-central-1:111111111111:mine')),
      deadLetterQueue: Queue.fromQueueArn(orders, 'Theirs', 'arn:aws:sqs:eu-central-1:111111111111:dead'),
    });
    expect(complaints(app)).toEqual([]);
  });

  test('a target in another account', () => {
    const app = testApp();
    const orders = new Stack(app, 'Orders', { env: ENV });
    const shop = new Stack(app, 'Shop', { env: { ...ENV, account: '222222222222' } });
    const handler = Handler.fromFunctionArn(shop, 'Handler', 'arn:aws:lambda:eu-central-1:222222222222:function:ship');
    pipelineIn(orders).events.onOrderConfirmed('Shipping', { target: new LambdaFunction(handler) });
    expect(complaints(app)).toEqual([]);
  });

  test('a rule of CloudFormation alone whose ends are known only at deployment', () => {
    const app = testApp();
    const pipeline = pipelineIn(new Stack(app, 'Test'));
    new CfnResource(pipeline, 'Rule', {
      type: 'AWS::Events::Rule',
      properties: { Targets: [{ Arn: Fn.importValue('Arn'), DeadLetterConfig: { Arn: Fn.conditionIf('IsProduction', Fn.importValue('Dead'), Fn.importValue('Other')) } }] },
    });
    expect(complaints(app)).toEqual([]);
  });
});
