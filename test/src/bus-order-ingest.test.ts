import { CfnParameter, Duration, RemovalPolicy, Size, Stack, type Environment } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { BusOrderIngest, type BusOrderIngestProps } from '../../src';
import { EVENT_TYPE } from '../../src/private/contract';
import { matchesPattern } from '../support/event-matcher';
import { parametersForQueue, wrongQueueOptions } from '../support/queue-options';
import { synth, warningsOf } from '../support/synth';
import { actionsByResource, idOf, queueStatements, resourceOf, resourcesOf, roleStatements } from '../support/template';

type Props = Partial<BusOrderIngestProps>;
const synthIngest = (props?: Props | ((stack: Stack) => Props), env?: Environment) => synth((stack) => new BusOrderIngest(stack, 'BusIngest', {
  eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared'),
  ordersQueue: Queue.fromQueueArn(stack, 'Orders', stack.formatArn({ service: 'sqs', resource: 'orders.fifo' })),
  pipelineId: 'shop',
  acceptEventsWithoutPipeline: true,
  ...(typeof props === 'function' ? props(stack) : props),
}), env);
type Template = ReturnType<typeof synthIngest>['template'];

const handler = (template: Template) => resourceOf(template, 'AWS::Lambda::Function', 'ReceiveOrderEvent').properties;
const queue = (template: Template, id = 'PlacementQueue') => resourceOf(template, 'AWS::SQS::Queue', id);
const rule = (template: Template) => resourceOf(template, 'AWS::Events::Rule', 'PlacementEvents');

