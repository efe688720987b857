import { CfnParameter, Duration, RemovalPolicy, type Environment, type Stack } from 'aws-cdk-lib';
import { AttributeType, StreamViewType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ApplicationLogLevel } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { OrderListKey, OrderProcessor, type OrderProcessorProps } from '../../src';
import { REJECTION_CODE } from '../../src/private/contract';
import { matchesPattern } from '../support/event-matcher';
import { parametersForQueue, wrongHandlerOptions, wrongQueueOptions, wrongTimeouts } from '../support/queue-options';
import { synth, warningsOf } from '../support/synth';
import { actionsByResource, idOf, queueStatements, resourceOf, resourcesOf, roleStatements } from '../support/template';

type Props = Omit<OrderProcessorProps, 'eventBus'>;
const synthProcessor = (props?: Props | ((stack: Stack) => Props), env?: Environment) => synth((stack) => new OrderProcessor(stack, 'Processor', {
  eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared'),
  pipelineId: 'shop',
  ...(typeof props === 'function' ? props(stack) : props),
}), env);
type Template = ReturnType<typeof synthProcessor>['template'];

const handler = (template: Template, id: string) => resourceOf(template, 'AWS::Lambda::Function', id).properties;
const tableIn = (template: Template) => resourcesOf(template, 'AWS::DynamoDB::GlobalTable')[0];

const queue = (template: Template, id: string) => resourceOf(template, 'AWS::SQS::Queue', id);
const schedule = (template: Template) => resourceOf(template, 'AWS::Events::Rule', 'ExpirySchedule');
/** The rules on the bus: all but the schedule. */
const routes = (template: Template) => resourcesOf(template, 'AWS::Events::Rule').filter(({ properties }) => properties.EventPattern).map(({ properties }) => properties);
const COMMAND_HANDLERS = ['ProcessOrder', 'ExpirePendingCommands'];
const HANDLERS = [...COMMAND_HANDLERS, 'PublishOrderChanges'];

const existingTable = (stack: Stack, encryption?: TableEncryptionV2) => new TableV2(stack, 'Existing', {
  partitionKey: { name: 'orderId', type: AttributeType.STRING }, dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES, encryption,
});

const TABLE_ARN = 'arn:aws:dynamodb:eu-central-1:111111111111:table/orders';
const STREAM_ARN = `${TABLE_ARN}/stream/2026-01-01T00:00:00.000`;

