import { CfnParameter, Duration, Size, Stack, Token, type Environment } from 'aws-cdk-lib';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Stream, StreamEncryption } from 'aws-cdk-lib/aws-kinesis';
import { Key } from 'aws-cdk-lib/aws-kms';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { AuthenticationMethod } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { OrderPipelineMonitoring, OrderSource, OrderSourceIngest, OrderSourceTenant, OrderTenants, type OrderSourceIngestProps } from '../../src';
import { validateEdges } from '../../src/private/async-edges/validate-edges';
import { resourcesIn } from '../support/edges';
import { BROKER, CLUSTER, PUBLIC_KAFKA, queueIn, secretIn, SOURCE_ENV, SOURCES, streamIn, type MakeSource } from '../support/order-sources';
import { wrongQueueOptions } from '../support/queue-options';
import { synth, synthPipeline, warningsOf } from '../support/synth';
import { actionsByResource, idOf, queueStatements, resourceOf, resourcesOf, roleStatements, type Resource } from '../support/template';

type Props = Partial<Omit<OrderSourceIngestProps, 'source'>>;

const synthSource = (source: MakeSource, props: Props = {}, env: Environment = SOURCE_ENV) => synth((stack) => new OrderSourceIngest(stack, 'Ingest', {
  source: source(stack),
  ordersQueue: Queue.fromQueueArn(stack, 'Orders', stack.formatArn({ service: 'sqs', resource: 'orders.fifo' })),
  ...props,
}), env);

const vpcIn = (stack: Stack) => Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-central-1a'], privateSubnetIds: ['subnet-a'] });

type Synthesized = ReturnType<typeof synthSource>;
const handlerOf = ({ template }: Synthesized) => resourceOf(template, 'AWS::Lambda::Function', 'ReceiveSourceOrders').properties;
const mappingOf = ({ template }: Synthesized) => resourcesOf(template, 'AWS::Lambda::EventSourceMapping')[0].properties;
const deadLetterQueueOf = ({ template, created }: Synthesized) => resourcesOf(template, 'AWS::SQS::Queue').find(({ id }) => id === Stack.of(created).getLogicalId(created.deadLetterQueue.node.defaultChild as never))!;
const actionsOf = ({ template }: Synthesized) => actionsByResource(roleStatements(template, 'ReceiveSourceOrders'));

describe.each(Object.entries(SOURCES))('%s', (name, source) => {
  const synthesized = synthSource(source);

  test('receive-source-orders has what it needs, and its name', () => {
    expect(synthesized.created.node.id).toBe('Ingest');
    expect(handlerOf(synthesized).Environment.Variables).toMatchObject({
      SOURCE_ID: expect.stringMatching(/^TestIngest[0-9A-F]{8}$/),
      MAX_ORDER_SIZE: String(128 * 1024),
      DEAD_LETTER_QUEUE_URL: { Ref: deadLetterQueueOf(synthesized).id },
    });
    expect(handlerOf(synthesized).Description).toBe(`Sends the orders of the source ${name} to the orders queue`);
  });

  test('its poison goes to an encrypted queue that is kept for 14 days', () => {
    expect(deadLetterQueueOf(synthesized).properties).toMatchObject({ MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true });
  });

  test('there is nothing to warn of', () => {
    expect(warningsOf(synthesized.stack)).toEqual([]);
  });
});

