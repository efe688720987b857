/** A Lambda function. */
export interface FunctionSettings {
  /** In milliseconds. */
  readonly timeout: number;
  readonly environment: Readonly<Record<string, string>>;
  /** How often Lambda retries an asynchronous invocation that failed. */
  readonly asyncRetries: number;
  /** The queue that receives asynchronous invocations that failed for good. */
  readonly onFailure?: string;
}

/** An SQS queue. Times are in milliseconds. */
export interface QueueSettings {
  readonly isFifo: boolean;
  readonly deduplicatesByGroup: boolean;
  readonly visibilityTimeout: number;
  readonly retention: number;
  readonly delay: number;
  readonly redrivePolicy?: { readonly deadLetterQueue: string; readonly maxReceiveCount: number };
}

/** Keys of a table or an index. */
export interface KeySettings {
  readonly partitionKey: string;
  readonly sortKey?: string;
}

/** A global secondary index. */
export interface IndexSettings extends KeySettings {
  /** The attributes that the index has besides the keys; undefined for all. */
  readonly projected?: readonly string[];
}

/** A DynamoDB table. */
export interface TableSettings extends KeySettings {
  readonly indexes: Readonly<Record<string, IndexSettings>>;
  /** They are as current as the table. */
  readonly localIndexes: Readonly<Record<string, IndexSettings>>;
  readonly streamViewType?: string;
  /** The attribute by which time to live deletes items. */
  readonly timeToLive?: string;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a pattern is JSON
export type Pattern = Record<string, any>;

/** An event source mapping. */
export interface MappingSettings {
  readonly functionName: string;
  readonly queue?: string;
  /** The table whose stream it reads. */
  readonly table?: string;
  readonly batchSize: number;
  readonly reportsBatchItemFailures: boolean;
  /** Patterns of which a record must match one; undefined where there is no filter. */
  readonly filters?: readonly Pattern[];
  readonly maxConcurrency: number;
  /** How long a batch that is not full waits for more records, in milliseconds. */
  readonly batchingWindow: number;
  /** The number of batches of a shard that are processed concurrently. */
  readonly parallelizationFactor: number;
  readonly bisectsBatch: boolean;
  readonly retries: number;
  /** In milliseconds. */
  readonly maxRecordAge: number;
  readonly onFailure?: string;
}

/** A target of a rule. */
export interface TargetSettings {
  readonly queue?: string;
  readonly functionName?: string;
  readonly deadLetterQueue?: string;
}

/** An EventBridge rule. */
export interface RuleSettings {
  readonly bus?: string;
  readonly pattern?: Pattern;
  /** The interval of a schedule, in milliseconds. */
  readonly interval?: number;
  readonly targets: readonly TargetSettings[];
}

/** A notification of a bucket about new objects. */
export interface NotificationSettings {
  readonly prefix: string;
  readonly queue: string;
}

/** The resources of a template as far as they are simulated, by name: the handler's of a function, else the id of the construct. */
export interface Deployment {
  readonly functions: Readonly<Record<string, FunctionSettings>>;
  readonly queues: Readonly<Record<string, QueueSettings>>;
  readonly tables: Readonly<Record<string, TableSettings>>;
  readonly mappings: Readonly<Record<string, MappingSettings>>;
  readonly rules: Readonly<Record<string, RuleSettings>>;
  readonly notifications: readonly NotificationSettings[];
  /** The values of SSM parameters. */
  readonly parameters: Readonly<Record<string, string>>;
}
