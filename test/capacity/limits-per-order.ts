import type { HandlerProfile, OrderProfile, WriteProfile } from './handler-profile';
import { CPU, cpuTime, LATENCIES, type Latency } from './latency';
import { DYNAMODB, LAMBDA, REGIONS, type Region } from './published-limits';
import type { CapacitySettings } from './read-capacity';

/** How many orders a second a limit allows, and what moves it. */
export interface OrderLimit {
  /** The name that its usage has in the model. */
  readonly limit: string;
  readonly ordersPerSecond: number;
  readonly movedBy: string;
  /** The limits for which it waits: while one of them is saturated, it is in use because of that one. */
  readonly waitsFor?: readonly string[];
  /** The share of the time for which a concurrency is used up when it is reached. */
  readonly busyShare?: number;
  /** From this rate on, another limit of the same consumer applies. */
  readonly upTo?: number;
}

/** A poller is needed only while messages wait for one, which they also do by chance. A shard is busy whenever it has records. */
const BUSY = { pollers: 0.5, shards: 0.9 };

const EVENTS_PER_REQUEST = 10;
const MIDDLE = { next: () => 0.5 } as Parameters<Latency['longestOf']>[1];

/** Every limit of a pipeline by hand: its capacity divided by what an order uses of it. The lowest is the one that saturates first. */
export function limitsPerOrder(settings: CapacitySettings, profile: OrderProfile, region: Region): OrderLimit[] {
  const { invocations, putEvents, fifoRequests, apiRequests } = REGIONS[region];
  const events = Object.values(profile.handlers).flatMap((handler) => handler.events);
  const deliveries = events.reduce((sum, type) => sum + (profile.targets[type] ?? []).length, 0);
  const limits: OrderLimit[] = [
    { limit: 'API: throttle', ordersPerSecond: settings.throttle.rate, movedBy: '`throttle`' },
    { limit: 'API Gateway: requests', ordersPerSecond: apiRequests, movedBy: 'quota L-8A5B8E43' },
    { limit: 'SQS: requests to the FIFO queue', ordersPerSecond: fifoRequests, movedBy: 'quota, on request' },
    { limit: 'EventBridge: PutEvents', ordersPerSecond: (putEvents * EVENTS_PER_REQUEST) / events.length, movedBy: 'quota L-9B653E91' },
    { limit: 'EventBridge: deliveries to targets', ordersPerSecond: invocations / deliveries, movedBy: 'quota L-5540C5E3' },
    ...tableLimits(settings, profile),
    ...consumerLimits(settings, profile),
  ];
  return limits.sort((one, other) => one.ordersPerSecond - other.ordersPerSecond);
}

/** How many messages about an order the consumer of a queue receives. */
const messagesOf = ({ handlers, targets }: OrderProfile, queue: string): number =>
  Object.values(handlers).flatMap(({ events }) => events).filter((type) => targets[type]?.includes(queue)).length || 1;

const messagesFor = (functionName: string, { deployment }: CapacitySettings, profile: OrderProfile): number => {
  const mapping = Object.values(deployment.mappings).find((each) => each.functionName === functionName);
  return mapping?.queue ? messagesOf(profile, mapping.queue) : 1;
};

function tableLimits(settings: CapacitySettings, profile: OrderProfile): OrderLimit[] {
  const all = Object.entries(profile.handlers).flatMap(([name, { writes, records }]) =>
    [...writes, ...(records ? [records] : [])].map((write) => ({ write, messages: messagesFor(name, settings, profile) })));
  return [...Map.groupBy(all, ({ write }) => write.table)].flatMap(([table, own]) => {
    const { writeUnits = DYNAMODB.newTable, indexes } = settings.tables[table];
    const units = own.reduce((sum, { write, messages }) => sum + write.units * messages, 0);
    const movedBy = table === 'HistoryTable' ? '`warmThroughput`, `history: false`' : '`warmThroughput`';
    return [
      { limit: table, ordersPerSecond: writeUnits / units, movedBy },
      ...own.flatMap(({ write, messages }) =>
        write.indexes.map((index) => indexLimit(table, index, messages, indexes[index.name] ?? DYNAMODB.newTable))),
    ];
  });
}

/** Keys of so many different values are spread over partitions evenly. */
const MANY_KEYS = 100;

