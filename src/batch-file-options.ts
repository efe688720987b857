import type { Duration, Size } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopicSubscription } from 'aws-cdk-lib/aws-sns';
import type { ConsumerOptions, OrderSizeOptions } from './options';

/**
 * What happens to a file in which an order is invalid.
 */
export enum InvalidOrderPolicy {
  /** The valid orders are sent, the invalid ones are reported. */
  SKIP_ORDER = 'SKIP_ORDER',

  /** Nothing of the file is sent: it is taken as a whole or not at all. */
  REJECT_FILE = 'REJECT_FILE',
}

/**
 * What can be chosen about order files.
 */
export interface BatchFileIngestOptions extends OrderSizeOptions {
  /**
   * An existing bucket for order files, which are still dropped under `incoming/` and reported on under `reports/`: one bucket for
   * one pipeline. Its notifications are set by CDK's own custom resource, its lifecycle rules are its owner's, and it should keep
   * versions: without them a file that is overwritten before it was read is rejected. An imported bucket with a key has to be
   * imported with it (`Bucket.fromBucketAttributes`).
   *
   * @default - a new bucket: private, encrypted, TLS only, with versions
   */
  readonly bucket?: IBucket;

  /**
   * What happens to a file in which an order is invalid. A file that is no order file at all is rejected in any case.
   *
   * @default InvalidOrderPolicy.SKIP_ORDER
   */
  readonly onInvalidOrder?: InvalidOrderPolicy;

  /**
   * The largest file that is taken, uncompressed: 1 KiB to 5 GiB, which one invocation can check in its 15 minutes.
   *
   * @default Size.gibibytes(1)
   */
  readonly maxFileSize?: Size;

  /**
   * How many orders a file may have, 1 to 5 million. Checking a file takes 24 bytes of memory for each.
   *
   * @default 1_000_000
   */
  readonly maxOrdersPerFile?: number;

  /**
   * How long files stay in `incoming/`, whole days. Not together with `bucket`.
   *
   * @default Duration.days(90)
   */
  readonly fileRetention?: Duration;

  /**
   * How long reports stay in `reports/`, whole days, at least 20: extraction reads one of them, also after a redrive. Not together
   * with `bucket`.
   *
   * @default Duration.days(90)
   */
  readonly reportRetention?: Duration;

  /**
   * How long the files table remembers a file, at least 20 days: longer than the queues do.
   *
   * @default Duration.days(90)
   */
  readonly fileHistoryRetention?: Duration;

  /**
   * Email addresses that are told of bad files. Each has to confirm first.
   *
   * @default - none
   */
  readonly alertEmails?: string[];

  /**
   * Others that are told of bad files, such as a queue, a function or a chat.
   *
   * @default - none
   */
  readonly alertSubscriptions?: ITopicSubscription[];

  /**
   * The files queue and `validate-file`, which consumes it a file at a time.
   *
   * @default - see `ConsumerOptions`
   */
  readonly validateFile?: ConsumerOptions;

  /**
   * The valid-files queue and `extract-orders`, which consumes it a file at a time.
   *
   * @default - see `ConsumerOptions`
   */
  readonly extractOrders?: ConsumerOptions;
}
