import { CfnParameter, Duration, NestedStack, RemovalPolicy, Stack, type App, type Environment } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ApplicationLogLevel } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { loadRoutes, readRoutes } from '../../handlers/shared/redrive';
import {
  BatchFileIngest, BusOrderIngest, OrderEventBus, OrderEventHistory, OrderLifecycleFlows, OrderProcessor, OrderRedrive, RealtimeOrderIngest,
  type OrderRedriveProps,
} from '../../src';
import { wrongHandlerOptions } from '../support/queue-options';
import { synth, warningsOf } from '../support/synth';
import { actionsByResource, idOf, resourceOf, resourcesOf, roleStatements, statementsIn } from '../support/template';

/** With it, CloudFormation gives queues names of the maximum length. */
const LONG_ID = 'L'.repeat(60);

type Props = Partial<Omit<OrderRedriveProps, 'eventBus'>>;

/** All parts of a pipeline. */
function parts(stack: Stack, encryptionKey?: Key) {
  const { eventBus } = new OrderEventBus(stack, 'Events', { encryptionKey });
  const common = { eventBus, encryptionKey };
  const ingest = new RealtimeOrderIngest(stack, 'Ingest', common);
  const files = new BatchFileIngest(stack, 'Files', { ...common, ordersQueue: ingest.ordersQueue });
  const busIngest = new BusOrderIngest(stack, 'BusIngest', { ...common, ordersQueue: ingest.ordersQueue });
  const processor = new OrderProcessor(stack, 'Processor', { ...common, processOrder: { retryDuration: Duration.hours(7) } });
  const lifecycle = new OrderLifecycleFlows(stack, 'Lifecycle', { ...common, ingest, ordersTable: processor.ordersTable });
  const history = new OrderEventHistory(stack, 'History', common);
  return { eventBus, ingest, files, busIngest, processor, lifecycle, history };
}
const allParts = (stack: Stack, encryptionKey?: Key) => {
  const { eventBus, ...all } = parts(stack, encryptionKey);
  return { eventBus, parts: Object.values(all) };
};

/** A redrive of a part without dead-letter queues. */
const emptyRedrive = (stack: Stack, props?: Props) => {
  const eventBus = EventBus.fromEventBusName(stack, 'Bus', 'shared');
  return new OrderRedrive(stack, 'Redrive', { eventBus, pipelineId: 'shop', parts: [new OrderEventBus(stack, 'Part', { eventBus, archive: false })], ...props });
};

const synthRedrive = (props?: (stack: Stack) => Props, env?: Environment) => synth((stack) =>
  emptyRedrive(stack, props?.(stack)), env);
const synthAll = (key?: (stack: Stack) => Key, env?: Environment) => synth((stack) => new OrderRedrive(stack, 'Redrive', allParts(stack, key?.(stack))), env);

const handler = (template: Template) => resourceOf(template, 'AWS::Lambda::Function', 'RedriveDeadLetters').properties;

/** The routes as the handler reads them, with construct ids for what is known at deployment only. */
function routes(template: Template) {
  const setting = handler(template).Environment.Variables.REDRIVE_ROUTES;
  const deployed = (token: { 'Ref'?: string; 'Fn::GetAtt'?: [string, string] }) => {
    const id = idOf(token)!.replace(/[0-9A-F]{8}$/, '');
    return token.Ref && id.endsWith('Queue') ? `https://sqs.test/1/${id}` : id;
  };
  const pieces = (setting['Fn::Join']?.[1] ?? [setting]) as (string | object)[];
  const text = pieces.map((part) => (typeof part === 'string' ? part : deployed(part))).join('');
  return { text, routes: readRoutes(text) };
}