describe('with a bus and an orders queue', () => {
  const { template, created, stack } = synthIngest();

  test('one rule matches OrderPlacementRequested of the pipeline, and events without a pipeline', () => {
    template.resourceCountIs('AWS::Events::Rule', 1);
    const { properties } = rule(template);
    expect(properties).toMatchObject({ EventBusName: 'shared', State: 'ENABLED' });
    expect(properties.EventPattern).toEqual({
      'source': ['orders'], 'detail-type': ['OrderPlacementRequested'], 'detail': { metadata: { pipeline: ['shop', { exists: false }] } },
    });
    const matches = (type: string, detail: object) => matchesPattern(properties.EventPattern, { 'source': 'orders', 'detail-type': type, 'detail': detail });
    expect(Object.values(EVENT_TYPE).filter((type) => matches(type, {}))).toEqual(['OrderPlacementRequested']);
    expect([{ pipeline: 'shop' }, { pipeline: 'other' }].map((metadata) => matches('OrderPlacementRequested', { metadata }))).toEqual([true, false]);
  });

  test('EventBridge tries for a day to deliver an event, and then leaves it in the dead-letter queue', () => {
    expect(rule(template).properties.Targets).toEqual([{
      Id: 'Target0',
      Arn: { 'Fn::GetAtt': [queue(template).id, 'Arn'] },
      DeadLetterConfig: { Arn: { 'Fn::GetAtt': [queue(template, 'PlacementDeadLetterQueue').id, 'Arn'] } },
      RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
    }]);
  });

  test('EventBridge can send to both queues for this rule and account, and no other principal can', () => {
    for (const id of ['PlacementQueue', 'PlacementDeadLetterQueue']) {
      const allowed = queueStatements(template, queue(template, id).id).filter(({ effect }) => effect === 'Allow');
      expect(allowed).toMatchObject([{
        service: 'events.amazonaws.com', condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [rule(template).id, 'Arn'] } } },
      }]);
    }
  });

  test('receive-order-event consumes the queue, and may send to the orders queue', () => {
    expect(resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(({ properties }) => properties)).toMatchObject([
      { BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 50 } },
    ]);
    const { BusIngestReceiveOrderEventLogs: logs, BusIngestPlacementQueue: own, BusIngestPlacementDeadLetterQueue: deadLetters, ...others }
      = actionsByResource(roleStatements(template, 'ReceiveOrderEvent'));
    expect(logs).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
    expect(own).toEqual(['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage']);
    expect(deadLetters).toEqual(['sqs:SendMessage']);
    expect(Object.entries(others)).toEqual([[expect.stringMatching(/:orders\.fifo$/), ['sqs:SendMessage']]]);
  });

  test('receive-order-event has its default sizes and limits', () => {
    expect(handler(template)).toMatchObject({ MemorySize: 512, Timeout: 30 });
    expect(handler(template).Environment.Variables).toMatchObject({
      MAX_ORDER_SIZE: String(128 * 1024), QUEUE_URL: { Ref: queue(template).id }, DEAD_LETTER_QUEUE_URL: { Ref: queue(template, 'PlacementDeadLetterQueue').id },
    });
    expect(queue(template).properties).toMatchObject({ VisibilityTimeout: 180, RedrivePolicy: { maxReceiveCount: 1000 } });
    expect(idOf(queue(template).properties.RedrivePolicy.deadLetterTargetArn)).toBe(queue(template, 'PlacementDeadLetterQueue').id);
  });

  test('its parts can be reached', () => {
    const { placementQueue, placementDeadLetterQueue, receiveOrderEventFunction } = created;
    expect([placementQueue, placementDeadLetterQueue, receiveOrderEventFunction].map(({ node }) => node.path)).toEqual([
      'Test/BusIngest/PlacementQueue', 'Test/BusIngest/PlacementDeadLetterQueue', 'Test/BusIngest/ReceiveOrderEvent',
    ]);
  });

  test('there is nothing to warn of', () => {
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('its props', () => {
  test('eventSource and acceptEventsWithoutPipeline narrow the rule', () => {
    expect(rule(synthIngest({ eventSource: 'shop.orders', acceptEventsWithoutPipeline: false }).template).properties.EventPattern).toEqual({
      'source': ['shop.orders'], 'detail-type': ['OrderPlacementRequested'], 'detail': { metadata: { pipeline: ['shop'] } },
    });
  });

  test('events without a pipeline are ignored on an imported bus by default, with a warning', () => {
    const { template, stack } = synthIngest({ acceptEventsWithoutPipeline: undefined });
    expect(rule(template).properties.EventPattern.detail.metadata.pipeline).toEqual(['shop']);
    expect(warningsOf(stack)).toEqual([{ path: '/Test/BusIngest', text: expect.stringContaining('must have metadata.pipeline shop') }]);
  });

  test('maxOrderSize is the limit of an order', () => {
    expect(handler(synthIngest({ maxOrderSize: Size.kibibytes(64) }).template).Environment.Variables.MAX_ORDER_SIZE).toBe('65536');
  });

  test('receiveOrderEvent sizes the handler and its queue', () => {
    const { template } = synthIngest({
      receiveOrderEvent: { memorySize: 256, timeout: Duration.seconds(10), batchSize: 3, maxConcurrency: 7, retryDuration: Duration.hours(2) },
    });
    expect(handler(template)).toMatchObject({ MemorySize: 256, Timeout: 10, Environment: { Variables: { RETRY_DURATION: '7200' } } });
    expect(resourcesOf(template, 'AWS::Lambda::EventSourceMapping')[0].properties).toMatchObject({ BatchSize: 3, ScalingConfig: { MaximumConcurrency: 7 } });
    expect(queue(template).properties.VisibilityTimeout).toBe(60);
  });

  test('encryptionKey encrypts the queues, and EventBridge may use it', () => {
    const { template } = synthIngest((stack) => ({ encryptionKey: new Key(stack, 'Key') }));
    for (const { properties } of resourcesOf(template, 'AWS::SQS::Queue')) expect(properties).toHaveProperty('KmsMasterKeyId');
    expect(JSON.stringify(resourcesOf(template, 'AWS::KMS::Key')[0].properties.KeyPolicy)).toContain('events.amazonaws.com');
  });

  test('removalPolicy is that of the queues', () => {
    const { template } = synthIngest({ removalPolicy: RemovalPolicy.DESTROY });
    template.allResources('AWS::SQS::Queue', { DeletionPolicy: 'Delete' });
  });

  test('can be tokens', () => {
    expect(() => synthIngest((stack) => ({
      receiveOrderEvent: parametersForQueue(stack), maxOrderSize: Size.bytes(new CfnParameter(stack, 'Size', { type: 'Number' }).valueAsNumber),
    }))).not.toThrow();
  });

  test.each(wrongQueueOptions('receiveOrderEvent'))('fails when receiveOrderEvent is wrong: %#', (receiveOrderEvent, message) => {
    expect(() => synthIngest({ receiveOrderEvent })).toThrow(new Error(`Test/BusIngest: ${message}`));
  });

  test('fails when the orders queue is a standard queue, or in another region', () => {
    expect(() => synthIngest((stack) => ({ ordersQueue: new Queue(stack, 'Standard') }))).toThrow(new Error('Test/BusIngest: `ordersQueue` must be a FIFO queue, got a standard one'));
    expect(() => synthIngest((stack) => ({ ordersQueue: Queue.fromQueueArn(stack, 'Far', 'arn:aws:sqs:us-east-1:111111111111:orders.fifo') }), { account: '111111111111', region: 'eu-central-1' }))
      .toThrow('`ordersQueue` must be in the account and region of the stack, got 111111111111, us-east-1; create the BusOrderIngest where the queue is');
  });

  test('fails when another construct places orders of the same events', () => {
    expect(() => synth((stack) => {
      const eventBus = new EventBus(stack, 'Bus');
      const ordersQueue = new Queue(stack, 'Orders', { fifo: true });
      for (const id of ['One', 'Two']) new BusOrderIngest(stack, id, { eventBus, ordersQueue });
    })).toThrow('Test/Two: uses the same `eventBus` and the `eventSource` orders as Test/One');
  });
});
