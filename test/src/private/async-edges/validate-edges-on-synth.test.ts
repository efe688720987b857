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
import { validateEdges } from '../../../../src/private/async-edges/validate-edges';
import { EDGE_PROOF_CONTEXT, validateEdgesOnSynth } from '../../../../src/private/async-edges/validate-edges-on-synth';
import { everythingOn, EVERYTHING_ON_ENV } from '../../../support/everything-on';
import { UNWATCHED } from '../../../support/synth';
import { testApp } from '../../../support/test-app';

const ENV: Environment = { account: '111111111111', region: 'eu-central-1' };

/** A pipeline, which validates its edges at synthesis. It has no alarms and no dashboard, which only take time in tests that break an edge. */
const pipelineIn = (stack: Stack, props: OrderPipelineProps = {}, id = 'Orders'): OrderPipeline => new OrderPipeline(stack, id, { ...UNWATCHED, ...props });

const handlerIn = (stack: Stack): Handler =>
  new Handler(stack, 'Handler', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('exports.handler = () => {}') });

/** Returns the errors of the synthesis of an app, each once and without the path of the construct that reports it. */
function synthErrors(app: App): string[] {
  try {
    app.synth();
    return [];
  } catch (error) {
    const lines = (error as Error).message.split('\n').slice(1);
    if (lines.length === 0) throw error;
    return [...new Set(lines.map((line) => line.replace(/^\s*\[[^\]]*\] /, '')))];
  }
}