describe('for all parts of a pipeline', () => {
  const { template, stack, created } = synthAll();

  test('every dead-letter queue of the parts has a route', () => {
    const known = routes(template).routes.map(({ deadLetterQueueUrl }) => deadLetterQueueUrl.split('/').at(-1)).sort();
    const all = resourcesOf(template, 'AWS::SQS::Queue').map(({ id }) => id.replace(/[0-9A-F]{8}$/, '')).filter((id) => id.includes('DeadLetter')).sort();
    expect(known).toEqual(all);
    expect(known).toHaveLength(11);
  });

  test('messages are redriven to the source queue or to the consumer of the stream, or are not redrivable', () => {
    const found = routes(template).routes.map(({ name, queueUrl, functionName, notRedrivable }) => [name, queueUrl?.split('/').at(-1) ?? functionName?.split('/').at(-1) ?? notRedrivable]);
    expect(Object.fromEntries(found)).toEqual({
      'orders': 'IngestOrdersQueue',
      'files': 'FilesFilesQueue',
      'valid-files': 'FilesValidFilesQueue',
      'placement': 'BusIngestPlacementQueue',
      'processing': 'ProcessorProcessingQueue',
      'change': 'LifecycleChangeQueue',
      'cancellation': 'LifecycleCancellationQueue',
      'fulfillment': 'LifecycleFulfillmentQueue',
      'stream': 'ProcessorPublishOrderChanges',
      'expiry': 'the next invocation does the same work',
      'history': 'HistoryHistoryQueue',
    });
  });

  test('messages are redriven to the queue whose redrive policy names the dead-letter queue', () => {
    for (const { deadLetterQueueUrl, queueUrl } of routes(template).routes.filter((route) => route.queueUrl)) {
      const { properties } = resourceOf(template, 'AWS::SQS::Queue', queueUrl!.split('/').at(-1)!);
      expect(idOf(properties.RedrivePolicy.deadLetterTargetArn)!.replace(/[0-9A-F]{8}$/, '')).toBe(deadLetterQueueUrl.split('/').at(-1));
    }
  });

  test('the routes have the type of the queue, the maximum receive count, and whether the message group is the order', () => {
    const loggable = Object.fromEntries(
      routes(template).routes.map(({ name, isFifo, maxReceiveCount, groupIsOrder }) => [name, [isFifo, maxReceiveCount, groupIsOrder]]),
    );
    expect(loggable).toMatchObject({
      orders: [true, 1000, true],
      processing: [false, 1000, undefined],
      history: [false, 1000, undefined],
      stream: [false, undefined, undefined],
      expiry: [false, undefined, undefined],
    });
  });

  test('the routes have queue names, because URLs would exceed the size of an environment', () => {
    expect(routes(template).text.match(/https:/g)).toHaveLength(1);
    // The longest name that a queue can have, instead of its construct id.
    const names = routes(template).routes.flatMap(({ deadLetterQueueUrl, queueUrl }) => [deadLetterQueueUrl, queueUrl ?? '']).map((url) => url.split('/').at(-1)!);
    const longest = routes(template).text.length + names.reduce((sum, name) => sum + (name === '' ? 0 : 80 - name.length), 0);
    expect(longest).toBeLessThan(3000);
  });

  test('redrive-dead-letters has the permissions on each queue that it needs, and no others', () => {
    const list = ['sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];
    const redrive = [...list, 'sqs:DeleteMessage'].sort();
    const send = ['sqs:SendMessage'];
    expect(actionsByResource(roleStatements(template, 'RedriveDeadLetters'))).toEqual({
      RedriveRedriveDeadLettersLogs: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      EventsBus: ['events:PutEvents'],
      BusIngestPlacementDeadLetterQueue: redrive,
      BusIngestPlacementQueue: send,
      IngestOrdersDeadLetterQueue: redrive,
      IngestOrdersQueue: send,
      FilesFilesDeadLetterQueue: redrive,
      FilesFilesQueue: send,
      FilesValidFilesDeadLetterQueue: redrive,
      FilesValidFilesQueue: send,
      ProcessorProcessingDeadLetterQueue: redrive,
      ProcessorProcessingQueue: send,
      LifecycleChangeDeadLetterQueue: redrive,
      LifecycleChangeQueue: send,
      LifecycleCancellationDeadLetterQueue: redrive,
      LifecycleCancellationQueue: send,
      LifecycleFulfillmentDeadLetterQueue: redrive,
      LifecycleFulfillmentQueue: send,
      ProcessorChangesDeadLetterQueue: redrive,
      ProcessorPublishOrderChanges: ['lambda:InvokeFunction'],
      ProcessorExpiryDeadLetterQueue: list,
      HistoryHistoryDeadLetterQueue: redrive,
      HistoryHistoryQueue: send,
    });
  });

  test('it publishes events only with the source of the pipeline', () => {
    const publishing = roleStatements(template, 'RedriveDeadLetters').filter(({ actions }) => actions.includes('events:PutEvents'));
    expect(publishing).toMatchObject([{ condition: { StringEquals: { 'events:source': 'orders' } } }]);
  });

  test('its handler has the default memory and timeout', () => {
    expect(handler(template)).toMatchObject({ MemorySize: 512, Timeout: 300 });
    expect(Object.keys(handler(template).Environment.Variables).sort()).toEqual([
      'EVENT_BUS_NAME', 'EVENT_SOURCE', 'PIPELINE_ID', 'POWERTOOLS_LOG_LEVEL', 'POWERTOOLS_METRICS_NAMESPACE', 'POWERTOOLS_SERVICE_NAME',
      'REDRIVE_ROUTES',
    ]);
  });

  test('its function is a member, and there are no warnings', () => {
    expect(created.redriveDeadLettersFunction.node.path).toBe('Test/Redrive/RedriveDeadLetters');
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('for some parts', () => {
  test('it has the routes of these parts', () => {
    const { template } = synthRedrive((stack) => ({ parts: [parts(stack).history] }));
    expect(routes(template).routes.map(({ name }) => name)).toEqual(['history']);
  });

  test('flows that are switched off have no route', () => {
    const { template } = synth((stack) => {
      const { ingest, processor } = parts(stack);
      const eventBus = new EventBus(stack, 'OtherBus');
      const lifecycle = new OrderLifecycleFlows(stack, 'Some', {
        eventBus, sequenceTable: ingest.sequenceTable, ordersTable: processor.ordersTable, orderChanges: false, orderFulfillments: false,
      });
      return new OrderRedrive(stack, 'Redrive', { eventBus, parts: [lifecycle] });
    });
    expect(routes(template).routes.map(({ name }) => name)).toEqual(['cancellation']);
  });

  test('it has no routes when the parts have no dead-letter queues', () => {
    expect(routes(synthRedrive().template).routes).toEqual([]);
  });
});

describe('addDeadLetterQueue', () => {
  test('redrives the dead-letter queue of a subscription to the target', () => {
    const { template } = synth((stack) => {
      const events = new OrderEventBus(stack, 'Events');
      const mine = new Queue(stack, 'Mine');
      const rule = events.onOrderEvent('All', { target: new SqsQueue(mine) });
      const redrive = new OrderRedrive(stack, 'Redrive', { eventBus: events.eventBus, parts: [events] });
      redrive.addDeadLetterQueue({ name: 'mine', deadLetterQueue: rule.deadLetterQueue!, sourceQueue: mine });
      return redrive;
    });
    expect(routes(template).routes).toMatchObject([{ name: 'mine', isFifo: false }]);
    expect(actionsByResource(roleStatements(template, 'RedriveDeadLetters'))).toMatchObject({
      EventsAllDeadLetterQueue: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'], Mine: ['sqs:SendMessage'],
    });
  });

  test('lists messages without a source queue and does not delete them', () => {
    const { template } = synthRedrive();
    const listed = synth((stack) => {
      const redrive = emptyRedrive(stack);
      redrive.addDeadLetterQueue({ name: 'mine', deadLetterQueue: new Queue(stack, 'DeadLetters') });
      return redrive;
    }).template;
    expect(Object.keys(actionsByResource(roleStatements(template, 'RedriveDeadLetters')))).not.toContain('DeadLetters');
    expect(actionsByResource(roleStatements(listed, 'RedriveDeadLetters')).DeadLetters).not.toContain('sqs:DeleteMessage');
  });

  test('identifies imported queues of other accounts by URL', () => {
    const { template } = synth((stack) => {
      const redrive = emptyRedrive(stack);
      const imported = (name: string) => Queue.fromQueueArn(stack, name, `arn:aws:sqs:eu-west-1:444455556666:${name}`);
      redrive.addDeadLetterQueue({ name: 'theirs', deadLetterQueue: imported('dead'), sourceQueue: imported('alive') });
      return redrive;
    }, { account: '111122223333', region: 'eu-west-1' });
    expect(JSON.stringify(handler(template).Environment.Variables.REDRIVE_ROUTES)).toMatch(/sqs\.eu-west-1.*444455556666\/dead.*444455556666\/alive/);
  });

  const withRoute = (add: (redrive: OrderRedrive, stack: Stack) => void) => () => synth((stack) => {
    const redrive = emptyRedrive(stack);
    add(redrive, stack);
    return redrive;
  });

  test.each(['', 'My queue', 'MINE', 'a'.repeat(33)])('fails when the name is "%s"', (name) => {
    expect(withRoute((redrive, stack) => redrive.addDeadLetterQueue({ name, deadLetterQueue: new Queue(stack, 'Q') })))
      .toThrow(`Test/Redrive: \`name\` must have 1 to 32 lower-case letters, digits and hyphens, got ${name}`);
  });

  test('fails when a name is not unique', () => {
    expect(withRoute((redrive, stack) => ['A', 'B'].forEach((id) => redrive.addDeadLetterQueue({ name: 'mine', deadLetterQueue: new Queue(stack, id) }))))
      .toThrow('Test/Redrive: `name` must be unique, got mine again');
  });

  test('fails when a dead-letter queue is added twice', () => {
    expect(withRoute((redrive, stack) => {
      const deadLetterQueue = new Queue(stack, 'A');
      for (const name of ['mine', 'yours']) redrive.addDeadLetterQueue({ name, deadLetterQueue });
    })).toThrow('`deadLetterQueue` must be added once, got Test/A, which is already added as mine');
  });

  test('fails when the source queue is the dead-letter queue', () => {
    expect(withRoute((redrive, stack) => {
      const queue = new Queue(stack, 'A');
      redrive.addDeadLetterQueue({ name: 'mine', deadLetterQueue: queue, sourceQueue: queue });
    })).toThrow('`sourceQueue` must differ from `deadLetterQueue`, got Test/A for both');
  });

  test('fails when one queue is FIFO and the other is not', () => {
    expect(withRoute((redrive, stack) => redrive.addDeadLetterQueue({ name: 'mine', deadLetterQueue: new Queue(stack, 'A'), sourceQueue: new Queue(stack, 'B', { fifo: true }) })))
      .toThrow('Test/Redrive: `sourceQueue` must be a standard queue, the type of `deadLetterQueue`');
    expect(withRoute((redrive, stack) => redrive.addDeadLetterQueue({ name: 'mine', deadLetterQueue: new Queue(stack, 'A', { fifo: true }), sourceQueue: new Queue(stack, 'B') })))
      .toThrow('Test/Redrive: `sourceQueue` must be a FIFO queue, the type of `deadLetterQueue`');
  });

  const addQueues = (count: number) => withRoute((redrive, stack) => {
    for (let n = 0; n < count; n++) {
      const [deadLetterQueue, sourceQueue] = ['DeadLetterQueue', 'Queue'].map((id) => new Queue(stack, `${LONG_ID}${n}${id}`));
      redrive.addDeadLetterQueue({ name: `mine-${n}`, deadLetterQueue, sourceQueue });
    }
  });

  test('fails when there are more routes than the policies of a role have room for', () => {
    expect(addQueues(101)).toThrow('Test/Redrive: there must be at most 100 dead-letter queues, because the policies of a role are limited');
  });

  describe('of 45 and 100 queues with the longest names', () => {
    const cases = [45, 100].map((count) => ({ count, template: addQueues(count)().template }));
    /** A text at deployment: names of queues have 80 characters, ARNs and URLs 54 more. */
    const deployed = (value: unknown): string => {
      if (typeof value === 'string') return value;
      const { 'Fn::Join': join, 'Fn::GetAtt': attribute, Ref } = value as { 'Fn::Join'?: [string, unknown[]]; 'Fn::GetAtt'?: [string, string]; 'Ref'?: string };
      if (join) return join[1].map(deployed).join(join[0]);
      if (attribute) return attribute[1] === 'Arn' ? 'a'.repeat(134) : attribute[0].padEnd(80, 'x').slice(0, 80);
      return Ref!.endsWith('Queue') || Ref!.includes('Queue') ? `https://sqs.ap-southeast-1.amazonaws.com/111122223333/${Ref!.padEnd(80, 'x').slice(0, 80)}` : 'x'.repeat(16);
    };
    const parametersIn = (template: Template) => resourcesOf(template, 'AWS::SSM::Parameter');

    test.each(cases)('the routes are in the environment and in parameters, each within 4 KB, and the handler reads all of them: $count', async ({ count, template }) => {
      const setting = deployed(handler(template).Environment.Variables.REDRIVE_ROUTES);
      const values = parametersIn(template).map(({ properties }) => deployed(properties.Value));
      expect(setting.length).toBeLessThan(3500);
      for (const value of values) expect(value.length).toBeLessThanOrEqual(4096);
      const { more } = JSON.parse(setting);
      expect(more).toHaveLength(values.length);
      const found = await loadRoutes(setting, async (names) => {
        expect(names).toEqual(more);
        return values;
      });
      expect(found.map(({ name }) => name)).toEqual(Array.from({ length: count }, (_, n) => `mine-${n}`));
      for (const { deadLetterQueueUrl, queueUrl } of found) expect([deadLetterQueueUrl, queueUrl].every((url) => url!.startsWith('https://sqs.'))).toBe(true);
    });

    test.each(cases)('the function may read these parameters and no others: $count', ({ template }) => {
      const reading = resourcesOf(template).flatMap(({ properties }) => (properties.PolicyDocument ? statementsIn(properties.PolicyDocument) : []))
        .filter(({ actions }) => actions.some((action) => action.startsWith('ssm:')));
      expect(new Set(reading.flatMap(({ actions }) => actions))).toEqual(new Set(['ssm:GetParameters']));
      const readable = reading.flatMap(({ resources }) => resources.map((resource) => JSON.stringify(resource)));
      expect(readable).toHaveLength(parametersIn(template).length);
      for (const { id } of parametersIn(template)) expect(readable.some((resource) => resource.includes(':parameter/"') && resource.includes(id))).toBe(true);
    });

    test.each(cases)('the policies of the role fit into the limits of IAM: $count', ({ template }) => {
      const sizeOf = (document: { Statement: object[] }) => document.Statement.reduce((sum, statement) => sum + deployedSize(statement), 60);
      const deployedSize = (value: unknown): number => {
        if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + deployedSize(each) + 1, 2);
        if (typeof value !== 'object' || value === null) return JSON.stringify(value).length;
        if (['Ref', 'Fn::GetAtt', 'Fn::Join'].includes(Object.keys(value)[0])) return deployed(value).length + 2;
        return Object.entries(value).reduce((sum, [key, each]) => sum + key.length + 4 + deployedSize(each), 2);
      };
      const inline = resourcesOf(template, 'AWS::IAM::Policy').filter(({ id }) => id.includes('RedriveDeadLettersRole'));
      const managed = resourcesOf(template, 'AWS::IAM::ManagedPolicy');
      expect(inline.reduce((sum, { properties }) => sum + sizeOf(properties.PolicyDocument), 0)).toBeLessThanOrEqual(10_240);
      for (const { properties } of managed) expect(sizeOf(properties.PolicyDocument)).toBeLessThanOrEqual(6144);
      expect(managed.length).toBeLessThanOrEqual(10);
    });
  });

  test('with a default pipeline there is no parameter', () => {
    expect(resourcesOf(synthAll().template, 'AWS::SSM::Parameter')).toEqual([]);
  });
});

describe('its props', () => {
  test('fails when parts is empty', () => {
    expect(() => synthRedrive(() => ({ parts: [] }))).toThrow(new Error('Test/Redrive: `parts` must contain at least one construct, got none'));
  });

  test('fails when parts has a construct that is not a part of a pipeline', () => {
    expect(() => synthRedrive((stack) => ({ parts: [new Queue(stack, 'Queue')] })))
      .toThrow('Test/Redrive: `parts` must contain constructs such as RealtimeOrderIngest or OrderProcessor, got Test/Queue');
  });

  test('fails when parts has a construct twice', () => {
    expect(() => synthRedrive((stack) => {
      const { history } = parts(stack);
      return { parts: [history, history] };
    })).toThrow(new Error('Test/Redrive: `parts` must contain each construct once, got Test/History again'));
  });

  test('redriveDeadLetters sets memory and timeout of the handler', () => {
    const { template } = synthRedrive(() => ({ redriveDeadLetters: { memorySize: 256, timeout: Duration.minutes(15) } }));
    expect(handler(template)).toMatchObject({ MemorySize: 256, Timeout: 900 });
  });

  test('redriveDeadLetters applies the default for undefined', () => {
    const { template } = synthRedrive(() => ({ redriveDeadLetters: { memorySize: undefined, timeout: undefined } }));
    expect(handler(template)).toMatchObject({ MemorySize: 512, Timeout: 300 });
  });

  test('redriveDeadLetters accepts tokens', () => {
    const { template } = synthRedrive((stack) => ({ redriveDeadLetters: { memorySize: new CfnParameter(stack, 'Memory', { type: 'Number' }).valueAsNumber } }));
    expect(handler(template).MemorySize).toEqual({ Ref: 'Memory' });
  });

  test('eventSource is the source of its events', () => {
    const { template } = synthRedrive(() => ({ eventSource: 'shop.orders' }));
    expect(handler(template).Environment.Variables.EVENT_SOURCE).toBe('shop.orders');
    const publishing = roleStatements(template, 'RedriveDeadLetters').filter(({ actions }) => actions.includes('events:PutEvents'));
    expect(publishing).toMatchObject([{ condition: { StringEquals: { 'events:source': 'shop.orders' } } }]);
  });

  test('logLevel, logRetention and serviceName apply to the handler; removalPolicy has no effect', () => {
    const { template } = synthRedrive(() => ({
      logLevel: ApplicationLogLevel.DEBUG, logRetention: RetentionDays.ONE_DAY, serviceName: 'shop', removalPolicy: RemovalPolicy.DESTROY,
    }));
    expect(handler(template).Environment.Variables).toMatchObject({ POWERTOOLS_LOG_LEVEL: 'DEBUG', POWERTOOLS_SERVICE_NAME: 'shop' });
    expect(resourceOf(template, 'AWS::Logs::LogGroup', 'RedriveDeadLettersLogs').properties.RetentionInDays).toBe(1);
  });

  test('with a customer-managed key the handler can decrypt and encrypt messages with it, and with no other key', () => {
    const { template } = synthAll((stack) => new Key(stack, 'Key'), { region: 'eu-central-1' });
    const [key] = resourcesOf(template, 'AWS::KMS::Key');
    const statements = roleStatements(template, 'RedriveDeadLetters').filter(({ actions }) => actions.some((action) => action.startsWith('kms:')));
    expect(new Set(statements.flatMap(({ actions }) => actions))).toEqual(new Set(['kms:Decrypt', 'kms:GenerateDataKey']));
    expect(statements.flatMap(({ resources }) => resources)).toEqual(statements.map(() => ({ 'Fn::GetAtt': [key.id, 'Arn'] })));
  });

  test.each([
    ...wrongHandlerOptions('redriveDeadLetters'),
    ...[Duration.seconds(59), Duration.minutes(16)].map((timeout) =>
      [{ timeout }, `\`redriveDeadLetters.timeout\` must be between 1 minute and 15 minutes, got ${timeout.toHumanString()}`] as const),
  ])('fails when redriveDeadLetters is %p', (redriveDeadLetters, message) => {
    expect(() => synthRedrive(() => ({ redriveDeadLetters }))).toThrow(`Test/Redrive: ${message}`);
  });
});

test('grantRedrive grants invocation of the handler and nothing else', () => {
  const { template } = synth((stack) => {
    const redrive = emptyRedrive(stack);
    redrive.grantRedrive(new Role(stack, 'Operator', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }));
    return redrive;
  });
  const [policy] = resourcesOf(template, 'AWS::IAM::Policy').filter(({ id }) => id.startsWith('Operator'));
  expect(policy.properties.PolicyDocument.Statement).toHaveLength(1);
  expect(policy.properties.PolicyDocument.Statement[0]).toMatchObject({ Action: 'lambda:InvokeFunction', Effect: 'Allow' });
});

test('it can be in another stack than the parts, nested or not', () => {
  const { stack } = synth((home) => {
    const all = allParts(home);
    const app = home.node.root as App;
    const other = new Stack(app, 'Other');
    new OrderRedrive(other, 'Redrive', all);
    new OrderRedrive(new NestedStack(home, 'Nested'), 'Redrive', all);
    return all.parts;
  });
  expect(stack.node.findChild('Nested')).toBeDefined();
});
