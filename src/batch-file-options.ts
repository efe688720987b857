import { Duration, Size, Token } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic, ITopicSubscription } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { CsvOptions } from './csv-options';
import type { CommonOptions, ConsumerOptions, OrderSizeOptions } from './options';
import { EXTRACT_ORDERS_TIMEOUT, VALIDATE_FILE_TIMEOUT } from './private/limits';
import { validateAutoDeleteObjects } from './private/removal';
import { durationBetween, integerBetween, notTogether, sizeBetween, type ValidationError } from './private/validate';
import { validateAccessLogsBucket } from './private/validate-access-logs-bucket';
import { validateAlertTopic } from './private/validate-alert-topic';
import { validateCommon, validateKeyRegion, validateOrderSize } from './private/validate-common';
import { validateConsumer } from './private/validate-consumer';
import { validateCsv } from './private/validate-csv';
import { sameEnvironment } from './private/validate-environment';
import { validateIgnoredNames, validateSuffixes } from './private/validate-file-filters';

/**
 * How a file with an invalid order is handled.
 */
export enum InvalidOrderPolicy {
  /** The valid orders are sent to the orders queue, the invalid ones are reported. */
  SKIP_ORDER = 'SKIP_ORDER',

  /** The file is rejected, and none of its orders are sent. */
  REJECT_FILE = 'REJECT_FILE',
}

/**
 * How an order of a file is handled if its ID belongs to a stored order with other content.
 */
export enum ExistingOrderPolicy {
  /** It is rejected with `DUPLICATE_ORDER_ID`, and the stored order stays as it is. */
  REJECT = 'REJECT',

  /**
   * It changes the stored order by what differs: every field that the order model allows to change can differ, and fields that it does not
   * have are removed. `OrderChanged` is published. It is rejected with `NOT_CHANGEABLE` if other fields differ, or if the stored order is
   * cancelled or fulfilled.
   */
  CHANGE = 'CHANGE',
}

/**
 * Options of `BatchFileIngest`.
 */
export interface BatchFileIngestOptions extends OrderSizeOptions {
  /**
   * An existing bucket for order files (under `incoming/`) and reports (under `reports/`). Each pipeline needs its own. CDK's custom
   * resource sets the notifications; lifecycle rules are up to the owner. The bucket should be versioned: in an unversioned bucket, a file
   * that is overwritten before it is read is rejected. Import an encrypted bucket with its key (`Bucket.fromBucketAttributes`).
   *
   * @default - a new bucket: private, encrypted, TLS only, versioned
   */
  readonly bucket?: IBucket;

  /**
   * Whether the bucket is emptied when the stack is deleted, by a custom resource of CDK. Can be set when `removalPolicy` is DESTROY and
   * there is no `bucket`.
   *
   * @default true when `removalPolicy` is DESTROY
   */
  readonly autoDeleteObjects?: boolean;

  /**
   * An existing bucket for the server access logs of the bucket of files, with the path of the construct as prefix: a bucket of the account and region without a KMS key,
   * which S3 does not use for logs. The policy of an imported bucket must allow `logging.s3.amazonaws.com` to put them. Cannot be set together with `bucket`.
   *
   * @default - no server access logs
   */
  readonly serverAccessLogsBucket?: IBucket;

  /**
   * Suffixes of the keys of order files, such as `.json` and `.json.gz`: 1 to 20, of which none ends with another. S3 does not notify the
   * pipeline of other objects under `incoming/`, so they leave no trace. Letters, digits, dots, hyphens and underscores, case-sensitive.
   *
   * @default - all objects under `incoming/` are order files, except for the ignored ones
   */
  readonly fileSuffixes?: string[];

  /**
   * Names of objects under `incoming/` that are ignored whatever their content, such as markers of other systems: at most 20, each the part of
   * a key after the last `/`, of 1 to 128 characters. One `*` in a name stands for any characters. An ignored object has no record, report or
   * alert. Empty objects named `.keep`, and empty objects whose key ends with `/`, are always ignored.
   *
   * @default ['_SUCCESS']
   */
  readonly ignoredFileNames?: string[];

  /**
   * Whether all empty objects under `incoming/` are ignored, for systems that create an object before they fill it.
   *
   * @default false - an empty file is rejected, because an export may have failed
   */
  readonly ignoreEmptyFiles?: boolean;

  /**
   * How CSV files are read; `{}` for the columns of `CsvColumn.standard()`. A file that does not begin with `[` or `{` is then CSV.
   *
   * @default - CSV files are rejected
   */
  readonly csv?: CsvOptions;

  /**
   * How a file with an invalid order is handled. A file in an invalid format is always rejected.
   *
   * @default InvalidOrderPolicy.SKIP_ORDER
   */
  readonly onInvalidOrder?: InvalidOrderPolicy;

  /**
   * How an order is handled if its ID belongs to a stored order with other content. `CHANGE` suits systems that export all of their orders
   * again and again: the latest file determines an order, also after changes over the API. Every file is extracted with the policy with which
   * it was validated.
   *
   * @default ExistingOrderPolicy.REJECT
   */
  readonly onExistingOrder?: ExistingOrderPolicy;

