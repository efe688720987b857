import type { BatchExecuteStatementCommandInput, BatchGetItemCommandInput } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { SHARED_MODULE, type Code } from './bundle';
import type { Deployment } from './deployment';
import { attributePage, documentInput, documentQuery, Table } from './dynamodb';
import { EventBus } from './event-bus';
import { EventSource } from './event-source';
import { FifoQueue } from './fifo';
import { SimulatedFunction } from './functions';
import { assertKeysFit } from './limits';
import { isNotRedrivable } from './messages';
import { payloadOf } from './payload';
import { payments } from './payments';
import { StandardQueue } from './queue';
import { responseOf } from './queue-requests';
import { readInsert } from './read-insert';
import { RedriveRoutes } from './redrive-routes';
import { sendRequest, type Caller, type Effect, type World } from './requests';
import { compile, simulatedProcess } from './runtime';
import { sdkOf, type Send } from './sdk';
import { TableStream } from './stream';
import * as standardModel from '../../handlers/model/standard';
import type { ConfirmationRequest } from '../../handlers/shared';
import { ORDER_MODEL_MODULE } from '../../src/private/contract';
import { FakeS3 } from '../support/fake-s3';

/** The handlers, compiled once and loaded for each process, and their deployments, by the options of the pipeline. */
export interface Loaded {
  readonly shared: unknown;
  readonly handlers: Readonly<Record<string, ReturnType<typeof compile>>>;
  readonly deployments: Readonly<Record<string, Deployment>>;
}

/** Lambda's own variables, and those that turn logs and metrics off. They take precedence over the template's. */
const RUNTIME_ENVIRONMENT = {
  AWS_REGION: 'eu-central-1', POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true', POWERTOOLS_DEV: 'true',
};

/** Loads what handlers share once for all runs: it has no state. */
export function load({ shared, handlers }: Code, deployments: Readonly<Record<string, Deployment>>): Loaded {
  simulatedProcess.env = { ...RUNTIME_ENVIRONMENT, POWERTOOLS_SERVICE_NAME: 'orders', POWERTOOLS_METRICS_NAMESPACE: 'OrderPipeline' };
  return {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- other modules are not simulated
    shared: compile(shared, 'shared.js')((name) => (name === ORDER_MODEL_MODULE ? standardModel : require(name))),
    handlers: Object.fromEntries(Object.entries(handlers).map(([name, code]) => [name, compile(code, `${name}.js`)])),
    deployments: Object.fromEntries(Object.entries(deployments).map(([key, deployment]) => [key, withRuntimeEnvironment(deployment)])),
  };
}

const withRuntimeEnvironment = (deployment: Deployment): Deployment => ({
  ...deployment,
  functions: Object.fromEntries(Object.entries(deployment.functions).map(([name, settings]) => [
    name, { ...settings, environment: { ...settings.environment, ...RUNTIME_ENVIRONMENT } },
  ])),
});

/** A message to the alert topic. */
export interface Alert {
  readonly fileId: string;
  readonly reason: string;
  readonly text: string;
}

type AlertInput = { readonly Message: string; readonly MessageAttributes: Record<string, { readonly StringValue: string }> };

const alertOf = ({ Message, MessageAttributes: { fileId, reason } }: AlertInput): Alert =>
  ({ fileId: fileId.StringValue, reason: reason.StringValue, text: Message });

/** The last part of a URL or an ARN. */
const nameOf = (id: string): string => id.slice(Math.max(id.lastIndexOf('/'), id.lastIndexOf(':')) + 1);

/** A pipeline, deployed into an account of its own. */
export class Account {
  readonly functions: Record<string, SimulatedFunction> = {};
  readonly queues: Record<string, StandardQueue> = {};
  readonly tables: Record<string, Table> = {};
  readonly bus: EventBus;
  readonly s3 = new FakeS3();
  readonly alerts: Alert[] = [];
  readonly redriveRoutes: RedriveRoutes;
  /** All queues without a consumer. */
  readonly deadLetterQueues: readonly StandardQueue[];
  private readonly streams: TableStream[] = [];

