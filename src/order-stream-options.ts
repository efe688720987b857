import { Duration, RemovalPolicy, Size, Token } from 'aws-cdk-lib';
import type { IStream } from 'aws-cdk-lib/aws-kinesis';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { CommonOptions, QueueConsumerOptions } from './options';
import { cannotBeSet, durationBetween, integerBetween, sizeBetween, type ValidationError } from './private/validate';
import { validateAccessLogsBucket } from './private/validate-access-logs-bucket';
import { validateQueueConsumer } from './private/validate-consumer';
import { sameEnvironment } from './private/validate-environment';
import { withDefaults } from './private/with-defaults';

/**
 * Options of `OrderStream`.
 */
export interface OrderStreamOptions {
  /**
   * An existing Kinesis data stream to use. Import an encrypted stream with its key.
   *
   * @default - a new stream
   */
  readonly dataStream?: IStream;

  /**
   * The number of shards of a new stream, 1 to 10000. A shard accepts 1 MB or 1000 events per second.
   *
   * @default - on-demand: Kinesis adapts the capacity to the traffic
   */
  readonly shardCount?: number;

  /**
   * How long a new stream keeps events for its consumers, 24 hours to 365 days, whole hours. It must be longer than `maxRecordAge` of every
   * consumer. Kinesis bills what exceeds 24 hours.
   *
   * @default Duration.hours(48)
   */
  readonly streamRetention?: Duration;

  /**
   * An existing bucket to use. Import an encrypted bucket with its key.
   *
   * @default - a new bucket: private, encrypted, TLS only
   */
  readonly bucket?: IBucket;

  /**
   * An existing bucket for the server access logs of the bucket of events, with the path of the construct as prefix: a bucket of the account and region without a KMS key,
   * which S3 does not use for logs. The policy of an imported bucket must allow `logging.s3.amazonaws.com` to put them. Cannot be set together with `bucket`.
   *
   * @default - no server access logs; in an `OrderPipeline`, its own `serverAccessLogsBucket`
   */
  readonly serverAccessLogsBucket?: IBucket;

  /**
   * The beginning of all keys in the bucket, up to 128 letters, digits and any of `/ _ . -`, ending with a slash. Two streams need different ones
   * in the same bucket.
   *
   * @default - none: events are under `events/`
   */
  readonly prefix?: string;

  /**
   * Retention of the objects with events in a new bucket, 1 to 36500 days.
   *
   * @default - events are kept indefinitely
   */
  readonly eventRetention?: Duration;

  /**
   * Whether a new bucket is emptied when its stack is deleted, where `removalPolicy` is DESTROY. CDK does it by a custom resource.
   *
   * @default - true; in an `OrderPipeline`, its own `autoDeleteObjects`
   */
  readonly autoDeleteObjects?: boolean;

  /**
   * How long Firehose collects events before it writes an object, 0 to 15 minutes. Athena reads few large objects faster than many small ones.
   *
   * @default Duration.minutes(5)
   */
  readonly bufferingInterval?: Duration;

  /**
   * The size of collected events, before compression, from which Firehose writes an object earlier, 1 to 128 MiB.
   *
   * @default Size.mebibytes(64)
   */
  readonly bufferingSize?: Size;

  /**
   * Whether there are an Athena workgroup and named queries for the events.
   *
   * @default true
   */
  readonly queries?: boolean;

  /**
   * The name of the Glue database, 1 to 128 lower-case letters, digits and underscores, unique in the account and region. The Athena workgroup
   * has the same name.
   *
   * @default - derived from the name of the stack and the path of the construct
   */
  readonly databaseName?: string;

  /**
   * Options of the stream queue and of `publish-to-stream`, which consumes it.
   *
   * @default - see `QueueConsumerOptions`
   */
  readonly publishToStream?: QueueConsumerOptions;
}

/** The options of the stream of a pipeline, whose own option `bucket` is that of order files. */
export function streamOptionsOf(
  { autoDeleteObjects, serverAccessLogsBucket }: Pick<OrderStreamOptions, 'autoDeleteObjects' | 'serverAccessLogsBucket'>, stream: OrderStreamOptions,
): OrderStreamOptions {
  // The owner of an existing bucket configures it.
  const ofNewBucket = stream.bucket ? {} : { autoDeleteObjects, serverAccessLogsBucket };
  return withDefaults({ bucket: undefined, autoDeleteObjects: undefined, serverAccessLogsBucket: undefined, ...ofNewBucket }, stream);
}

/** The retention of a new stream. */
export const STREAM_RETENTION = Duration.hours(48);

const MAX_BUFFERING_SIZE = Size.mebibytes(128);

/** Validates the options of `OrderStream`. `path` is the path to them in the props of the app, such as `stream.`. */
export function validateStreamOptions(scope: Construct, props: OrderStreamOptions & Pick<CommonOptions, 'removalPolicy'>, path = ''): ValidationError[] {
  const { dataStream, bucket } = props;
  const isRetained = props.removalPolicy !== RemovalPolicy.DESTROY;
  return [
    ...(dataStream ? cannotBeSet(props, ['shardCount', 'streamRetention'], `together with \`${path}dataStream\``, path) : []),
    ...(bucket ? cannotBeSet(props, ['eventRetention', 'autoDeleteObjects'], `together with \`${path}bucket\``, path) : []),
    ...(isRetained ? cannotBeSet(props, ['autoDeleteObjects'], 'when `removalPolicy` is not DESTROY', path) : []),
    sameEnvironment(`${path}dataStream`, scope, dataStream, 'account and region', 'use a stream of the stack, or deploy the stack where the stream is'),
    ...validateAccessLogsBucket(scope, props, path),
    sameEnvironment(`${path}bucket`, scope, bucket, 'region', 'use a bucket of the region, from which S3 replicates to other regions'),
    integerBetween(`${path}shardCount`, props.shardCount, 1, 10_000),
    validateStreamRetention(`${path}streamRetention`, props.streamRetention),
    validateText(`${path}prefix`, props.prefix, /^[A-Za-z0-9/_.-]{0,127}\/$/, 'have up to 128 letters, digits and any of / _ . -, and end with a slash'),
    durationBetween(`${path}eventRetention`, props.eventRetention, Duration.days(1), Duration.days(36_500), 'days'),
    durationBetween(`${path}bufferingInterval`, props.bufferingInterval, Duration.seconds(0), Duration.minutes(15)),
    sizeBetween(`${path}bufferingSize`, props.bufferingSize, Size.mebibytes(1), MAX_BUFFERING_SIZE),
    validateText(`${path}databaseName`, props.databaseName, /^[a-z0-9_]{1,128}$/, 'have 1 to 128 lower-case letters, digits and underscores'),
    ...validateQueueConsumer(`${path}publishToStream`, props.publishToStream),
  ];
}

function validateStreamRetention(prop: string, retention: Duration | undefined): ValidationError {
  const error = durationBetween(prop, retention, Duration.hours(24), Duration.days(365));
  if (error !== undefined || retention === undefined || retention.isUnresolved()) return error;
  return retention.toSeconds() % 3600 === 0 ? undefined : `\`${prop}\` must be a whole number of hours, got ${retention.toHumanString()}`;
}

const validateText = (prop: string, text: string | undefined, pattern: RegExp, rule: string): ValidationError =>
  (text === undefined || Token.isUnresolved(text) || pattern.test(text) ? undefined : `\`${prop}\` must ${rule}, got ${text}`);
