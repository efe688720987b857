import { CfnParameter, Duration, Stack, type Environment } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EventBus, Rule, type IRuleTarget } from 'aws-cdk-lib/aws-events';
import { EventBus as EventBusTarget, LambdaFunction, SnsTopic, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { EVENTS_TARGET_QUEUE_SAME_ACCOUNT } from 'aws-cdk-lib/cx-api';
import { metadataSchema } from '../../handlers/shared/events/event';
import { totalPartsOf } from '../../handlers/shared/events/total-parts';
import { OrderChannel, OrderEventBus, OrderEventRule, type OrderContentEventOptions, type OrderEventRuleProps } from '../../src';
import { EVENT_TYPE } from '../../src/private/contract';
import { matchesPattern } from '../support/event-matcher';
import { synth, warningsOf } from '../support/synth';
import { idOf, queueStatements, resourceOf, resourcesOf } from '../support/template';
import { testApp } from '../support/test-app';

type Options = Partial<Omit<OrderEventRuleProps, 'eventBus'>>;
type Narrowing = Omit<OrderContentEventOptions, 'target'>;

const ENV: Environment = { account: '111111111111', region: 'eu-central-1' };

/** A rule, `Shipping`, of events on a bus of its own. */
const rule = (stack: Stack, { target, ...options }: Options = {}) => new OrderEventRule(stack, 'Shipping', {
  eventBus: new EventBus(stack, 'Bus'), eventType: EVENT_TYPE.ORDER_CONFIRMED, target: target ?? new SqsQueue(new Queue(stack, 'Queue')), ...options,
});
const synthRule = (options: Options | ((stack: Stack) => Options) = {}, env?: Environment) =>
  synth((stack) => rule(stack, typeof options === 'function' ? options(stack) : options), env);

const lambda = (stack: Stack, functionName?: string) =>
  new Lambda(stack, 'Function', { functionName, runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('exports.handler = () => {}') });

/** What a rule sends where, and where it leaves what it cannot send: construct ids for logical ids. */
const targetsOf = (template: Template) => resourcesOf(template, 'AWS::Events::Rule').flatMap(({ properties }) => properties.Targets)
  .map(({ Arn, DeadLetterConfig }) => [Arn, DeadLetterConfig?.Arn].map((arn) => arn && idOf(arn)?.replace(/[0-9A-F]{8}$/, '')));

/** Who may send to a queue besides those with TLS. */
const allowedOn = (template: Template, constructId: string) =>
  queueStatements(template, resourceOf(template, 'AWS::SQS::Queue', constructId).id).filter(({ effect }) => effect === 'Allow');

describe('the events that a subscription matches', () => {
  const order = { customerId: 'c-1', currency: 'EUR', total: 10_000, salesChannel: 'web', tags: ['gift', 'express'] };
  const confirmed = (metadata: object = { channel: 'api' }, changes: object = {}) => {
    const facts = { ...order, ...changes };
    return { 'source': 'orders', 'detail-type': 'OrderConfirmed', 'detail': { metadata, facts: { ...facts, ...totalPartsOf(facts) }, data: { order: {} } } };
  };
  const patternOf = (options: Parameters<typeof synthRule>[0]) => resourcesOf(synthRule(options).template, 'AWS::Events::Rule')[0].properties.EventPattern;
  const matches = (options: Narrowing, event: Record<string, unknown>) => matchesPattern(patternOf(options), event);

  test('is every event of its type and pipeline, when nothing narrows it', () => {
    expect(patternOf({})).toEqual({
      'source': ['orders'], 'detail-type': ['OrderConfirmed'], 'detail': { metadata: { pipeline: ['Test/Bus:orders', { exists: false }] } },
    });
  });

  test('is every event of the source and pipeline, when it has no type', () => {
    expect(patternOf({ eventType: undefined, eventSource: 'shop' })).toEqual({
      source: ['shop'], detail: { metadata: { pipeline: ['Test/Bus:shop', { exists: false }] } },
    });
  });

  test('may come by some channels alone', () => {
    const channels = [OrderChannel.API, OrderChannel.FILE];
    expect(matches({ channels }, confirmed({ channel: 'api' }))).toBe(true);
    expect(matches({ channels }, confirmed({ channel: 'file' }))).toBe(true);
    expect(matches({ channels }, confirmed({ channel: 'bus' }))).toBe(false);
    expect(matches({ channels }, confirmed({}))).toBe(false);
  });

  test("comes by the bus, when it is another system's event that does not say so", () => {
    const channels = [OrderChannel.BUS];
    expect(matches({ channels }, confirmed({ channel: 'bus' }))).toBe(true);
    expect(matches({ channels }, confirmed({}))).toBe(true);
    expect(matches({ channels }, confirmed({ channel: 'api' }))).toBe(false);
  });

  test('may be of some customers alone', () => {
    const customerIds = ['c-1', 'c-2'];
    expect(matches({ customerIds }, confirmed())).toBe(true);
    expect(matches({ customerIds }, confirmed({}, { customerId: 'c-3' }))).toBe(false);
  });

  test('may be of some currencies alone', () => {
    const currencies = ['EUR', 'CHF'];
    expect(matches({ currencies }, confirmed())).toBe(true);
    expect(matches({ currencies }, confirmed({}, { currency: 'USD' }))).toBe(false);
  });

  const LARGEST = Number.MAX_SAFE_INTEGER;
  const AMOUNTS = [
    0, 1, 9_999, 10_000, 10_001, 999_999_999, 1_000_000_000, 1_000_000_001, 4_999_999_999, 5_000_000_000, 5_000_000_001, 6_000_009_999,
    6_000_010_000, 123_456_789_012_345, LARGEST - 1, LARGEST,
  ];

  test.each(AMOUNTS)('may be of a minimum total alone, exact for every amount: %d', (minimumTotal) => {
    const pattern = patternOf({ minimumTotal, currencies: ['EUR'] });
    for (const total of AMOUNTS) expect([total, matchesPattern(pattern, confirmed({}, { total }))]).toEqual([total, total >= minimumTotal]);
  });

  const COMPARED = AMOUNTS.filter((amount) => amount <= 5_000_000_000);

  test.each(COMPARED)('may be of a minimum total that is known only at deployment, up to the largest that EventBridge compares: %d', (minimumTotal) => {
    const pattern = patternOf((stack) => ({ minimumTotal: new CfnParameter(stack, 'Total', { type: 'Number' }).valueAsNumber }));
    const deployed = JSON.parse(JSON.stringify(pattern).replace('{"Ref":"Total"}', String(minimumTotal)));
    for (const total of AMOUNTS) expect([total, matchesPattern(deployed, confirmed({}, { total }))]).toEqual([total, total >= minimumTotal]);
  });

  test('needs no alternatives for whole billions', () => {
    expect(JSON.stringify(patternOf({ minimumTotal: 7_000_000_000 }))).not.toContain('$or');
  });

  test('is what meets every condition, when there are several', () => {
    const options = { channels: [OrderChannel.API], customerIds: ['c-1'], currencies: ['EUR'], minimumTotal: 10_000, salesChannels: ['web'], tags: ['gift'] };
    expect(matches(options, confirmed())).toBe(true);
    for (const changes of [{ customerId: 'c-2' }, { currency: 'USD' }, { total: 1 }, { salesChannel: 'store-1' }, { tags: ['express'] }]) expect(matches(options, confirmed({ channel: 'api' }, changes))).toBe(false);
    expect(matches(options, confirmed({ channel: 'file' }))).toBe(false);
  });

  test('may be of some sales channels alone', () => {
    expect(matches({ salesChannels: ['web', 'app'] }, confirmed())).toBe(true);
    expect(matches({ salesChannels: ['web'] }, confirmed({}, { salesChannel: 'store-1' }))).toBe(false);
    expect(matches({ salesChannels: ['web'] }, confirmed({}, { salesChannel: undefined }))).toBe(false);
  });

  test('may be of some tags alone', () => {
    expect(matches({ tags: ['express', 'bulk'] }, confirmed())).toBe(true);
    expect(matches({ tags: ['bulk'] }, confirmed())).toBe(false);
    expect(matches({ tags: ['gift'] }, confirmed({}, { tags: undefined }))).toBe(false);
  });

  test('is the customer of a rejected order, which is not shown itself', () => {
    const pattern = patternOf({ eventType: EVENT_TYPE.ORDER_REJECTED, customerIds: ['c-1'] });
    const rejected = (facts: object) => ({ 'source': 'orders', 'detail-type': 'OrderRejected', 'detail': { metadata: {}, facts, data: {} } });
    expect(matchesPattern(pattern, rejected({ customerId: 'c-1' }))).toBe(true);
    expect(matchesPattern(pattern, rejected({ customerId: 'c-2' }))).toBe(false);
    expect(matchesPattern(pattern, rejected({}))).toBe(false);
  });

  test('may be known only at deployment', () => {
    const { template } = synthRule((stack) => ({
      customerIds: [new CfnParameter(stack, 'Customer').valueAsString],
      currencies: new CfnParameter(stack, 'Currencies', { type: 'CommaDelimitedList' }).valueAsList,
      minimumTotal: new CfnParameter(stack, 'Total', { type: 'Number' }).valueAsNumber,
    }));
    const { facts, $or } = resourcesOf(template, 'AWS::Events::Rule')[0].properties.EventPattern.detail;
    expect(facts).toEqual({ customerId: [{ Ref: 'Customer' }], currency: { Ref: 'Currencies' } });
    expect($or).toContainEqual({ facts: { total: [{ numeric: ['>=', { Ref: 'Total' }] }] } });
  });

  test('has the channels that events name', () => {
    expect(Object.values(OrderChannel).sort()).toEqual([...metadataSchema.shape.channel.options].sort());
  });
});

describe('a minimumTotal', () => {
  const warnings = (options: Options) => warningsOf(synthRule({ minimumTotal: 1, ...options }).stack);

  test.each<[string, Options]>([['without currencies', {}], ['with two currencies', { currencies: ['EUR', 'USD'] }]])('is warned of %s', (_, options) => {
    expect(warnings(options)).toEqual([{
      path: '/Test/Shipping', text: expect.stringMatching(/^`minimumTotal` compares totals of different currencies.*\[ack: cdk-order-pipeline:minimumTotal\]$/),
    }]);
  });

  test('is nothing to warn of with one currency', () => {
    expect(warnings({ currencies: ['EUR'] })).toEqual([]);
    expect(warnings({ currencies: ['EUR', 'EUR'] })).toEqual([]);
  });
});

describe('fails when', () => {
  test.each<[string, Options, string]>([
    ['channels is empty', { channels: [] }, '`channels` must have at least one entry, got none'],
    ['customerIds is empty', { customerIds: [] }, '`customerIds` must have at least one entry, got none'],
    ['currencies is empty', { currencies: [] }, '`currencies` must have at least one entry, got none'],
    ['a customer id is empty', { customerIds: ['c-1', ''] }, '`customerIds` must have 1 to 128 characters each, got 0'],
    ['a customer id is too long', { customerIds: ['x'.repeat(129)] }, '`customerIds` must have 1 to 128 characters each, got 129'],
    ['a currency is empty', { currencies: [''] }, '`currencies` must be codes such as EUR, got '],
    ['salesChannels is empty', { salesChannels: [] }, '`salesChannels` must have at least one entry, got none'],
    ['tags is empty', { tags: [] }, '`tags` must have at least one entry, got none'],
    ['minimumTotal is negative', { minimumTotal: -1 }, '`minimumTotal` must be an integer between 0 and 9007199254740991, got -1'],
    ['minimumTotal is a fraction', { minimumTotal: 99.5 }, '`minimumTotal` must be an integer between 0 and 9007199254740991, got 99.5'],
    ['minimumTotal is more than an order can have', { minimumTotal: 2 ** 53 }, '`minimumTotal` must be an integer between 0 and 9007199254740991, got 9007199254740992'],
    [
      'the pattern is longer than EventBridge accepts', { customerIds: Array.from({ length: 60 }, (_, index) => `customer-${String(index).padStart(30, '0')}`) },
      'the event pattern must have at most 2048 characters, got 2671; use fewer `customerIds`, or several subscriptions',
    ],
    [
      'the event does not show the order', { eventType: EVENT_TYPE.ORDER_REJECTED, customerIds: ['c-1'], minimumTotal: 1 },
      '`minimumTotal` cannot be set for OrderRejected, which does not include it',
    ],
    ['the event shows no customer', { eventType: EVENT_TYPE.ORDER_READ, customerIds: ['c-1'] }, '`customerIds` cannot be set for OrderRead, which does not include it'],
    [
      'several options are wrong, and names them all', { channels: [], minimumTotal: -1 },
      '`channels` must have at least one entry, got none; `minimumTotal` must be an integer between 0 and 9007199254740991, got -1',
    ],
  ])('%s', (_, options, message) => {
    expect(() => synthRule(options)).toThrow(new Error(`Test/Shipping: ${message}`));
  });

  test('deadLetterQueue is a FIFO queue', () => {
    expect(() => synthRule((stack) => ({ deadLetterQueue: new Queue(stack, 'Mine', { fifo: true }) })))
      .toThrow(new Error('Test/Shipping: `deadLetterQueue` must be a standard queue, got a FIFO one'));
  });

  test('deadLetterQueue is given to a target that has its own', () => {
    expect(() => synthRule((stack) => ({
      target: new SqsQueue(new Queue(stack, 'Queue'), { deadLetterQueue: new Queue(stack, 'Own') }), deadLetterQueue: new Queue(stack, 'Mine'),
    }))).toThrow(new Error('Test/Shipping: `deadLetterQueue` cannot be set when `target` has a dead-letter queue'));
  });
});

describe('what EventBridge cannot deliver', () => {
  const { template, created, stack } = synthRule();
  const thisRule = { 'Fn::GetAtt': [resourcesOf(template, 'AWS::Events::Rule')[0].id, 'Arn'] };

  test('goes to a queue of the rule', () => {
    expect(targetsOf(template)).toEqual([['Queue', 'ShippingDeadLetterQueue']]);
    expect(created.deadLetterQueue!.node.path).toBe('Test/Shipping/DeadLetterQueue');
  });

  test('is kept for 14 days, encrypted, in a standard queue', () => {
    const { properties } = resourceOf(template, 'AWS::SQS::Queue', 'ShippingDeadLetterQueue');
    expect(properties).toEqual({ MessageRetentionPeriod: Duration.days(14).toSeconds(), SqsManagedSseEnabled: true });
  });

  test('may be sent there by this rule alone, over TLS', () => {
    expect(allowedOn(template, 'ShippingDeadLetterQueue')).toEqual([{
      effect: 'Allow',
      actions: ['sqs:SendMessage'],
      service: 'events.amazonaws.com',
      condition: { ArnEquals: { 'aws:SourceArn': thisRule } },
      resources: [{ 'Fn::GetAtt': [resourceOf(template, 'AWS::SQS::Queue', 'ShippingDeadLetterQueue').id, 'Arn'] }],
    }]);
    expect(queueStatements(template, resourceOf(template, 'AWS::SQS::Queue', 'ShippingDeadLetterQueue').id)).toContainEqual(
      expect.objectContaining({ effect: 'Deny', condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    );
  });

  test('is nothing to warn of', () => {
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each<[string, (of: Stack) => IRuleTarget, string]>([
    ['a function', (of) => new LambdaFunction(lambda(of)), 'Function'],
    ['another bus', (of) => new EventBusTarget(new EventBus(of, 'Other')), 'Other'],
  ])('goes there from any target, as from %s', (_, target, id) => {
    expect(targetsOf(synthRule((of) => ({ target: target(of) })).template)).toEqual([[id, 'ShippingDeadLetterQueue']]);
  });

  test("goes to the target's own dead-letter queue, when it has one", () => {
    const own = synthRule((of) => ({ target: new SqsQueue(new Queue(of, 'Queue'), { deadLetterQueue: new Queue(of, 'Own') }) }));
    expect(targetsOf(own.template)).toEqual([['Queue', 'Own']]);
    expect(own.created.deadLetterQueue).toBeUndefined();
    own.template.resourceCountIs('AWS::SQS::Queue', 2);
  });

  test('goes to the deadLetterQueue, when it is given', () => {
    const given = synthRule((of) => ({ deadLetterQueue: new Queue(of, 'Mine') }));
    expect(targetsOf(given.template)).toEqual([['Queue', 'Mine']]);
    expect(given.created.deadLetterQueue!.node.id).toBe('Mine');
    expect(allowedOn(given.template, 'Mine')).toMatchObject([{ condition: { ArnEquals: { 'aws:SourceArn': expect.anything() } } }]);
    given.template.resourceCountIs('AWS::SQS::Queue', 2);
  });

  test('goes to the same queue from targets that are added, unless they have their own', () => {
    const added = synth((of) => {
      const shipping = rule(of);
      shipping.addTarget(new LambdaFunction(lambda(of)));
      shipping.addTarget(new SqsQueue(new Queue(of, 'Second'), { deadLetterQueue: new Queue(of, 'Own') }));
      shipping.addTarget();
    });
    expect(targetsOf(added.template)).toEqual([['Queue', 'ShippingDeadLetterQueue'], ['Function', 'ShippingDeadLetterQueue'], ['Second', 'Own']]);
    expect(allowedOn(added.template, 'ShippingDeadLetterQueue')).toHaveLength(1);
  });

  test.each<[string, (of: Stack) => Options, string]>([
    ['a new queue', (of) => ({ encryptionKey: new Key(of, 'Key') }), 'ShippingDeadLetterQueue'],
    ['a queue of its own', (of) => ({ deadLetterQueue: new Queue(of, 'Mine', { encryptionMasterKey: new Key(of, 'Key') }) }), 'Mine'],
  ])('may be encrypted with a key, which is opened to EventBridge: in %s', (_, options, id) => {
    const { template: encrypted } = synthRule(options);
    const [key] = resourcesOf(encrypted, 'AWS::KMS::Key');
    expect(resourceOf(encrypted, 'AWS::SQS::Queue', id).properties.KmsMasterKeyId).toEqual({ 'Fn::GetAtt': [key.id, 'Arn'] });
    expect(key.properties.KeyPolicy.Statement).toContainEqual(expect.objectContaining({ Principal: { Service: 'events.amazonaws.com' } }));
    expect(allowedOn(encrypted, id)).toMatchObject([{ condition: { ArnEquals: { 'aws:SourceArn': expect.anything() } } }]);
  });

  test('is warned of, when the policy of an imported queue may not let it in', () => {
    const { stack: of, template: imported } = synthRule((scope) => ({
      deadLetterQueue: Queue.fromQueueArn(scope, 'Mine', 'arn:aws:sqs:eu-central-1:111111111111:mine'),
    }));
    expect(warningsOf(of)).toEqual([{ path: '/Test/Shipping', text: expect.stringContaining('must allow events.amazonaws.com sqs:SendMessage') }]);
    imported.resourceCountIs('AWS::SQS::Queue', 1);
  });
});

describe('a queue as target', () => {
  const encrypted = (of: Stack) => new SqsQueue(new Queue(of, 'Queue', { encryption: QueueEncryption.KMS }));

  test.each([[true], [false]])('has the policy that it has behind any rule, with EVENTS_TARGET_QUEUE_SAME_ACCOUNT: %p', (flag) => {
    const policyBehind = (create: (of: Stack) => unknown) => {
      const { template } = synth((of) => {
        of.node.setContext(EVENTS_TARGET_QUEUE_SAME_ACCOUNT, flag);
        create(of);
      });
      return allowedOn(template, 'Queue');
    };
    const plain = policyBehind((of) => new Rule(of, 'Shipping', { eventPattern: { source: ['orders'] }, targets: [encrypted(of)] }));
    const dead = (of: Stack) => new Queue(of, 'Mine');
    expect(policyBehind((of) => rule(of, { target: encrypted(of), deadLetterQueue: dead(of) }))).toEqual(plain);
  });
});

describe('a target in another stack', () => {
  const two = (env?: Environment, otherEnv = env) => {
    const app = testApp();
    const [orders, shop] = [new Stack(app, 'Orders', { env }), new Stack(app, 'Shop', { env: otherEnv })];
    return { orders, shop, events: new OrderEventBus(orders, 'Events'), dependencies: () => [orders, shop].map((of) => of.dependencies.map(({ node }) => node.id)) };
  };

  test.each<[string, (of: Stack) => IRuleTarget]>([
    ['a function', (of) => new LambdaFunction(lambda(of))],
    ['a topic', (of) => new SnsTopic(new Topic(of, 'Topic'))],
    ['another bus', (of) => new EventBusTarget(new EventBus(of, 'Other'))],
    ['a queue with a key', (of) => new SqsQueue(new Queue(of, 'Queue', { encryption: QueueEncryption.KMS }))],
  ])('is what the bus waits for, and not the other way round: %s', (_, target) => {
    const { orders, shop, events, dependencies } = two();
    events.onOrderConfirmed('Shipping', { target: target(shop) });
    expect(targetsOf(Template.fromStack(orders))).toEqual([[undefined, 'EventsShippingDeadLetterQueue']]);
    expect(dependencies()).toEqual([['Shop'], []]);
  });

  test.each([['without account and region', undefined], ['with account and region', ENV]])('has the rule and its queue with it, by crossStackScope: a queue, %s', (_, env) => {
    const { orders, shop, events, dependencies } = two(env);
    const shipping = events.onOrderConfirmed('Shipping', { target: new SqsQueue(new Queue(shop, 'Queue')), crossStackScope: shop });
    const template = Template.fromStack(shop);
    expect(targetsOf(template)).toEqual([['Queue', 'ShippingDeadLetterQueue']]);
    expect(allowedOn(template, 'ShippingDeadLetterQueue')).toMatchObject([{ condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': expect.anything() } } } }]);
    expect(shipping.deadLetterQueue!.node.path).toBe('Shop/Shipping/DeadLetterQueue');
    Template.fromStack(orders).resourceCountIs('AWS::Events::Rule', 0);
    expect(dependencies()).toEqual([[], ['Orders']]);
  });

  test('fails when it is a queue without a key and without crossStackScope', () => {
    const { shop, events } = two();
    events.onOrderConfirmed('Shipping', { target: new SqsQueue(new Queue(shop, 'Queue')) });
    expect(() => Template.fromStack(shop)).toThrow('cyclic reference');
  });

  test('may be a dead-letter queue, which lets EventBridge in for the account', () => {
    const { orders, shop, events, dependencies } = two();
    events.onOrderConfirmed('Shipping', { target: new LambdaFunction(lambda(orders)), deadLetterQueue: new Queue(shop, 'Mine') });
    Template.fromStack(orders);
    expect(allowedOn(Template.fromStack(shop), 'Mine')).toMatchObject([
      { service: 'events.amazonaws.com', condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } },
    ]);
    expect(dependencies()).toEqual([['Shop'], []]);
  });

  test('has the dead-letter queue next to it, when it is in another region', () => {
    const { orders, shop, events } = two(ENV, { ...ENV, region: 'eu-west-1' });
    const shipping = events.onOrderConfirmed('Shipping', { target: new LambdaFunction(lambda(shop, 'ship')) });
    const template = Template.fromStack(shop);
    expect(targetsOf(template)).toEqual([['Function', expect.stringMatching(/DeadLetterQueue$/)]]);
    template.resourceCountIs('AWS::SQS::Queue', 1);
    Template.fromStack(orders).resourceCountIs('AWS::SQS::Queue', 0);
    expect(Stack.of(shipping.deadLetterQueue!)).toBe(shop);
  });
});
