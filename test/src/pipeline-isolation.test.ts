import { App, CfnParameter, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EventBus, type IEventBus } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import {
  OrderEventBus, OrderEventHistory, OrderEventRule, OrderLifecycleFlows, OrderPipeline, OrderProcessor, RealtimeOrderIngest, type OrderPipelineProps,
} from '../../src';
import { matchesPattern } from '../support/event-matcher';
import { synth, UNWATCHED, warningsOf } from '../support/synth';
import { resourceOf, resourcesOf } from '../support/template';
import { testApp } from '../support/test-app';

const pipeline = (scope: Construct, id: string, props: OrderPipelineProps = {}) => new OrderPipeline(scope, id, { ...UNWATCHED, ...props });
const imported = (scope: Construct, id = 'Bus') => EventBus.fromEventBusName(scope, id, 'shared');

/** An app with one pipeline, in a stack of a name. */
function appOf(stackName: string, busOf: (stack: Stack) => IEventBus, props: OrderPipelineProps = {}) {
  const stack = new Stack(testApp(), stackName);
  const created = pipeline(stack, 'Orders', { ...props, eventBus: busOf(stack) });
  created.events.onOrderEvent('All', { target: new SqsQueue(new Queue(stack, 'All')) });
  return { created, stack, template: Template.fromStack(stack) };
}
type Deployed = ReturnType<typeof appOf>;

const owner = appOf('Owner', (stack) => new EventBus(stack, 'Bus'));
const guest = appOf('Guest', imported);
const other = appOf('Other', imported, { acceptEventsWithoutPipeline: false });

/** The rules of an app that match an event with the common source. */
const rulesFor = ({ template }: Deployed, type: string, pipelineId?: string) => resourcesOf(template, 'AWS::Events::Rule')
  .filter(({ properties: { EventPattern } }) => EventPattern && matchesPattern(EventPattern, {
    'source': 'orders', 'detail-type': type, 'detail': { metadata: { orderId: 'o-1', ...(pipelineId ? { pipeline: pipelineId } : {}) }, data: { code: 'INVALID_ORDER' } },
  }))
  .map(({ id }) => id.replace(/^Orders|[0-9A-F]{8}$/g, ''));

const idIn = ({ template }: Deployed) => resourceOf(template, 'AWS::Lambda::Function', 'ValidateOrder').properties.Environment.Variables.PIPELINE_ID;

describe('pipelines of several apps on one bus', () => {
  test.each([owner, guest, other])('publish under an id of their own: %#', (app) => {
    expect(idIn(app)).toBe(app.created.pipelineId);
    expect([owner, guest, other].filter(({ created }) => created.pipelineId === app.created.pipelineId)).toEqual([app]);
  });

  test.each(['OrderValidated', 'OrderRejected', 'OrderChangeRequested', 'OrderCancellationRequested', 'OrderFulfilled', 'OrderConfirmed'])(
    'match %s of their own and of no other', (type) => {
      for (const app of [owner, guest, other]) {
        const others = [owner, guest, other].filter((each) => each !== app);
        expect(rulesFor(app, type, app.created.pipelineId)).toEqual(expect.arrayContaining(['HistoryEvents', 'EventsAll']));
        for (const each of others) expect(rulesFor(each, type, app.created.pipelineId)).toEqual([]);
      }
    },
  );

  test.each(['OrderChangeRequested', 'OrderCancellationRequested', 'OrderFulfilled'])('leave %s without a pipeline to the app with the bus', (type) => {
    expect(rulesFor(owner, type)).toHaveLength(3);
    expect([guest, other].flatMap((app) => rulesFor(app, type))).toEqual([]);
  });

  test.each(['OrderValidated', 'OrderRejected'])('store no order of an unknown pipeline: %s', (type) => {
    for (const app of [owner, guest, other]) expect(rulesFor(app, type)).not.toContainEqual(expect.stringMatching(/^Processor/));
  });

  test('archive their own events alone', () => {
    for (const { template, created } of [guest, other]) {
      expect(resourcesOf(template, 'AWS::Events::Archive')[0].properties.EventPattern)
        .toEqual({ source: ['orders'], detail: { metadata: { pipeline: [created.pipelineId] } } });
    }
  });

  test('can accept events without a pipeline on an imported bus', () => {
    const accepting = appOf('Accepting', imported, { acceptEventsWithoutPipeline: true });
    expect(rulesFor(accepting, 'OrderFulfilled')).toHaveLength(3);
    expect(warningsOf(accepting.stack)).toEqual([]);
  });

  test('warn that events of other systems must name them, unless the app decides', () => {
    expect(warningsOf(guest.stack)).toEqual([{
      path: '/Guest/Orders',
      text: expect.stringMatching(/must have metadata\.pipeline Guest\/Orders; set `acceptEventsWithoutPipeline` to true .*\[ack: cdk-order-pipeline:eventsWithoutPipeline\]$/),
    }]);
    expect(warningsOf(other.stack)).toEqual([]);
    expect(warningsOf(owner.stack)).toEqual([]);
  });
});