describe('with nothing but a bus', () => {
  const { template, created, stack } = synthProcessor();

  test('orders are stored under their id, on demand, with recovery, expiry and a stream of both images', () => {
    expect(tableIn(template).properties).toMatchObject({
      KeySchema: [{ AttributeName: 'orderId', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      Replicas: [{ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
      SSESpecification: { SSEEnabled: false },
    });
  });

  test('orders are listed by customer and by status, with what a list shows of them and no more', () => {
    const shown = ['currency', 'total', 'placedAt', 'externalReference', 'salesChannel', 'tags', 'createdAt', 'updatedAt', 'visibleUntil'];
    const [byCustomer, byStatus] = tableIn(template).properties.GlobalSecondaryIndexes;
    expect(byCustomer).toEqual({
      IndexName: 'byCustomer',
      KeySchema: [{ AttributeName: 'customerShard', KeyType: 'HASH' }, { AttributeName: 'listKey', KeyType: 'RANGE' }],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['status', 'version', 'customerId', ...shown] },
    });
    expect(byStatus).toEqual({
      IndexName: 'byStatus',
      KeySchema: [{ AttributeName: 'statusShard', KeyType: 'HASH' }, { AttributeName: 'listKey', KeyType: 'RANGE' }],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['status', 'version', 'customerId', ...shown] },
    });
  });

  test('orders with an external reference are indexed by it', () => {
    const { Projection, ...index } = tableIn(template).properties.GlobalSecondaryIndexes[2];
    expect(index).toEqual({
      IndexName: 'byExternalReference',
      KeySchema: [{ AttributeName: 'externalReferenceKey', KeyType: 'HASH' }, { AttributeName: 'listKey', KeyType: 'RANGE' }],
    });
    expect(Projection.NonKeyAttributes).toEqual(
      ['status', 'version', 'customerId', 'currency', 'total', 'placedAt', 'externalReference', 'salesChannel', 'tags', 'createdAt', 'updatedAt', 'visibleUntil'],
    );
  });

  test('orders with pending commands are indexed by the time at which the first of these expires', () => {
    expect(tableIn(template).properties.GlobalSecondaryIndexes.slice(3)).toEqual([{
      IndexName: 'byPendingUntil',
      KeySchema: [{ AttributeName: 'pendingShard', KeyType: 'HASH' }, { AttributeName: 'pendingUntil', KeyType: 'RANGE' }],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    }]);
  });

  test('every key is a string, except for the time', () => {
    const types = Object.fromEntries(tableIn(template).properties.AttributeDefinitions
      .map(({ AttributeName, AttributeType: type }: { AttributeName: string; AttributeType: string }) => [AttributeName, type]));
    expect(types).toEqual({ orderId: 'S', customerShard: 'S', listKey: 'S', statusShard: 'S', externalReferenceKey: 'S', pendingShard: 'S', pendingUntil: 'N' });
    expect(tableIn(template).properties).not.toHaveProperty('LocalSecondaryIndexes');
  });

  test('the table stays when the stack goes', () => {
    template.hasResource('AWS::DynamoDB::GlobalTable', { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  });

  test('validated and rejected orders are routed into the processing queue, each by one rule', () => {
    const rules = routes(template);
    expect(rules).toMatchObject([
      { EventBusName: 'shared', EventPattern: { 'source': ['orders'], 'detail-type': ['OrderValidated'], 'detail': { metadata: { pipeline: ['shop'] } } } },
      { EventBusName: 'shared', EventPattern: { 'source': ['orders'], 'detail-type': ['OrderRejected'], 'detail': { metadata: { pipeline: ['shop'] } } } },
    ]);
    for (const { Targets } of rules) {
      expect(Targets).toHaveLength(1);
      expect(idOf(Targets[0].Arn)).toBe(queue(template, 'ProcessingQueue').id);
      expect(idOf(Targets[0].DeadLetterConfig.Arn)).toBe(queue(template, 'ProcessingDeadLetterQueue').id);
    }
  });

  test('orders that validation rejects are stored; later rejections are not consumed again', () => {
    const { EventPattern } = resourceOf(template, 'AWS::Events::Rule', 'RejectedOrders').properties;
    const comes = (code: string) => matchesPattern(EventPattern, {
      'source': 'orders', 'detail-type': 'OrderRejected', 'detail': { metadata: { pipeline: 'shop' }, data: { code } },
    });
    expect(Object.values(REJECTION_CODE).filter(comes)).toEqual(['INVALID_ORDER', 'REJECTED_BY_HOOK']);
  });

  test('EventBridge tries for a day before it stops', () => {
    for (const properties of routes(template)) {
      expect(properties.Targets[0].RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 });
    }
  });

  test('the handlers have their default sizes', () => {
    for (const id of ['ProcessOrder', 'PublishOrderChanges']) expect(handler(template, id)).toMatchObject({ MemorySize: 512, Timeout: 30 });
    expect(handler(template, 'ExpirePendingCommands')).toMatchObject({ MemorySize: 512, Timeout: 300 });
  });

  test('the handlers of commands know the table, and say nothing on the bus: that is done from the stream', () => {
    for (const id of COMMAND_HANDLERS) {
      const { Variables } = handler(template, id).Environment;
      expect(Variables).toMatchObject({
        ORDERS_TABLE_NAME: { Ref: tableIn(template).id }, REJECTED_ORDER_RETENTION: '2592000', PENDING_COMMAND_RETENTION: '604800',
      });
      for (const name of ['EVENT_BUS_NAME', 'EVENT_SOURCE']) expect(Variables).not.toHaveProperty(name);
      expect(JSON.stringify(roleStatements(template, id))).not.toContain('events:');
    }
    expect(handler(template, 'ProcessOrder').Environment.Variables.DEAD_LETTER_QUEUE_URL).toEqual({ Ref: queue(template, 'ProcessingDeadLetterQueue').id });
  });

  test('process-order can read and write the table, consume its queue and send to its dead-letter queue, and has no other permissions', () => {
    expect(actionsByResource(roleStatements(template, 'ProcessOrder'))).toEqual({
      ProcessorProcessOrderLogs: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      ProcessorOrdersTable: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      ProcessorProcessingDeadLetterQueue: ['sqs:SendMessage'],
      ProcessorProcessingQueue: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage'],
    });
  });

  test('publish-order-changes knows the bus', () => {
    expect(handler(template, 'PublishOrderChanges').Environment.Variables).toMatchObject({ EVENT_BUS_NAME: 'shared', EVENT_SOURCE: 'orders' });
  });

  test('its parts can be reached', () => {
    expect(created.ordersTable).toBeInstanceOf(TableV2);
    expect([
      created.processingQueue, created.processingDeadLetterQueue, created.changesDeadLetterQueue, created.expiryDeadLetterQueue,
      created.processOrderFunction, created.publishOrderChangesFunction, created.expirePendingCommandsFunction,
    ].map(({ node }) => node.path)).toEqual([
      'Test/Processor/ProcessingQueue', 'Test/Processor/ProcessingDeadLetterQueue', 'Test/Processor/Changes/DeadLetterQueue',
      'Test/Processor/ExpiryDeadLetterQueue', 'Test/Processor/ProcessOrder', 'Test/Processor/PublishOrderChanges', 'Test/Processor/ExpirePendingCommands',
    ]);
  });

  test('there is nothing to warn of', () => {
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('commands that have waited for too long', () => {
  const { template } = synthProcessor();
  const handlerId = resourceOf(template, 'AWS::Lambda::Function', 'ExpirePendingCommands').id;
  const deadLetterQueue = queue(template, 'ExpiryDeadLetterQueue');

  test('are looked for every quarter of an hour, which no bus of the app has to do with', () => {
    expect(schedule(template).properties).toEqual({
      ScheduleExpression: 'rate(15 minutes)',
      State: 'ENABLED',
      Targets: [{
        Id: 'Target0',
        Arn: { 'Fn::GetAtt': [handlerId, 'Arn'] },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [deadLetterQueue.id, 'Arn'] } },
        RetryPolicy: { MaximumEventAgeInSeconds: 900, MaximumRetryAttempts: 2 },
      }],
    });
  });

  test('are found by invocations of this schedule and of no other principal', () => {
    const callers = resourcesOf(template, 'AWS::Lambda::Permission').map(({ properties }) => properties)
      .filter(({ FunctionName }) => idOf(FunctionName) === handlerId);
    expect(callers).toEqual([{
      Action: 'lambda:InvokeFunction',
      FunctionName: { 'Fn::GetAtt': [handlerId, 'Arn'] },
      Principal: 'events.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': [schedule(template).id, 'Arn'] },
    }]);
  });

  test('are left to the next call where one fails, and the failure is kept', () => {
    expect(resourcesOf(template, 'AWS::Lambda::EventInvokeConfig').map(({ properties }) => properties)).toEqual([{
      FunctionName: { Ref: handlerId },
      Qualifier: '$LATEST',
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 900,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [deadLetterQueue.id, 'Arn'] } } },
    }]);
  });

  test('have a queue for failures, into which only the schedule may put something, besides the handler', () => {
    expect(deadLetterQueue.properties).toEqual({ MessageRetentionPeriod: 14 * 24 * 3600, SqsManagedSseEnabled: true });
    expect(queueStatements(template, deadLetterQueue.id).filter(({ effect }) => effect === 'Allow')).toMatchObject([{
      service: 'events.amazonaws.com',
      actions: ['sqs:SendMessage'],
      condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [schedule(template).id, 'Arn'] } } },
    }]);
  });

  test('are found by one index, read and written by a handler that may do nothing else', () => {
    expect(roleStatements(template, 'ExpirePendingCommands').every(({ effect }) => effect === 'Allow')).toBe(true);
    expect(actionsByResource(roleStatements(template, 'ExpirePendingCommands'))).toEqual({
      'ProcessorExpirePendingCommandsLogs': ['logs:CreateLogStream', 'logs:PutLogEvents'],
      'ProcessorOrdersTable': ['dynamodb:GetItem', 'dynamodb:PutItem'],
      'ProcessorOrdersTable/index/byPendingUntil': ['dynamodb:Query'],
      'ProcessorExpiryDeadLetterQueue': ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'],
    });
  });

  test('are refused by a handler that is fed by no queue', () => {
    const fed = resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(({ properties }) => idOf(properties.FunctionName));
    expect(fed).not.toContain(handlerId);
  });

  test('are expired in a table with the customer-managed key, and failures are encrypted with it, too', () => {
    const encrypted = synthProcessor((stack) => ({ encryptionKey: new Key(stack, 'Key') }), { region: 'eu-central-1' }).template;
    expect(idOf(queue(encrypted, 'ExpiryDeadLetterQueue').properties.KmsMasterKeyId)).toBe(resourcesOf(encrypted, 'AWS::KMS::Key')[0].id);
    expect(actionsByResource(roleStatements(encrypted, 'ExpirePendingCommands')).Key)
      .toEqual(expect.arrayContaining(['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*']));
  });
});

