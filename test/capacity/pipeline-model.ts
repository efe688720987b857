import { EventBus } from './event-bus';
import { retryLimitsOf } from './failure-policy';
import { fileOutcomesWork } from './file-outcomes-work';
import type { OrderProfile } from './handler-profile';
import { LambdaAccount, LambdaFunction } from './lambda';
import { CPU, cpuTime } from './latency';
import { messageOf } from './message';
import { OrderTimes } from './order-times';
import { LAMBDA, REGIONS, type Region, type RegionLimits } from './published-limits';
import { Queue } from './queue';
import { QueueMapping } from './queue-mapping';
import { RateLimit } from './rate-limit';
import type { CapacitySettings } from './read-capacity';
import { OnDemandTable } from './table';
import { TableStream } from './table-stream';
import { workOf, type Work, type WorkContext } from './work';
import type { World } from './world';
import { Clock } from '../simulation/clock';
import type { MappingSettings } from '../simulation/deployment';
import { Random } from '../support/random';

/** What is modeled: a deployed pipeline in an account and region, and what its handlers do for an order. */
export interface ModelOptions {
  readonly settings: CapacitySettings;
  readonly profile: OrderProfile;
  readonly region: Region;
  /** The most orders that are sent. */
  readonly orders: number;
  readonly seed?: number;
  /** Whether the orders are those of one file. */
  readonly isFile?: boolean;
  /** Concurrent executions of the account. */
  readonly concurrency?: number;
}

/** A pipeline with the limits of its services, on a clock of its own. */
export class PipelineModel {
  readonly world: World;
  readonly limits: RegionLimits;
  readonly times: OrderTimes;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly tables: ReadonlyMap<string, OnDemandTable>;
  readonly streams: TableStream[] = [];
  readonly mappings: QueueMapping[] = [];
  /** Requests that send messages to the orders queue. */
  readonly fifoRequests: RateLimit;
  private readonly functions: ReadonlyMap<string, LambdaFunction>;
  private readonly context: WorkContext;

  constructor(readonly options: ModelOptions) {
    const { settings: { deployment, tables, functions }, profile, region, orders, seed = 1, concurrency = LAMBDA.concurrency } = options;
    this.world = { clock: new Clock(true), random: new Random(seed), usages: [] };
    this.limits = REGIONS[region];
    const { world } = this;
    this.fifoRequests = new RateLimit(world, 'SQS: requests to the FIFO queue', this.limits.fifoRequests);
    this.queues = new Map(Object.entries(deployment.queues).map(([name, queue]) => [name, new Queue(name, world, queue)]));
    this.tables = new Map(Object.entries(tables).map(([name, table]) => [name, new OnDemandTable(name, world, table)]));
    const account = new LambdaAccount(world, concurrency);
    this.functions = new Map(Object.entries(deployment.functions).map(([name, { timeout }]) =>
      [name, new LambdaFunction(name, account, functions[name].memorySize, timeout, functions[name].reserved)]));
    this.times = new OrderTimes(orders, () => world.clock.now, { orders: 'OrdersTable', history: 'HistoryTable' });
    const targets = { recorded: this.queuesOf(profile.targets), unrecorded: this.queuesOf(profile.unrecordedTargets) };
    this.context = { world, tables: this.tables, bus: new EventBus(world, this.limits, targets), observer: this.observer };
    for (const mapping of Object.values(deployment.mappings)) this.addMapping(mapping);
  }

  get ordersQueue(): Queue {
    return this.queues.get('OrdersQueue')!;
  }

  functionNamed(name: string): LambdaFunction {
    return this.functions.get(name)!;
  }

  /** Messages and records in all dead-letter queues. */
  get deadLetters(): number {
    return [...this.queues.values(), ...this.streams].reduce((sum, { deadLetters }) => sum + deadLetters.length, 0);
  }

  /** Messages and records that are not processed. */
  get messages(): number {
    return [...this.queues.values(), ...this.streams].reduce((sum, { messages }) => sum + messages, 0);
  }

  /** Runs for so many seconds in which orders arrive, and then until nothing is left to do. */
  run(seconds = 0): void {
    const { clock, usages } = this.world;
    const until = clock.now + seconds * 1000;
    while (clock.next <= until) clock.step();
    for (const each of [...this.streams, ...this.mappings]) each.measure();
    for (const usage of usages) usage.usedByLoad = usage.used;
    while (clock.next < Infinity) clock.step();
  }

  /** A write to the orders table is also a record of its stream. */
  private get observer() {
    const { times, streams, world } = this;
    return {
      published: times.published,
      written: (order: number, table: string) => {
        times.written(order, table);
        for (const stream of streams) if (stream.name.startsWith(table)) stream.push(messageOf(order, world.clock.now));
      },
    };
  }

  private addMapping(mapping: MappingSettings): void {
    const { settings } = this.options;
    const { functionName, queue, table } = mapping;
    const target = this.functionNamed(functionName);
    const work = this.workOf(target, queue ? CPU.perMessage : CPU.perStreamRecord);
    if (!work) return;
    if (queue) {
      const limits = retryLimitsOf(settings.deployment.functions[functionName]);
      this.mappings.push(new QueueMapping(this.world, this.queues.get(queue)!, target, work, mapping, limits));
    } else {
      const shards = this.tables.get(table!)!.partitions.count;
      this.streams.push(new TableStream(`${table} to ${functionName}`, this.world, target, work, mapping, shards));
    }
  }

  private queuesOf(targets: OrderProfile['targets']): Record<string, Queue[]> {
    return Object.fromEntries(Object.entries(targets).map(([type, names]) => [type, names.map((name) => this.queues.get(name)!)]));
  }

  /** Handlers that no order reaches have no work. */
  private workOf({ name, memorySize }: LambdaFunction, perMessage: number): Work | undefined {
    const { profile, isFile } = this.options;
    const cpu = { perInvocation: cpuTime(CPU.perInvocation, memorySize), perMessage: cpuTime(perMessage, memorySize) };
    if (name === 'record-file-outcomes') return isFile ? fileOutcomesWork(cpu, this.context) : undefined;
    const handler = profile.handlers[name] ?? profile.fallback[name];
    return handler && workOf(handler, cpu, this.context);
  }
}
