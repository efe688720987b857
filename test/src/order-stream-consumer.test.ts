import { ArnFormat, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function, Runtime, StartingPosition, type FunctionProps } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { OrderPipeline, type OrderPipelineProps, type OrderStreamConsumerOptions } from '../../src';
import { synth, UNWATCHED } from '../support/synth';
import { actionsByResource, idOf, readable, resourceOf, resourcesOf, roleStatements } from '../support/template';

const PROPS: FunctionProps = { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => undefined;') };
const functionIn = (scope: Construct, id = 'Fraud') => new Function(scope, id, PROPS);

type Options = Partial<OrderStreamConsumerOptions>;
const STREAM = () => ({ ...UNWATCHED, stream: {} });

const synthConsumer = (options: Options | ((stack: Stack) => Options) = {}, props: (stack: Stack) => OrderPipelineProps = STREAM) =>
  synth((stack) => {
    const orders = new OrderPipeline(stack, 'Orders', props(stack));
    const given = typeof options === 'function' ? options(stack) : options;
    return orders.stream!.addConsumer('FraudCheck', { consumerFunction: given.consumerFunction ?? functionIn(stack), ...given });
  }, { region: 'eu-central-1' });
type Template = ReturnType<typeof synthConsumer>['template'];

const mappingIn = (template: Template) => resourceOf(template, 'AWS::Lambda::EventSourceMapping', 'FraudCheckMapping').properties;
const streamIn = (template: Template) => resourceOf(template, 'AWS::Kinesis::Stream', 'DataStream');

describe('with nothing but a function', () => {
  const { template, created } = synthConsumer();

  test('the function receives all events from the beginning of the stream', () => {
    expect(mappingIn(template)).toMatchObject({
      EventSourceArn: { 'Fn::GetAtt': [streamIn(template).id, 'Arn'] },
      FunctionName: { Ref: resourceOf(template, 'AWS::Lambda::Function', 'Fraud').id },
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 100,
    });
    expect(mappingIn(template)).not.toHaveProperty('FilterCriteria');
    template.resourceCountIs('AWS::Kinesis::StreamConsumer', 0);
  });

  test('a failed event is separated from its batch and retried for a day, and then goes to a dead-letter queue of the consumer', () => {
    expect(mappingIn(template)).toMatchObject({ BisectBatchOnFunctionError: true, FunctionResponseTypes: ['ReportBatchItemFailures'], MaximumRecordAgeInSeconds: 86_400 });
    expect(mappingIn(template)).not.toHaveProperty('MaximumRetryAttempts');
    expect(idOf(mappingIn(template).DestinationConfig.OnFailure.Destination)).toBe(resourceOf(template, 'AWS::SQS::Queue', 'FraudCheckDeadLetterQueue').id);
    expect(created.deadLetterQueue.node.path).toBe('Test/Orders/Stream/FraudCheck/DeadLetterQueue');
  });

  test('the function may read the stream and send to its dead-letter queue, before the mapping is created', () => {
    const [policy] = resourcesOf(template, 'AWS::IAM::Policy').filter(({ id }) => id.startsWith('FraudServiceRole'));
    const actions = actionsByResource(roleStatements(template).filter((statement) => policy.properties.PolicyDocument.Statement
      .some(({ Resource }: { Resource: unknown }) => JSON.stringify([Resource].flat()) === JSON.stringify(statement.resources))));
    expect(actions.OrdersStreamDataStream).toEqual(expect.arrayContaining(['kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards']));
    expect(actions.OrdersStreamFraudCheckDeadLetterQueue).toEqual(expect.arrayContaining(['sqs:SendMessage']));
    const mapping = Object.entries(template.findResources('AWS::Lambda::EventSourceMapping')).find(([id]) => id.includes('FraudCheckMapping'))![1];
    expect(mapping.DependsOn).toContain(policy.id);
  });

  test('its metric is the age of the oldest event that the function has not processed', () => {
    const { metricName, namespace, statistic } = created.metricIteratorAge();
    expect([namespace, metricName, statistic]).toEqual(['AWS/Lambda', 'IteratorAge', 'Maximum']);
  });
});

describe('its options', () => {
  test('eventTypes filter the events', () => {
    const { template } = synthConsumer({ eventTypes: ['OrderConfirmed', 'OrderChanged'] });
    expect(mappingIn(template).FilterCriteria).toEqual({ Filters: [{ Pattern: '{"data":{"detail-type":["OrderConfirmed","OrderChanged"]}}' }] });
  });

  test('enhancedFanOut registers the consumer, which reads with its own throughput', () => {
    const { template, created } = synthConsumer({ enhancedFanOut: true });
    const registration = resourceOf(template, 'AWS::Kinesis::StreamConsumer', 'FraudCheckStreamConsumer');
    expect(registration.properties).toMatchObject({ StreamARN: { 'Fn::GetAtt': [streamIn(template).id, 'Arn'] } });
    expect(idOf(mappingIn(template).EventSourceArn)).toBe(registration.id);
    expect(actionsByResource(roleStatements(template).filter(({ resources }) => readable(resources[0]) === 'OrdersStreamFraudCheckStreamConsumer')))
      .toEqual({ OrdersStreamFraudCheckStreamConsumer: ['kinesis:DescribeStreamConsumer', 'kinesis:SubscribeToShard'] });
    expect(created.streamConsumer).toBeDefined();
  });

  test('the others are those of the event source', () => {
    const { template } = synthConsumer({
      startingPosition: StartingPosition.LATEST,
      batchSize: 500,
      maxBatchingWindow: Duration.seconds(30),
      parallelizationFactor: 3,
      maxRecordAge: Duration.hours(1),
      retryAttempts: 5,
    });
    expect(mappingIn(template)).toMatchObject({
      StartingPosition: 'LATEST', BatchSize: 500, MaximumBatchingWindowInSeconds: 30, ParallelizationFactor: 3, MaximumRecordAgeInSeconds: 3600, MaximumRetryAttempts: 5,
    });
  });

  test('maxRecordAge may be as long as a longer retention of the stream permits', () => {
    const { template } = synthConsumer({ maxRecordAge: Duration.days(6) }, () => ({ ...UNWATCHED, stream: { streamRetention: Duration.days(7) } }));
    expect(mappingIn(template).MaximumRecordAgeInSeconds).toBe(518_400);
  });

  test('may be known only at deployment', () => {
    const { template } = synthConsumer((stack) => {
      const number = (id: string) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
      return { batchSize: number('Batch'), parallelizationFactor: number('Factor'), eventTypes: [new CfnParameter(stack, 'EventType').valueAsString] };
    });
    expect(mappingIn(template)).toMatchObject({ BatchSize: { Ref: 'Batch' }, ParallelizationFactor: { Ref: 'Factor' } });
  });

  test('the key of the pipeline encrypts the dead-letter queue, and the function may read the stream with it', () => {
    const { template } = synthConsumer({}, (stack) => ({ ...UNWATCHED, stream: {}, encryptionKey: new Key(stack, 'Key') }));
    const [key] = resourcesOf(template, 'AWS::KMS::Key');
    expect(resourceOf(template, 'AWS::SQS::Queue', 'FraudCheckDeadLetterQueue').properties.KmsMasterKeyId).toEqual({ 'Fn::GetAtt': [key.id, 'Arn'] });
    const [policy] = resourcesOf(template, 'AWS::IAM::Policy').filter(({ id }) => id.startsWith('FraudServiceRole'));
    expect(JSON.stringify(policy.properties.PolicyDocument)).toContain('kms:Decrypt');
  });
});

describe('several consumers', () => {
  const { template } = synth((stack) => {
    const { stream } = new OrderPipeline(stack, 'Orders', { stream: {} });
    for (const id of ['Fraud', 'Forecast']) stream!.addConsumer(id, { consumerFunction: functionIn(stack, `${id}Function`) });
  });
  const alarm = (id: string) => resourceOf(template, 'AWS::CloudWatch::Alarm', id).properties;

  test.each(['Fraud', 'Forecast'])('have an alarm each for late events and for events in the dead-letter queue, although they are added after monitoring: %s', (id) => {
    expect(alarm(`StreamConsumers${id}Delayed`)).toMatchObject({
      MetricName: 'IteratorAge', Threshold: 300_000, EvaluationPeriods: 3, Dimensions: [{ Name: 'FunctionName', Value: { Ref: resourceOf(template, 'AWS::Lambda::Function', `${id}Function`).id } }],
    });
    expect(readable(alarm(`StreamConsumers${id}Delayed`).AlarmDescription)).toContain(`Test/Orders/Stream/${id}`);
    expect(alarm(`StreamConsumers${id}NotEmpty`)).toMatchObject({ MetricName: 'ApproximateNumberOfMessagesVisible', Threshold: 1 });
    expect(JSON.stringify(resourceOf(template, 'AWS::CloudWatch::Dashboard', 'Dashboard').properties)).toContain(`Stream${id}`);
  });

  test('read the stream independently of each other', () => {
    expect(resourcesOf(template, 'AWS::Lambda::EventSourceMapping').filter(({ properties }) => properties.StartingPosition === 'TRIM_HORIZON' && idOf(properties.EventSourceArn) === streamIn(template).id)).toHaveLength(2);
  });
});

test('a function that is imported with its role can consume the stream', () => {
  const { template } = synthConsumer((stack) => {
    const functionArn = stack.formatArn({ service: 'lambda', resource: 'function', resourceName: 'fraud', arnFormat: ArnFormat.COLON_RESOURCE_NAME });
    return { consumerFunction: Function.fromFunctionAttributes(stack, 'Imported', { functionArn, role: Role.fromRoleName(stack, 'FraudRole', 'fraud') }) };
  });
  expect(JSON.stringify(mappingIn(template).FunctionName)).toContain(':function:fraud');
  expect(resourcesOf(template, 'AWS::IAM::Policy').some(({ properties }) => properties.Roles[0] === 'fraud')).toBe(true);
});

describe('fails when', () => {
  const fails = (options: Partial<OrderStreamConsumerOptions>, message: string) =>
    expect(() => synthConsumer(options)).toThrow(new Error(`Test/Orders/Stream/FraudCheck: ${message}`));

  test.each<[Partial<OrderStreamConsumerOptions>, string]>([
    [{ eventTypes: [] }, '`eventTypes` must contain at least one type, got none; omit it for all events'],
    [{ eventTypes: [''] }, '`eventTypes` must have 1 to 128 characters each, got 0'],
    [{ startingPosition: StartingPosition.AT_TIMESTAMP }, '`startingPosition` must be TRIM_HORIZON or LATEST, got AT_TIMESTAMP; replay the events before with `npx cdk-order-pipeline replay-stream`'],
    [{ batchSize: 10_001 }, '`batchSize` must be an integer between 1 and 10000, got 10001'],
    [{ maxBatchingWindow: Duration.minutes(6) }, '`maxBatchingWindow` must be between 0 seconds and 5 minutes, got 6 minutes'],
    [{ parallelizationFactor: 11 }, '`parallelizationFactor` must be an integer between 1 and 10, got 11'],
    [{ maxRecordAge: Duration.seconds(59) }, '`maxRecordAge` must be between 1 minute and 7 days, got 59 seconds'],
    [{ maxRecordAge: Duration.hours(48) }, '`maxRecordAge` must be shorter than `streamRetention` (2 days), got 2 days'],
    [{ retryAttempts: -1 }, '`retryAttempts` must be an integer between 0 and 10000, got -1'],
  ])('%p', (options, message) => {
    fails(options, message);
  });

  test('the function is in another stack', () => {
    expect(() => synthConsumer((stack) => ({ consumerFunction: functionIn(new Stack(stack.node.root as never, 'Other')) }))).toThrow(
      '`consumerFunction` must be in the stack of the stream, got Other/Fraud; in another stack, add a KinesisEventSource with the property `dataStream` to the function');
  });

  test('the function is imported without its role', () => {
    expect(() => synthConsumer((stack) => ({ consumerFunction: Function.fromFunctionName(stack, 'Imported', 'fraud') })))
      .toThrow('`consumerFunction` must have a role, got Test/Imported, which is imported without one; import it with Function.fromFunctionAttributes and its role');
  });

  test('the retention of the stream is not longer than a day', () => {
    expect(() => synthConsumer({}, () => ({ ...UNWATCHED, stream: { streamRetention: Duration.hours(24) } })))
      .toThrow('`maxRecordAge` must be shorter than `streamRetention` (1 day), got 1 day');
  });
});
