import { CfnParameter, Duration, NestedStack, RemovalPolicy, Stack, type App, type Environment } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ApplicationLogLevel } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { readRoutes } from '../../handlers/shared/redrive';
import {
  BatchFileIngest, OrderEventBus, OrderEventHistory, OrderLifecycleFlows, OrderProcessor, OrderRedrive, RealtimeOrderIngest, type OrderRedriveProps,
} from '../../src';
import { wrongHandlerOptions } from '../support/queue-options';
import { synth, warningsOf } from '../support/synth';
import { actionsByResource, idOf, resourceOf, resourcesOf, roleStatements } from '../support/template';

type Props = Omit<OrderRedriveProps, 'eventBus'>;

/** All parts of a pipeline. */
function parts(stack: Stack, encryptionKey?: Key) {
  const { eventBus } = new OrderEventBus(stack, 'Events', { encryptionKey });
  const common = { eventBus, encryptionKey };
  const ingest = new RealtimeOrderIngest(stack, 'Ingest', common);
  const files = new BatchFileIngest(stack, 'Files', { ...common, ordersQueue: ingest.ordersQueue });
  const processor = new OrderProcessor(stack, 'Processor', { ...common, processOrder: { maxReceiveCount: 7 } });
  const lifecycle = new OrderLifecycleFlows(stack, 'Lifecycle', { ...common, ingest, ordersTable: processor.ordersTable });
  const history = new OrderEventHistory(stack, 'History', common);
  return { eventBus, ingest, files, processor, lifecycle, history };
}

