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
import { validateEdges } from '../../../../src/private/async-edges/validate-edges';
import { resourcesIn } from '../../../support/edges';

const handlerIn = (stack: Stack, props: object = {}) =>
  new Handler(stack, 'Handler', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('0'), ...props });

/** Returns the edges, in short form, and the errors of a stack. */
function validate(create: (stack: Stack) => void) {
  const stack = new Stack();
  create(stack);
  const { edges, errors } = validateEdges(resourcesIn(stack));
  return { edges: edges.map(({ kind, source, target, deadLetterQueue = '–' }) => `${kind}: ${source}, ${target}, ${deadLetterQueue}`), errors };
}

const eventPattern = { source: ['orders'] };

describe('finds edges that a pipeline does not have by default', () => {
  test('from a bucket to a function, which needs a dead-letter queue for its invocations', () => {
    expect(validate((stack) => new Bucket(stack, 'Bucket').addEventNotification(EventType.OBJECT_CREATED, new LambdaDestination(handlerIn(stack))))).toEqual({
      edges: ['bucket → function: Bucket, Handler, –', 'invocation → function: Lambda, Handler, –'],
      errors: [
        'Lambda → Handler (invocation → function) has no dead-letter queue, so failures are lost. '
        + 'Set `onFailure` with `configureAsyncInvoke()` on the function.',
      ],
    });
  });

  test("from a bucket to a topic and a queue, in CDK's custom resource", () => {
    expect(validate((stack) => {
      const bucket = new Bucket(stack, 'Bucket');
      bucket.addEventNotification(EventType.OBJECT_CREATED, new SnsDestination(new Topic(stack, 'Topic')));
      bucket.addEventNotification(EventType.OBJECT_REMOVED, new QueueDestination(new Queue(stack, 'Queue')));
    })).toEqual({ edges: ['bucket → queue: Bucket, Queue, –', 'bucket → other: Bucket, Topic, –'], errors: [] });
  });

  test('from a topic to a function', () => {
    const { edges, errors } = validate((stack) => {
      const handler = handlerIn(stack, { onFailure: new SqsDestination(new Queue(stack, 'Dead')) });
      new Topic(stack, 'Topic').addSubscription(new LambdaSubscription(handler, { deadLetterQueue: new Queue(stack, 'Lost') }));
    });
    expect(edges).toEqual(['topic → function: Topic, Handler, Lost', 'invocation → function: Lambda, Handler, Dead']);
    expect(errors).toEqual([]);
  });

  test('from a rule to a topic and to a bus, which needs no dead-letter queue', () => {
    const { edges, errors } = validate((stack) => {
      new Rule(stack, 'Rule', { eventPattern, targets: [new SnsTopic(new Topic(stack, 'Topic')), new BusTarget(new EventBus(stack, 'Bus'))] });
    });
    expect(edges).toEqual(['rule → other: Rule, Topic, –', 'rule → bus: Rule, Bus, –']);
    expect(errors).toEqual(['Rule → Topic (rule → other) has no dead-letter queue, so failures are lost. Set `deadLetterQueue` on the target.']);
  });

  test('from a schedule to an alias of a function', () => {
    const { edges, errors } = validate((stack) => {
      const handler = handlerIn(stack, { onFailure: new SqsDestination(new Queue(stack, 'Dead')) });
      const alias = new Alias(stack, 'Alias', { aliasName: 'live', version: handler.currentVersion });
      new Rule(stack, 'Rule', { schedule: Schedule.rate(Duration.days(1)), targets: [new LambdaFunction(alias, { deadLetterQueue: new Queue(stack, 'Lost') })] });
    });
    expect(edges).toEqual(['schedule → function: Rule, Alias, Lost', 'invocation → function: Lambda, Handler, Dead']);
    expect(errors).toEqual([]);
  });

  test('from a Kinesis stream, whose failure destination can be a topic', () => {
    const source = (stack: Stack, onFailure?: SqsDlq | SnsDlq) => handlerIn(stack).addEventSource(new KinesisEventSource(new Stream(stack, 'Stream'), {
      startingPosition: StartingPosition.LATEST, reportBatchItemFailures: true, onFailure,
    }));
    expect(validate((stack) => source(stack, new SqsDlq(new Queue(stack, 'Dead'))))).toEqual({ edges: ['stream → function: Stream, Handler, Dead'], errors: [] });
    expect(validate((stack) => source(stack, new SnsDlq(new Topic(stack, 'Topic'))))).toEqual({ edges: ['stream → function: Stream, Handler, Topic'], errors: [] });
    expect(validate(source).errors).toEqual([
      'Stream → Handler (stream → function) has no dead-letter queue, so failures are lost. Set `onFailure` on the event source.',
    ]);
  });

  test('to a function whose dead-letter queue is not an onFailure destination', () => {
    expect(validate((stack) => handlerIn(stack, { deadLetterQueue: new Queue(stack, 'Dead'), retryAttempts: 0 }))).toEqual({
      edges: ['invocation → function: Lambda, Handler, Dead'], errors: [],
    });
  });
});

