import { CfnParameter, Duration, RemovalPolicy, type Environment, type Stack } from 'aws-cdk-lib';
import { AttributeType, StreamViewType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ApplicationLogLevel } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { OrderProcessor, type OrderProcessorProps } from '../../src';
import { parametersForQueue, wrongHandlerOptions, wrongQueueOptions, wrongTimeouts } from '../support/queue-options';
import { synth, warningsOf } from '../support/synth';
import { idOf, resourceOf, resourcesOf, roleStatements } from '../support/template';

type Props = Omit<OrderProcessorProps, 'eventBus'>;
const synthProcessor = (props?: Props | ((stack: Stack) => Props), env?: Environment) => synth((stack) => new OrderProcessor(stack, 'Processor', {
  eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared'),
  ...(typeof props === 'function' ? props(stack) : props),
}), env);
type Template = ReturnType<typeof synthProcessor>['template'];

const handler = (template: Template, id: string) => resourceOf(template, 'AWS::Lambda::Function', id).properties;
const tableIn = (template: Template) => resourcesOf(template, 'AWS::DynamoDB::GlobalTable')[0];

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
      AttributeDefinitions: [{ AttributeName: 'orderId', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      Replicas: [{ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
      SSESpecification: { SSEEnabled: false },
    });
  });

  test('the table stays when the stack goes', () => {
    template.hasResource('AWS::DynamoDB::GlobalTable', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test('validated and rejected orders are routed into the processing queue, each by one rule', () => {
    const rules = resourcesOf(template, 'AWS::Events::Rule').map(({ properties }) => properties);
    expect(rules).toMatchObject([
      { EventBusName: 'shared', EventPattern: { 'source': ['orders'], 'detail-type': ['OrderValidated'] } },
      { EventBusName: 'shared', EventPattern: { 'source': ['orders'], 'detail-type': ['OrderRejected'] } },
    ]);
    for (const { Targets } of rules) {
      expect(Targets).toHaveLength(1);
      expect(idOf(Targets[0].Arn)).toBe(resourceOf(template, 'AWS::SQS::Queue', 'ProcessingQueue').id);
    }
  });

  test('what process-order itself rejects does not come back to it', () => {
    expect(resourceOf(template, 'AWS::Events::Rule', 'RejectedOrders').properties.EventPattern.detail)
      .toEqual({ data: { code: [{ 'anything-but': ['DUPLICATE_ORDER_ID'] }] } });
  });

  test('EventBridge tries for a day before it gives up', () => {
    for (const { properties } of resourcesOf(template, 'AWS::Events::Rule')) {
      expect(properties.Targets[0].RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 });
    }
  });

  test('the handlers have their default sizes', () => {
    for (const id of ['ProcessOrder', 'PublishOrderChanges']) expect(handler(template, id)).toMatchObject({ MemorySize: 512, Timeout: 30 });
  });

  test('the handlers know the table and the bus', () => {
    expect(handler(template, 'ProcessOrder').Environment.Variables).toMatchObject({
      ORDERS_TABLE_NAME: { Ref: tableIn(template).id }, EVENT_BUS_NAME: 'shared', EVENT_SOURCE: 'orders',
    });
    expect(handler(template, 'PublishOrderChanges').Environment.Variables).toMatchObject({ EVENT_BUS_NAME: 'shared', EVENT_SOURCE: 'orders' });
  });

  test('its parts can be reached', () => {
    expect(created.ordersTable).toBeInstanceOf(TableV2);
    expect([created.processingQueue, created.processingDeadLetterQueue, created.changesDeadLetterQueue].map(({ node }) => node.path)).toEqual([
      'Test/Processor/ProcessingQueue', 'Test/Processor/ProcessingDeadLetterQueue', 'Test/Processor/Changes/DeadLetterQueue',
    ]);
  });

  test('there is nothing to warn of', () => {
    expect(warningsOf(stack)).toEqual([]);
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
    const onTable = roleStatements(template, 'ProcessOrder').filter(({ actions }) => actions.includes('dynamodb:PutItem'));
    expect(onTable).toMatchObject([{ actions: ['dynamodb:PutItem'], resources: [TABLE_ARN] }]);
  });

  test('ordersTable may have a key of its own, which its handlers may then use', () => {
    const { template } = synthProcessor(
      (stack) => ({ ordersTable: existingTable(stack, TableEncryptionV2.customerManagedKey(new Key(stack, 'TableKey'))) }),
      { region: 'eu-central-1' },
    );
    const key = { 'Fn::GetAtt': [resourcesOf(template, 'AWS::KMS::Key')[0].id, 'Arn'] };
    for (const id of ['ProcessOrder', 'PublishOrderChanges']) {
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

  test('rejectedOrderRetention is told to process-order in seconds', () => {
    const told = (props?: Props) => handler(synthProcessor(props).template, 'ProcessOrder').Environment.Variables.REJECTED_ORDER_RETENTION;
    expect(told()).toBe('2592000');
    expect(told({ rejectedOrderRetention: Duration.minutes(1) })).toBe('60');
  });

  test('processOrder sizes the handler behind the queue, and the queue', () => {
    const { template } = synthProcessor({
      processOrder: {
        memorySize: 128,
        timeout: Duration.seconds(1),
        batchSize: 1,
        maxConcurrency: 1000,
        maxReceiveCount: 1000,
        retentionPeriod: Duration.days(13),
        deadLetterRetentionPeriod: Duration.days(14),
      },
    });
    expect(handler(template, 'ProcessOrder')).toMatchObject({ MemorySize: 128, Timeout: 1 });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 1000 } });
    expect(resourceOf(template, 'AWS::SQS::Queue', 'ProcessingQueue').properties).toMatchObject({
      VisibilityTimeout: 6, MessageRetentionPeriod: 13 * 24 * 3600, RedrivePolicy: { maxReceiveCount: 1000 },
    });
  });

  test('publishOrderChanges sizes the handler behind the stream', () => {
    const { template } = synthProcessor({ publishOrderChanges: { memorySize: 2048, timeout: Duration.minutes(2) } });
    expect(handler(template, 'PublishOrderChanges')).toMatchObject({ MemorySize: 2048, Timeout: 120 });
    expect(handler(template, 'ProcessOrder')).toMatchObject({ MemorySize: 512, Timeout: 30 });
  });

  test('eventSource is the source that is listened to and published under', () => {
    const { template } = synthProcessor({ eventSource: 'shop' });
    for (const { properties } of resourcesOf(template, 'AWS::Events::Rule')) expect(properties.EventPattern.source).toEqual(['shop']);
    for (const id of ['ProcessOrder', 'PublishOrderChanges']) expect(handler(template, id).Environment.Variables.EVENT_SOURCE).toBe('shop');
  });

  test('logLevel, logRetention and serviceName reach the handlers', () => {
    const { template } = synthProcessor({ logLevel: ApplicationLogLevel.WARN, logRetention: RetentionDays.THREE_DAYS, serviceName: 'store' });
    for (const id of ['ProcessOrder', 'PublishOrderChanges']) {
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
      publishOrderChanges: { timeout: Duration.seconds(new CfnParameter(stack, 'Timeout', { type: 'Number' }).valueAsNumber) },
    }));
    expect(handler(template, 'ProcessOrder')).toMatchObject({
      MemorySize: { Ref: 'MemorySize' }, Environment: { Variables: { REJECTED_ORDER_RETENTION: { Ref: 'Seconds' } } },
    });
    expect(handler(template, 'PublishOrderChanges')).toMatchObject({ Timeout: { Ref: 'Timeout' } });
    expect(resourceOf(template, 'AWS::SQS::Queue', 'ProcessingQueue').properties).toMatchObject({ MessageRetentionPeriod: { Ref: 'Retention' } });
  });
});