  constructor(private readonly world: World, { shared, handlers }: Loaded, readonly deployment: Deployment) {
    for (const [name, settings] of Object.entries(deployment.functions)) {
      const loadHandler = (caller: Caller) => {
        const sdk = sdkOf(caller, this.send);
        simulatedProcess.env = settings.environment;
        return handlers[name]((module) => (module === SHARED_MODULE ? shared : sdk(module))).handler as never;
      };
      this.functions[name] = new SimulatedFunction(name, loadHandler, world, settings.timeout);
    }
    for (const name of Object.keys(deployment.queues)) this.createQueue(name);
    for (const [name, settings] of Object.entries(deployment.tables)) {
      this.tables[name] = new Table(name, settings, world, (write) => {
        for (const stream of this.streams) if (stream.table === name) stream.push(write);
      });
    }
    this.createMappings();
    this.deadLetterQueues = Object.values(this.queues).filter(({ consumer }) => !consumer);
    this.bus = new EventBus(world, this.queues, Object.values(deployment.rules));
    this.redriveRoutes = new RedriveRoutes(deployment);
  }

  get ordersQueue(): FifoQueue {
    return this.queues.OrdersQueue as FifoQueue;
  }

  get isStreamEmpty(): boolean {
    return this.streams.every(({ isEmpty }) => isEmpty);
  }

  /** The dead-letter queues with messages that can be redriven. */
  get queuesToRedrive(): StandardQueue[] {
    return this.deadLetterQueues
      .filter(({ messages, name }) => this.redriveRoutes.isRedrivable(name) && messages.some((message) => !isNotRedrivable(message)));
  }

  /** Redrives the messages in the dead-letter queues. */
  redrive(request: object = {}): void {
    this.functions['redrive-dead-letters'].invoke({ action: 'redrive', dryRun: false, ...request }, () => undefined);
  }

  private createQueue(name: string): StandardQueue {
    if (this.queues[name]) return this.queues[name];
    const settings = this.deployment.queues[name];
    const deadLetterQueue = settings.redrivePolicy && this.createQueue(settings.redrivePolicy.deadLetterQueue);
    return this.queues[name] = new (settings.isFifo ? FifoQueue : StandardQueue)(name, this.world, settings, deadLetterQueue);
  }

  private createMappings(): void {
    const { world, functions, queues, deployment } = this;
    for (const mapping of Object.values(deployment.mappings)) {
      const consumer = functions[mapping.functionName];
      if (mapping.queue) {
        new EventSource(queues[mapping.queue], world, consumer, mapping);
      } else {
        const deadLetterQueue = queues[nameOf(deployment.functions[mapping.functionName].environment.DEAD_LETTER_QUEUE_URL)];
        const streamQueues = { deadLetterQueue, onFailure: queues[mapping.onFailure!] };
        this.streams.push(new TableStream(world, consumer, mapping, deployment.tables[mapping.table!], streamQueues));
      }
    }
  }

