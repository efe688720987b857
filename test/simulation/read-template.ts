import type {
  Deployment, FunctionSettings, IndexSettings, KeySettings, MappingSettings, NotificationSettings, QueueSettings, RuleSettings, TableSettings,
  TargetSettings,
} from './deployment';
import { assertSimulated, TemplateResources, type PipelineTemplate } from './template-resources';

const QUEUE = 'AWS::SQS::Queue';
const FUNCTION = 'AWS::Lambda::Function';
const TABLE = 'AWS::DynamoDB::GlobalTable';

/** The defaults of the services, in seconds where they are times. */
const DEFAULTS = {
  functionTimeout: 3,
  asyncRetries: 2,
  visibilityTimeout: 30,
  queueRetention: 345_600,
  queueBatchSize: 10,
  streamBatchSize: 100,
  streamRetention: 86_400,
};

/* eslint-disable @typescript-eslint/no-explicit-any -- a template is JSON */

/** Reads from a template of a pipeline what is simulated. */
export function readTemplate(template: PipelineTemplate): Deployment {
  const resources = new TemplateResources(template);
  const all = <Settings>(type: string, read: (properties: any, name: string) => Settings): Record<string, Settings> =>
    Object.fromEntries(resources.ofType(type).map(([name, properties]) => [name, read(properties, name)]));
  const configs = resources.ofType('AWS::Lambda::EventInvokeConfig').map(([, properties]) => properties);
  const invokeConfigOf = (name: string) => configs.find(({ FunctionName }) => resources.referenced(FUNCTION, FunctionName) === name);
  return {
    functions: all(FUNCTION, (properties, name) => readFunction(resources, properties, invokeConfigOf(name))),
    queues: all(QUEUE, (properties, name) => readQueue(resources, properties, name)),
    tables: all(TABLE, readTable),
    mappings: all('AWS::Lambda::EventSourceMapping', (properties, name) => readMapping(resources, properties, name)),
    rules: all('AWS::Events::Rule', (properties, name) => readRule(resources, properties, name)),
    parameters: all('AWS::SSM::Parameter', ({ Value }) => resources.resolve(Value)),
    notifications: resources.ofType('AWS::S3::Bucket').flatMap(([, properties]) => readNotifications(resources, properties)),
  };
}

function readFunction(resources: TemplateResources, { Timeout, Environment }: any, invokeConfig: any = {}): FunctionSettings {
  return {
    timeout: milliseconds(Timeout ?? DEFAULTS.functionTimeout),
    environment: Object.fromEntries(Object.entries(Environment?.Variables ?? {}).map(([name, value]) => [name, environmentValue(resources, value)])),
    asyncRetries: invokeConfig.MaximumRetryAttempts ?? DEFAULTS.asyncRetries,
    onFailure: resources.referenced(QUEUE, invokeConfig.DestinationConfig?.OnFailure?.Destination),
  };
}

/** The key of page tokens contains a part of the stack's id, which no simulated function needs. */
const environmentValue = (resources: TemplateResources, value: unknown): string =>
  (JSON.stringify(value).includes('Fn::Select') ? 'not simulated' : resources.resolve(value));

function readQueue(resources: TemplateResources, properties: any, name: string): QueueSettings {
  assertSimulated(name, properties, [
    'ContentBasedDeduplication', 'DeduplicationScope', 'FifoQueue', 'FifoThroughputLimit', 'MessageRetentionPeriod', 'SqsManagedSseEnabled', 'RedrivePolicy',
    'VisibilityTimeout', 'DelaySeconds',
  ]);
  const { FifoQueue, DeduplicationScope, VisibilityTimeout, MessageRetentionPeriod, DelaySeconds, RedrivePolicy } = properties;
  if (properties.ContentBasedDeduplication) throw new Error(`ContentBasedDeduplication of ${name} is not simulated.`);
  return {
    isFifo: FifoQueue ?? false,
    deduplicatesByGroup: DeduplicationScope === 'messageGroup',
    visibilityTimeout: milliseconds(VisibilityTimeout ?? DEFAULTS.visibilityTimeout),
    retention: milliseconds(MessageRetentionPeriod ?? DEFAULTS.queueRetention),
    delay: milliseconds(DelaySeconds ?? 0),
    ...(RedrivePolicy ? {
      redrivePolicy: {
        deadLetterQueue: resources.referenced(QUEUE, RedrivePolicy.deadLetterTargetArn)!, maxReceiveCount: RedrivePolicy.maxReceiveCount,
      },
    } : {}),
  };
}

function readTable(properties: any): TableSettings {
  const { KeySchema, GlobalSecondaryIndexes = [], LocalSecondaryIndexes = [], StreamSpecification, TimeToLiveSpecification } = properties;
  return {
    ...readKeys(KeySchema),
    indexes: readIndexes(GlobalSecondaryIndexes),
    localIndexes: readIndexes(LocalSecondaryIndexes),
    streamViewType: StreamSpecification?.StreamViewType,
    ...(TimeToLiveSpecification?.Enabled ? { timeToLive: TimeToLiveSpecification.AttributeName } : {}),
  };
}

