import { CfnParameter, Duration, RemovalPolicy, type Environment, type Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ApplicationLogLevel } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { OrderEventHistory, OrderProcessor, RealtimeOrderIngest, type OrderEventHistoryProps } from '../../src';
import { EXPIRY_ATTRIBUTE, HISTORY_KEYS } from '../../src/private/contract';
import { matchesPattern } from '../support/event-matcher';
import { parametersForQueue, wrongQueueOptions } from '../support/queue-options';
import { synth, warningsOf } from '../support/synth';
import { actionsByResource, idOf, queueStatements, resourceOf, resourcesOf, roleStatements } from '../support/template';

type Props = Omit<OrderEventHistoryProps, 'eventBus'>;
const synthHistory = (props?: Props | ((stack: Stack) => Props), env?: Environment) => synth((stack) => new OrderEventHistory(stack, 'History', {
  eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared'),
  pipelineId: 'shop',
  acceptEventsWithoutPipeline: true,
  ...(typeof props === 'function' ? props(stack) : props),
}), env);
type Template = ReturnType<typeof synthHistory>['template'];

const handler = (template: Template) => resourceOf(template, 'AWS::Lambda::Function', 'RecordOrderEvent').properties;
const tableIn = (template: Template) => resourceOf(template, 'AWS::DynamoDB::GlobalTable', 'HistoryTable').properties;
const ruleIn = (template: Template) => resourceOf(template, 'AWS::Events::Rule', 'Events').properties;

