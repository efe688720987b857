import { CfnParameter, Duration, type Stack } from 'aws-cdk-lib';
import type { ConsumerOptions, QueueConsumerOptions } from 'cdk-order-pipeline';

const range = (prop: string, rule: string, given: string | number) => `\`${prop}\` must be ${rule}, got ${given}`;

/** Invalid options of a queue, each with its error. */
export const wrongQueueOptions = (prefix: string): [options: QueueConsumerOptions, message: string][] => [
  ...wrongConsumerOptions(prefix),
  ...([0, 11, 2.5] as const).map<[QueueConsumerOptions, string]>((batchSize) =>
    [{ batchSize }, range(`${prefix}.batchSize`, 'an integer between 1 and 10', batchSize)]),
];

/** The same for a queue whose batch size is not an option. */
export const wrongConsumerOptions = (prefix: string): [options: ConsumerOptions, message: string][] => [
  ...wrongHandlerOptions(prefix),
  ...wrongTimeouts(prefix, '15 minutes'),
  ...([1, 1001] as const).map<[ConsumerOptions, string]>((maxConcurrency) =>
    [{ maxConcurrency }, range(`${prefix}.maxConcurrency`, 'an integer between 2 and 1000', maxConcurrency)]),
  ...[Duration.seconds(59), Duration.days(6)].map<[ConsumerOptions, string]>((retryDuration) =>
    [{ retryDuration }, range(`${prefix}.retryDuration`, 'between 1 minute and 5 days', retryDuration.toHumanString())]),
  [{ retentionPeriod: Duration.seconds(59) }, range(`${prefix}.retentionPeriod`, 'between 1 minute and 14 days', '59 seconds')],
  [
    { deadLetterRetentionPeriod: Duration.days(15) },
    range(`${prefix}.deadLetterRetentionPeriod`, 'between 1 minute and 14 days', '15 days'),
  ],
  [
    { deadLetterRetentionPeriod: Duration.days(4) },
    range(`${prefix}.deadLetterRetentionPeriod`, `longer than \`${prefix}.retentionPeriod\` (4 days)`, '4 days'),
  ],
  [
    { retentionPeriod: Duration.days(14) },
    range(`${prefix}.deadLetterRetentionPeriod`, `longer than \`${prefix}.retentionPeriod\` (14 days)`, '14 days'),
  ],
  [
    {
      retryDuration: Duration.minutes(1),
      timeout: Duration.minutes(1),
      retentionPeriod: Duration.hours(3),
      deadLetterRetentionPeriod: Duration.hours(2),
    },
    range(`${prefix}.deadLetterRetentionPeriod`, `longer than \`${prefix}.retentionPeriod\` (3 hours)`, '2 hours'),
  ],
  [
    { timeout: Duration.minutes(1), retryDuration: Duration.hours(12), retentionPeriod: Duration.hours(24) },
    range(`${prefix}.retentionPeriod`, `at least 1 day 30 minutes, twice \`${prefix}.retryDuration\` and time for two more attempts`, '1 day'),
  ],
];

/** Invalid memory sizes of a handler. */
export const wrongHandlerOptions = (prefix: string): [options: QueueConsumerOptions, message: string][] =>
  [127, 10_241, 512.5].map((memorySize) => [{ memorySize }, range(`${prefix}.memorySize`, 'an integer between 128 and 10240', memorySize)]);

/** Invalid timeouts of a handler. */
export const wrongTimeouts = (prefix: string, longest: '29 seconds' | '15 minutes'): [options: QueueConsumerOptions, message: string][] =>
  [Duration.millis(999), Duration.minutes(16)].map((timeout) =>
    [{ timeout }, range(`${prefix}.timeout`, `between 1 second and ${longest}`, timeout.toHumanString())]);

/** Options of a queue that are tokens. A timeout, a retry duration and a retention cannot be tokens. */
export const parametersForQueue = (stack: Stack): QueueConsumerOptions => ({
  ...parametersForConsumer(stack),
  batchSize: new CfnParameter(stack, 'BatchSize', { type: 'Number' }).valueAsNumber,
});

/** The same for a queue whose batch size is not an option. */
export const parametersForConsumer = (stack: Stack, prefix = ''): ConsumerOptions => {
  const parameter = (id: string) => new CfnParameter(stack, `${prefix}${id}`, { type: 'Number' }).valueAsNumber;
  return {
    memorySize: parameter('MemorySize'),
    maxConcurrency: parameter('MaxConcurrency'),
    deadLetterRetentionPeriod: Duration.seconds(parameter('DeadLetterRetention')),
  };
};
