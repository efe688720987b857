/**
 * The limits that AWS publishes, read on 2026-11-27 from the pages named beside them. All are defaults, before a quota is raised.
 */
export const LIMITS_READ_ON = '2026-11-27';

const DOCS = 'https://docs.aws.amazon.com';

/** The pages, by service. */
export const SOURCES = {
  eventBridge: `${DOCS}/eventbridge/latest/userguide/eb-quota.html`,
  lambdaScaling: `${DOCS}/lambda/latest/dg/scaling-behavior.html`,
  lambdaQueues: `${DOCS}/lambda/latest/dg/services-sqs-scaling.html`,
  lambdaStreams: `${DOCS}/lambda/latest/dg/with-ddb.html`,
  queues: `${DOCS}/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html`,
  onDemand: `${DOCS}/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html`,
  partitions: `${DOCS}/amazondynamodb/latest/developerguide/warm-throughput-scenarios.html`,
  apiGateway: `${DOCS}/apigateway/latest/developerguide/limits.html`,
} as const;

/** Limits that differ between regions, each per second. */
export interface RegionLimits {
  /** PutEvents requests. */
  readonly putEvents: number;
  /** Events that EventBridge delivers to targets. Further ones are delayed, not refused. */
  readonly invocations: number;
  /** Requests of each API action of a FIFO queue with high throughput. */
  readonly fifoRequests: number;
  /** Requests to all APIs, and the size of the token bucket. */
  readonly apiRequests: number;
  readonly apiBurst: number;
}

const API = { apiRequests: 10_000, apiBurst: 5_000 };

/** A region of each size. */
export const REGIONS = {
  'us-east-1': { putEvents: 10_000, invocations: 18_750, fifoRequests: 70_000, ...API },
  'eu-central-1': { putEvents: 2_400, invocations: 4_500, fifoRequests: 19_000, ...API },
  'eu-north-1': { putEvents: 600, invocations: 1_100, fifoRequests: 2_400, ...API },
} as const satisfies Readonly<Record<string, RegionLimits>>;

export type Region = keyof typeof REGIONS;

export const LAMBDA = {
  /** Concurrent executions of an account and region. New accounts can have 10. */
  concurrency: 1_000,
  /** New execution environments of a function in 10 seconds, refilled continuously. */
  scaling: 1_000,
  scalingSeconds: 10,
  /** Batches of a queue that are processed concurrently at first, and how many more each minute. */
  firstPollers: 5,
  pollersPerMinute: 300,
  /** How often a shard of a stream is polled while it has no records. */
  streamPollsPerSecond: 4,
} as const;

export const SQS = {
  /** Messages of a queue that were received and neither deleted nor made visible again. */
  inFlight: 120_000,
} as const;

export const DYNAMODB = {
  /** Write units per second of a new table or index in on-demand mode. */
  newTable: 4_000,
  /** Write units per second of one partition, and so of one partition key. */
  partition: 1_000,
  /** Write units per second of one table or index, a quota of the account. */
  tableQuota: 40_000,
  /** A table serves twice the peak of the time before the last 30 minutes. */
  growth: 2,
  growthMinutes: 30,
} as const;