describe('the id of a pipeline', () => {
  const idOf = (create: (stack: Stack) => OrderPipeline, stack = new Stack(testApp(), 'Shop')) => create(stack).pipelineId;

  test('is the name of its stack and its path', () => {
    expect(idOf((stack) => pipeline(stack, 'Orders'))).toBe('Shop/Orders');
    expect(idOf((stack) => pipeline(stack, 'Orders'), new Stack(new Stage(testApp(), 'Prod'), 'Shop'))).toBe('Prod-Shop/Orders');
    expect(idOf((stack) => pipeline(stack, 'Orders'), new Stack(testApp(), 'Shop', { stackName: 'live' }))).toBe('live/Orders');
  });

  test('is known at synth in a nested stack, too', () => {
    expect(idOf((stack) => pipeline(new NestedStack(stack, 'Nested'), 'Orders'))).toBe('Shop/Nested/Orders');
  });

  test('is that of the bus and the source on an existing bus of the app', () => {
    expect(idOf((stack) => pipeline(stack, 'Orders', { eventBus: new EventBus(stack, 'Bus'), eventSource: 'shop' }))).toBe('Shop/Bus:shop');
  });

  test.each(['x'.repeat(200), 'Bestellungen für Österreich'])('has at most 128 printable ASCII characters, and still differs: %s', (id) => {
    const [one, two] = [`${id}1`, `${id}2`].map((each) => idOf((stack) => pipeline(stack, each, { serviceName: 'orders' })));
    for (const each of [one, two]) expect(each).toMatch(/^[\x21-\x7E]{1,128}$/);
    expect(one).not.toBe(two);
  });

  test('can be set, and is a token of the deployment if the app wants that', () => {
    expect(idOf((stack) => pipeline(stack, 'Orders', { pipelineId: 'shop-eu' }))).toBe('shop-eu');
    expect(() => idOf((stack) => pipeline(stack, 'Orders', { pipelineId: new CfnParameter(stack, 'Id').valueAsString }))).not.toThrow();
  });

  test.each(['', 'a b', 'ä', 'x'.repeat(129)])('fails when it is %p', (pipelineId) => {
    expect(() => idOf((stack) => pipeline(stack, 'Orders', { pipelineId })))
      .toThrow(new Error(`Shop/Orders: \`pipelineId\` must have 1 to 128 printable ASCII characters without spaces, got ${pipelineId}`));
  });
});

