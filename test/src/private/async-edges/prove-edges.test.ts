import { Duration, Fn, Stack } from 'aws-cdk-lib';
import { EventBus, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { EventBus as BusTarget, LambdaFunction, SnsTopic, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Alias, Code, Function as Handler, Runtime, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { KinesisEventSource, SnsDlq, SqsDlq, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Bucket, EventType } from 'aws-cdk-lib/aws-s3';
import { LambdaDestination, SnsDestination, SqsDestination as QueueDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription, SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, type CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { proveEdges } from '../../../../src/private/async-edges/prove-edges';
import { resourcesIn } from '../../../support/edges';

const handlerIn = (stack: Stack, props: object = {}) =>
  new Handler(stack, 'Handler', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('0'), ...props });

/** The edges and faults of what is put into a stack, in a few words. */
function prove(create: (stack: Stack) => void) {
  const stack = new Stack();
  create(stack);
  const { edges, faults } = proveEdges(resourcesIn(stack));
  return { edges: edges.map(({ kind, source, target, deadLetterQueue = '–' }) => `${kind}: ${source}, ${target}, ${deadLetterQueue}`), faults };
}

const eventPattern = { source: ['orders'] };

describe('edges that a pipeline does not have by itself are found', () => {
  test('a bucket that calls a function, which needs a place for what fails', () => {
    expect(prove((stack) => new Bucket(stack, 'Bucket').addEventNotification(EventType.OBJECT_CREATED, new LambdaDestination(handlerIn(stack))))).toEqual({
      edges: ['bucket → function: Bucket, Handler, –', 'invocation → function: Lambda, Handler, –'],
      faults: [
        'Lambda → Handler (invocation → function) has no dead-letter queue, so what fails is lost; '
        + 'give the function an onFailure destination with configureAsyncInvoke',
      ],
    });
  });

  test("a bucket that tells a topic and a queue, by CDK's own resource", () => {
    expect(prove((stack) => {
      const bucket = new Bucket(stack, 'Bucket');
      bucket.addEventNotification(EventType.OBJECT_CREATED, new SnsDestination(new Topic(stack, 'Topic')));
      bucket.addEventNotification(EventType.OBJECT_REMOVED, new QueueDestination(new Queue(stack, 'Queue')));
    })).toEqual({ edges: ['bucket → queue: Bucket, Queue, –', 'bucket → other: Bucket, Topic, –'], faults: [] });
  });

  test('a topic that calls a function', () => {
    const { edges, faults } = prove((stack) => {
      const handler = handlerIn(stack, { onFailure: new SqsDestination(new Queue(stack, 'Dead')) });
      new Topic(stack, 'Topic').addSubscription(new LambdaSubscription(handler, { deadLetterQueue: new Queue(stack, 'Lost') }));
    });
    expect(edges).toEqual(['topic → function: Topic, Handler, Lost', 'invocation → function: Lambda, Handler, Dead']);
    expect(faults).toEqual([]);
  });

  test('a rule that sends to a topic, and to a bus, for which CDK takes no dead-letter queue everywhere', () => {
    const { edges, faults } = prove((stack) => {
      new Rule(stack, 'Rule', { eventPattern, targets: [new SnsTopic(new Topic(stack, 'Topic')), new BusTarget(new EventBus(stack, 'Bus'))] });
    });
    expect(edges).toEqual(['rule → other: Rule, Topic, –', 'rule → bus: Rule, Bus, –']);
    expect(faults).toEqual(['Rule → Topic (rule → other) has no dead-letter queue, so what fails is lost; give the target a deadLetterQueue']);
  });

  test('a schedule that calls an alias of a function', () => {
    const { edges, faults } = prove((stack) => {
      const handler = handlerIn(stack, { onFailure: new SqsDestination(new Queue(stack, 'Dead')) });
      const alias = new Alias(stack, 'Alias', { aliasName: 'live', version: handler.currentVersion });
      new Rule(stack, 'Rule', { schedule: Schedule.rate(Duration.days(1)), targets: [new LambdaFunction(alias, { deadLetterQueue: new Queue(stack, 'Lost') })] });
    });
    expect(edges).toEqual(['schedule → function: Rule, Alias, Lost', 'invocation → function: Lambda, Handler, Dead']);
    expect(faults).toEqual([]);
  });

  test('a stream of Kinesis, whose failures may go to a topic', () => {
    const source = (stack: Stack, onFailure?: SqsDlq | SnsDlq) => handlerIn(stack).addEventSource(new KinesisEventSource(new Stream(stack, 'Stream'), {
      startingPosition: StartingPosition.LATEST, reportBatchItemFailures: true, onFailure,
    }));
    expect(prove((stack) => source(stack, new SqsDlq(new Queue(stack, 'Dead'))))).toEqual({ edges: ['stream → function: Stream, Handler, Dead'], faults: [] });
    expect(prove((stack) => source(stack, new SnsDlq(new Topic(stack, 'Topic'))))).toEqual({ edges: ['stream → function: Stream, Handler, Topic'], faults: [] });
    expect(prove(source).faults).toEqual([
      'Stream → Handler (stream → function) has no dead-letter queue, so what fails is lost; give the event source an onFailure destination',
    ]);
  });

  test('a function with a dead-letter queue of the older kind', () => {
    expect(prove((stack) => handlerIn(stack, { deadLetterQueue: new Queue(stack, 'Dead'), retryAttempts: 0 }))).toEqual({
      edges: ['invocation → function: Lambda, Handler, Dead'], faults: [],
    });
  });
});

describe('of FIFO topics and queues', () => {
  const subscribe = (stack: Stack, fifo: boolean, fifoDead: boolean) => new Topic(stack, 'Topic', { fifo }).addSubscription(
    new SqsSubscription(new Queue(stack, 'Queue', { fifo: fifo || undefined }), { deadLetterQueue: new Queue(stack, 'Dead', { fifo: fifoDead || undefined }) }),
  );

  test.each([[false], [true]])('a subscription needs a dead-letter queue of the type of its topic: FIFO %p', (fifo) => {
    expect(prove((stack) => subscribe(stack, fifo, fifo)).faults).toEqual([]);
    expect(prove((stack) => subscribe(stack, fifo, !fifo)).faults).toEqual([expect.stringContaining(`needs a ${fifo ? 'FIFO' : 'standard'} dead-letter queue`)]);
  });
});

describe('a fault is said', () => {
  test('when a queue is its own dead-letter queue', () => {
    expect(prove((stack) => {
      const queue = new Queue(stack, 'Queue');
      new Rule(stack, 'Rule', { eventPattern, targets: [new SqsQueue(queue, { deadLetterQueue: queue })] });
    }).faults).toEqual(['Rule → Queue (rule → queue) is its own dead-letter queue, so what fails is lost; give the target a deadLetterQueue']);
  });

  test('when a dead-letter queue lets other queues in alone', () => {
    const dead = (another: boolean) => prove((stack) => {
      const deadLetterQueue = new Queue(stack, 'Dead', { retentionPeriod: Duration.days(14) });
      const queue = new Queue(stack, 'Queue', { deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount: 3 } });
      const sourceQueueArns = [another ? new Queue(stack, 'Other').queueArn : 'arn:aws:sqs:eu-central-1:111111111111:known-at-deployment'];
      (deadLetterQueue.node.defaultChild as CfnQueue).redriveAllowPolicy = { redrivePermission: 'byQueue', sourceQueueArns };
      handlerIn(stack).addEventSource(new SqsEventSource(queue, { reportBatchItemFailures: true }));
    }).faults;
    expect(dead(true)).toEqual([
      'Queue → Handler (queue → function) cannot reach Dead, whose redriveAllowPolicy shuts it out; allow the queue there',
    ]);
    expect(dead(false)).toEqual([]);
  });

  test('when a function may send to a queue and not use its key', () => {
    const failing = (grant: boolean) => prove((stack) => {
      const key = new Key(stack, 'Key');
      const dead = new Queue(stack, 'Dead', { encryptionMasterKey: key.addAlias('orders') });
      const handler = handlerIn(stack);
      handler.configureAsyncInvoke({ onFailure: { bind: () => ({ destination: dead.queueArn }) } });
      handler.addToRolePolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [dead.queueArn] }));
      if (grant) key.grantEncryptDecrypt(handler);
    }).faults;
    expect(failing(true)).toEqual([]);
    expect(failing(false)).toEqual([
      'Lambda → Handler (invocation → function) cannot reach Dead: the role of the function may not use its key; allow kms:GenerateDataKey* and kms:Decrypt on Key',
    ]);
  });
});