describe('its props', () => {
  test('ordersTable takes the place of a new table', () => {
    const { template } = synthProcessor((stack) => ({ ordersTable: existingTable(stack) }));
    template.resourceCountIs('AWS::DynamoDB::GlobalTable', 1);
    const { id } = tableIn(template);
    expect(id).toMatch(/^Existing/);
    expect(handler(template, 'ProcessOrder').Environment.Variables.ORDERS_TABLE_NAME).toEqual({ Ref: id });
    expect(resourceOf(template, 'AWS::Lambda::EventSourceMapping', 'ChangesMapping').properties.EventSourceArn).toEqual({ 'Fn::GetAtt': [id, 'StreamArn'] });
  });

  test('ordersTable may be imported, with its stream', () => {
    const { template } = synthProcessor((stack) => ({
      ordersTable: TableV2.fromTableAttributes(stack, 'Existing', { tableArn: TABLE_ARN, tableStreamArn: STREAM_ARN }),
    }));
    template.resourceCountIs('AWS::DynamoDB::GlobalTable', 0);
    expect(handler(template, 'ProcessOrder').Environment.Variables.ORDERS_TABLE_NAME).toBe('orders');
    expect(resourceOf(template, 'AWS::Lambda::EventSourceMapping', 'ChangesMapping').properties.EventSourceArn).toBe(STREAM_ARN);
    for (const id of COMMAND_HANDLERS) {
      const onTable = roleStatements(template, id).filter(({ actions }) => actions.includes('dynamodb:PutItem'));
      expect(onTable).toMatchObject([{ actions: ['dynamodb:GetItem', 'dynamodb:PutItem'], resources: [TABLE_ARN] }]);
    }
    expect(actionsByResource(roleStatements(template, 'ExpirePendingCommands'))).toMatchObject({ [`${TABLE_ARN}/index/byPendingUntil`]: ['dynamodb:Query'] });
  });

  test('ordersTable may have a key of its own, which its handlers may then use', () => {
    const { template } = synthProcessor(
      (stack) => ({ ordersTable: existingTable(stack, TableEncryptionV2.customerManagedKey(new Key(stack, 'TableKey'))) }),
      { region: 'eu-central-1' },
    );
    const key = { 'Fn::GetAtt': [resourcesOf(template, 'AWS::KMS::Key')[0].id, 'Arn'] };
    for (const id of HANDLERS) {
      expect(roleStatements(template, id)).toContainEqual(expect.objectContaining({
        actions: expect.arrayContaining(['kms:Decrypt']), resources: [key],
      }));
    }
  });

  test('ordersTable and encryptionKey may be given together: the key is for the queues, wherever the stack goes', () => {
    const { template } = synthProcessor((stack) => ({ ordersTable: existingTable(stack), encryptionKey: new Key(stack, 'Key') }));
    for (const { properties } of resourcesOf(template, 'AWS::SQS::Queue')) expect(properties).toHaveProperty('KmsMasterKeyId');
    expect(tableIn(template).properties).not.toMatchObject({ SSESpecification: { SSEEnabled: true } });
  });

  test('encryptionKey encrypts a new table', () => {
    const { template } = synthProcessor((stack) => ({ encryptionKey: new Key(stack, 'Key') }), { region: 'eu-central-1' });
    const key = { 'Fn::GetAtt': [resourcesOf(template, 'AWS::KMS::Key')[0].id, 'Arn'] };
    expect(tableIn(template).properties).toMatchObject({
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      Replicas: [{ Region: 'eu-central-1', SSESpecification: { KMSMasterKeyId: key } }],
    });
  });

  test('removalPolicy is what happens to the table', () => {
    const { template } = synthProcessor({ removalPolicy: RemovalPolicy.DESTROY });
    template.hasResource('AWS::DynamoDB::GlobalTable', { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  });

  test.each(COMMAND_HANDLERS)('rejectedOrderRetention and pendingCommandRetention are set for %s in seconds', (id) => {
    const settings = (props?: Props) => {
      const { REJECTED_ORDER_RETENTION, PENDING_COMMAND_RETENTION } = handler(synthProcessor(props).template, id).Environment.Variables;
      return [REJECTED_ORDER_RETENTION, PENDING_COMMAND_RETENTION];
    };
    expect(settings()).toEqual(['2592000', '604800']);
    expect(settings({ rejectedOrderRetention: Duration.minutes(1) })).toEqual(['60', '604800']);
    expect(settings({ pendingCommandRetention: Duration.minutes(1) })).toEqual(['2592000', '60']);
    expect(settings({ pendingCommandRetention: Duration.days(30) })).toEqual(['2592000', '2592000']);
  });

  test('expirePendingCommands sizes the handler behind the schedule', () => {
    const { template } = synthProcessor({ expirePendingCommands: { memorySize: 1024, timeout: Duration.minutes(15) } });
    expect(handler(template, 'ExpirePendingCommands')).toMatchObject({ MemorySize: 1024, Timeout: 900 });
    for (const id of ['ProcessOrder', 'PublishOrderChanges']) expect(handler(template, id)).toMatchObject({ MemorySize: 512, Timeout: 30 });
  });

  test.each<[string, keyof Props]>([
    ['ProcessOrder', 'processOrder'], ['PublishOrderChanges', 'publishOrderChanges'], ['ExpirePendingCommands', 'expirePendingCommands'],
  ])('the sizes of %s may hold undefined, which is the default', (id, option) => {
    const { MemorySize, Timeout } = handler(synthProcessor({ [option]: { memorySize: undefined, timeout: undefined } }).template, id);
    expect({ MemorySize, Timeout }).toEqual({ MemorySize: 512, Timeout: id === 'ExpirePendingCommands' ? 300 : 30 });
  });

  test('processOrder sizes the handler behind the queue, and the queue', () => {
    const { template } = synthProcessor({
      processOrder: {
        memorySize: 128,
        timeout: Duration.seconds(1),
        batchSize: 1,
        maxConcurrency: 1000,
        retryDuration: Duration.days(5),
        retentionPeriod: Duration.days(13),
        deadLetterRetentionPeriod: Duration.days(14),
      },
    });
    expect(handler(template, 'ProcessOrder')).toMatchObject({ MemorySize: 128, Timeout: 1 });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 1000 } });
    expect(resourceOf(template, 'AWS::SQS::Queue', 'ProcessingQueue').properties).toMatchObject({
      VisibilityTimeout: 873, MessageRetentionPeriod: 13 * 24 * 3600, RedrivePolicy: { maxReceiveCount: 1000 },
    });
  });

  test('publishOrderChanges sizes the handler behind the stream', () => {
    const { template } = synthProcessor({ publishOrderChanges: { memorySize: 2048, timeout: Duration.minutes(2) } });
    expect(handler(template, 'PublishOrderChanges')).toMatchObject({ MemorySize: 2048, Timeout: 120 });
    expect(handler(template, 'ProcessOrder')).toMatchObject({ MemorySize: 512, Timeout: 30 });
  });

  test('eventSource is the source that is listened to and published under', () => {
    const { template } = synthProcessor({ eventSource: 'shop' });
    for (const { EventPattern } of routes(template)) expect(EventPattern.source).toEqual(['shop']);
    expect(handler(template, 'PublishOrderChanges').Environment.Variables.EVENT_SOURCE).toBe('shop');
  });

  test('logLevel, logRetention and serviceName reach the handlers', () => {
    const { template } = synthProcessor({ logLevel: ApplicationLogLevel.WARN, logRetention: RetentionDays.THREE_DAYS, serviceName: 'store' });
    for (const id of HANDLERS) {
      expect(handler(template, id)).toMatchObject({
        LoggingConfig: { ApplicationLogLevel: 'WARN' }, Environment: { Variables: { POWERTOOLS_SERVICE_NAME: 'store' } },
      });
    }
    for (const { properties } of resourcesOf(template, 'AWS::Logs::LogGroup')) expect(properties.RetentionInDays).toBe(3);
  });

  test('may be known only at deployment', () => {
    const { template } = synthProcessor((stack) => ({
      processOrder: parametersForQueue(stack),
      rejectedOrderRetention: Duration.seconds(new CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber),
      pendingCommandRetention: Duration.seconds(new CfnParameter(stack, 'Pending', { type: 'Number' }).valueAsNumber),
      publishOrderChanges: { timeout: Duration.seconds(new CfnParameter(stack, 'Timeout', { type: 'Number' }).valueAsNumber) },
      expirePendingCommands: { memorySize: new CfnParameter(stack, 'ExpiryMemory', { type: 'Number' }).valueAsNumber },
    }));
    expect(handler(template, 'ProcessOrder')).toMatchObject({
      MemorySize: { Ref: 'MemorySize' }, Environment: { Variables: { REJECTED_ORDER_RETENTION: { Ref: 'Seconds' }, PENDING_COMMAND_RETENTION: { Ref: 'Pending' } } },
    });
    expect(handler(template, 'ExpirePendingCommands')).toMatchObject({
      MemorySize: { Ref: 'ExpiryMemory' }, Environment: { Variables: { PENDING_COMMAND_RETENTION: { Ref: 'Pending' } } },
    });
    expect(handler(template, 'PublishOrderChanges')).toMatchObject({ Timeout: { Ref: 'Timeout' } });
  });
});

