import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Code } from './bundle';
import { Table } from './dynamodb';
import { EventBus } from './event-bus';
import { EventSource } from './event-source';
import { FifoQueue } from './fifo';
import { SimulatedFunction } from './functions';
import { isHopeless } from './messages';
import { cross, type Caller, type Effect, type World } from './network';
import { StandardQueue } from './queue';
import { answerOf } from './queue-requests';
import { compile, simulatedProcess } from './runtime';
import { sdkOf, type Send } from './sdk';
import { CONSUMERS, environmentOf, SETTINGS, TABLES, type StackOptions } from './stack';
import { TableStream } from './stream';
import { LAYER_MODULE } from '../../src/private/contract';
import { FakeS3 } from '../support/fake-s3';

/** The handlers, ready to be loaded as often as there are processes. */
export interface Loaded {
  readonly layer: unknown;
  readonly handlers: Readonly<Record<string, ReturnType<typeof compile>>>;
}

/** Loads the layer, once for all runs: it remembers nothing. */
export function load({ layer, handlers }: Code): Loaded {
  simulatedProcess.env = environmentOf('receive-order', { retention: 0, hasHook: false, onInvalidOrder: 'SKIP_ORDER' });
  return {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- what is not simulated is the real thing
    layer: compile(layer, 'layer.js')((name) => require(name)),
    handlers: Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, compile(handlers[name], `${name}.js`)])),
  };
}

/** The whole pipeline, deployed into an account of its own, as the constructs would do it. */
export class Account {
  readonly functions: Record<string, SimulatedFunction> = {};
  readonly queues: Record<string, StandardQueue> = {};
  readonly tables: Record<string, Table> = {};
  readonly orders: FifoQueue;
  /** What the consumer of the stream set aside. */
  readonly changesDeadLetters: StandardQueue;
  readonly bus: EventBus;
  readonly stream: TableStream;
  readonly s3 = new FakeS3();
  readonly alerts: string[] = [];

  constructor(private readonly world: World, { layer, handlers }: Loaded, options: StackOptions) {
    for (const [name, { timeout }] of Object.entries(SETTINGS)) {
      const loadHandler = (caller: Caller) => {
        const sdk = sdkOf(caller, this.send);
        simulatedProcess.env = environmentOf(name, options);
        return handlers[name]((module) => (module === LAYER_MODULE ? layer : sdk(module))).handler as never;
      };
      this.functions[name] = new SimulatedFunction(name, loadHandler, world, timeout);
    }
    const { functions, queues, tables } = this;
    for (const [name, consumer] of Object.entries(CONSUMERS)) {
      queues[name] = new StandardQueue(name, world, new StandardQueue(`${name}-dead`, world));
      new EventSource(queues[name], world, functions[consumer], name.endsWith('files') ? 1 : 10);
    }
    queues.orders = this.orders = new FifoQueue('orders', world, new FifoQueue('orders-dead', world));
    new EventSource(this.orders, world, functions['validate-order'], 10);
    this.changesDeadLetters = new StandardQueue('changes-dead', world);
    this.bus = new EventBus(world, queues);
    this.stream = new TableStream(world, functions['publish-order-changes'], this.changesDeadLetters);
    for (const [name, keys] of Object.entries(TABLES)) {
      tables[name] = new Table(name, keys, world, name === 'orders' ? (write) => { this.stream.push(write); } : undefined);
    }
  }

  /** Every dead-letter queue. */
  get deadLetters(): StandardQueue[] {
    return [...Object.values(this.queues).map(({ deadLetters }) => deadLetters!), this.changesDeadLetters];
  }

  /** Those in which something is that need not stay there. */
  get troubled(): StandardQueue[] {
    return this.deadLetters.filter(({ messages }) => messages.some((message) => !isHopeless(message)));
  }

  /** Somebody has what is in the dead-letter queues sent back where it came from. */
  redrive(request: object = {}): void {
    this.functions['redrive-dead-letters'].invoke({ action: 'redrive', dryRun: false, ...request }, () => undefined);
  }

  private readonly send: Send = (caller, operation, input, options) => {
    const [place, effect] = this.effectOf(operation, input, options);
    return cross(this.world, caller, place === '' ? operation : `${operation} ${place}`, effect);
  };

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- requests of all services
  private effectOf(operation: string, input: any, options: any): [place: string, effect: Effect] {
    const { bus, tables, orders, s3, alerts } = this;
    const { TableName: table, QueueUrl: queue } = input;
    switch (operation) {
      case 'PutEvents': return ['', (isPartial) => bus.putEvents(input, isPartial)];
      case 'SendMessage': return [queue, () => this.queueAt(queue).send(input)];
      case 'SendMessageBatch': return ['', (isPartial) => orders.sendBatch(input, isPartial)];
      case 'Get': return [table, () => tables[table].get(input)];
      case 'Put': return [table, () => tables[table].put(input, options)];
      case 'PutItem': return [table, () => tables[table].put({ ...input, Item: unmarshall(input.Item) })];
      case 'Query': return [table, () => tables[table].query(input)];
      case 'Update': return [table, () => tables[table].update(input)];
      case 'HeadObject': return ['', () => s3.headObject(input)];
      case 'GetObject': return ['', () => s3.getObject(input)];
      case 'PutObject': return ['', () => s3.putObject(input)];
      case 'Invoke': return ['', (isPartial) => this.invoke(input.FunctionName, JSON.parse(input.Payload), isPartial)];
      case 'Publish': return ['', () => alerts.push(input.Message)];
      default: return ['', (isPartial) => answerOf(this.queueAt(queue), operation, input, isPartial)];
    }
  }

  /** The app's own validation hook, which does not know its mind: it may judge an order otherwise the next time. */
  private hook(orders: readonly unknown[], isBroken: boolean): unknown {
    const random = this.world.chances.of('hook');
    if (isBroken) return random.chance(0.5) ? payloadOf({}, 'Unhandled') : payloadOf({});
    const verdicts = orders.map(() => (random.chance(0.3) ? { accepted: false, errors: [{ code: 'NOT_TODAY', message: 'not today' }] } : { accepted: true }));
    return payloadOf({ verdicts });
  }

  /** Calls a function and waits for its answer. */
  private invoke(name: string, event: object, isBroken: boolean): unknown {
    if (name === 'hook') return this.hook((event as { orders: unknown[] }).orders, isBroken);
    if (isBroken) return payloadOf({ errorType: 'Runtime.ExitError' }, 'Unhandled');
    return new Promise((resolve) => {
      this.functions[name].invoke(event, ({ value, error }) => {
        this.world.clock.hasWoken = true;
        resolve(error === undefined ? payloadOf(value) : payloadOf({ errorType: error }, 'Unhandled'));
      });
    });
  }

  private queueAt(url: string): StandardQueue {
    const found = this.queues[url] ?? this.deadLetters.find(({ name }) => name === url);
    if (!found) throw new Error(`there is no queue ${url}`);
    return found;
  }
}

const payloadOf = (value: unknown, FunctionError?: string) => ({ FunctionError, Payload: { transformToString: () => JSON.stringify(value) } });