describe('the event source mapping', () => {
  test('of Kinesis reports item failures, bisects batches and has a failure destination', () => {
    const synthesized = synthSource(SOURCES.kinesis);
    expect(mappingOf(synthesized)).toEqual({
      FunctionName: { Ref: resourceOf(synthesized.template, 'AWS::Lambda::Function', 'ReceiveSourceOrders').id },
      EventSourceArn: 'arn:aws:kinesis:eu-central-1:111122223333:stream/orders',
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 100,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [deadLetterQueueOf(synthesized).id, 'Arn'] } } },
    });
    expect(actionsOf(synthesized)['arn:aws:kinesis:eu-central-1:111122223333:stream/orders']).toEqual([
      'kinesis:DescribeStream', 'kinesis:DescribeStreamSummary', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards',
    ]);
    expect(handlerOf(synthesized).Timeout).toBe(300);
  });

  test('of an encrypted Kinesis stream may decrypt', () => {
    const synthesized = synthSource((stack) => OrderSource.kinesis(new Stream(stack, 'Own', { encryption: StreamEncryption.KMS, encryptionKey: new Key(stack, 'Key') })));
    expect(Object.values(actionsOf(synthesized)).flat()).toContain('kms:Decrypt');
  });

  test('of a self-managed Kafka has a stable consumer group, credentials and a failure destination', () => {
    const synthesized = synthSource(SOURCES.kafka);
    expect(mappingOf(synthesized)).toEqual({
      FunctionName: { Ref: resourceOf(synthesized.template, 'AWS::Lambda::Function', 'ReceiveSourceOrders').id },
      SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: ['broker.example.com:9092'] } },
      SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: expect.stringMatching(/^Test-Ingest-[0-9A-F]{8}$/) },
      SourceAccessConfigurations: [{ Type: 'SASL_SCRAM_512_AUTH', URI: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:broker-AbCdEf' }],
      Topics: ['orders'],
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 100,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [deadLetterQueueOf(synthesized).id, 'Arn'] } } },
    });
    expect(Object.values(actionsOf(synthesized)).flat()).toContain('secretsmanager:GetSecretValue');
    expect(handlerOf(synthesized).Timeout).toBe(840);
  });

  test('of a Kafka in a VPC connects from its subnets', () => {
    const synthesized = synthSource((stack) => OrderSource.kafka({
      ...PUBLIC_KAFKA,
      vpc: vpcIn(stack),
      securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1'),
      secret: secretIn(stack),
      authenticationMethod: AuthenticationMethod.BASIC_AUTH,
      rootCaCertificate: Secret.fromSecretCompleteArn(stack, 'Ca', 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:ca-AbCdEf'),
      consumerGroupId: 'shop',
      startingPosition: StartingPosition.LATEST,
      batchSize: 7,
    }));
    expect(mappingOf(synthesized)).toMatchObject({
      StartingPosition: 'LATEST',
      BatchSize: 7,
      SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: 'shop' },
      SourceAccessConfigurations: [
        { Type: 'BASIC_AUTH' }, { Type: 'SERVER_ROOT_CA_CERTIFICATE' }, { Type: 'VPC_SUBNET', URI: 'subnet:subnet-a' }, { Type: 'VPC_SECURITY_GROUP', URI: 'security_group:sg-1' },
      ],
    });
    expect(handlerOf(synthesized)).not.toHaveProperty('VpcConfig');
  });

  test('of MSK uses IAM for the topic and the group of the cluster only', () => {
    const synthesized = synthSource(() => OrderSource.msk(CLUSTER, 'orders', { consumerGroupId: 'shop' }));
    expect(mappingOf(synthesized)).toMatchObject({
      EventSourceArn: CLUSTER, Topics: ['orders'], AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'shop' }, DestinationConfig: expect.anything(),
    });
    expect(mappingOf(synthesized)).not.toHaveProperty('SourceAccessConfigurations');
    expect(actionsOf(synthesized)).toMatchObject({
      [CLUSTER]: expect.arrayContaining(['kafka:GetBootstrapBrokers', 'kafka-cluster:Connect']),
      'arn:aws:kafka:eu-central-1:111122223333:topic/shop/0b6ad0b2-1/orders': ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'],
      'arn:aws:kafka:eu-central-1:111122223333:group/shop/0b6ad0b2-1/shop': ['kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'],
    });
  });

  test('of MSK with a secret uses SASL/SCRAM', () => {
    const synthesized = synthSource((stack) => OrderSource.msk(CLUSTER, 'orders', { secret: secretIn(stack) }));
    expect(mappingOf(synthesized).SourceAccessConfigurations).toEqual([{ Type: 'SASL_SCRAM_512_AUTH', URI: expect.stringContaining('broker-AbCdEf') }]);
    expect(Object.values(actionsOf(synthesized)).flat()).not.toContain('kafka-cluster:Connect');
  });

  test('of RabbitMQ has its queue, virtual host and user, and no failure destination, which Lambda does not support', () => {
    const synthesized = synthSource((stack) => OrderSource.rabbitMq(BROKER, 'orders', secretIn(stack), { virtualHost: '/shop' }));
    expect(mappingOf(synthesized)).toEqual({
      FunctionName: expect.anything(),
      EventSourceArn: BROKER,
      Queues: ['orders'],
      BatchSize: 100,
      SourceAccessConfigurations: [{ Type: 'BASIC_AUTH', URI: expect.stringContaining('broker-AbCdEf') }, { Type: 'VIRTUAL_HOST', URI: '/shop' }],
    });
    expect(actionsOf(synthesized)[BROKER]).toEqual(['mq:DescribeBroker']);
  });

  test('of ActiveMQ has its queue and user', () => {
    expect(mappingOf(synthSource(SOURCES['active-mq']))).toMatchObject({ EventSourceArn: BROKER, Queues: ['orders'], SourceAccessConfigurations: [{ Type: 'BASIC_AUTH' }] });
  });

  test('of a broker does not let the code of the function use network interfaces', () => {
    const statements = roleStatements(synthSource(SOURCES['rabbit-mq']).template, 'ReceiveSourceOrders').filter(({ actions }) => actions.includes('ec2:CreateNetworkInterface'));
    expect(statements.map(({ effect, condition }) => [effect, condition])).toEqual([['Allow', undefined], ['Deny', { Null: { 'lambda:SourceFunctionArn': 'false' } }]]);
  });

  test('of a queue reports item failures', () => {
    const synthesized = synthSource((stack) => OrderSource.queue(queueIn(stack), {
      batchSize: 5, maxConcurrency: 3, retryDuration: Duration.hours(2),
    }));
    expect(mappingOf(synthesized)).toMatchObject({ BatchSize: 5, FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 3 } });
    expect(handlerOf(synthesized).Environment.Variables).toMatchObject({ RETRY_DURATION: '7200', MAX_MESSAGE_AGE: String(4 * 86_400 - 1800) });
  });

  test('of a FIFO queue has a FIFO dead-letter queue', () => {
    const synthesized = synthSource((stack) => OrderSource.queue(Queue.fromQueueAttributes(stack, 'Fifo', { queueArn: stack.formatArn({ service: 'sqs', resource: 'shop.fifo' }), fifo: true })));
    expect(deadLetterQueueOf(synthesized).properties.FifoQueue).toBe(true);
  });

  test.each([true, false])('of a topic consumes a queue that SNS may send to; FIFO: %s', (fifo) => {
    const synthesized = synthSource((stack) => OrderSource.topic(new Topic(stack, 'Topic', fifo ? { fifo } : {})));
    const queue = resourceOf(synthesized.template, 'AWS::SQS::Queue', 'NotificationQueue');
    expect(queue.properties.FifoQueue ?? false).toBe(fifo);
    const [subscription] = resourcesOf(synthesized.template, 'AWS::SNS::Subscription');
    expect(subscription.properties).toMatchObject({ Protocol: 'sqs', RawMessageDelivery: false, RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [deadLetterQueueOf(synthesized).id, 'Arn'] } } });
    expect(idOf(mappingOf(synthesized).EventSourceArn)).toBe(queue.id);
    expect(queueStatements(synthesized.template, queue.id).filter(({ effect }) => effect === 'Allow')).toMatchObject([{ service: 'sns.amazonaws.com' }]);
  });
});