describe('fails when', () => {
  test.each<[string, Props]>([
    ...wrongQueueOptions('processOrder').map<[string, Props]>(([processOrder, message]) => [message, { processOrder }]),
    ...(['publishOrderChanges', 'expirePendingCommands'] as const).flatMap((option) =>
      [...wrongHandlerOptions(option), ...wrongTimeouts(option, '15 minutes')].map<[string, Props]>(([options, message]) => [message, { [option]: options }])),
    ['`rejectedOrderRetention` must be between 1 minute and 3650 days, got 59 seconds', { rejectedOrderRetention: Duration.seconds(59) }],
    ['`rejectedOrderRetention` must be between 1 minute and 3650 days, got 3651 days', { rejectedOrderRetention: Duration.days(3651) }],
    ['`pendingCommandRetention` must be between 1 minute and 30 days, got 59 seconds', { pendingCommandRetention: Duration.seconds(59) }],
    ['`pendingCommandRetention` must be between 1 minute and 30 days, got 30 days 1 second', { pendingCommandRetention: Duration.seconds(30 * 86_400 + 1) }],
    ['`pendingCommandRetention` must be a whole number of seconds, got 1 minute 500 millis', { pendingCommandRetention: Duration.millis(60_500) }],
  ])('%s', (message, props) => {
    expect(() => synthProcessor(props)).toThrow(new Error(`Test/Processor: ${message}`));
  });

  test('ordersTable has no stream', () => {
    expect(() => synthProcessor((stack) => ({ ordersTable: TableV2.fromTableName(stack, 'Existing', 'orders') }))).toThrow(new Error(
      'Test/Processor: `ordersTable` must have a stream (NEW_AND_OLD_IMAGES); import it with TableV2.fromTableAttributes and its tableStreamArn',
    ));
  });

  test('encryptionKey is given for a new table in a stack without region', () => {
    expect(() => synthProcessor((stack) => ({ encryptionKey: new Key(stack, 'Key') }))).toThrow(new Error(
      'Test/Processor: `encryptionKey` needs a stack with a region, because DynamoDB names it together with the key; give the stack env: { region }',
    ));
  });

  test('several props are wrong, and names them all', () => {
    expect(() => synthProcessor({
      processOrder: { retryDuration: Duration.days(6), memorySize: 1 },
      publishOrderChanges: { memorySize: 2 },
      expirePendingCommands: { memorySize: 3 },
      rejectedOrderRetention: Duration.seconds(1),
      pendingCommandRetention: Duration.days(31),
    })).toThrow(new Error('Test/Processor: ' + [
      '`processOrder.memorySize` must be an integer between 128 and 10240, got 1',
      '`processOrder.retryDuration` must be between 1 minute and 5 days, got 6 days',
      '`publishOrderChanges.memorySize` must be an integer between 128 and 10240, got 2',
      '`expirePendingCommands.memorySize` must be an integer between 128 and 10240, got 3',
      '`rejectedOrderRetention` must be between 1 minute and 3650 days, got 1 second',
      '`pendingCommandRetention` must be between 1 minute and 30 days, got 31 days',
    ].join('; ')));
  });

  test('eventSource is one of AWS', () => {
    expect(() => synthProcessor({ eventSource: 'aws.orders' }))
      .toThrow(new Error('Test/Processor: `eventSource` must not begin with "aws.", got aws.orders'));
  });

  test('the timeout that the visibility timeout follows from is known only at deployment', () => {
    const timeout = (stack: Stack) => Duration.seconds(new CfnParameter(stack, 'Timeout', { type: 'Number' }).valueAsNumber);
    expect(() => synthProcessor((stack) => ({ processOrder: { timeout: timeout(stack) } }))).toThrow(/^Test\/Processor: `processOrder\.timeout` must /);
  });

  test.each<[string, Props]>([
    ['processOrder.timeout', { processOrder: { timeout: Duration.millis(1500) } }],
    ['rejectedOrderRetention', { rejectedOrderRetention: Duration.millis(90_500) }],
  ])('%s is not a whole number of seconds', (prop, props) => {
    expect(() => synthProcessor(props)).toThrow(new RegExp(`^Test/Processor: \`${prop.replace('.', '\\.')}\` must `));
  });
});