const synthRedrive = (props?: (stack: Stack) => Props, env?: Environment) => synth((stack) =>
  new OrderRedrive(stack, 'Redrive', { eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared'), ...props?.(stack) }), env);
const synthAll = (key?: (stack: Stack) => Key, env?: Environment) => synth((stack) => new OrderRedrive(stack, 'Redrive', parts(stack, key?.(stack))), env);

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

  test('it looks after every dead-letter queue that they have', () => {
    const known = routes(template).routes.map(({ deadLetterQueueUrl }) => deadLetterQueueUrl.split('/').at(-1)).sort();
    const all = resourcesOf(template, 'AWS::SQS::Queue').map(({ id }) => id.replace(/[0-9A-F]{8}$/, '')).filter((id) => id.includes('DeadLetter')).sort();
    expect(known).toEqual(all);
    expect(known).toHaveLength(10);
  });

  test('each has its way back: into the queue that feeds it, to the consumer of the stream, or none', () => {
    const found = routes(template).routes.map(({ name, queueUrl, functionName, notRedrivable }) => [name, queueUrl?.split('/').at(-1) ?? functionName?.split('/').at(-1) ?? notRedrivable]);
    expect(Object.fromEntries(found)).toEqual({
      'orders': 'IngestOrdersQueue',
      'files': 'FilesFilesQueue',
      'valid-files': 'FilesValidFilesQueue',
      'processing': 'ProcessorProcessingQueue',
      'change': 'LifecycleChangeQueue',
      'cancellation': 'LifecycleCancellationQueue',
      'fulfillment': 'LifecycleFulfillmentQueue',
      'stream': 'ProcessorPublishOrderChanges',
      'expiry': 'the next call has done what this one did not',
      'history': 'HistoryHistoryQueue',
    });
  });

  test('each queue that is fed by a dead-letter queue in the template is the one that its messages go back into', () => {
    for (const { deadLetterQueueUrl, queueUrl } of routes(template).routes.filter((route) => route.queueUrl)) {
      const { properties } = resourceOf(template, 'AWS::SQS::Queue', queueUrl!.split('/').at(-1)!);
      expect(idOf(properties.RedrivePolicy.deadLetterTargetArn)!.replace(/[0-9A-F]{8}$/, '')).toBe(deadLetterQueueUrl.split('/').at(-1));
    }
  });

  test('the handler knows which queue is FIFO, how often its messages were tried, and whose groups are orders', () => {
    const loggable = Object.fromEntries(routes(template).routes.map(({ name, isFifo, maxReceiveCount, groupIsOrder }) => [name, [isFifo, maxReceiveCount, groupIsOrder]]));
    expect(loggable).toMatchObject({
      orders: [true, 5, true],
      processing: [false, 7, undefined],
      history: [false, 5, undefined],
      stream: [false, undefined, undefined],
      expiry: [false, undefined, undefined],
    });
  });

  test('queues are named, because their URLs would not fit into an environment', () => {
    expect(routes(template).text.match(/https:/g)).toHaveLength(1);
    // The longest name that a queue can have, instead of its construct id.
    const names = routes(template).routes.flatMap(({ deadLetterQueueUrl, queueUrl }) => [deadLetterQueueUrl, queueUrl ?? '']).map((url) => url.split('/').at(-1)!);
    const longest = routes(template).text.length + names.reduce((sum, name) => sum + (name === '' ? 0 : 80 - name.length), 0);
    expect(longest).toBeLessThan(3000);
  });

  test('redrive-dead-letters may do what it has to with each queue, and nothing else', () => {
    const look = ['sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];
    const empty = [...look, 'sqs:DeleteMessage'].sort();
    const send = ['sqs:SendMessage'];
    expect(actionsByResource(roleStatements(template, 'RedriveDeadLetters'))).toEqual({
      RedriveRedriveDeadLettersLogs: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      EventsBus: ['events:PutEvents'],
      IngestOrdersDeadLetterQueue: empty,
      IngestOrdersQueue: send,
      FilesFilesDeadLetterQueue: empty,
      FilesFilesQueue: send,
      FilesValidFilesDeadLetterQueue: empty,
      FilesValidFilesQueue: send,
      ProcessorProcessingDeadLetterQueue: empty,
      ProcessorProcessingQueue: send,
      LifecycleChangeDeadLetterQueue: empty,
      LifecycleChangeQueue: send,
      LifecycleCancellationDeadLetterQueue: empty,
      LifecycleCancellationQueue: send,
      LifecycleFulfillmentDeadLetterQueue: empty,
      LifecycleFulfillmentQueue: send,
      ProcessorChangesDeadLetterQueue: empty,
      ProcessorPublishOrderChanges: ['lambda:InvokeFunction'],
      ProcessorExpiryDeadLetterQueue: look,
      HistoryHistoryDeadLetterQueue: empty,
      HistoryHistoryQueue: send,
    });
  });

  test('it may say events under the source of the pipeline only', () => {
    const publishing = roleStatements(template, 'RedriveDeadLetters').filter(({ actions }) => actions.includes('events:PutEvents'));
    expect(publishing).toMatchObject([{ condition: { StringEquals: { 'events:source': 'orders' } } }]);
  });

  test('its handler has its default sizes', () => {
    expect(handler(template)).toMatchObject({ MemorySize: 512, Timeout: 300 });
    expect(Object.keys(handler(template).Environment.Variables).sort()).toEqual([
      'EVENT_BUS_NAME', 'EVENT_SOURCE', 'POWERTOOLS_LOG_LEVEL', 'POWERTOOLS_METRICS_NAMESPACE', 'POWERTOOLS_SERVICE_NAME', 'REDRIVE_ROUTES',
    ]);
  });

  test('its part can be reached, and there is nothing to warn of', () => {
    expect(created.redriveDeadLettersFunction.node.path).toBe('Test/Redrive/RedriveDeadLetters');
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('for some parts', () => {
  test('it looks after those', () => {
    const { template } = synthRedrive((stack) => ({ history: parts(stack).history }));
    expect(routes(template).routes.map(({ name }) => name)).toEqual(['history']);
  });

  test('flows that are left out have no route', () => {
    const { template } = synth((stack) => {
      const { eventBus, ingest, processor } = parts(stack);
      const lifecycle = new OrderLifecycleFlows(stack, 'Some', {
        eventBus, sequenceTable: ingest.sequenceTable, ordersTable: processor.ordersTable, orderChanges: false, orderFulfillments: false,
      });
      return new OrderRedrive(stack, 'Redrive', { eventBus, lifecycle });
    });
    expect(routes(template).routes.map(({ name }) => name)).toEqual(['cancellation']);
  });

  test('with none it has nothing to do, and says so to who asks', () => {
    expect(routes(synthRedrive().template).routes).toEqual([]);
  });
});

describe('addRoute', () => {
  test('looks after the dead-letter queue of a subscription, and puts its messages back where they were to go', () => {
    const { template } = synth((stack) => {
      const events = new OrderEventBus(stack, 'Events');
      const mine = new Queue(stack, 'Mine');
      const rule = events.onOrderEvent('All', { target: new SqsQueue(mine) });
      const redrive = new OrderRedrive(stack, 'Redrive', { eventBus: events.eventBus });
      redrive.addRoute({ name: 'mine', deadLetterQueue: rule.deadLetterQueue!, queue: mine });
      return redrive;
    });
    expect(routes(template).routes).toMatchObject([{ name: 'mine', isFifo: false }]);
    expect(actionsByResource(roleStatements(template, 'RedriveDeadLetters'))).toMatchObject({
      EventsAllDeadLetterQueue: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'], Mine: ['sqs:SendMessage'],
    });
  });

  test('only lists messages that have nowhere to go back to', () => {
    const { template } = synthRedrive();
    const listed = synth((stack) => {
      const redrive = new OrderRedrive(stack, 'Redrive', { eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared') });
      redrive.addRoute({ name: 'mine', deadLetterQueue: new Queue(stack, 'DeadLetters') });
      return redrive;
    }).template;
    expect(Object.keys(actionsByResource(roleStatements(template, 'RedriveDeadLetters')))).not.toContain('DeadLetters');
    expect(actionsByResource(roleStatements(listed, 'RedriveDeadLetters')).DeadLetters).not.toContain('sqs:DeleteMessage');
  });

  test('takes imported queues of other accounts by their URL', () => {
    const { template } = synth((stack) => {
      const redrive = new OrderRedrive(stack, 'Redrive', { eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared') });
      const imported = (name: string) => Queue.fromQueueArn(stack, name, `arn:aws:sqs:eu-west-1:444455556666:${name}`);
      redrive.addRoute({ name: 'theirs', deadLetterQueue: imported('dead'), queue: imported('alive') });
      return redrive;
    }, { account: '111122223333', region: 'eu-west-1' });
    expect(JSON.stringify(handler(template).Environment.Variables.REDRIVE_ROUTES)).toMatch(/sqs\.eu-west-1.*444455556666\/dead.*444455556666\/alive/);
  });

  const withRoute = (add: (redrive: OrderRedrive, stack: Stack) => void) => () => synth((stack) => {
    const redrive = new OrderRedrive(stack, 'Redrive', { eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared') });
    add(redrive, stack);
    return redrive;
  });

  test.each(['', 'My queue', 'MINE', 'a'.repeat(33)])('fails when the name is "%s"', (name) => {
    expect(withRoute((redrive, stack) => redrive.addRoute({ name, deadLetterQueue: new Queue(stack, 'Q') })))
      .toThrow(`Test/Redrive: name must have 1 to 32 lower-case letters, digits and hyphens, got ${name}`);
  });

  test('fails when a name is given twice', () => {
    expect(withRoute((redrive, stack) => ['A', 'B'].forEach((id) => redrive.addRoute({ name: 'mine', deadLetterQueue: new Queue(stack, id) }))))
      .toThrow('Test/Redrive: name must be given once, got mine again');
  });

  test('fails when a dead-letter queue has its route already', () => {
    expect(withRoute((redrive, stack) => {
      const deadLetterQueue = new Queue(stack, 'A');
      for (const name of ['mine', 'yours']) redrive.addRoute({ name, deadLetterQueue });
    })).toThrow('deadLetterQueue must be given once, got Test/A, which is the route mine already');
  });

  test('fails when messages would go back into the queue that they are in', () => {
    expect(withRoute((redrive, stack) => {
      const queue = new Queue(stack, 'A');
      redrive.addRoute({ name: 'mine', deadLetterQueue: queue, queue });
    })).toThrow('queue must be another queue than deadLetterQueue, got Test/A for both');
  });

  test('fails when one queue is FIFO and the other is not: message groups would be lost', () => {
    expect(withRoute((redrive, stack) => redrive.addRoute({ name: 'mine', deadLetterQueue: new Queue(stack, 'A'), queue: new Queue(stack, 'B', { fifo: true }) })))
      .toThrow('Test/Redrive: queue must be a standard queue, like deadLetterQueue');
    expect(withRoute((redrive, stack) => redrive.addRoute({ name: 'mine', deadLetterQueue: new Queue(stack, 'A', { fifo: true }), queue: new Queue(stack, 'B') })))
      .toThrow('Test/Redrive: queue must be a FIFO queue, like deadLetterQueue');
  });

  test('fails when there are more than an environment can hold', () => {
    const add = (count: number) => withRoute((redrive, stack) => {
      for (let n = 0; n < count; n++) redrive.addRoute({ name: `mine-${n}`, deadLetterQueue: new Queue(stack, `Q${n}`) });
    });
    expect(add(16)).not.toThrow();
    expect(add(17)).toThrow('Test/Redrive: there must be at most 16 dead-letter queues');
  });
});

describe('its props', () => {
  test('redriveDeadLetters sizes the handler', () => {
    const { template } = synthRedrive(() => ({ redriveDeadLetters: { memorySize: 256, timeout: Duration.minutes(15) } }));
    expect(handler(template)).toMatchObject({ MemorySize: 256, Timeout: 900 });
  });

  test('redriveDeadLetters may hold undefined, which is the default', () => {
    const { template } = synthRedrive(() => ({ redriveDeadLetters: { memorySize: undefined, timeout: undefined } }));
    expect(handler(template)).toMatchObject({ MemorySize: 512, Timeout: 300 });
  });

  test('sizes that are known only at deployment are let through', () => {
    const { template } = synthRedrive((stack) => ({ redriveDeadLetters: { memorySize: new CfnParameter(stack, 'Memory', { type: 'Number' }).valueAsNumber } }));
    expect(handler(template).MemorySize).toEqual({ Ref: 'Memory' });
  });

  test('eventSource is the source of what it says', () => {
    const { template } = synthRedrive(() => ({ eventSource: 'shop.orders' }));
    expect(handler(template).Environment.Variables.EVENT_SOURCE).toBe('shop.orders');
    const publishing = roleStatements(template, 'RedriveDeadLetters').filter(({ actions }) => actions.includes('events:PutEvents'));
    expect(publishing).toMatchObject([{ condition: { StringEquals: { 'events:source': 'shop.orders' } } }]);
  });

  test('logLevel, logRetention and serviceName are those of the handler; removalPolicy has nothing to hold on to', () => {
    const { template } = synthRedrive(() => ({
      logLevel: ApplicationLogLevel.DEBUG, logRetention: RetentionDays.ONE_DAY, serviceName: 'shop', removalPolicy: RemovalPolicy.DESTROY,
    }));
    expect(handler(template).Environment.Variables).toMatchObject({ POWERTOOLS_LOG_LEVEL: 'DEBUG', POWERTOOLS_SERVICE_NAME: 'shop' });
    expect(resourceOf(template, 'AWS::Logs::LogGroup', 'RedriveDeadLettersLogs').properties.RetentionInDays).toBe(1);
  });

  test('with a customer-managed key the handler may use it to read and to send, and no other key', () => {
    const { template } = synthAll((stack) => new Key(stack, 'Key'), { region: 'eu-central-1' });
    const [key] = resourcesOf(template, 'AWS::KMS::Key');
    const statements = roleStatements(template, 'RedriveDeadLetters').filter(({ actions }) => actions.some((action) => action.startsWith('kms:')));
    expect(new Set(statements.flatMap(({ actions }) => actions))).toEqual(new Set(['kms:Decrypt', 'kms:GenerateDataKey']));
    expect(statements.flatMap(({ resources }) => resources)).toEqual(statements.map(() => ({ 'Fn::GetAtt': [key.id, 'Arn'] })));
  });

  test.each([
    ...wrongHandlerOptions('redriveDeadLetters'),
    ...[Duration.seconds(59), Duration.minutes(16)].map((timeout) =>
      [{ timeout }, `redriveDeadLetters.timeout must be between 1 minute and 15 minutes, got ${timeout.toHumanString()}`] as const),
  ])('fails when redriveDeadLetters is %p', (redriveDeadLetters, message) => {
    expect(() => synthRedrive(() => ({ redriveDeadLetters }))).toThrow(`Test/Redrive: ${message}`);
  });
});

test('grantRedrive lets somebody call the handler, and nothing more', () => {
  const { template } = synth((stack) => {
    const redrive = new OrderRedrive(stack, 'Redrive', { eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared') });
    redrive.grantRedrive(new Role(stack, 'Operator', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }));
    return redrive;
  });
  const [policy] = resourcesOf(template, 'AWS::IAM::Policy').filter(({ id }) => id.startsWith('Operator'));
  expect(policy.properties.PolicyDocument.Statement).toHaveLength(1);
  expect(policy.properties.PolicyDocument.Statement[0]).toMatchObject({ Action: 'lambda:InvokeFunction', Effect: 'Allow' });
});

test('it may live in another stack than the parts, nested or not', () => {
  const { stack } = synth((home) => {
    const all = parts(home);
    const app = home.node.root as App;
    const other = new Stack(app, 'Other');
    new OrderRedrive(other, 'Redrive', all);
    new OrderRedrive(new NestedStack(home, 'Nested'), 'Redrive', all);
    return all.ingest;
  });
  expect(stack.node.findChild('Nested')).toBeDefined();
});