describe('synthesis fails when an app has two pipelines', () => {
  const conflict = (path: string, source = 'orders') => `uses the same \`eventBus\` and the \`eventSource\` ${source} as ${path}, and each would consume events of the other; `
    + 'set another `eventSource`, or use another `eventBus`, such as a bus of its own';
  const twoPipelines = (stack: Stack, eventBus: IEventBus, props: OrderPipelineProps[] = [{}, {}]) =>
    props.map((each, index) => pipeline(stack, ['First', 'Second'][index], { acceptEventsWithoutPipeline: false, ...each, eventBus }));

  test.each<[string, (stack: Stack) => IEventBus]>([
    ['a bus of the app', (stack) => new EventBus(stack, 'Bus')],
    ['a bus of the app with a name', (stack) => new EventBus(stack, 'Bus', { eventBusName: 'shared' })],
    ['an imported bus', imported],
    ['a bus whose name is known at deployment', (stack) => EventBus.fromEventBusName(stack, 'Bus', new CfnParameter(stack, 'Name').valueAsString)],
  ])('on %s with one source', (_, busOf) => {
    expect(() => synth((stack) => twoPipelines(stack, busOf(stack)))).toThrow(new Error(`Test/Second: ${conflict('Test/First')}`));
  });

  test('on a bus that both import', () => {
    expect(() => synth((stack) => {
      pipeline(stack, 'First', { eventBus: imported(stack, 'One') });
      pipeline(stack, 'Second', { eventBus: imported(stack, 'Two') });
    })).toThrow(new Error(`Test/Second: ${conflict('Test/First')}`));
  });

  test('on a bus that one has and the other imports', () => {
    expect(() => synth((stack) => {
      pipeline(stack, 'First', { eventBus: new EventBus(stack, 'Bus', { eventBusName: 'shared' }) });
      pipeline(stack, 'Second', { eventBus: imported(stack, 'Two') });
    })).toThrow(new Error(`Test/Second: ${conflict('Test/First')}`));
  });

  test('in two stacks', () => {
    const app = new App();
    const eventBus = new EventBus(new Stack(app, 'Shared'), 'Bus');
    pipeline(new Stack(app, 'One'), 'Orders', { eventBus });
    expect(() => pipeline(new Stack(app, 'Two'), 'Orders', { eventBus })).toThrow(new Error(`Two/Orders: ${conflict('One/Orders')}`));
  });

  test('with ids of their own', () => {
    expect(() => synth((stack) => twoPipelines(stack, new EventBus(stack, 'Bus'), [{ pipelineId: 'one' }, { pipelineId: 'two' }])))
      .toThrow(new Error(`Test/Second: ${conflict('Test/First')}`));
  });

  test('of which one uses the bus of the other', () => {
    expect(() => synth((stack) => pipeline(stack, 'Second', { eventBus: pipeline(stack, 'First').events.eventBus, pipelineId: 'Test/First' })))
      .toThrow(new Error(`Test/Second: ${conflict('Test/First')}`));
  });

  test.each<[string, (stack: Stack, eventBus: IEventBus, id: string) => Construct]>([
    ['RealtimeOrderIngest', (stack, eventBus, id) => new RealtimeOrderIngest(stack, id, { eventBus })],
    ['OrderProcessor', (stack, eventBus, id) => new OrderProcessor(stack, id, { eventBus })],
    ['OrderLifecycleFlows', (stack, eventBus, id) => {
      const { sequenceTable } = new RealtimeOrderIngest(stack, `${id}Ingest`, { eventBus: new EventBus(stack, `${id}Bus`) });
      const { ordersTable } = new OrderProcessor(stack, `${id}Processor`, { eventBus: new EventBus(stack, `${id}ProcessorBus`) });
      return new OrderLifecycleFlows(stack, id, { eventBus, sequenceTable, ordersTable, orderChanges: id !== 'Second' });
    }],
  ])('of single constructs: %s', (_, create) => {
    expect(() => synth((stack) => {
      const eventBus = new EventBus(stack, 'Bus');
      create(stack, eventBus, 'First');
      create(stack, eventBus, 'Second');
    })).toThrow(new Error(`Test/Second: ${conflict('Test/First')}`));
  });

  test('of which one is a single construct on the bus of a pipeline', () => {
    expect(() => synth((stack) => new OrderProcessor(stack, 'Processor', { eventBus: pipeline(stack, 'Orders').events.eventBus })))
      .toThrow(new Error(`Test/Processor: ${conflict('Test/Orders')}`));
  });

  test('by the ids of single constructs, which then belong to several', () => {
    expect(() => synth((stack) => {
      const eventBus = imported(stack);
      new RealtimeOrderIngest(stack, 'Ingest', { eventBus, pipelineId: 'shop' });
      new OrderProcessor(stack, 'Processor', { eventBus, pipelineId: 'store' });
    })).toThrow(new Error(`Test/Processor: ${conflict('Test/Ingest')}; a construct of the same pipeline needs the same \`pipelineId\`, shop, got store`));
  });
});