describe('the indexes of lists', () => {
  const indexesOf = (listOrdersBy: OrderListKey[]) =>
    tableIn(synthProcessor({ listOrdersBy }).template).properties.GlobalSecondaryIndexes.map(({ IndexName }: { IndexName: string }) => IndexName);

  test('are those by which orders are listed, in any sequence of the prop', () => {
    expect(indexesOf([OrderListKey.EXTERNAL_REFERENCE, OrderListKey.CUSTOMER])).toEqual(['byCustomer', 'byExternalReference', 'byPendingUntil']);
    expect(indexesOf([OrderListKey.STATUS])).toEqual(['byStatus', 'byPendingUntil']);
    expect(indexesOf([])).toEqual(['byPendingUntil']);
  });

  test('need no attributes whose index does not exist', () => {
    const { AttributeDefinitions } = tableIn(synthProcessor({ listOrdersBy: [] }).template).properties;
    expect(AttributeDefinitions.map(({ AttributeName }: { AttributeName: string }) => AttributeName)).toEqual(['orderId', 'pendingShard', 'pendingUntil']);
  });

  test('fail when one is given twice', () => {
    expect(() => synthProcessor({ listOrdersBy: [OrderListKey.STATUS, OrderListKey.STATUS] }))
      .toThrow('`listOrdersBy` must have each key once, got OrderListKey.STATUS, OrderListKey.STATUS');
  });
});
