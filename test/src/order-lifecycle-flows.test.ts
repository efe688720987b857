import { CfnParameter, Duration, RemovalPolicy, Size, type Environment, type Stack } from 'aws-cdk-lib';
import { AuthorizationType } from 'aws-cdk-lib/aws-apigateway';
import { AttributeType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ApplicationLogLevel } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { OrderAuthentication, OrderLifecycleFlows, RealtimeOrderIngest, type OrderLifecycleFlowsProps } from '../../src';
import { EVENT_TYPE } from '../../src/private/contract';
import { permittedRoutes, methodsByRoute, routesOf } from '../support/api-routes';
import { matchesPattern } from '../support/event-matcher';
import { parametersForQueue, wrongHandlerOptions, wrongQueueOptions, wrongTimeouts } from '../support/queue-options';
import { synth, warningsOf } from '../support/synth';
import { actionsByResource, idOf, queueStatements, readable, resourceOf, resourcesOf, roleStatements, statementsIn } from '../support/template';

type Props = Omit<OrderLifecycleFlowsProps, 'eventBus' | 'ordersTable'> & Partial<Pick<OrderLifecycleFlowsProps, 'ordersTable'>>;
type PropsIn = Props | ((stack: Stack) => Props);
const propsIn = (stack: Stack, props?: PropsIn): Props => (typeof props === 'function' ? props(stack) : props ?? {});

const TABLE_ARN = 'arn:aws:dynamodb:eu-central-1:111111111111:table/orders';
const SEQUENCE_TABLE_ARN = 'arn:aws:dynamodb:eu-central-1:111111111111:table/places';
const BUS_ARN = 'arn:AWS::Partition:events:AWS::Region:AWS::AccountId:event-bus/shared';
const KEY_ENV: Environment = { region: 'eu-central-1' };

const sharedBus = (stack: Stack) => EventBus.fromEventBusName(stack, 'Bus', 'shared');
const importedTable = (stack: Stack, id: string, arn: string) => TableV2.fromTableArn(stack, id, arn);

/** The pipeline on the imported bus, which no other pipeline uses. */
const SHOP = { pipelineId: 'shop', acceptEventsWithoutPipeline: true };

/** The flows behind an API of the same stack. */
const withApi = (props?: PropsIn, env?: Environment) => synth((stack) => {
  const eventBus = sharedBus(stack);
  const ingest = new RealtimeOrderIngest(stack, 'Ingest', { eventBus, pipelineId: 'shop' });
  return new OrderLifecycleFlows(stack, 'Lifecycle', {
    eventBus, ...SHOP, ingest, ordersTable: importedTable(stack, 'Table', TABLE_ARN), ...propsIn(stack, props),
  });
}, env);

/** The flows by themselves, with commands that come over the bus only. */
const withoutApi = (props?: PropsIn, env?: Environment) => synth((stack) => new OrderLifecycleFlows(stack, 'Lifecycle', {
  eventBus: sharedBus(stack),
  ...SHOP,
  ordersTable: importedTable(stack, 'Table', TABLE_ARN),
  sequenceTable: importedTable(stack, 'SequenceTable', SEQUENCE_TABLE_ARN),
  ...propsIn(stack, props),
}), env);
type Template = ReturnType<typeof withApi>['template'];

const handler = (template: Template, id: string) => resourceOf(template, 'AWS::Lambda::Function', id).properties;
const variable = (template: Template, id: string, name: string) => handler(template, id).Environment.Variables[name];
const queue = (template: Template, id: string) => resourceOf(template, 'AWS::SQS::Queue', id);
const rule = (template: Template, flow: string) => resourceOf(template, 'AWS::Events::Rule', `${flow}Events`);
const mappingOf = (template: Template, id: string) => resourcesOf(template, 'AWS::Lambda::EventSourceMapping')
  .filter(({ properties }) => idOf(properties.FunctionName) === resourceOf(template, 'AWS::Lambda::Function', id).id);

const FLOWS = [
  { flow: 'Change', consumer: 'ChangeOrder', option: 'changeOrder', eventTypes: ['OrderChangeRequested'] },
  { flow: 'Cancellation', consumer: 'CancelOrder', option: 'cancelOrder', eventTypes: ['OrderCancellationRequested'] },
  { flow: 'Fulfillment', consumer: 'FulfillOrder', option: 'fulfillOrder', eventTypes: ['OrderFulfilled', 'OrderItemsFulfilled'] },
] as const;
const CONSUMERS = FLOWS.map(({ consumer }) => consumer);