describe('fails when', () => {
  test.each<[string, (pipeline: OrderPipeline, stack: Stack) => void, string[]]>([
    [
      'a rule under the pipeline has no dead-letter queue',
      (pipeline, stack) => {
        new Rule(pipeline, 'Mine', { eventBus: pipeline.events.eventBus, eventPattern: { source: ['orders'] }, targets: [new SqsQueue(new Queue(stack, 'Queue'))] });
      },
      ['Test/Orders/Mine → Test/Queue (rule → queue) has no dead-letter queue, so failures are lost. Set `deadLetterQueue` on the target.'],
    ],
    [
      'an escape hatch removes the dead-letter queue of a queue',
      ({ processor }) => (processor.processingQueue.node.defaultChild as CfnQueue).addPropertyDeletionOverride('RedrivePolicy'),
      [
        'Test/Orders/Processor/ProcessingQueue → Test/Orders/Processor/ProcessOrder (queue → function) has no dead-letter queue, so failures are lost. '
        + 'Set `deadLetterQueue` on the queue.',
      ],
    ],
    [
      'an escape hatch sets the dead-letter queue of another queue',
      ({ processor, ingest }) => (ingest.ordersQueue.node.defaultChild as CfnQueue)
        .addPropertyOverride('RedrivePolicy.deadLetterTargetArn', processor.processingDeadLetterQueue.queueArn),
      [
        'Test/Orders/Ingest/OrdersQueue → Test/Orders/Ingest/ValidateOrder (queue → function) needs a FIFO dead-letter queue because its source is FIFO, '
        + 'but Test/Orders/Processor/ProcessingDeadLetterQueue is a standard queue. Make Test/Orders/Processor/ProcessingDeadLetterQueue a FIFO queue.',
      ],
    ],
    [
      'a queue policy has no statements',
      ({ files }) => (files!.filesQueue.node.findChild('Policy').node.defaultChild as CfnQueuePolicy).addPropertyOverride('PolicyDocument.Statement', []),
      [
        'Test/Orders/Files/Bucket → Test/Orders/Files/FilesQueue (bucket → queue) cannot send messages to Test/Orders/Files/FilesQueue: '
        + 's3.amazonaws.com lacks sqs:SendMessage. Allow it in the queue policy, with aws:SourceArn or aws:SourceAccount as a condition.',
      ],
    ],
    [
      'the target of a subscription is encrypted with the AWS managed key',
      ({ events }, stack) => events.onOrderConfirmed('Shipping', { target: new SqsQueue(new Queue(stack, 'Queue', { encryption: QueueEncryption.KMS_MANAGED })) }),
      [
        'Test/Orders/Events/Shipping → Test/Queue (rule → queue) cannot send messages to Test/Queue: events.amazonaws.com cannot use the AWS managed key for SQS. '
        + 'Encrypt the queue with SSE-SQS or a customer managed key.',
      ],
    ],
    [
      'a schedule invokes a function under the pipeline that has no dead-letter queue',
      (pipeline, stack) => {
        const deadLetterQueue = new Queue(stack, 'Queue');
        const handler = new Handler(pipeline, 'Mine', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('0') });
        new Rule(pipeline, 'Daily', { schedule: Schedule.rate(Duration.days(1)), targets: [new LambdaFunction(handler, { deadLetterQueue })] });
      },
      [
        'Lambda → Test/Orders/Mine (invocation → function) has no dead-letter queue, so failures are lost. '
        + 'Set `onFailure` with `configureAsyncInvoke()` on the function.',
      ],
    ],
  ])('%s', (_, change, errors) => {
    const app = testApp();
    const stack = new Stack(app, 'Test');
    change(pipelineIn(stack), stack);
    expect(synthErrors(app)).toEqual(errors);
  });

  test('an existing bucket is not allowed to send to the files queue', () => {
    const app = testApp();
    const stack = new Stack(app, 'Test');
    const { files } = pipelineIn(stack, { bucket: new Bucket(stack, 'Bucket') });
    (files!.filesQueue.node.findChild('Policy').node.defaultChild as CfnQueuePolicy).addPropertyOverride('PolicyDocument.Statement', []);
    expect(synthErrors(app)).toEqual([expect.stringContaining('Test/Bucket → Test/Orders/Files/FilesQueue (bucket → queue) cannot send messages to')]);
  });

  test('an alarm of a pipeline with alarms is on another metric', () => {
    const app = testApp();
    const { monitoring } = pipelineIn(new Stack(app, 'Test'), { monitoring: {} });
    const alarm = monitoring.alarms.find(({ node }) => node.id === 'ProcessingDeadLetterQueueNotEmpty')!;
    (alarm.node.defaultChild as CfnAlarm).metricName = 'NumberOfMessagesSent';
    expect(synthErrors(app)).toContainEqual(expect.stringContaining('(queue → function) has no alarm on its dead-letter queue Test/Orders/Processor/ProcessingDeadLetterQueue.'));
  });

  test('alarms are required and one dead-letter queue has none, while the alarms of the others are in another stack', () => {
    const app = testApp();
    const stack = new Stack(app, 'Test', { env: ENV });
    const pipeline = new OrderProcessor(stack, 'Processor', { eventBus: new EventBus(stack, 'Bus') });
    validateEdgesOnSynth(pipeline, { requireAlarms: true });
    const alarms = new Stack(app, 'Alarms', { env: ENV });
    for (const queue of [pipeline.processingDeadLetterQueue, pipeline.expiryDeadLetterQueue]) {
      queue.metricApproximateNumberOfMessagesVisible().createAlarm(alarms, `${queue.node.id}Alarm`, { threshold: 1, evaluationPeriods: 1 });
    }
    expect(synthErrors(app)).toEqual([
      'Test/Processor/OrdersTable → Test/Processor/PublishOrderChanges (stream → function) has no alarm on its dead-letter queue '
      + 'Test/Processor/Changes/DeadLetterQueue. Create an alarm on its `metricApproximateNumberOfMessagesVisible()`.',
    ]);
  });
});

test.each([false, 'false'])('the context value %p disables the validation', (value) => {
  const app = testApp({ [EDGE_PROOF_CONTEXT]: value });
  const { processor } = pipelineIn(new Stack(app, 'Test'));
  (processor.processingQueue.node.defaultChild as CfnQueue).addPropertyDeletionOverride('RedrivePolicy');
  expect(synthErrors(app)).toEqual([]);
});