describe('fails when', () => {
  test.each<[string, Props]>([
    ...wrongQueueOptions('processOrder').map<[string, Props]>(([processOrder, message]) => [message, { processOrder }]),
    ...[...wrongHandlerOptions('publishOrderChanges'), ...wrongTimeouts('publishOrderChanges', '15 minutes')]
      .map<[string, Props]>(([publishOrderChanges, message]) => [message, { publishOrderChanges }]),
    ['rejectedOrderRetention must be between 1 minute and 3650 days, got 59 seconds', { rejectedOrderRetention: Duration.seconds(59) }],
    ['rejectedOrderRetention must be between 1 minute and 3650 days, got 3651 days', { rejectedOrderRetention: Duration.days(3651) }],
  ])('%s', (message, props) => {
    expect(() => synthProcessor(props)).toThrow(new Error(`Test/Processor: ${message}`));
  });

  test('ordersTable has no stream', () => {
    expect(() => synthProcessor((stack) => ({ ordersTable: TableV2.fromTableName(stack, 'Existing', 'orders') }))).toThrow(new Error(
      'Test/Processor: ordersTable must have a stream (NEW_AND_OLD_IMAGES); import it with TableV2.fromTableAttributes and its tableStreamArn',
    ));
  });

  test('removalPolicy is given for a table that is not the construct\'s own', () => {
    expect(() => synthProcessor((stack) => ({ ordersTable: existingTable(stack), removalPolicy: RemovalPolicy.DESTROY })))
      .toThrow(new Error('Test/Processor: ordersTable cannot be given together with removalPolicy'));
  });

  test('encryptionKey is given for a new table in a stack without region', () => {
    expect(() => synthProcessor((stack) => ({ encryptionKey: new Key(stack, 'Key') }))).toThrow(new Error(
      'Test/Processor: encryptionKey needs a stack with a region, because DynamoDB names it with the key; give the stack env: { region }',
    ));
  });

  test('several props are wrong, and names them all', () => {
    expect(() => synthProcessor({
      processOrder: { maxReceiveCount: 0, memorySize: 1 },
      publishOrderChanges: { memorySize: 2 },
      rejectedOrderRetention: Duration.seconds(1),
    })).toThrow(new Error('Test/Processor: ' + [
      'processOrder.memorySize must be an integer between 128 and 10240, got 1',
      'processOrder.maxReceiveCount must be an integer between 1 and 1000, got 0',
      'publishOrderChanges.memorySize must be an integer between 128 and 10240, got 2',
      'rejectedOrderRetention must be between 1 minute and 3650 days, got 1 second',
    ].join('; ')));
  });

  test('eventSource is one of AWS', () => {
    expect(() => synthProcessor({ eventSource: 'aws.orders' }))
      .toThrow(new Error('Test/Processor: eventSource must not begin with "aws.", got aws.orders'));
  });

  test('the timeout that the visibility timeout follows from is known only at deployment', () => {
    const timeout = (stack: Stack) => Duration.seconds(new CfnParameter(stack, 'Timeout', { type: 'Number' }).valueAsNumber);
    expect(() => synthProcessor((stack) => ({ processOrder: { timeout: timeout(stack) } }))).toThrow(/^Test\/Processor: processOrder\.timeout must /);
  });

  test.each<[string, Props]>([
    ['processOrder.timeout', { processOrder: { timeout: Duration.millis(1500) } }],
    ['rejectedOrderRetention', { rejectedOrderRetention: Duration.millis(90_500) }],
  ])('%s is no number of whole seconds, and says so', (prop, props) => {
    expect(() => synthProcessor(props)).toThrow(new RegExp(`^Test/Processor: ${prop.replace('.', '\\.')} must `));
  });
});