  /**
   * Maximum uncompressed size of a file, 1 KiB to 5 GiB. One invocation of at most 15 minutes validates a whole file.
   *
   * @default Size.gibibytes(1)
   */
  readonly maxFileSize?: Size;

  /**
   * Maximum number of orders in a file, 1 to 5 million. Validation needs 24 bytes of memory for each.
   *
   * @default 1_000_000
   */
  readonly maxOrdersPerFile?: number;

  /**
   * Retention of files in `incoming/`, whole days. Cannot be set together with `bucket`.
   *
   * @default Duration.days(90)
   */
  readonly fileRetention?: Duration;

  /**
   * Retention of reports in `reports/`, whole days, at least 20, because extraction reads them, even after a redrive. Cannot be set together
   * with `bucket`.
   *
   * @default Duration.days(90)
   */
  readonly reportRetention?: Duration;

  /**
   * Retention of items in the files table, at least 20 days, which is longer than the retention of the queues.
   *
   * @default Duration.days(90)
   */
  readonly fileHistoryRetention?: Duration;

  /**
   * An existing topic for alerts about rejected files and invalid orders, in the region of the stack: a standard topic, not a FIFO one. Import an
   * encrypted topic with its key (`Topic.fromTopicAttributes`); the key policy of a key of another account must allow the roles of the functions
   * `kms:Decrypt` and `kms:GenerateDataKey`, and the policy of a topic of another account must allow them to publish. Subscriptions are up to the
   * owner.
   *
   * @default - a new topic: encrypted, TLS only
   */
  readonly alertTopic?: ITopic;

  /**
   * Email addresses that receive alerts about rejected files and invalid orders. Each recipient has to confirm the subscription. Cannot be set
   * together with `alertTopic`.
   *
   * @default - none
   */
  readonly alertEmails?: string[];

  /**
   * Other subscriptions to these alerts, such as a queue, a function or a chat. Cannot be set together with `alertTopic`.
   *
   * @default - none
   */
  readonly alertSubscriptions?: ITopicSubscription[];

  /**
   * Options of the files queue and of `validate-file`, which consumes one file at a time.
   *
   * @default - see `ConsumerOptions`
   */
  readonly validateFile?: ConsumerOptions;

  /**
   * Options of the valid-files queue and of `extract-orders`, which consumes one file at a time.
   *
   * @default - see `ConsumerOptions`
   */
  readonly extractOrders?: ConsumerOptions;
}

/** A message can stay 4 days in a queue and 14 days in its dead-letter queue before it is redriven. */
const LONGER_THAN_QUEUES = Duration.days(20);

/** Validates the options of `BatchFileIngest`. */
export const validateFileIngestOptions = (scope: Construct, props: BatchFileIngestOptions & CommonOptions): ValidationError[] => [
  ...validateConsumer('validateFile', props.validateFile, VALIDATE_FILE_TIMEOUT),
  ...validateConsumer('extractOrders', props.extractOrders, EXTRACT_ORDERS_TIMEOUT),
  ...validateCommon(props),
  ...validateSuffixes(props.fileSuffixes),
  ...validateIgnoredNames(props.ignoredFileNames),
  ...validateCsv(props.csv),
  sizeBetween('maxFileSize', props.maxFileSize, Size.kibibytes(1), Size.gibibytes(5)),
  validateOrderSize(props),
  integerBetween('maxOrdersPerFile', props.maxOrdersPerFile, 1, 5_000_000),
  durationBetween('fileRetention', props.fileRetention, Duration.days(1), Duration.days(3650), 'days'),
  durationBetween('reportRetention', props.reportRetention, LONGER_THAN_QUEUES, Duration.days(3650), 'days'),
  durationBetween('fileHistoryRetention', props.fileHistoryRetention, LONGER_THAN_QUEUES, Duration.days(3650)),
  notTogether('bucket', props.bucket, 'fileRetention', props.fileRetention),
  notTogether('bucket', props.bucket, 'reportRetention', props.reportRetention),
  ...validateAccessLogsBucket(scope, props),
  sameEnvironment('bucket', scope, props.bucket, 'account and region', 'S3 sends notifications only within them; use a bucket of the stack, and replicate files to it'),
  ...validateAutoDeleteObjects(props),
  ...validateEmails(props.alertEmails),
  ...validateAlertTopic(scope, props.alertTopic),
  notTogether('alertTopic', props.alertTopic, 'alertEmails', props.alertEmails),
  notTogether('alertTopic', props.alertTopic, 'alertSubscriptions', props.alertSubscriptions),
  validateKeyRegion(scope, props.encryptionKey),
];

function validateEmails(addresses: readonly string[] = []): ValidationError[] {
  if (Token.isUnresolved(addresses)) return ['`alertEmails` must be known at synth, because each address becomes a subscription'];
  return addresses.map((address, index) => {
    if (addresses.indexOf(address) < index) return `\`alertEmails\` must contain each address once, got ${address} again`;
    return Token.isUnresolved(address) || /^[^@\s]+@[^@\s]+$/.test(address) ? undefined : `\`alertEmails\` must be email addresses, got ${address}`;
  });
}
