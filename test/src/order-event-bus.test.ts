import { CfnParameter, Duration, type Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { OrderEventBus, OrderEventRule, type OrderEventBusProps } from '../../src';
import { EVENT_TYPE, FILE_EVENT_TYPE, WEBHOOK_EVENT_TYPE } from '../../src/private/contract';
import { matchesPattern } from '../support/event-matcher';
import { synth, warningsOf } from '../support/synth';
import { resourceOf, resourcesOf } from '../support/template';

const synthBus = (props?: OrderEventBusProps | ((stack: Stack) => OrderEventBusProps)) =>
  synth((stack) => new OrderEventBus(stack, 'Events', typeof props === 'function' ? props(stack) : props));

describe('without props', () => {
  const { template, created, stack } = synthBus();
  const [bus] = resourcesOf(template, 'AWS::Events::EventBus');

  test('there is a bus of its own, encrypted with a key that AWS owns', () => {
    expect(bus.properties).not.toHaveProperty('KmsKeyIdentifier');
    expect(created.eventBus).toBeInstanceOf(EventBus);
  });

  test("its archive keeps the pipeline's events for 30 days", () => {
    expect(resourcesOf(template, 'AWS::Events::Archive').map(({ properties }) => properties)).toEqual([
      { SourceArn: { 'Fn::GetAtt': [bus.id, 'Arn'] }, EventPattern: { source: ['orders'], detail: { metadata: { pipeline: ['Test/Events/Bus:orders', { exists: false }] } } }, RetentionDays: 30 },
    ]);
    expect(created.archive).toBeDefined();
  });

  test('events have the source "orders"', () => {
    expect(created.eventSource).toBe('orders');
  });

  test('there is nothing to warn of', () => {
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('its props', () => {
  test('eventBus takes the place of a new bus', () => {
    const { template, created } = synthBus((stack) => ({ eventBus: new EventBus(stack, 'Shared') }));
    template.resourceCountIs('AWS::Events::EventBus', 1);
    template.hasResourceProperties('AWS::Events::Archive', {
      SourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Shared'), 'Arn'] },
    });
    expect(created.eventBus.node.id).toBe('Shared');
  });

  test('eventBus may be imported, by its name', () => {
    const { template } = synthBus((stack) => ({ eventBus: EventBus.fromEventBusName(stack, 'Shared', 'shared') }));
    template.resourceCountIs('AWS::Events::EventBus', 0);
    expect(JSON.stringify(resourcesOf(template, 'AWS::Events::Archive')[0].properties.SourceArn)).toContain(':event-bus/shared');
  });

  test('eventSource is the source of what is archived, subscribed to and published', () => {
    const { template, created } = synth((stack) => {
      const bus = new OrderEventBus(stack, 'Events', { eventSource: 'shop.orders' });
      bus.onOrderEvent('All', { target: new SqsQueue(new Queue(stack, 'Queue')) });
      bus.grantPutEvents(new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));
      return bus;
    });
    template.hasResourceProperties('AWS::Events::Archive', { EventPattern: { source: ['shop.orders'] } });
    template.hasResourceProperties('AWS::Events::Rule', { EventPattern: { source: ['shop.orders'] } });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [Match.objectLike({ Condition: { StringEquals: { 'events:source': 'shop.orders' } } })] },
    });
    expect(created.eventSource).toBe('shop.orders');
  });

  test('encryptionKey encrypts the bus and the archive', () => {
    const { template } = synthBus((stack) => ({ encryptionKey: new Key(stack, 'Key') }));
    const key = { 'Fn::GetAtt': [resourcesOf(template, 'AWS::KMS::Key')[0].id, 'Arn'] };
    template.hasResourceProperties('AWS::Events::EventBus', { KmsKeyIdentifier: key });
    template.hasResourceProperties('AWS::Events::Archive', { KmsKeyIdentifier: key });
  });

  test('archive: false leaves the archive out', () => {
    const { template, created } = synthBus({ archive: false });
    template.resourceCountIs('AWS::Events::Archive', 0);
    expect(created.archive).toBeUndefined();
  });

  test('archiveRetention is how long the archive keeps events', () => {
    synthBus({ archiveRetention: Duration.days(400) }).template.hasResourceProperties('AWS::Events::Archive', { RetentionDays: 400 });
  });

  test('may be known only at deployment', () => {
    const { template } = synthBus((stack) => ({
      eventSource: new CfnParameter(stack, 'Source').valueAsString,
      archiveRetention: Duration.days(new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber),
    }));
    template.hasResourceProperties('AWS::Events::Archive', { EventPattern: { source: [{ Ref: 'Source' }] }, RetentionDays: { Ref: 'Days' } });
  });
});

describe('fails when', () => {
  test.each<[string, OrderEventBusProps, string]>([
    ['archiveRetention is too short', { archiveRetention: Duration.hours(23) }, '`archiveRetention` must be between 1 day and 365000 days, got 23 hours'],
    ['archiveRetention is too long', { archiveRetention: Duration.days(365_001) }, '`archiveRetention` must be between 1 day and 365000 days, got 365001 days'],
    [
      'archiveRetention is given without an archive', { archive: false, archiveRetention: Duration.days(2) },
      '`archiveRetention` cannot be set when `archive` is false',
    ],
    ['eventSource is one of AWS', { eventSource: 'aws.orders' }, '`eventSource` must not begin with "aws.", got aws.orders'],
    [
      'several props are wrong, and names them all', { eventSource: 'aws.orders', archiveRetention: Duration.minutes(5) },
      '`archiveRetention` must be between 1 day and 365000 days, got 5 minutes; `eventSource` must not begin with "aws.", got aws.orders',
    ],
  ])('%s', (_, props, message) => {
    expect(() => synthBus(props)).toThrow(new Error(`Test/Events: ${message}`));
  });

  test.each([['empty', ''], ['longer than 256 characters', 'x'.repeat(257)]])('eventSource is %s', (_, eventSource) => {
    expect(() => synthBus({ eventSource })).toThrow(/^Test\/Events: `eventSource` must /);
  });

  test('archiveRetention is not a whole number of days', () => {
    expect(() => synthBus({ archiveRetention: Duration.hours(36) })).toThrow(/^Test\/Events: `archiveRetention` must /);
  });
});

describe('subscriptions', () => {
  const types: readonly string[] = [...Object.values(EVENT_TYPE), ...Object.values(FILE_EVENT_TYPE), ...Object.values(WEBHOOK_EVENT_TYPE)];
  const { template, created } = synth((stack) => {
    const bus = new OrderEventBus(stack, 'Events', { eventSource: 'shop' });
    const target = new SqsQueue(new Queue(stack, 'Queue'));
    const subscribe = bus as unknown as Record<string, OrderEventBus['onOrderEvent'] | undefined>;
    return [...types, 'OrderEvent'].map((type) => ({ type, rule: subscribe[`on${type}`]?.call(bus, `${type}Hearer`, { target }) }));
  });
  const bus = resourcesOf(template, 'AWS::Events::EventBus')[0];
  const ruleOf = (type: string) => resourceOf(template, 'AWS::Events::Rule', `Events${type}Hearer`).properties;
  const matchedBy = (type: string, source = 'shop') =>
    types.filter((detailType) => matchesPattern(ruleOf(type).EventPattern, { source, 'detail-type': detailType, 'detail': {} }));

  test.each(types)('there is a method for %s, whose rule matches this event and no other', (type) => {
    expect(matchedBy(type)).toEqual([type]);
    expect(matchedBy(type, 'others')).toEqual([]);
    expect(ruleOf(type).EventBusName).toEqual({ Ref: bus.id });
  });

  test('there is no method for anything else', () => {
    const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(OrderEventBus.prototype)).filter((name) => name.startsWith('on'));
    expect(methods.sort()).toEqual([...types, 'OrderEvent'].map((type) => `on${type}`).sort());
  });

  test('onOrderEvent matches all events', () => {
    expect(matchedBy('OrderEvent')).toEqual(types);
    expect(matchedBy('OrderEvent', 'others')).toEqual([]);
  });

  test('are rules, each with a dead-letter queue', () => {
    for (const { rule } of created) {
      expect(rule).toBeInstanceOf(OrderEventRule);
      expect(rule!.deadLetterQueue).toBeInstanceOf(Queue);
    }
    expect(resourcesOf(template, 'AWS::SQS::Queue')).toHaveLength(created.length + 1);
  });

  test('encrypt their dead-letter queues with the encryptionKey', () => {
    const encrypted = synth((stack) => new OrderEventBus(stack, 'Events', { encryptionKey: new Key(stack, 'Key') })
      .onOrderConfirmed('Shipping', { target: new SqsQueue(new Queue(stack, 'Queue')) }));
    const [key] = resourcesOf(encrypted.template, 'AWS::KMS::Key');
    expect(resourceOf(encrypted.template, 'AWS::SQS::Queue', 'DeadLetterQueue').properties.KmsMasterKeyId).toEqual({ 'Fn::GetAtt': [key.id, 'Arn'] });
    // The bus extends the key policy for EventBridge, too; the statement occurs once.
    expect(key.properties.KeyPolicy.Statement.filter(({ Sid }: { Sid?: string }) => Sid === 'AllowEventBridgeToUseKey')).toHaveLength(1);
  });

  test('may be to an imported bus', () => {
    const imported = synth((stack) => new OrderEventBus(stack, 'Events', { eventBus: EventBus.fromEventBusName(stack, 'Shared', 'shared') })
      .onOrderConfirmed('Shipping', { target: new SqsQueue(new Queue(stack, 'Queue')) }));
    imported.template.hasResourceProperties('AWS::Events::Rule', {
      EventBusName: 'shared', Targets: [Match.objectLike({ DeadLetterConfig: { Arn: Match.anyValue() } })],
    });
    expect(imported.created.node.path).toBe('Test/Events/Shipping');
  });

  test('fails when two have the same id', () => {
    expect(() => synth((stack) => {
      const events = new OrderEventBus(stack, 'Events');
      const target = new SqsQueue(new Queue(stack, 'Queue'));
      events.onOrderConfirmed('Shipping', { target });
      events.onOrderCancelled('Shipping', { target });
    })).toThrow("There is already a Construct with name 'Shipping' in OrderEventBus [Events]");
  });
});

test('grantPutEvents grants events:PutEvents on this bus, for this source', () => {
  const { template } = synth((stack) =>
    new OrderEventBus(stack, 'Events').grantPutEvents(new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })));
  expect(resourcesOf(template, 'AWS::IAM::Policy').flatMap(({ properties }) => properties.PolicyDocument.Statement)).toEqual([{
    Effect: 'Allow',
    Action: 'events:PutEvents',
    Resource: { 'Fn::GetAtt': [resourcesOf(template, 'AWS::Events::EventBus')[0].id, 'Arn'] },
    Condition: { StringEquals: { 'events:source': 'orders' } },
  }]);
});