/** The busiest partition limits an index with few keys. A partition never serves more, so more of them do not help. */
function indexLimit(table: string, { name, units, positions }: WriteProfile['indexes'][number], messages: number, writeUnits: number): OrderLimit {
  if (new Set(positions).size >= MANY_KEYS) return { limit: `${table}.${name}`, ordersPerSecond: writeUnits / (units * messages), movedBy: '`warmThroughput`' };
  const partitions = Math.ceil(writeUnits / DYNAMODB.partition);
  const counts = new Array<number>(partitions).fill(0);
  for (const position of positions) counts[Math.floor(position * partitions)]++;
  const share = Math.max(...counts) / positions.length;
  return { limit: `${table}.${name}`, ordersPerSecond: DYNAMODB.partition / (share * units * messages), movedBy: '–' };
}

function consumerLimits(settings: CapacitySettings, profile: OrderProfile): OrderLimit[] {
  const { deployment, functions, tables } = settings;
  const mappings = Object.values(deployment.mappings).filter(({ functionName }) => profile.handlers[functionName]);
  const consumers = mappings.map(({ functionName, queue, table, batchSize, maxConcurrency, parallelizationFactor }) => {
    const duration = durationOf(profile.handlers[functionName], batchSize, functions[functionName].memorySize, queue !== undefined);
    const messages = messagesFor(functionName, settings, profile);
    const shards = Math.ceil((tables[table ?? '']?.writeUnits ?? DYNAMODB.newTable) / DYNAMODB.partition);
    const perExecution = (batchSize * 1000) / (duration * messages);
    const waitsFor = limitsBehind(profile.handlers[functionName]);
    const limits: OrderLimit[] = queue
      ? [
        { limit: `${functionName}: pollers at first`, ordersPerSecond: perExecution * LAMBDA.firstPollers, movedBy: 'time: 300 more a minute', waitsFor, busyShare: BUSY.pollers, upTo: perExecution * maxConcurrency },
        {
          limit: `${functionName}: maxConcurrency`,
          ordersPerSecond: perExecution * maxConcurrency,
          movedBy: `\`maxConcurrency\` of \`${propOf(functionName)}\``,
          waitsFor,
          busyShare: BUSY.pollers,
        },
      ]
      : [{
        limit: `${table} to ${functionName}: shards × parallelizationFactor`,
        ordersPerSecond: perExecution * shards * parallelizationFactor,
        movedBy: '`warmThroughput`',
        waitsFor,
        busyShare: BUSY.shards,
      }];
    return { limits, executions: 1 / perExecution };
  });
  const executions = consumers.reduce((sum, each) => sum + each.executions, receiveDuration(functions['receive-order'].memorySize) / 1000);
  return [
    ...consumers.flatMap(({ limits }) => limits),
    { limit: 'Lambda: concurrent executions', ordersPerSecond: LAMBDA.concurrency / executions, movedBy: 'quota L-B99A9384' },
  ];
}

/** The limits that a handler's requests meet. */
const limitsBehind = ({ writes, events }: HandlerProfile): string[] => [
  ...writes.flatMap(({ table, indexes }) => [table, ...indexes.map(({ name }) => `${table}.${name}`)]),
  ...(events.length > 0 ? ['EventBridge: PutEvents'] : []),
];

/** The time in milliseconds from the receipt of a full batch until the next, without throttling. */
function durationOf({ writes, events, records }: HandlerProfile, batchSize: number, memorySize: number, isQueue: boolean): number {
  const { queue, table, invocation, putEvents } = LATENCIES;
  const cpu = cpuTime(CPU.perInvocation + batchSize * (isQueue ? CPU.perMessage : CPU.perStreamRecord), memorySize);
  const receive = (isQueue ? queue : table).longestOf(1, MIDDLE);
  const writing = writes.length > 0 ? table.longestOf(batchSize * writes.length, MIDDLE) : 0;
  const recording = records ? table.longestOf(1, MIDDLE) : 0;
  const publishing = events.length > 0 ? putEvents.longestOf(Math.ceil((batchSize * events.length) / EVENTS_PER_REQUEST), MIDDLE) : 0;
  return receive + invocation.longestOf(1, MIDDLE) + cpu + writing + recording + publishing;
}

const receiveDuration = (memorySize: number): number =>
  LATENCIES.invocation.longestOf(1, MIDDLE) + cpuTime(CPU.perInvocation + CPU.perMessage, memorySize) + LATENCIES.queue.longestOf(1, MIDDLE);

/** `process-order` as `processOrder`. */
const propOf = (functionName: string): string => functionName.replace(/-(\w)/g, (_, initial: string) => initial.toUpperCase());