describe('an app may have', () => {
  test('two pipelines on one bus with different sources', () => {
    const { created } = synth((stack) => {
      const eventBus = new EventBus(stack, 'Bus');
      return [pipeline(stack, 'First', { eventBus }), pipeline(stack, 'Second', { eventBus, eventSource: 'returns' })];
    });
    expect(created.map(({ pipelineId }) => pipelineId)).toEqual(['Test/Bus:orders', 'Test/Bus:returns']);
  });

  test('the same pipeline in two stages', () => {
    const app = testApp();
    const stacks = ['Dev', 'Prod'].map((stage) => new Stack(new Stage(app, stage), 'Shop'));
    expect(() => stacks.map((stack) => pipeline(stack, 'Orders', { eventBus: imported(stack) }))).not.toThrow();
  });

  test('pipelines on buses of one name in two regions', () => {
    const app = testApp();
    const stacks = ['eu-central-1', 'us-east-1'].map((region) => new Stack(app, region, { env: { region } }));
    expect(() => stacks.map((stack) => pipeline(stack, 'Orders', { eventBus: imported(stack) }))).not.toThrow();
  });

  test('a further history on the bus of a pipeline, which has the same id', () => {
    const { template, stack } = synth((scope) => {
      const { events } = pipeline(scope, 'Orders', { eventBus: imported(scope), acceptEventsWithoutPipeline: false });
      new OrderEventHistory(scope, 'Audit', { eventBus: events.eventBus, acceptEventsWithoutPipeline: false });
    });
    expect(resourceOf(template, 'AWS::Events::Rule', 'AuditEvents').properties.EventPattern.detail.metadata.pipeline).toEqual(['Test/Orders']);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('two APIs of one pipeline, which share its sequence table', () => {
    expect(() => synth((stack) => {
      const { events, ingest } = pipeline(stack, 'Orders');
      new RealtimeOrderIngest(stack, 'Partners', { eventBus: events.eventBus, sequenceTable: ingest.sequenceTable });
    })).not.toThrow();
  });
});

describe('single constructs on an imported bus', () => {
  const processor = (props: object) => synth((stack) => new OrderProcessor(stack, 'Processor', { eventBus: imported(stack), ...props }));
  const history = (props: object) => synth((stack) => new OrderEventHistory(stack, 'History', { eventBus: imported(stack), ...props }));

  test('match events of all pipelines without an id, with a warning', () => {
    const { template, stack } = processor({});
    expect(resourceOf(template, 'AWS::Events::Rule', 'ValidatedOrders').properties.EventPattern).toEqual({ 'source': ['orders'], 'detail-type': ['OrderValidated'] });
    expect(warningsOf(stack)).toEqual([{ path: '/Test/Processor', text: expect.stringMatching(/^`pipelineId` is not set, .*\[ack: cdk-order-pipeline:pipelineId\]$/) }]);
  });

  test('work together without an id', () => {
    expect(() => synth((stack) => {
      const eventBus = imported(stack);
      new RealtimeOrderIngest(stack, 'Ingest', { eventBus });
      new OrderProcessor(stack, 'Processor', { eventBus });
    })).not.toThrow();
  });

  test('match events of their pipeline by an id', () => {
    const { template, stack } = processor({ pipelineId: 'shop' });
    expect(resourceOf(template, 'AWS::Events::Rule', 'ValidatedOrders').properties.EventPattern.detail.metadata).toEqual({ pipeline: ['shop'] });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('warn that events of other systems must name them, unless the app decides', () => {
    expect(warningsOf(history({ pipelineId: 'shop' }).stack)).toMatchObject([{ path: '/Test/History' }]);
    expect(warningsOf(history({ pipelineId: 'shop', acceptEventsWithoutPipeline: true }).stack)).toEqual([]);
  });

  test('fail when acceptEventsWithoutPipeline has no effect', () => {
    expect(() => history({ acceptEventsWithoutPipeline: true }))
      .toThrow(new Error('Test/History: `acceptEventsWithoutPipeline` cannot be set without `pipelineId` when `eventBus` is imported'));
  });
});

describe('a subscription of another app', () => {
  const patternOf = (create: (stack: Stack, target: SqsQueue) => unknown) => resourcesOf(synth((stack) => create(stack, new SqsQueue(new Queue(stack, 'Queue')))).template, 'AWS::Events::Rule')[0].properties.EventPattern;

  test('matches events of all pipelines on the bus', () => {
    expect(patternOf((stack, target) => new OrderEventRule(stack, 'Rule', { eventBus: imported(stack), target }))).toEqual({ source: ['orders'] });
    expect(patternOf((stack, target) => new OrderEventBus(stack, 'Events', { eventBus: imported(stack), archive: false }).onOrderEvent('Rule', { target })))
      .toEqual({ source: ['orders'] });
  });

  test('matches events of one of them by its id', () => {
    const one = { source: ['orders'], detail: { metadata: { pipeline: ['Shop/Orders'] } } };
    const props = { pipelineId: 'Shop/Orders' };
    expect(patternOf((stack, target) => new OrderEventRule(stack, 'Rule', { eventBus: imported(stack), target, ...props }))).toEqual(one);
    expect(patternOf((stack, target) => new OrderEventBus(stack, 'Events', { eventBus: imported(stack), archive: false, ...props }).onOrderEvent('Rule', { target })))
      .toEqual(one);
  });
});
