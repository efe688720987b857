import { Duration, Resource, Stack, Token } from 'aws-cdk-lib';
import { StartingPosition, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { durationAbove, durationBetween, integerBetween, type ValidationError } from './private/validate';

/**
 * Options of a consumer of an `OrderStream`.
 */
export interface OrderStreamConsumerOptions {
  /**
   * The function that consumes the events, in the same stack as the stream. Import a function with its role.
   */
  readonly consumerFunction: IFunction;

  /**
   * The types of events that the function receives, such as `OrderConfirmed`, at least one.
   *
   * @default - all events
   */
  readonly eventTypes?: string[];

  /**
   * Whether the function has its own throughput of 2 MB per second and shard, and receives events within about 70 milliseconds. Kinesis bills it in
   * addition. Without it, all consumers of a shard share 2 MB and 5 reads per second.
   *
   * @default false
   */
  readonly enhancedFanOut?: boolean;

  /**
   * Where a new consumer begins: `TRIM_HORIZON`, with the oldest event of the stream, or `LATEST`, with new ones.
   *
   * @default StartingPosition.TRIM_HORIZON
   */
  readonly startingPosition?: StartingPosition;

  /**
   * The maximum number of events that the function receives at once, 1 to 10000.
   *
   * @default 100
   */
  readonly batchSize?: number;

  /**
   * How long Lambda collects events before it invokes the function, up to 5 minutes.
   *
   * @default - none
   */
  readonly maxBatchingWindow?: Duration;

  /**
   * The concurrent invocations for each shard, 1 to 10. The events of an order are never in two of them.
   *
   * @default 1
   */
  readonly parallelizationFactor?: number;

  /**
   * How long a failed event is retried, from its arrival on, 1 minute to 7 days. Later events of the shard wait for it. It must be shorter than
   * `streamRetention`.
   *
   * @default Duration.hours(24)
   */
  readonly maxRecordAge?: Duration;

  /**
   * How often a failed event is retried, 0 to 10000 times.
   *
   * @default - until `maxRecordAge`
   */
  readonly retryAttempts?: number;
}

/** How long a consumer retries an event: as long as a queue does. */
export const MAX_RECORD_AGE = Duration.hours(24);

interface Props extends OrderStreamConsumerOptions {
  readonly streamRetention?: Duration;
}

/** Validates a consumer of a stream. */
export function validateStreamConsumer(scope: Construct, props: Props): ValidationError[] {
  const { consumerFunction, eventTypes, startingPosition, maxRecordAge, streamRetention } = props;
  return [
    validateStack(scope, consumerFunction),
    validateRole(consumerFunction),
    eventTypes === undefined || eventTypes.length > 0 ? undefined : '`eventTypes` must contain at least one type, got none; omit it for all events',
    ...(eventTypes ?? []).map(validateEventType),
    startingPosition === StartingPosition.AT_TIMESTAMP ? '`startingPosition` must be TRIM_HORIZON or LATEST, got AT_TIMESTAMP; replay the events before with `npx cdk-order-pipeline replay-stream`' : undefined,
    integerBetween('batchSize', props.batchSize, 1, 10_000),
    durationBetween('maxBatchingWindow', props.maxBatchingWindow, Duration.seconds(0), Duration.minutes(5)),
    integerBetween('parallelizationFactor', props.parallelizationFactor, 1, 10),
    durationBetween('maxRecordAge', maxRecordAge, Duration.minutes(1), Duration.days(7)),
    integerBetween('retryAttempts', props.retryAttempts, 0, 10_000),
    validateRecordAge(maxRecordAge ?? MAX_RECORD_AGE, streamRetention),
  ];
}

/** An event that leaves the stream would not reach the dead-letter queue. */
const validateRecordAge = (age: Duration, retention: Duration | undefined): ValidationError =>
  (retention === undefined || durationAbove('', retention, '', age) === undefined
    ? undefined
    : `\`maxRecordAge\` must be shorter than \`streamRetention\` (${retention.toHumanString()}), got ${age.toHumanString()}`);

/** The function reads the stream, and the alarm of the consumer reads the metric of the function: two stacks would depend on each other. */
const validateStack = (scope: Construct, consumerFunction: IFunction): ValidationError =>
  (Resource.isOwnedResource(consumerFunction) && Stack.of(consumerFunction) !== Stack.of(scope)
    ? `\`consumerFunction\` must be in the stack of the stream, got ${consumerFunction.node.path}; in another stack, add a KinesisEventSource with the property \`dataStream\` to the function`
    : undefined);

const validateRole = ({ role, node }: IFunction): ValidationError =>
  (role ? undefined : `\`consumerFunction\` must have a role, got ${node.path}, which is imported without one; import it with Function.fromFunctionAttributes and its role`);

const validateEventType = (type: string): ValidationError =>
  (Token.isUnresolved(type) || (type.length >= 1 && type.length <= 128) ? undefined : `\`eventTypes\` must have 1 to 128 characters each, got ${type.length}`);