describe('reports no error for', () => {
  test.each([[{ alarms: false }], [{ deadLetters: { enabled: false } }]])('dead-letter queues without alarms if the alarms are disabled: %p', (monitoring) => {
    const app = testApp();
    pipelineIn(new Stack(app, 'Test'), { monitoring });
    expect(synthErrors(app)).toEqual([]);
  });

  test('a dead-letter queue of the app without an alarm', () => {
    const app = testApp();
    const stack = new Stack(app, 'Test');
    const deadLetterQueue = new Queue(stack, 'DeadLetters', { retentionPeriod: Duration.days(14) });
    pipelineIn(stack, { monitoring: {} }).events.onOrderConfirmed('Own', { target: new SqsQueue(new Queue(stack, 'Own'), { deadLetterQueue }) });
    expect(synthErrors(app)).toEqual([]);
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
    ['a pipeline without file ingest', () => ({ fileIngest: false })],
    ['a pipeline without changes, cancellations and fulfillments', () => flowsOff],
    ['a pipeline without history', () => ({ history: false })],
    ['an existing bus', (stack) => ({ eventBus: new EventBus(stack, 'Bus') })],
    ['an imported bus', (stack) => ({ eventBus: EventBus.fromEventBusName(stack, 'Bus', 'orders') })],
    ['an existing table', (stack) => ({ ordersTable: table(stack) })],
    ['an imported table', (stack) => ({ ordersTable: imported(stack) })],
    ['an existing bucket', (stack) => ({ bucket: new Bucket(stack, 'Bucket') })],
    ['an imported bucket', (stack) => ({ bucket: Bucket.fromBucketName(stack, 'Bucket', 'orders') })],
    ['a key', (stack) => ({ encryptionKey: new Key(stack, 'Key') })],
    ['an imported key', (stack) => ({ encryptionKey: Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:111111111111:key/12345678-1234-1234-1234-123456789012') })],
    ['an alias of a key', (stack) => ({ encryptionKey: new Key(stack, 'Key').addAlias('orders') })],
    ['a queue that subscribes to alerts and has no dead-letter queue', (stack) => ({ alertSubscriptions: [new SqsSubscription(new Queue(stack, 'Alerts'))] })],
    ['a retention of dead letters that is resolved at deployment', (stack) => ({
      processOrder: { deadLetterRetentionPeriod: Duration.seconds(Token.asNumber(new CfnParameter(stack, 'Count', { type: 'Number' }))) },
    })],
  ])('%s', (_, props) => {
    const app = testApp();
    const stack = new Stack(app, 'Test', { env: EVERYTHING_ON_ENV });
    const pipeline = new OrderPipeline(stack, 'Orders', props(stack));
    expect(synthErrors(app)).toEqual([]);
    expect(validateEdges(collectResources(pipeline).resources).edges.length).toBeGreaterThan(8);
  });

  test.each([['for AWS', false], ['for a local AWS', true]])('the full example %s', (_, local) => {
    const app = testApp();
    validateEdgesOnSynth(new FullOrdersStack(app, 'Full', { local }), { requireAlarms: false });
    expect(synthErrors(app)).toEqual([]);
  });

  test('edges that the app defines outside the pipeline', () => {
    const app = testApp();
    const stack = new Stack(app, 'Test', { env: ENV });
    const pipeline = pipelineIn(stack);
    const handler = handlerIn(stack);
    handler.addEventSource(new SqsEventSource(pipeline.processor.processingDeadLetterQueue));
    new Rule(stack, 'Rule', { eventBus: pipeline.events.eventBus, eventPattern: { source: ['orders'] }, targets: [new LambdaFunction(handler)] });
    pipeline.events.onOrderEvent('Everything', { target: new LambdaFunction(handler) });
    pipeline.events.onOrderConfirmed('Elsewhere', { target: new BusTarget(EventBus.fromEventBusName(stack, 'Other', 'other')) });
    expect(synthErrors(app)).toEqual([]);
  });

  test('two pipelines in one stack', () => {
    const app = testApp();
    const stack = new Stack(app, 'Test');
    pipelineIn(stack);
    const { processor } = pipelineIn(stack, {}, 'Returns');
    expect(synthErrors(app)).toEqual([]);
    (processor.processingQueue.node.defaultChild as CfnQueue).addPropertyDeletionOverride('RedrivePolicy');
    validateEdgesOnSynth(stack, { requireAlarms: false });
    expect(() => app.synth({ force: true })).toThrow('Test/Returns/Processor/ProcessingQueue → Test/Returns/Processor/ProcessOrder (queue → function) has no');
  });

  test('two stacks whose resources have the same logical ids', () => {
    const app = testApp();
    const [blue, green] = ['Blue', 'Green'].map((name) => pipelineIn(new Stack(app, name)));
    (green.processor.processingQueue.node.defaultChild as CfnQueue).addPropertyDeletionOverride('RedrivePolicy');
    expect(blue.node.validate()).toEqual([]);
    expect(synthErrors(app)).toEqual([expect.stringMatching(/^Green\/Orders\/Processor\/ProcessingQueue → .* has no dead-letter queue/)]);
  });

  test.each([['without account and region', undefined], ['with account and region', ENV]])('constructs in separate stacks, %s', (_, env) => {
    const app = testApp();
    const [bus, ingest, files, processor] = ['Events', 'Ingest', 'Files', 'Processor'].map((name) => new Stack(app, name, { env }));
    const { eventBus } = new OrderEventBus(bus, 'Events');
    const { ordersQueue } = new RealtimeOrderIngest(ingest, 'Ingest', { eventBus });
    new BatchFileIngest(files, 'Files', { eventBus, ordersQueue, bucket: new Bucket(bus, 'Bucket') });
    new OrderProcessor(processor, 'Processor', { eventBus, ordersTable: table(bus) });
    for (const stack of [bus, ingest, files, processor]) validateEdgesOnSynth(stack, { requireAlarms: false });
    expect(synthErrors(app)).toEqual([]);
  });

  test('a pipeline in a nested stack', () => {
    const app = testApp();
    const stack = new Stack(app, 'Test');
    pipelineIn(new NestedStack(stack, 'Nested'), { eventBus: new EventBus(stack, 'Bus'), bucket: new Bucket(stack, 'Bucket') });
    expect(synthErrors(app)).toEqual([]);
  });

  test('subscriptions whose queue and dead-letter queue are in another stack or imported', () => {
    const app = testApp();
    const [orders, shop] = ['Orders', 'Shop'].map((name) => new Stack(app, name, { env: ENV }));
    const { events } = pipelineIn(orders);
    const target = new SqsQueue(new Queue(shop, 'Queue', { encryption: QueueEncryption.KMS }));
    events.onOrderConfirmed('Shipping', { target, deadLetterQueue: new Queue(shop, 'Dead') });
    events.onOrderChanged('Imported', {
      target: new SqsQueue(Queue.fromQueueArn(orders, 'Mine', 'arn:aws:sqs:eu-central-1:111111111111:mine')),
      deadLetterQueue: Queue.fromQueueArn(orders, 'Theirs', 'arn:aws:sqs:eu-central-1:111111111111:dead'),
    });
    expect(synthErrors(app)).toEqual([]);
  });

  test('a target in another account', () => {
    const app = testApp();
    const orders = new Stack(app, 'Orders', { env: ENV });
    const shop = new Stack(app, 'Shop', { env: { ...ENV, account: '222222222222' } });
    const handler = Handler.fromFunctionArn(shop, 'Handler', 'arn:aws:lambda:eu-central-1:222222222222:function:ship');
    pipelineIn(orders).events.onOrderConfirmed('Shipping', { target: new LambdaFunction(handler) });
    expect(synthErrors(app)).toEqual([]);
  });

  test('a rule in plain CloudFormation whose target and dead-letter queue are resolved at deployment', () => {
    const app = testApp();
    const pipeline = pipelineIn(new Stack(app, 'Test'));
    new CfnResource(pipeline, 'Rule', {
      type: 'AWS::Events::Rule',
      properties: { Targets: [{ Arn: Fn.importValue('Arn'), DeadLetterConfig: { Arn: Fn.conditionIf('IsProduction', Fn.importValue('Dead'), Fn.importValue('Other')) } }] },
    });
    expect(synthErrors(app)).toEqual([]);
  });
});