describe('with FIFO topics and queues', () => {
  const subscribe = (stack: Stack, fifo: boolean, fifoDead: boolean) => new Topic(stack, 'Topic', { fifo }).addSubscription(
    new SqsSubscription(new Queue(stack, 'Queue', { fifo: fifo || undefined }), { deadLetterQueue: new Queue(stack, 'Dead', { fifo: fifoDead || undefined }) }),
  );

  test.each([[false], [true]])('a subscription needs a dead-letter queue of the type of its topic: FIFO %p', (fifo) => {
    expect(validate((stack) => subscribe(stack, fifo, fifo)).errors).toEqual([]);
    expect(validate((stack) => subscribe(stack, fifo, !fifo)).errors).toEqual([expect.stringContaining(`needs a ${fifo ? 'FIFO' : 'standard'} dead-letter queue`)]);
  });
});

describe('fails when', () => {
  test('a queue is its own dead-letter queue', () => {
    expect(validate((stack) => {
      const queue = new Queue(stack, 'Queue');
      new Rule(stack, 'Rule', { eventPattern, targets: [new SqsQueue(queue, { deadLetterQueue: queue })] });
    }).errors).toEqual([
      'Rule → Queue (rule → queue) uses Queue as its own dead-letter queue, but that must be a different queue. Set `deadLetterQueue` on the target.',
    ]);
  });

  test('the redriveAllowPolicy of a dead-letter queue allows only other queues', () => {
    const errorsWith = (another: boolean) => validate((stack) => {
      const deadLetterQueue = new Queue(stack, 'Dead', { retentionPeriod: Duration.days(14) });
      const queue = new Queue(stack, 'Queue', { deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount: 3 } });
      const sourceQueueArns = [another ? new Queue(stack, 'Other').queueArn : 'arn:aws:sqs:eu-central-1:111111111111:known-at-deployment'];
      (deadLetterQueue.node.defaultChild as CfnQueue).redriveAllowPolicy = { redrivePermission: 'byQueue', sourceQueueArns };
      handlerIn(stack).addEventSource(new SqsEventSource(queue, { reportBatchItemFailures: true }));
    }).errors;
    expect(errorsWith(true)).toEqual([
      'Queue → Handler (queue → function) cannot move failed messages to Dead: its `redriveAllowPolicy` does not allow the source queue. '
      + 'Add the source queue to that policy.',
    ]);
    expect(errorsWith(false)).toEqual([]);
  });

  test('a function is allowed to send to a queue but not to use its key', () => {
    const errorsWith = (grant: boolean) => validate((stack) => {
      const key = new Key(stack, 'Key');
      const dead = new Queue(stack, 'Dead', { encryptionMasterKey: key.addAlias('orders') });
      const handler = handlerIn(stack);
      handler.configureAsyncInvoke({ onFailure: { bind: () => ({ destination: dead.queueArn }) } });
      handler.addToRolePolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [dead.queueArn] }));
      if (grant) key.grantEncryptDecrypt(handler);
    }).errors;
    expect(errorsWith(true)).toEqual([]);
    expect(errorsWith(false)).toEqual([
      'Lambda → Handler (invocation → function) cannot send messages to Dead: the role of the function cannot use the key of the queue. '
      + 'Allow kms:GenerateDataKey* and kms:Decrypt on Key.',
    ]);
  });
});

describe('reports no error', () => {
  test('for a role that is imported or has imported policies', () => {
    const errorsWith = (role: (stack: Stack) => object) => validate((stack) => {
      const dead = new Queue(stack, 'Dead');
      handlerIn(stack, role(stack)).configureAsyncInvoke({ onFailure: { bind: () => ({ destination: dead.queueArn }) } });
    }).errors;
    expect(errorsWith(() => ({}))).toEqual([expect.stringContaining('the role of the function lacks sqs:SendMessage')]);
    expect(errorsWith((stack) => ({ role: Role.fromRoleArn(stack, 'Mine', 'arn:aws:iam::111111111111:role/mine') }))).toEqual([]);
    const managedPolicies = [ManagedPolicy.fromAwsManagedPolicyName('AmazonSQSFullAccess')];
    expect(errorsWith((stack) => ({ role: new Role(stack, 'Mine', { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), managedPolicies }) }))).toEqual([]);
  });

  test('for values that are resolved at deployment', () => {
    const { edges, errors } = validate((stack) => {
      const queue = new Queue(stack, 'Queue');
      const { node } = queue;
      const template = node.defaultChild as CfnQueue;
      template.addPropertyOverride('RedrivePolicy', Fn.conditionIf('IsProduction', { deadLetterTargetArn: 'a' }, { deadLetterTargetArn: 'b' }));
      template.addPropertyOverride('VisibilityTimeout', { Ref: 'Timeout' });
      handlerIn(stack).addEventSource(new SqsEventSource(queue, { reportBatchItemFailures: true }));
    });
    expect(edges).toEqual([expect.stringMatching(/^queue → function: Queue, Handler, /)]);
    expect(errors).toEqual([]);
  });

  test('for edges that are not included', () => {
    const stack = new Stack();
    new Rule(stack, 'Rule', { eventPattern, targets: [new SqsQueue(new Queue(stack, 'Queue'))] });
    expect(validateEdges(resourcesIn(stack), { includeEdge: () => false })).toEqual({ edges: [], errors: [] });
  });

  test('for a template without edges', () => {
    expect(validateEdges({})).toEqual({ edges: [], errors: [] });
  });
});