  private readonly send: Send = (caller, operation, input, options) => {
    const [resource, effect] = this.effectOf(operation, input, options);
    return sendRequest(this.world, caller, resource === '' ? operation : `${operation} ${resource}`, effect);
  };

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- requests of all services
  private effectOf(operation: string, input: any, options: any): [resource: string, effect: Effect] {
    const { bus, tables, s3, alerts } = this;
    const { TableName: table, QueueUrl = '' } = input;
    const queue = nameOf(QueueUrl);
    switch (operation) {
      case 'PutEvents': return ['', (isPartial) => bus.putEvents(input, isPartial)];
      case 'SendMessage': return [queue, () => this.queueAt(queue).send(input)];
      case 'SendMessageBatch': return [queue, (isPartial) => this.queueAt(queue).sendBatch(input, isPartial)];
      case 'Get': return [table, () => tables[table].get(input)];
      case 'Put': return [table, () => tables[table].put(input, options)];
      case 'PutItem': return [table, () => tables[table].put(documentInput(input))];
      case 'Query': return [table, () => tables[table].query(input)];
      case 'QueryItems': return [table, () => attributePage(tables[table].query(documentQuery(input)))];
      case 'BatchGetItem': return ['', () => this.getItems(input)];
      case 'BatchExecuteStatement': return [readInsert(input.Statements[0]).TableName!, (isPartial) => this.executeStatements(input, isPartial)];
      case 'Update': return [table, () => tables[table].update(input)];
      case 'HeadObject': return ['', () => s3.headObject(input)];
      case 'GetObject': return ['', () => s3.getObject(input)];
      case 'PutObject': return ['', () => s3.putObject(input)];
      case 'Invoke': return ['', (isPartial) => this.invoke(nameOf(input.FunctionName), JSON.parse(input.Payload), isPartial)];
      case 'GetParameters': return ['', () => ({ Parameters: input.Names.map((Name: string) => ({ Name, Value: this.deployment.parameters[Name] })) })];
      case 'Publish': return ['', () => alerts.push(alertOf(input))];
      default: return ['', (isPartial) => responseOf(this.queueAt(queue), operation, input, isPartial)];
    }
  }

  /** Reads the items of several keys. */
  private getItems({ RequestItems = {} }: BatchGetItemCommandInput) {
    return {
      Responses: Object.fromEntries(Object.entries(RequestItems).map(([table, { Keys = [] }]) => {
        const items = Keys.flatMap((key) => this.tables[table].get({ TableName: table, Key: unmarshall(key), ConsistentRead: true }).Item ?? []);
        return [table, items.map((item) => marshall(item))];
      })),
    };
  }

  /** Inserts items by statements; with `isPartial`, some of them are throttled. */
  private executeStatements({ Statements = [] }: BatchExecuteStatementCommandInput, isPartial: boolean) {
    const random = this.world.randomStreams.of('throttled statements');
    const inserts = Statements.map(readInsert);
    assertKeysFit(inserts.map(({ TableName, Item }) => `${TableName} ${this.tables[TableName!].keyOf(Item!)}`));
    return { Responses: inserts.map((insert) => (isPartial && random.chance(0.5) ? { Error: { Code: 'ThrottlingError' } } : this.tables[insert.TableName!].insert(insert))) };
  }

  /** The app's own validation hook. It may return another result for the same order the next time. */
  private hook(orders: readonly unknown[], isBroken: boolean): unknown {
    const random = this.world.randomStreams.of('hook');
    if (isBroken) return random.chance(0.5) ? payloadOf({}, 'Unhandled') : payloadOf({});
    const results = orders.map(() => (random.chance(0.3) ? { accepted: false, errors: [{ code: 'NOT_TODAY', message: 'not today' }] } : { accepted: true }));
    return payloadOf({ results });
  }

  /** Invokes a function and waits for its response. */
  private invoke(name: string, event: object, isBroken: boolean): unknown {
    if (name === 'payments') return payments(this.world, this.bus, (event as ConfirmationRequest).orders, isBroken);
    if (name === 'hook') return this.hook((event as { orders: unknown[] }).orders, isBroken);
    if (isBroken) return payloadOf({ errorType: 'Runtime.ExitError' }, 'Unhandled');
    return new Promise((resolve) => {
      this.functions[name].invoke(event, ({ value, error }) => {
        this.world.clock.hasWoken = true;
        resolve(error === undefined ? payloadOf(value) : payloadOf({ errorType: error }, 'Unhandled'));
      });
    });
  }

  private queueAt(name: string): StandardQueue {
    const found = this.queues[name];
    if (!found) throw new Error(`The queue ${name} does not exist.`);
    return found;
  }
}