const readIndexes = (indexes: any[]): Record<string, IndexSettings> =>
  Object.fromEntries(indexes.map(({ IndexName, KeySchema, Projection }) => [IndexName, {
    ...readKeys(KeySchema), projected: Projection.ProjectionType === 'ALL' ? undefined : Projection.NonKeyAttributes ?? [],
  }]));

function readKeys(schema: readonly { readonly AttributeName: string; readonly KeyType: string }[]): KeySettings {
  const key = (type: string) => schema.find(({ KeyType }) => KeyType === type)?.AttributeName;
  return { partitionKey: key('HASH')!, sortKey: key('RANGE') };
}

function readMapping(resources: TemplateResources, properties: any, name: string): MappingSettings {
  assertSimulated(name, properties, [
    'BatchSize', 'BisectBatchOnFunctionError', 'DestinationConfig', 'EventSourceArn', 'FilterCriteria', 'FunctionName', 'FunctionResponseTypes', 'MaximumRetryAttempts',
    'MaximumBatchingWindowInSeconds', 'MaximumRecordAgeInSeconds', 'ParallelizationFactor', 'ScalingConfig', 'StartingPosition',
  ]);
  const { BatchSize, EventSourceArn, FunctionName, FunctionResponseTypes = [], FilterCriteria, ScalingConfig } = properties;
  const queue = resources.referenced(QUEUE, EventSourceArn);
  // The messages of a queue are delivered at once.
  if (queue && properties.MaximumBatchingWindowInSeconds) throw new Error(`MaximumBatchingWindowInSeconds of ${name} is not simulated.`);
  const unlimited = (value: number | undefined) => (value === undefined || value < 0 ? undefined : value);
  return {
    functionName: resources.referenced(FUNCTION, FunctionName)!,
    queue,
    table: resources.referenced(TABLE, EventSourceArn),
    batchSize: BatchSize ?? (queue ? DEFAULTS.queueBatchSize : DEFAULTS.streamBatchSize),
    reportsBatchItemFailures: FunctionResponseTypes.includes('ReportBatchItemFailures'),
    filters: FilterCriteria?.Filters.map(({ Pattern }: { Pattern: string }) => JSON.parse(Pattern)),
    maxConcurrency: ScalingConfig?.MaximumConcurrency ?? Infinity,
    batchingWindow: milliseconds(properties.MaximumBatchingWindowInSeconds ?? 0),
    parallelizationFactor: properties.ParallelizationFactor ?? 1,
    bisectsBatch: properties.BisectBatchOnFunctionError ?? false,
    retries: unlimited(properties.MaximumRetryAttempts) ?? Infinity,
    // A stream keeps its records for a day.
    maxRecordAge: milliseconds(Math.min(DEFAULTS.streamRetention, unlimited(properties.MaximumRecordAgeInSeconds) ?? Infinity)),
    onFailure: resources.referenced(QUEUE, properties.DestinationConfig?.OnFailure?.Destination),
  };
}

function readRule(resources: TemplateResources, properties: any, name: string): RuleSettings {
  assertSimulated(name, properties, ['EventBusName', 'EventPattern', 'ScheduleExpression', 'State', 'Targets']);
  const { EventBusName, EventPattern, ScheduleExpression, State, Targets = [] } = properties;
  return {
    bus: EventBusName && resources.resolve(EventBusName),
    pattern: EventPattern,
    interval: ScheduleExpression && intervalOf(ScheduleExpression),
    targets: State === 'DISABLED' ? [] : Targets.map((target: any) => readTarget(resources, target, name)),
  };
}

function readTarget(resources: TemplateResources, target: any, name: string): TargetSettings {
  // Retries take no time here: an event is delivered in the end, or EventBridge cannot deliver it at all.
  assertSimulated(`a target of ${name}`, target, ['Arn', 'DeadLetterConfig', 'Id', 'RetryPolicy']);
  return {
    queue: resources.referenced(QUEUE, target.Arn),
    functionName: resources.referenced(FUNCTION, target.Arn),
    deadLetterQueue: resources.referenced(QUEUE, target.DeadLetterConfig?.Arn),
  };
}

function readNotifications(resources: TemplateResources, { NotificationConfiguration }: any): NotificationSettings[] {
  return (NotificationConfiguration?.QueueConfigurations ?? []).map(({ Queue, Filter }: any) => ({
    queue: resources.referenced(QUEUE, Queue),
    prefix: Filter?.S3Key.Rules.find(({ Name }: { Name: string }) => Name === 'prefix')?.Value ?? '',
  }));
}

const MINUTES = { minute: 1, hour: 60, day: 1440 } as const;

function intervalOf(expression: string): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (!unit) throw new Error(`The schedule ${expression} is not simulated.`);
  return milliseconds(Number(count) * MINUTES[unit as keyof typeof MINUTES] * 60);
}

const milliseconds = (seconds: number): number => seconds * 1000;