describe('with nothing but a bus', () => {
  const { template, created, stack } = synthHistory();

  test('events are kept under their order and their position, on demand, with recovery and expiry', () => {
    expect(tableIn(template)).toMatchObject({
      KeySchema: [{ AttributeName: HISTORY_KEYS.partitionKey, KeyType: 'HASH' }, { AttributeName: HISTORY_KEYS.sortKey, KeyType: 'RANGE' }],
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: EXPIRY_ATTRIBUTE, Enabled: true },
      Replicas: [{ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
      SSESpecification: { SSEEnabled: false },
    });
  });

  test('the table has no index: its own sort key is the position of an event by time, sequence and version', () => {
    expect(HISTORY_KEYS.sortKey).toBe('listKey');
    expect(tableIn(template)).not.toHaveProperty('LocalSecondaryIndexes');
    expect(tableIn(template)).not.toHaveProperty('GlobalSecondaryIndexes');
  });

  test('the table stays when the stack goes', () => {
    template.hasResource('AWS::DynamoDB::GlobalTable', { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  });

  test('one rule routes every event about an order into the history queue, whatever its type', () => {
    template.resourceCountIs('AWS::Events::Rule', 1);
    expect(ruleIn(template)).toMatchObject({ EventBusName: 'shared', State: 'ENABLED' });
    expect(ruleIn(template).EventPattern).toEqual({
      source: ['orders'], detail: { metadata: { orderId: [{ exists: true }], pipeline: ['shop', { exists: false }] } },
    });
  });

  test('EventBridge tries for a day before it stops, and then leaves the event in the dead-letter queue', () => {
    const [target] = ruleIn(template).Targets;
    expect(target.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 });
    expect(idOf(target.Arn)).toBe(resourceOf(template, 'AWS::SQS::Queue', 'HistoryQueue').id);
    expect(idOf(target.DeadLetterConfig.Arn)).toBe(resourceOf(template, 'AWS::SQS::Queue', 'HistoryDeadLetterQueue').id);
  });

  test('EventBridge may put events into the queue for this rule', () => {
    const [, allowed] = queueStatements(template, resourceOf(template, 'AWS::SQS::Queue', 'HistoryQueue').id);
    expect(allowed).toMatchObject({
      effect: 'Allow',
      service: 'events.amazonaws.com',
      condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [resourceOf(template, 'AWS::Events::Rule', 'Events').id, 'Arn'] } } },
    });
  });

  test('record-order-event consumes the queue in batches, may write to the table, and may read nothing of it', () => {
    expect(resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(({ properties }) => properties)).toMatchObject([
      { BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 50 } },
    ]);
    expect(actionsByResource(roleStatements(template, 'RecordOrderEvent'))).toEqual({
      HistoryRecordOrderEventLogs: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      HistoryHistoryTable: ['dynamodb:PutItem'],
      HistoryHistoryDeadLetterQueue: ['sqs:SendMessage'],
      HistoryHistoryQueue: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage'],
    });
  });

  test('record-order-event has its default sizes, and keeps events for ever', () => {
    expect(handler(template)).toMatchObject({ MemorySize: 512, Timeout: 30 });
    expect(handler(template).Environment.Variables).toMatchObject({
      HISTORY_TABLE_NAME: { Ref: resourceOf(template, 'AWS::DynamoDB::GlobalTable', 'HistoryTable').id },
      DEAD_LETTER_QUEUE_URL: { Ref: resourceOf(template, 'AWS::SQS::Queue', 'HistoryDeadLetterQueue').id },
    });
    expect(handler(template).Environment.Variables.HISTORY_RETENTION).toBe(String(400 * 24 * 3600));
  });

  test('its parts can be reached', () => {
    const { historyTable, historyQueue, historyDeadLetterQueue, recordOrderEventFunction } = created;
    expect([historyTable, historyQueue, historyDeadLetterQueue, recordOrderEventFunction].map(({ node }) => node.path)).toEqual([
      'Test/History/HistoryTable', 'Test/History/HistoryQueue', 'Test/History/HistoryDeadLetterQueue', 'Test/History/RecordOrderEvent',
    ]);
  });

  test('there is nothing to warn of', () => {
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('its props', () => {
  test('historyRetention is set for record-order-event in seconds', () => {
    const setting = (historyRetention: Duration) => handler(synthHistory({ historyRetention }).template).Environment.Variables.HISTORY_RETENTION;
    expect(setting(Duration.days(1))).toBe('86400');
    expect(setting(Duration.days(3650))).toBe('315360000');
  });

  test('eventSource is the source whose events are kept', () => {
    expect(ruleIn(synthHistory({ eventSource: 'shop.orders' }).template).EventPattern.source).toEqual(['shop.orders']);
  });

  test('recordOrderEvent sizes the handler and its queue', () => {
    const { template } = synthHistory({
      recordOrderEvent: {
        memorySize: 256,
        timeout: Duration.seconds(20),
        batchSize: 5,
        maxConcurrency: 7,
        retryDuration: Duration.hours(3),
        retentionPeriod: Duration.days(2),
        deadLetterRetentionPeriod: Duration.days(7),
      },
    });
    expect(handler(template)).toMatchObject({ MemorySize: 256, Timeout: 20 });
    expect(resourceOf(template, 'AWS::SQS::Queue', 'HistoryQueue').properties).toMatchObject({
      VisibilityTimeout: 120, MessageRetentionPeriod: 172_800, RedrivePolicy: { maxReceiveCount: 1000 },
    });
    expect(resourceOf(template, 'AWS::SQS::Queue', 'HistoryDeadLetterQueue').properties.MessageRetentionPeriod).toBe(604_800);
    expect(resourcesOf(template, 'AWS::Lambda::EventSourceMapping')[0].properties).toMatchObject({ BatchSize: 5, ScalingConfig: { MaximumConcurrency: 7 } });
  });

  test('recordOrderEvent may hold undefined, which is the default', () => {
    const { template } = synthHistory({ recordOrderEvent: { memorySize: undefined, timeout: undefined } });
    expect(handler(template)).toMatchObject({ MemorySize: 512, Timeout: 30 });
  });

  test('encryptionKey encrypts table and queues, and EventBridge and the handler may use it', () => {
    const { template } = synthHistory((stack) => ({ encryptionKey: new Key(stack, 'Key') }), { region: 'eu-central-1' });
    const [key] = resourcesOf(template, 'AWS::KMS::Key');
    const arn = { 'Fn::GetAtt': [key.id, 'Arn'] };
    expect(tableIn(template)).toMatchObject({
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' }, Replicas: [{ SSESpecification: { KMSMasterKeyId: arn } }],
    });
    for (const { properties } of resourcesOf(template, 'AWS::SQS::Queue')) expect(properties.KmsMasterKeyId).toEqual(arn);
    expect(JSON.stringify(key.properties.KeyPolicy)).toContain('AllowEventBridgeToUseKey');
    expect(roleStatements(template, 'RecordOrderEvent')).toContainEqual(expect.objectContaining({
      actions: expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey*']), resources: [arn],
    }));
  });

  test('with an encryptionKey, only rules of this account may fill the queue', () => {
    const { template } = synthHistory((stack) => ({ encryptionKey: new Key(stack, 'Key') }), { region: 'eu-central-1' });
    const [, allowed] = queueStatements(template, resourceOf(template, 'AWS::SQS::Queue', 'HistoryQueue').id);
    expect(JSON.stringify(allowed.condition)).toMatch(/aws:SourceA(ccount|rn)/);
  });

  test('removalPolicy is what happens to the table', () => {
    synthHistory({ removalPolicy: RemovalPolicy.DESTROY }).template
      .hasResource('AWS::DynamoDB::GlobalTable', { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  });

  test('logLevel, logRetention and serviceName reach the handler', () => {
    const { template } = synthHistory({ logLevel: ApplicationLogLevel.TRACE, logRetention: RetentionDays.FIVE_DAYS, serviceName: 'remember' });
    expect(handler(template)).toMatchObject({
      LoggingConfig: { ApplicationLogLevel: 'TRACE' }, Environment: { Variables: { POWERTOOLS_SERVICE_NAME: 'remember' } },
    });
    expect(resourceOf(template, 'AWS::Logs::LogGroup', 'RecordOrderEventLogs').properties.RetentionInDays).toBe(5);
  });

  test('may be known only at deployment', () => {
    const { template } = synthHistory((stack) => ({
      historyRetention: Duration.seconds(new CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber),
      recordOrderEvent: parametersForQueue(stack),
      eventSource: new CfnParameter(stack, 'Source').valueAsString,
    }));
    expect(handler(template)).toMatchObject({ MemorySize: { Ref: 'MemorySize' }, Environment: { Variables: { HISTORY_RETENTION: { Ref: 'Seconds' } } } });
    expect(ruleIn(template).EventPattern.source).toEqual([{ Ref: 'Source' }]);
  });
});

describe('fails when', () => {
  const fails = (props: Props | ((stack: Stack) => Props), message: string) =>
    expect(() => synthHistory(props)).toThrow(new Error(`Test/History: ${message}`));

  test.each(wrongQueueOptions('recordOrderEvent').map(([recordOrderEvent, message]) => [message, recordOrderEvent] as const))('%s', (message, recordOrderEvent) => {
    fails({ recordOrderEvent }, message);
  });

  test.each([[Duration.hours(23), '23 hours'], [Duration.days(36501), '36501 days']])('historyRetention is %s', (historyRetention, given) => {
    fails({ historyRetention }, `\`historyRetention\` must be between 1 day and 36500 days, got ${given}`);
  });

  test('eventSource is one of AWS', () => {
    fails({ eventSource: 'aws.orders' }, '`eventSource` must not begin with "aws.", got aws.orders');
  });

  test('encryptionKey is given in a stack without a region', () => {
    fails((stack) => ({ encryptionKey: new Key(stack, 'Key') }),
      '`encryptionKey` needs a stack with a region, because DynamoDB names it together with the key; give the stack env: { region }');
  });

  test('several props are wrong, and names them all', () => {
    fails({ historyRetention: Duration.hours(1), recordOrderEvent: { batchSize: 0 } },
      '`recordOrderEvent.batchSize` must be an integer between 1 and 10, got 0; `historyRetention` must be between 1 day and 36500 days, got 1 hour');
  });
});

describe('with the constructs that publish the events of the pipeline', () => {
  const { template } = synth((stack) => {
    const eventBus = new EventBus(stack, 'Bus');
    const ingest = new RealtimeOrderIngest(stack, 'Ingest', { eventBus });
    const processor = new OrderProcessor(stack, 'Processor', { eventBus });
    return new OrderEventHistory(stack, 'History', { eventBus, ingest, processor, historyRetention: Duration.days(2) });
  });

  test.each(['ValidateOrder', 'PublishOrderChanges'])('%s records the events that it publishes', (id) => {
    const table = resourceOf(template, 'AWS::DynamoDB::GlobalTable', 'HistoryTable').id;
    const { Environment } = resourceOf(template, 'AWS::Lambda::Function', id).properties;
    expect(Environment.Variables).toMatchObject({ HISTORY_TABLE_NAME: { Ref: table }, HISTORY_RETENTION: String(2 * 86_400) });
    const actions = Object.entries(actionsByResource(roleStatements(template, id))).filter(([resource]) => resource.includes('HistoryTable'));
    expect(actions.map(([, each]) => each)).toEqual([['dynamodb:PartiQLInsert']]);
  });

  test('the queue receives only the other events, and those of a replay', () => {
    const matches = (event: object) => matchesPattern(ruleIn(template).EventPattern, { source: 'orders', ...event } as never);
    const detail = { metadata: { orderId: 'order-1', pipeline: undefined } };
    expect(matches({ detail })).toBe(true);
    expect(matches({ detail: { ...detail, recorded: true } })).toBe(false);
    expect(matches({ 'detail': { ...detail, recorded: true }, 'replay-name': 'replay-1' })).toBe(true);
  });
});