describe('nothing is said', () => {
  test('of a role that was imported, or has policies that were', () => {
    const invoked = (role: (stack: Stack) => object) => prove((stack) => {
      const dead = new Queue(stack, 'Dead');
      handlerIn(stack, role(stack)).configureAsyncInvoke({ onFailure: { bind: () => ({ destination: dead.queueArn }) } });
    }).faults;
    expect(invoked(() => ({}))).toEqual([expect.stringContaining('the role of the function may not send to it')]);
    expect(invoked((stack) => ({ role: Role.fromRoleArn(stack, 'Mine', 'arn:aws:iam::111111111111:role/mine') }))).toEqual([]);
    const managedPolicies = [ManagedPolicy.fromAwsManagedPolicyName('AmazonSQSFullAccess')];
    expect(invoked((stack) => ({ role: new Role(stack, 'Mine', { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), managedPolicies }) }))).toEqual([]);
  });

  test('of what is decided only at deployment', () => {
    const { edges, faults } = prove((stack) => {
      const queue = new Queue(stack, 'Queue');
      const { node } = queue;
      const template = node.defaultChild as CfnQueue;
      template.addPropertyOverride('RedrivePolicy', Fn.conditionIf('IsProduction', { deadLetterTargetArn: 'a' }, { deadLetterTargetArn: 'b' }));
      template.addPropertyOverride('VisibilityTimeout', { Ref: 'Timeout' });
      handlerIn(stack).addEventSource(new SqsEventSource(queue, { reportBatchItemFailures: true }));
    });
    expect(edges).toEqual([expect.stringMatching(/^queue → function: Queue, Handler, /)]);
    expect(faults).toEqual([]);
  });

  test('of edges that are not meant', () => {
    const stack = new Stack();
    new Rule(stack, 'Rule', { eventPattern, targets: [new SqsQueue(new Queue(stack, 'Queue'))] });
    expect(proveEdges(resourcesIn(stack), { isMeant: () => false })).toEqual({ edges: [], faults: [] });
  });

  test('of a template without edges', () => {
    expect(proveEdges({})).toEqual({ edges: [], faults: [] });
  });
});