describe('in a pipeline', () => {
  const all = synthPipeline((stack) => ({ sources: Object.values(SOURCES).map((source) => source(stack)), fileIngest: false }), SOURCE_ENV);

  test('every kind has its function, its dead-letter queue with an alarm, and a route for redrive', () => {
    const { created, template } = all;
    expect(created.sources.map(({ node }) => node.id)).toEqual([
      'SourceKinesis', 'SourceKafka', 'SourceMsk', 'SourceRabbitMq', 'SourceActiveMq', 'SourceQueue', 'SourceTopic',
    ]);
    const routes = JSON.stringify(resourceOf(template, 'AWS::Lambda::Function', 'RedriveDeadLetters').properties.Environment.Variables.REDRIVE_ROUTES);
    for (const name of Object.keys(SOURCES)) expect(routes).toContain(`source-${name}`);
  });

  test('the edge proof includes every source, and every one that Lambda supports has a dead-letter queue and an alarm', () => {
    const own = validateEdges(resourcesIn(all.stack), { requireAlarm: () => true }).edges.filter(({ target }) => target.includes('ReceiveSourceOrders'));
    expect(own.map(({ kind, source }) => [kind, source]).sort()).toMatchInlineSnapshot(`
[
  [
    "broker → function",
    "orders",
  ],
  [
    "broker → function",
    "orders",
  ],
  [
    "broker → function",
    "orders",
  ],
  [
    "broker → function",
    "orders",
  ],
  [
    "queue → function",
    "OrdersSourceTopicNotificationQueue",
  ],
  [
    "queue → function",
    "Queue",
  ],
  [
    "stream → function",
    "stream/orders",
  ],
]
`);
    // Lambda has no failure destination for Amazon MQ, and the dead-letter queue of the app's queue belongs to the app.
    const withAlarm = own.filter(({ source, target }) => !/Mq/.test(target) && source !== 'Queue');
    expect(withAlarm.map(({ alarm }) => typeof alarm)).toEqual(Array.from({ length: 4 }, () => 'string'));
  });

  test('Kinesis has an alarm of its delay, Kafka of its lag and Amazon MQ of its queues', () => {
    const alarms = resourcesOf(all.template, 'AWS::CloudWatch::Alarm').filter(({ properties }) => /#(delayed-records|source-backlog)/.test(JSON.stringify(properties.AlarmDescription)));
    const metricIn = ({ MetricName, Metrics }: Resource['properties']) => MetricName ?? Metrics.at(-1).MetricStat?.Metric.MetricName;
    expect(alarms.map(({ properties }) => [metricIn(properties), properties.Threshold])).toEqual([
      ['IteratorAge', 300_000], ['OffsetLag', 1000], ['OffsetLag', 1000], ['MessageCount', 1000], ['QueueSize', 1000],
    ]);
  });

  test('kinds of alarms can be tuned', () => {
    const { template } = synthPipeline((stack) => ({
      sources: [SOURCES.kinesis(stack), SOURCES.kafka(stack)], monitoring: { delayedRecords: { threshold: 7 }, sourceBacklog: { enabled: false } },
    }), SOURCE_ENV);
    const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm')
      .filter(({ id, properties }) => /Source/.test(id) && ['IteratorAge', 'OffsetLag'].includes(properties.MetricName));
    expect(alarms.map(({ properties }) => properties.Threshold)).toEqual([7]);
  });

  test('two sources of one kind need names', () => {
    const two = (name = 'kinesis') => synthPipeline((stack) => ({
      sources: [OrderSource.kinesis(streamIn(stack)), OrderSource.msk(CLUSTER, 'orders', { name })],
    }), SOURCE_ENV);
    expect(() => two()).toThrow(new Error('Test/Orders: `sources` must have different names, got kinesis twice; set the option `name` of one of them'));
    expect(two('shop-2').created.sources.map(({ node }) => node.id)).toEqual(['SourceKinesis', 'SourceShop2']);
  });
});

describe('fails when', () => {
  const withTenants: Props = { tenants: OrderTenants.claim('tenant') };
  test.each<[string, MakeSource, string, Props?]>([
    ['a batch is too large', (stack) => OrderSource.kinesis(streamIn(stack), { batchSize: 10_001 }), '`source.batchSize` must be an integer between 1 and 10000, got 10001'],
    ['a batch of a queue is too large', (stack) => OrderSource.queue(queueIn(stack), { batchSize: 11 }), '`source.batchSize` must be an integer between 1 and 10, got 11'],
    ['the name is wrong', (stack) => OrderSource.kinesis(streamIn(stack), { name: 'My Stream' }), 'the `name` of a source must begin with a lower-case letter and have up to 30 of a-z 0-9 -, got My Stream'],
    ['it begins at a time', (stack) => OrderSource.kinesis(streamIn(stack), { startingPosition: StartingPosition.AT_TIMESTAMP }), '`source.startingPosition` must be TRIM_HORIZON or LATEST, got AT_TIMESTAMP'],
    ['the stream is in another region', (stack) => OrderSource.kinesis(Stream.fromStreamArn(stack, 'Far', 'arn:aws:kinesis:us-east-1:111122223333:stream/orders')),
      '`source.stream` must be in the region of the stack, got 111122223333, us-east-1; create the pipeline where the stream is'],
    ['a broker would take longer than Lambda waits', () => OrderSource.msk(CLUSTER, 'orders', { timeout: Duration.minutes(15) }), '`source.timeout` must be between 1 second and 14 minutes, got 15 minutes'],
    ['the ARN of a cluster is that of a topic', () => OrderSource.msk(CLUSTER.replace('cluster', 'topic'), 'orders'), `\`source.clusterArn\` must be the ARN of an Amazon MSK cluster, got ${CLUSTER.replace('cluster', 'topic')}`],
    ['the cluster is in another region', () => OrderSource.msk(CLUSTER.replace('eu-central-1', 'us-east-1'), 'orders'), '`source.clusterArn` must be in the region of the stack, got us-east-1 instead of eu-central-1'],
    ['the topic cannot exist', () => OrderSource.msk(CLUSTER, 'my orders'), '`source.topic` must have 1 to 249 of A-Z a-z 0-9 . _ -, got my orders'],
    ['the consumer group cannot exist', () => OrderSource.msk(CLUSTER, 'orders', { consumerGroupId: 'my group' }), '`source.consumerGroupId` must have 1 to 200 of A-Z a-z 0-9 - / * : _ + = . @, got my group'],
    ['there are no servers', (stack) => OrderSource.kafka({ ...PUBLIC_KAFKA, bootstrapServers: [], secret: secretIn(stack) }), '`source.bootstrapServers` must have 1 to 10 entries, got 0'],
    ['a server has no port', (stack) => OrderSource.kafka({ ...PUBLIC_KAFKA, bootstrapServers: ['broker'], secret: secretIn(stack) }), '`source.bootstrapServers` must be addresses such as broker.example.com:9092, got broker'],
    ['public brokers have no secret', () => OrderSource.kafka(PUBLIC_KAFKA), '`source.secret` is required without `source.vpc`, because Lambda connects to public brokers with credentials only'],
    ['a VPC has no security group', (stack) => OrderSource.kafka({ ...PUBLIC_KAFKA, vpc: vpcIn(stack) }), '`source.securityGroup` is required with `source.vpc`; the brokers must accept its connections'],
    ['an authentication has no secret', (stack) => OrderSource.kafka({ ...PUBLIC_KAFKA, vpc: vpcIn(stack), securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1'), authenticationMethod: AuthenticationMethod.BASIC_AUTH }),
      '`source.authenticationMethod` cannot be set without `source.secret`'],
    ['the ARN of a broker is another one', (stack) => OrderSource.activeMq('arn:aws:mq:eu-central-1:111122223333:configuration:c-1', 'orders', secretIn(stack)), '`source.brokerArn` must be the ARN of an Amazon MQ broker, got arn:aws:mq:eu-central-1:111122223333:configuration:c-1'],
    ['the queue of a broker has no name', (stack) => OrderSource.rabbitMq(BROKER, '', secretIn(stack)), '`source.queue` must have 1 to 1000 characters, got 0'],
    ['the visibility timeout of a queue is too short', (stack) => OrderSource.queue(new Queue(stack, 'Own')), '`source.queue` must have a visibilityTimeout of at least 180 seconds, 6 times the timeout of receive-source-orders, got 30'],
    ['the type of an imported queue is not known', (stack) => OrderSource.queue(Queue.fromQueueArn(stack, 'Fifo', stack.formatArn({ service: 'sqs', resource: 'shop.fifo' }))),
      '`source.queue` is a FIFO queue whose ARN is known only at deployment; import it by Queue.fromQueueAttributes() with `fifo: true`'],
    ['a queue is retried for longer than it keeps messages', (stack) => OrderSource.queue(queueIn(stack, { retentionPeriod: Duration.days(1) })), '`source.retryDuration` must be less than half the retentionPeriod of the queue, 1 day, got 1 day'],
    ['the tenant of a record is not known', (stack) => OrderSource.kinesis(streamIn(stack)), '`source.tenant` is required with `tenants`, because every order belongs to a tenant; use OrderSourceTenant', withTenants],
    ['there are no tenants', (stack) => OrderSource.kinesis(streamIn(stack), { tenant: OrderSourceTenant.fixed('acme') }), '`source.tenant` cannot be set without `tenants`'],
    ['a tenant cannot exist', (stack) => OrderSource.kinesis(streamIn(stack), { tenant: OrderSourceTenant.fixed('a/b') }), '`source.tenant` must have 1 to 50 of A-Z a-z 0-9 _ -, got a/b', withTenants],
    ['a tenant is in no field', (stack) => OrderSource.kinesis(streamIn(stack), { tenant: OrderSourceTenant.field('tenant') }), '`source.tenant` must be a JSON Pointer such as /metadata/tenant, got tenant', withTenants],
    ['a header has no name', () => OrderSource.msk(CLUSTER, 'orders', { tenant: OrderSourceTenant.header('') }), '`source.tenant` must be the name of a header, got an empty one', withTenants],
    ['Kinesis should have headers', (stack) => OrderSource.kinesis(streamIn(stack), { tenant: OrderSourceTenant.header('tenant') }), '`source.tenant` cannot be a header, because Kinesis records have none; use OrderSourceTenant.field() or fixed()', withTenants],
    ['an order can be too large', (stack) => OrderSource.kinesis(streamIn(stack)), '`maxOrderSize` must be between 1 KiB and 192 KiB, got 204800 bytes', { maxOrderSize: Size.kibibytes(200) }],
  ])('%s', (...[, source, message, props]) => {
    expect(() => synthSource(source, props)).toThrow(new Error(`Test/Ingest: ${message}`));
  });

  test.each(wrongQueueOptions('source'))('the options of the queue of a topic are wrong: %#', (options, message) => {
    expect(() => synthSource((stack) => OrderSource.topic(new Topic(stack, 'Topic'), options))).toThrow(new Error(`Test/Ingest: ${message}`));
  });

  test('the orders queue is a standard queue', () => {
    expect(() => synth((stack) => new OrderSourceIngest(stack, 'Ingest', { source: SOURCES.kinesis(stack), ordersQueue: new Queue(stack, 'Standard') }), SOURCE_ENV))
      .toThrow(new Error('Test/Ingest: `ordersQueue` must be a FIFO queue, got a standard one'));
  });

  test('the queue of the app has no dead-letter queue', () => {
    expect(() => synthPipeline((stack) => ({ sources: [OrderSource.queue(new Queue(stack, 'Own', { visibilityTimeout: Duration.minutes(3) }))] }), SOURCE_ENV)).toThrow(/has no dead-letter queue, so failures are lost/);
  });
});

test('values that are known only at deployment are accepted', () => {
  const parameter = (stack: Stack, id: string) => new CfnParameter(stack, id).valueAsString;
  for (const source of [
    (stack: Stack) => OrderSource.msk(parameter(stack, 'Cluster'), parameter(stack, 'TopicName'), { tenant: OrderSourceTenant.fixed(parameter(stack, 'Tenant')) }),
    (stack: Stack) => OrderSource.kafka({ bootstrapServers: Token.asList({ Ref: 'Servers' }), topic: parameter(stack, 'TopicName'), secret: secretIn(stack), tenant: OrderSourceTenant.header('tenant') }),
    (stack: Stack) => OrderSource.rabbitMq(parameter(stack, 'Broker'), parameter(stack, 'QueueName'), secretIn(stack), { tenant: OrderSourceTenant.field('/tenant') }),
    (stack: Stack) => OrderSource.queue(new Queue(stack, 'Own', { visibilityTimeout: Duration.seconds(new CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber) }), { tenant: OrderSourceTenant.field('/tenant') }),
  ]) expect(() => synthSource(source, { tenants: OrderTenants.claim('tenant') })).not.toThrow();
});

test('it can be used alone, with monitoring', () => {
  const { template } = synth((stack) => {
    const ingest = new OrderSourceIngest(stack, 'Ingest', { source: SOURCES.kinesis(stack), ordersQueue: new Queue(stack, 'Orders', { fifo: true }) });
    return new OrderPipelineMonitoring(stack, 'Monitoring', { parts: [ingest] });
  }, SOURCE_ENV);
  expect(resourcesOf(template, 'AWS::CloudWatch::Alarm').map(({ id }) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual([
    'MonitoringIngestDelayed', 'MonitoringSourceKinesisReceiveSourceOrdersErrors', 'MonitoringSourceKinesisReceiveSourceOrdersThrottles',
    'MonitoringSourceKinesisDeadLetterQueueNotEmpty', 'MonitoringDeadLetteredMessages',
  ]);
});