const RECEIVERS = [
  { receiver: 'ReceiveOrderChange', option: 'receiveOrderChange', route: 'PATCH /orders/{orderId}', call: 'PATCH /orders/*', environment: {} },
  {
    receiver: 'ReceiveOrderCancellation',
    option: 'receiveOrderCancellation',
    // Other methods are answered by 405.
    route: 'ANY /orders/{orderId}/cancellation',
    call: '* /orders/*/cancellation',
    environment: { ALLOWED_METHODS: '{"/orders/{orderId}/cancellation":"POST"}' },
  },
] as const;
const HANDLERS = [...CONSUMERS, ...RECEIVERS.map(({ receiver }) => receiver)];

const LOG = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const CONSUME = ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage'];

describe.each([['with an API', withApi()], ['without an API', withoutApi()]])('%s', (_, { template, stack }) => {
  const sequenceTable = resourcesOf(template, 'AWS::DynamoDB::GlobalTable').map(({ id }) => ({ name: { Ref: id }, arn: 'IngestSequenceTable' }))[0]
    ?? { name: 'places', arn: SEQUENCE_TABLE_ARN };

  test.each(FLOWS)('the $flow flow has one rule, which matches $eventTypes of the pipeline and nothing else', ({ flow, eventTypes }) => {
    const { properties } = rule(template, flow);
    expect(properties).toMatchObject({ EventBusName: 'shared', State: 'ENABLED' });
    expect(properties.EventPattern).toEqual({
      'source': ['orders'], 'detail-type': eventTypes, 'detail': { metadata: { pipeline: ['shop', { exists: false }] } },
    });
    const matches = (type: string) => matchesPattern(properties.EventPattern, { 'source': 'orders', 'detail-type': type, 'detail': {} });
    expect(Object.values(EVENT_TYPE).filter(matches).toSorted()).toEqual(eventTypes);
  });

  test('there are no other rules', () => {
    template.resourceCountIs('AWS::Events::Rule', FLOWS.length);
  });

  test.each(FLOWS)('EventBridge tries for a day to put it into the $flow queue, and then leaves it in the dead-letter queue', ({ flow }) => {
    expect(rule(template, flow).properties.Targets).toEqual([{
      Id: 'Target0',
      Arn: { 'Fn::GetAtt': [queue(template, `${flow}Queue`).id, 'Arn'] },
      DeadLetterConfig: { Arn: { 'Fn::GetAtt': [queue(template, `${flow}DeadLetterQueue`).id, 'Arn'] } },
      RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
    }]);
  });

  test.each(FLOWS)('EventBridge can send to both queues of the $flow flow for this rule, and no other principal can', ({ flow }) => {
    const fromRule = { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [rule(template, flow).id, 'Arn'] } } };
    for (const id of [`${flow}Queue`, `${flow}DeadLetterQueue`]) {
      const allowed = queueStatements(template, queue(template, id).id).filter(({ effect }) => effect === 'Allow');
      expect(allowed).toMatchObject([{ service: 'events.amazonaws.com', condition: fromRule }]);
      expect(allowed[0].actions).toContain('sqs:SendMessage');
    }
  });

  test.each(FLOWS)('the $flow queue is standard, keeps messages for four days, and hides them for six timeouts', ({ flow, consumer }) => {
    const { properties } = queue(template, `${flow}Queue`);
    expect(properties).toEqual({
      MessageRetentionPeriod: 4 * 24 * 3600,
      VisibilityTimeout: 6 * handler(template, consumer).Timeout,
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [queue(template, `${flow}DeadLetterQueue`).id, 'Arn'] }, maxReceiveCount: 1000 },
      SqsManagedSseEnabled: true,
    });
    expect(queue(template, `${flow}DeadLetterQueue`).properties).toEqual({ MessageRetentionPeriod: 14 * 24 * 3600, SqsManagedSseEnabled: true });
  });

  test.each(FLOWS)('$consumer consumes the $flow queue in batches, message by message', ({ flow, consumer }) => {
    expect(mappingOf(template, consumer).map(({ properties }) => properties)).toEqual([{
      EventSourceArn: { 'Fn::GetAtt': [queue(template, `${flow}Queue`).id, 'Arn'] },
      FunctionName: { Ref: resourceOf(template, 'AWS::Lambda::Function', consumer).id },
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 50 },
    }]);
  });

  test.each(FLOWS)('$consumer may do what it does, to its own queues, and nothing else', ({ flow, consumer }) => {
    expect(roleStatements(template, consumer).every(({ effect }) => effect === 'Allow')).toBe(true);
    expect(actionsByResource(roleStatements(template, consumer))).toEqual({
      [`Lifecycle${consumer}Logs`]: LOG,
      [TABLE_ARN]: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      [sequenceTable.arn]: ['dynamodb:PutItem', 'dynamodb:Query'],
      [BUS_ARN]: ['events:PutEvents'],
      [`Lifecycle${flow}DeadLetterQueue`]: ['sqs:SendMessage'],
      [`Lifecycle${flow}Queue`]: CONSUME,
    });
  });

  test.each(CONSUMERS)('%s publishes under the source of the pipeline only', (id) => {
    expect(roleStatements(template, id).filter(({ actions }) => actions.includes('events:PutEvents')))
      .toMatchObject([{ condition: { StringEquals: { 'events:source': 'orders' } } }]);
  });

  test.each(FLOWS)('$consumer has this environment and these sizes', ({ flow, consumer }) => {
    expect(handler(template, consumer)).toMatchObject({ MemorySize: 512, Timeout: 30 });
    expect(handler(template, consumer).Environment.Variables).toEqual({
      POWERTOOLS_SERVICE_NAME: 'Test/Lifecycle',
      POWERTOOLS_METRICS_NAMESPACE: 'OrderPipeline',
      POWERTOOLS_LOG_LEVEL: 'INFO',
      ORDERS_TABLE_NAME: 'orders',
      SEQUENCE_TABLE_NAME: sequenceTable.name,
      EVENT_BUS_NAME: 'shared',
      EVENT_SOURCE: 'orders',
      PIPELINE_ID: 'shop',
      QUEUE_URL: { Ref: queue(template, `${flow}Queue`).id },
      DEAD_LETTER_QUEUE_URL: { Ref: queue(template, `${flow}DeadLetterQueue`).id },
      RETRY_DURATION: '86400',
      MAX_MESSAGE_AGE: String(4 * 86_400 - 2 * 900),
      REJECTED_ORDER_RETENTION: '2592000',
      PENDING_COMMAND_RETENTION: '604800',
    });
  });

  test('there is nothing to warn of', () => {
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('the routes', () => {
  const { template, created } = withApi();

  test.each(RECEIVERS)('$route is answered by $receiver, with the API key', ({ receiver, route }) => {
    expect(routesOf(template, receiver)).toEqual([route]);
    expect(methodsByRoute(template)[route]).toMatchObject({ ApiKeyRequired: true, AuthorizationType: 'NONE', Integration: { Type: 'AWS_PROXY' } });
  });

  test.each(RECEIVERS)('API Gateway can invoke $receiver for its own route and no other', ({ receiver, call }) => {
    expect(permittedRoutes(template, receiver)).toEqual([call]);
  });

  test('are these and the one of the ingest', () => {
    expect(Object.keys(methodsByRoute(template)).sort()).toEqual(['POST /orders', ...RECEIVERS.map(({ route }) => route)].sort());
  });

  test.each(RECEIVERS)('send commands to the orders queue: $receiver has no other permissions', ({ receiver, environment }) => {
    expect(actionsByResource(roleStatements(template, receiver))).toEqual({ [`Lifecycle${receiver}Logs`]: LOG, IngestOrdersQueue: ['sqs:SendMessage'] });
    expect(handler(template, receiver)).toMatchObject({ MemorySize: 512, Timeout: 10 });
    expect(handler(template, receiver).Environment.Variables).toEqual({
      POWERTOOLS_SERVICE_NAME: 'Test/Lifecycle',
      POWERTOOLS_METRICS_NAMESPACE: 'OrderPipeline',
      POWERTOOLS_LOG_LEVEL: 'INFO',
      ORDERS_QUEUE_URL: { Ref: queue(template, 'OrdersQueue').id },
      MAX_ORDER_SIZE: '131072',
      ...environment,
    });
  });

  test('are behind the authorizer of the API', () => {
    const authorizer = { authorizerId: 'abc123', authorizationType: AuthorizationType.CUSTOM };
    const guarded = synth((stack) => {
      const eventBus = sharedBus(stack);
      const ingest = new RealtimeOrderIngest(stack, 'Ingest', { eventBus, authentication: OrderAuthentication.fromRestAuthorizer(authorizer) });
      new OrderLifecycleFlows(stack, 'Lifecycle', { eventBus, ingest, ordersTable: importedTable(stack, 'Table', TABLE_ARN) });
    }).template;
    for (const { route } of RECEIVERS) {
      expect(methodsByRoute(guarded)[route]).toMatchObject({ ApiKeyRequired: false, AuthorizationType: 'CUSTOM', AuthorizerId: 'abc123' });
    }
  });

  test('are left out without an API, and so are their handlers', () => {
    const alone = withoutApi();
    for (const type of ['AWS::ApiGateway::Method', 'AWS::ApiGateway::Resource', 'AWS::Lambda::Permission']) alone.template.resourceCountIs(type, 0);
    expect([alone.created.receiveOrderChangeFunction, alone.created.receiveOrderCancellationFunction]).toEqual([undefined, undefined]);
    alone.template.resourceCountIs('AWS::Lambda::Function', CONSUMERS.length);
  });

  test('and all the parts can be reached', () => {
    const { receiveOrderChangeFunction, receiveOrderCancellationFunction, changeOrderFunction, cancelOrderFunction, fulfillOrderFunction } = created;
    const functions = [receiveOrderChangeFunction, receiveOrderCancellationFunction, changeOrderFunction, cancelOrderFunction, fulfillOrderFunction];
    expect(functions.map((one) => one?.node.path)).toEqual(
      ['ReceiveOrderChange', 'ReceiveOrderCancellation', 'ChangeOrder', 'CancelOrder', 'FulfillOrder'].map((id) => `Test/Lifecycle/${id}`),
    );
    expect([
      created.changeQueue, created.changeDeadLetterQueue, created.cancellationQueue, created.cancellationDeadLetterQueue,
      created.fulfillmentQueue, created.fulfillmentDeadLetterQueue,
    ].map((one) => one?.node.path)).toEqual(FLOWS.flatMap(({ flow }) => [`Test/Lifecycle/${flow}Queue`, `Test/Lifecycle/${flow}DeadLetterQueue`]));
  });
});

describe('a flow that is off', () => {
  const ids = (template: Template) => resourcesOf(template).map(({ id }) => id).filter((id) => !id.includes('Deployment'));
  const all = ids(withApi().template);
  const OFF = [
    {
      off: 'orderChanges',
      trace: /ChangeOrder|OrderChange|LifecycleChange|PATCH|change-order|order-change/,
      members: ['changeQueue', 'changeDeadLetterQueue', 'changeOrderFunction', 'receiveOrderChangeFunction'],
    },
    {
      off: 'orderCancellations',
      trace: /cancel/i,
      members: ['cancellationQueue', 'cancellationDeadLetterQueue', 'cancelOrderFunction', 'receiveOrderCancellationFunction'],
    },
    { off: 'orderFulfillments', trace: /fulfill/i, members: ['fulfillmentQueue', 'fulfillmentDeadLetterQueue', 'fulfillOrderFunction'] },
  ] as const;

  test.each(OFF)('leaves no trace in the template, and the rest as it is: $off', ({ off, trace, members }) => {
    const { template, created } = withApi({ [off]: false });
    expect(JSON.stringify(withApi().template.toJSON())).toMatch(trace);
    expect(JSON.stringify(template.toJSON())).not.toMatch(trace);
    expect(ids(template)).toEqual(all.filter((id) => !trace.test(id)));
    for (const member of members) expect(created[member]).toBeUndefined();
  });

  test.each(OFF)('leaves the others: $off', ({ off }) => {
    const { created } = withApi({ [off]: false });
    for (const { members } of OFF.filter((other) => other.off !== off)) {
      for (const member of members) expect(created[member]).toBeDefined();
    }
  });

  test('may be on by its name, which is the default', () => {
    expect(withApi({ orderChanges: true, orderCancellations: true, orderFulfillments: true }).template.toJSON()).toEqual(withApi().template.toJSON());
    expect(withApi({ orderChanges: undefined, orderCancellations: undefined, orderFulfillments: undefined }).template.toJSON())
      .toEqual(withApi().template.toJSON());
  });

  test('may be all of them: then there is nothing but the ingest', () => {
    const { template } = withApi({ orderChanges: false, orderCancellations: false, orderFulfillments: false });
    expect(ids(template)).toEqual(ids(synth((stack) => new RealtimeOrderIngest(stack, 'Ingest', { eventBus: sharedBus(stack) })).template));
  });

  test.each([
    ['orderChanges', 'receiveOrderChange'], ['orderChanges', 'changeOrder'], ['orderCancellations', 'receiveOrderCancellation'],
    ['orderCancellations', 'cancelOrder'], ['orderFulfillments', 'fulfillOrder'],
  ])('fails when %s is false and %s is given', (flow, option) => {
    expect(() => withApi({ [flow]: false, [option]: {} })).toThrow(new Error(`Test/Lifecycle: \`${option}\` cannot be set when \`${flow}\` is false`));
  });

  test('fails when all options of all of them are given, and names them all', () => {
    const off = { orderChanges: false, orderCancellations: false, orderFulfillments: false };
    const options = { receiveOrderChange: {}, changeOrder: {}, receiveOrderCancellation: {}, cancelOrder: {}, fulfillOrder: {} };
    expect(() => withApi({ ...off, ...options })).toThrow(new Error('Test/Lifecycle: ' + [
      '`receiveOrderChange` cannot be set when `orderChanges` is false',
      '`changeOrder` cannot be set when `orderChanges` is false',
      '`receiveOrderCancellation` cannot be set when `orderCancellations` is false',
      '`cancelOrder` cannot be set when `orderCancellations` is false',
      '`fulfillOrder` cannot be set when `orderFulfillments` is false',
    ].join('; ')));
  });
});

describe('its props', () => {
  test.each(FLOWS)('$option sizes $consumer and its queue, and no other', ({ flow, consumer, option }) => {
    const { template } = withoutApi({
      [option]: {
        memorySize: 128,
        timeout: Duration.seconds(7),
        batchSize: 3,
        maxConcurrency: 9,
        retryDuration: Duration.hours(2),
        retentionPeriod: Duration.days(1),
        deadLetterRetentionPeriod: Duration.days(2),
      },
    });
    expect(handler(template, consumer)).toMatchObject({ MemorySize: 128, Timeout: 7 });
    expect(mappingOf(template, consumer)[0].properties).toMatchObject({ BatchSize: 3, ScalingConfig: { MaximumConcurrency: 9 } });
    expect(queue(template, `${flow}Queue`).properties).toMatchObject({
      VisibilityTimeout: 42, MessageRetentionPeriod: 86_400,
    });
    expect(queue(template, `${flow}DeadLetterQueue`).properties.MessageRetentionPeriod).toBe(172_800);
    for (const other of FLOWS.filter((one) => one.flow !== flow)) {
      expect(handler(template, other.consumer)).toMatchObject({ MemorySize: 512, Timeout: 30 });
      expect(mappingOf(template, other.consumer)[0].properties).toMatchObject({ BatchSize: 10, ScalingConfig: { MaximumConcurrency: 50 } });
      expect(queue(template, `${other.flow}Queue`).properties).toMatchObject({ VisibilityTimeout: 180, RedrivePolicy: { maxReceiveCount: 1000 } });
    }
  });

  test.each(RECEIVERS)('$option configures $receiver and no other', ({ receiver, option }) => {
    const { template } = withApi({ [option]: { memorySize: 256, timeout: Duration.seconds(29) } });
    expect(handler(template, receiver)).toMatchObject({ MemorySize: 256, Timeout: 29 });
    const [other] = RECEIVERS.filter((one) => one.receiver !== receiver);
    expect(handler(template, other.receiver)).toMatchObject({ MemorySize: 512, Timeout: 10 });
  });

  test('all sizes may hold undefined, which is the default', () => {
    const nothing = { memorySize: undefined, timeout: undefined };
    const { template } = withApi({
      receiveOrderChange: nothing, receiveOrderCancellation: nothing, changeOrder: nothing, cancelOrder: nothing, fulfillOrder: nothing,
    });
    expect(template.toJSON()).toEqual(withApi().template.toJSON());
  });

  test('maxOrderSize is set for both receivers in bytes', () => {
    const { template } = withApi({ maxOrderSize: Size.kibibytes(1) });
    for (const { receiver } of RECEIVERS) expect(variable(template, receiver, 'MAX_ORDER_SIZE')).toBe('1024');
  });

  test('rejectedOrderRetention and pendingCommandRetention are set for all consumers in seconds', () => {
    const { template } = withoutApi({ rejectedOrderRetention: Duration.days(3650), pendingCommandRetention: Duration.minutes(1) });
    for (const id of CONSUMERS) {
      expect(handler(template, id).Environment.Variables).toMatchObject({ REJECTED_ORDER_RETENTION: '315360000', PENDING_COMMAND_RETENTION: '60' });
    }
    expect(variable(withoutApi({ pendingCommandRetention: Duration.days(30) }).template, 'ChangeOrder', 'PENDING_COMMAND_RETENTION')).toBe('2592000');
  });

  test('eventSource is the source that is listened to and published under', () => {
    const { template } = withoutApi({ eventSource: 'shop' });
    for (const { flow, consumer } of FLOWS) {
      expect(rule(template, flow).properties.EventPattern.source).toEqual(['shop']);
      expect(variable(template, consumer, 'EVENT_SOURCE')).toBe('shop');
      expect(roleStatements(template, consumer)).toContainEqual(expect.objectContaining({
        actions: ['events:PutEvents'], condition: { StringEquals: { 'events:source': 'shop' } },
      }));
    }
  });

  test('fails when ingest and another sequenceTable are given: a command would have two places', () => {
    expect(() => withApi((stack) => ({ sequenceTable: importedTable(stack, 'Places', SEQUENCE_TABLE_ARN) })))
      .toThrow('`sequenceTable` cannot be set together with `ingest`, which has one');
  });

  test.each([
    ['receiveOrderChange', { receiveOrderChange: { memorySize: 256 } }],
    ['receiveOrderCancellation', { receiveOrderCancellation: { memorySize: 256 } }],
    ['maxOrderSize', { maxOrderSize: Size.kibibytes(64) }],
  ])('fails when %s is given without ingest, whose routes it is about', (option, props) => {
    expect(() => withoutApi(props)).toThrow(`\`${option}\` cannot be set without \`ingest\``);
  });

  test('ordersTable and sequenceTable may have keys of their own, which the consumers may then use', () => {
    const tableWithKey = (stack: Stack, id: string) => new TableV2(stack, id, {
      partitionKey: { name: 'orderId', type: AttributeType.STRING }, encryption: TableEncryptionV2.customerManagedKey(new Key(stack, `${id}Key`)),
    });
    const { template } = withoutApi((stack) => ({ ordersTable: tableWithKey(stack, 'Own'), sequenceTable: tableWithKey(stack, 'Places') }), KEY_ENV);
    for (const id of CONSUMERS) {
      expect(variable(template, id, 'ORDERS_TABLE_NAME')).toEqual({ Ref: expect.stringMatching(/^Own/) });
      expect(actionsByResource(roleStatements(template, id))).toMatchObject({
        OwnKey: expect.arrayContaining(['kms:Decrypt', 'kms:Encrypt']), PlacesKey: expect.arrayContaining(['kms:Decrypt', 'kms:Encrypt']),
      });
    }
  });

  test('logLevel, logRetention and serviceName reach all handlers', () => {
    const { template } = withApi({ logLevel: ApplicationLogLevel.FATAL, logRetention: RetentionDays.ONE_WEEK, serviceName: 'after-sales' });
    for (const id of HANDLERS) {
      expect(handler(template, id)).toMatchObject({
        LoggingConfig: { ApplicationLogLevel: 'FATAL' },
        Environment: { Variables: { POWERTOOLS_LOG_LEVEL: 'FATAL', POWERTOOLS_SERVICE_NAME: 'after-sales' } },
      });
      expect(resourceOf(template, 'AWS::Logs::LogGroup', `${id}Logs`).properties.RetentionInDays).toBe(7);
    }
  });

  test('removalPolicy is what happens to the queues: the tables are not the construct\'s own', () => {
    withoutApi({ removalPolicy: RemovalPolicy.DESTROY }).template.allResources('AWS::SQS::Queue', { DeletionPolicy: 'Delete' });
    withoutApi().template.allResources('AWS::SQS::Queue', { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  });

  test('may be known only at deployment', () => {
    const { template } = withApi((stack) => {
      const parameter = (id: string) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
      return {
        eventSource: new CfnParameter(stack, 'Source').valueAsString,
        maxOrderSize: Size.bytes(parameter('Bytes')),
        rejectedOrderRetention: Duration.seconds(parameter('Rejected')),
        pendingCommandRetention: Duration.seconds(parameter('Pending')),
        receiveOrderChange: { memorySize: parameter('ReceiverMemory'), timeout: Duration.seconds(parameter('ReceiverTimeout')) },
        changeOrder: parametersForQueue(stack),
      };
    });
    expect(rule(template, 'Change').properties.EventPattern.source).toEqual([{ Ref: 'Source' }]);
    expect(handler(template, 'ReceiveOrderChange')).toMatchObject({
      MemorySize: { Ref: 'ReceiverMemory' }, Timeout: { Ref: 'ReceiverTimeout' }, Environment: { Variables: { MAX_ORDER_SIZE: { Ref: 'Bytes' } } },
    });
    expect(handler(template, 'ChangeOrder')).toMatchObject({
      MemorySize: { Ref: 'MemorySize' },
      Environment: { Variables: { REJECTED_ORDER_RETENTION: { Ref: 'Rejected' }, PENDING_COMMAND_RETENTION: { Ref: 'Pending' } } },
    });
    expect(mappingOf(template, 'ChangeOrder')[0].properties).toMatchObject({
      BatchSize: { Ref: 'BatchSize' }, ScalingConfig: { MaximumConcurrency: { Ref: 'MaxConcurrency' } },
    });
    expect(queue(template, 'ChangeDeadLetterQueue').properties).toMatchObject({ MessageRetentionPeriod: { Ref: 'DeadLetterRetention' } });
  });
});

describe('encryptionKey', () => {
  const { template, stack } = withoutApi((scope) => ({ encryptionKey: new Key(scope, 'Key') }));
  const key = resourcesOf(template, 'AWS::KMS::Key')[0];

  test('encrypts every queue, in a stack with or without a region: there is no table', () => {
    expect(resourcesOf(template, 'AWS::SQS::Queue')).toHaveLength(2 * FLOWS.length);
    for (const { properties } of resourcesOf(template, 'AWS::SQS::Queue')) {
      expect(properties.KmsMasterKeyId).toEqual({ 'Fn::GetAtt': [key.id, 'Arn'] });
      expect(properties).not.toHaveProperty('SqsManagedSseEnabled');
    }
  });

  test('can be used by EventBridge for this account, by one statement', () => {
    const statements = statementsIn(key.properties.KeyPolicy).filter(({ service }) => service === 'events.amazonaws.com');
    for (const { condition } of statements) expect(condition).toEqual({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } });
    expect(statements.filter(({ actions }) => actions.includes('kms:DescribeKey'))).toMatchObject([{
      effect: 'Allow', actions: ['kms:DescribeKey', 'kms:Decrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    }]);
  });

  test.each(FLOWS)('can be used by $consumer for its queue and its dead-letter queue', ({ consumer }) => {
    const { Key: used } = actionsByResource(roleStatements(template, consumer));
    expect(used).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
  });

  test.each(FLOWS)('lets only rules of this account fill the $flow queue', ({ flow }) => {
    const allowed = queueStatements(template, queue(template, `${flow}Queue`).id).filter(({ effect }) => effect === 'Allow');
    expect(allowed).toMatchObject([{ service: 'events.amazonaws.com' }]);
    expect(JSON.stringify(allowed[0].condition)).toMatch(/aws:SourceA(ccount|rn)/);
  });

  test('of the ingest can be used by the receivers to send messages, independent of the key of the flows', () => {
    const both = synth((scope) => {
      const eventBus = sharedBus(scope);
      const ingest = new RealtimeOrderIngest(scope, 'Ingest', { eventBus, encryptionKey: new Key(scope, 'IngestKey') });
      new OrderLifecycleFlows(scope, 'Lifecycle', {
        eventBus, ingest, ordersTable: importedTable(scope, 'Table', TABLE_ARN), encryptionKey: new Key(scope, 'FlowKey'),
      });
    }, KEY_ENV).template;
    for (const { receiver } of RECEIVERS) {
      const used = roleStatements(both, receiver).filter(({ actions }) => actions.some((action) => action.startsWith('kms:')));
      expect(used.map(({ actions, resources }) => [actions, resources.map(readable)])).toEqual([
        // Of the environment variables.
        [['kms:Decrypt'], ['FlowKey']],
        [['kms:Decrypt', 'kms:GenerateDataKey'], ['IngestKey']],
      ]);
    }
  });

  test('gives no warning when the app owns it, and one for EventBridge and one for CloudWatch Logs when it is imported', () => {
    expect(warningsOf(stack)).toEqual([]);
    const arn = 'arn:aws:kms:eu-central-1:111111111111:key/22222222-2222-2222-2222-222222222222';
    expect(warningsOf(withoutApi((scope) => ({ encryptionKey: Key.fromKeyArn(scope, 'Key', arn) })).stack)).toMatchObject([{
      path: '/Test/Lifecycle', text: expect.stringContaining('it must allow events.amazonaws.com kms:DescribeKey'),
    }, { path: '/Test/Lifecycle' }]);
  });
});

describe('fails when', () => {
  const fails = (props: PropsIn, message: string) => expect(() => withApi(props)).toThrow(new Error(`Test/Lifecycle: ${message}`));
  const size = (given: number) => `\`maxOrderSize\` must be between 1 KiB and 192 KiB, got ${given} bytes`;
  const pending = (given: string) => `\`pendingCommandRetention\` must be between 1 minute and 30 days, got ${given}`;
  const rejected = (given: string) => `\`rejectedOrderRetention\` must be between 1 minute and 3650 days, got ${given}`;

  test.each<[string, Props]>([
    ...FLOWS.flatMap(({ option }) => wrongQueueOptions(option).map<[string, Props]>(([options, message]) => [message, { [option]: options }])),
    ...RECEIVERS.flatMap(({ option }) => [...wrongHandlerOptions(option), ...wrongTimeouts(option, '29 seconds')]
      .map<[string, Props]>(([options, message]) => [message, { [option]: options }])),
    ...RECEIVERS.map<[string, Props]>(({ option }) =>
      [`\`${option}.timeout\` must be between 1 second and 29 seconds, got 30 seconds`, { [option]: { timeout: Duration.seconds(30) } }]),
    [size(1023), { maxOrderSize: Size.bytes(1023) }],
    [size(196_609), { maxOrderSize: Size.bytes(196_609) }],
    [rejected('59 seconds'), { rejectedOrderRetention: Duration.seconds(59) }],
    [rejected('3651 days'), { rejectedOrderRetention: Duration.days(3651) }],
    ['`rejectedOrderRetention` must be a whole number of seconds, got 1 minute 500 millis', { rejectedOrderRetention: Duration.millis(60_500) }],
    [pending('59 seconds'), { pendingCommandRetention: Duration.seconds(59) }],
    [pending('31 days'), { pendingCommandRetention: Duration.days(31) }],
    ['`pendingCommandRetention` must be a whole number of seconds, got 1 minute 500 millis', { pendingCommandRetention: Duration.millis(60_500) }],
    ['`eventSource` must not begin with "aws.", got aws.orders', { eventSource: 'aws.orders' }],
    ['`eventSource` must have 1 to 256 characters, got 0', { eventSource: '' }],
  ])('%s', (message, props) => fails(props, message));

  test('there is neither an ingest nor a sequence table', () => {
    expect(() => withoutApi({ sequenceTable: undefined })).toThrow(new Error('Test/Lifecycle: `sequenceTable` must be set without `ingest`'));
  });

  test.each(FLOWS)('the timeout that the visibility timeout of the $flow queue follows from is known only at deployment', ({ option }) => {
    const timeout = (stack: Stack) => Duration.seconds(new CfnParameter(stack, 'Timeout', { type: 'Number' }).valueAsNumber);
    fails((stack) => ({ [option]: { timeout: timeout(stack) } }),
      `\`${option}.timeout\` must be known at synth, because the visibility timeout of the queue is six times as long`);
  });

  test('several props are wrong, and names them all', () => {
    expect(() => withoutApi({
      sequenceTable: undefined,
      receiveOrderChange: { memorySize: 1 },
      receiveOrderCancellation: { timeout: Duration.minutes(1) },
      changeOrder: { batchSize: 0 },
      cancelOrder: { maxConcurrency: 1 },
      orderFulfillments: false,
      fulfillOrder: { retryDuration: Duration.seconds(59) },
      eventSource: 'aws.orders',
      maxOrderSize: Size.mebibytes(1),
      rejectedOrderRetention: Duration.seconds(1),
      pendingCommandRetention: Duration.days(60),
    })).toThrow(new Error('Test/Lifecycle: ' + [
      '`receiveOrderChange.memorySize` must be an integer between 128 and 10240, got 1',
      '`receiveOrderCancellation.timeout` must be between 1 second and 29 seconds, got 1 minute',
      '`changeOrder.batchSize` must be an integer between 1 and 10, got 0',
      '`cancelOrder.maxConcurrency` must be an integer between 2 and 1000, got 1',
      '`fulfillOrder.retryDuration` must be between 1 minute and 5 days, got 59 seconds',
      '`eventSource` must not begin with "aws.", got aws.orders',
      size(1_048_576),
      rejected('1 second'),
      pending('60 days'),
      '`fulfillOrder` cannot be set when `orderFulfillments` is false',
      '`sequenceTable` must be set without `ingest`',
      '`receiveOrderChange` cannot be set without `ingest`',
      '`receiveOrderCancellation` cannot be set without `ingest`',
      '`maxOrderSize` cannot be set without `ingest`',
    ].join('; ')));
  });
});
