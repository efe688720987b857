import { Duration, Size } from 'aws-cdk-lib';
import { AttributeType, TableV2, type ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Alias } from 'aws-cdk-lib/aws-kms';
import { RecursiveLoop, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { SNS_SUBSCRIPTIONS_SQS_DECRYPTION_POLICY } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import type { BatchFileIngestOptions } from './batch-file-options';
import type { CommonOptions } from './options';
import { acknowledge } from './private/acknowledge';
import { BundledFunction } from './private/bundled-function';
import { DEFAULT_EVENT_SOURCE, FILE_KEY, FILES_BY_STATE, INVALID_ORDER_POLICY } from './private/contract';
import { validateFifo, validateFileIngestOptions } from './private/findings';
import {
  grantPutFiles, grantPublishAlerts, grantPutEventsToHandler, grantReadFiles, grantReportAccess, grantSendMessages, grantFilesTableAccess,
} from './private/grants';
import { EXTRACT_ORDERS_TIMEOUT, FILE_CONSUMER, MAX_ORDER_SIZE, VALIDATE_FILE_TIMEOUT } from './private/limits';
import { bucketInStack, addFileNotifications, OrderFilesBucket } from './private/order-files-bucket';
import { QueueWithDeadLetterQueue } from './private/queue-with-dead-letter-queue';
import { tableDefaults } from './private/table-defaults';
import { assertProps } from './private/validate';
import { withDefaults } from './private/with-defaults';

/**
 * Properties of `BatchFileIngest`.
 */
export interface BatchFileIngestProps extends CommonOptions, BatchFileIngestOptions {
  /**
   * The bus on which it is said what becomes of a file.
   */
  readonly eventBus: IEventBus;

  /**
   * The FIFO queue that takes the orders, such as `RealtimeOrderIngest.ordersQueue`.
   */
  readonly ordersQueue: IQueue;
}

/**
 * Takes orders from files: bucket (`incoming/`) → files queue → `validate-file` → valid-files queue → `extract-orders` → orders
 * queue.
 *
 * A file is a JSON array of orders, an object with `orders`, or one order per line (NDJSON), plain or gzip, in UTF-8. It is read
 * as a stream, so its size does not matter. Every order of it is reported in `reports/<fileId>.ndjson`, what became of the file is
 * in the files table, and people are told of a bad one.
 */
export class BatchFileIngest extends Construct {
  /** Where files are dropped, under `incoming/`, and where reports are, under `reports/`: the bucket given, or a new one. */
  public readonly bucket: IBucket;

  /** A message for every upload. */
  public readonly filesQueue: Queue;

  /** Notifications that could not be worked on. */
  public readonly filesDeadLetterQueue: Queue;

  /** A message for every file that was checked and not rejected. */
  public readonly validFilesQueue: Queue;

  /** Files whose orders could not all be sent. */
  public readonly validFilesDeadLetterQueue: Queue;

  /** What became of every file. Partition key `fileId`; the index `byState` lists files by state and `receivedAt`. */
  public readonly filesTable: ITableV2;

  /** Gets a message for every bad file, encrypted. */
  public readonly alertTopic: Topic;

  /** Consumes the files queue: checks a file to its end and reports on it. */
  public readonly validateFileFunction: LambdaFunction;

  /** Consumes the valid-files queue: puts the orders of a file into the orders queue. */
  public readonly extractOrdersFunction: LambdaFunction;

  constructor(scope: Construct, id: string, props: BatchFileIngestProps) {
    super(scope, id);
    assertProps(this, [...validateFileIngestOptions(this, props), validateFifo('ordersQueue', props.ordersQueue)]);
    const { encryptionKey, eventBus } = props;
    // CDK would name the topic in the policy of a subscribed queue's key, which may be the topic's: a circle.
    if (encryptionKey) this.node.setContext(SNS_SUBSCRIPTIONS_SQS_DECRYPTION_POLICY, false);
    const eventSource = props.eventSource ?? DEFAULT_EVENT_SOURCE;
    const queueProps = { fifo: false, encryptionKey };
    const validating = { ...queueProps, ...withDefaults({ ...FILE_CONSUMER, timeout: VALIDATE_FILE_TIMEOUT }, props.validateFile), batchSize: 1 };
    const extracting = { ...queueProps, ...withDefaults({ ...FILE_CONSUMER, timeout: EXTRACT_ORDERS_TIMEOUT }, props.extractOrders), batchSize: 1 };

    const files = new QueueWithDeadLetterQueue(this, 'Files', validating);
    const validFiles = new QueueWithDeadLetterQueue(this, 'ValidFiles', extracting);
    [this.filesQueue, this.filesDeadLetterQueue] = [files.queue, files.deadLetterQueue];
    [this.validFilesQueue, this.validFilesDeadLetterQueue] = [validFiles.queue, validFiles.deadLetterQueue];
    const existing = props.bucket && bucketInStack(this, props.bucket);
    if (existing) addFileNotifications(existing, files.queue);
    this.bucket = existing ?? new OrderFilesBucket(this, 'Bucket', { ...props, notify: files.queue });
    this.filesTable = this.createTable(props);
    this.alertTopic = this.createTopic(props);

    this.validateFileFunction = new BundledFunction(this, 'ValidateFile', {
      ...props,
      ...validating,
      handler: 'validate-file',
      description: 'Checks an order file and reports on every order in it',
      environment: settings(props),
    });
    grantFilesTableAccess(this.validateFileFunction, this.filesTable, 'dynamodb:PutItem', 'dynamodb:UpdateItem');
    grantReadFiles(this.validateFileFunction, this.bucket);
    grantReportAccess(this.validateFileFunction, this.bucket, 's3:PutObject', 's3:AbortMultipartUpload');
    grantSendMessages(this.validateFileFunction, this.validFilesQueue, 'VALID_FILES_QUEUE_URL');
    grantPublishAlerts(this.validateFileFunction, this.alertTopic, encryptionKey);
    grantPutEventsToHandler(this.validateFileFunction, eventBus, eventSource);
    grantSendMessages(this.validateFileFunction, this.filesDeadLetterQueue, 'DEAD_LETTER_QUEUE_URL');
    files.feed(this.validateFileFunction, 'FILES_QUEUE_URL');

    this.extractOrdersFunction = new BundledFunction(this, 'ExtractOrders', {
      ...props,
      ...extracting,
      handler: 'extract-orders',
      description: 'Puts the valid orders of a file into the orders queue',
      // It wakes itself through its queue when a file takes longer than an invocation, and only after it got on.
      recursiveLoop: RecursiveLoop.ALLOW,
    });
    grantFilesTableAccess(this.extractOrdersFunction, this.filesTable, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    grantReadFiles(this.extractOrdersFunction, this.bucket);
    grantReportAccess(this.extractOrdersFunction, this.bucket, 's3:GetObject', 's3:PutObject');
    grantSendMessages(this.extractOrdersFunction, this.validFilesQueue, 'VALID_FILES_QUEUE_URL');
    grantSendMessages(this.extractOrdersFunction, props.ordersQueue, 'ORDERS_QUEUE_URL');
    grantPutEventsToHandler(this.extractOrdersFunction, eventBus, eventSource);
    grantSendMessages(this.extractOrdersFunction, this.validFilesDeadLetterQueue, 'DEAD_LETTER_QUEUE_URL');
    validFiles.feed(this.extractOrdersFunction);
  }

  /**
   * Lets somebody drop files under `incoming/`.
   *
   * @param grantee who may.
   */
  public grantPutFiles(grantee: IGrantable): Grant {
    return grantPutFiles(grantee, this.bucket);
  }

  private createTable(props: BatchFileIngestProps): TableV2 {
    const { indexName, partitionKey, sortKey } = FILES_BY_STATE;
    return new TableV2(this, 'FilesTable', {
      ...tableDefaults(props),
      partitionKey: { name: FILE_KEY, type: AttributeType.STRING },
      globalSecondaryIndexes: [{
        indexName,
        partitionKey: { name: partitionKey, type: AttributeType.STRING },
        sortKey: { name: sortKey, type: AttributeType.STRING },
      }],
    });
  }

  private createTopic({ encryptionKey, alertEmails = [], alertSubscriptions = [] }: BatchFileIngestProps): Topic {
    const topic = new Topic(this, 'AlertTopic', {
      enforceSSL: true,
      masterKey: encryptionKey ?? Alias.fromAliasName(this, 'SnsKey', 'alias/aws/sns'),
    });
    for (const address of alertEmails) acknowledge(topic.addSubscription(new EmailSubscription(address)), [NO_DEAD_MAIL]);
    for (const subscription of alertSubscriptions) topic.addSubscription(subscription);
    return topic;
  }
}

/** A subscription of the app's own brings its own dead-letter queue. */
const NO_DEAD_MAIL = { id: 'Serverless-SNSRedrivePolicy', reason: 'A mail that does not arrive loses nothing: the event on the bus and the files table say the same.' };

const settings = ({ onInvalidOrder, maxFileSize, maxOrderSize, maxOrdersPerFile, fileHistoryRetention }: BatchFileIngestOptions) => ({
  ON_INVALID_ORDER: onInvalidOrder ?? INVALID_ORDER_POLICY.SKIP_ORDER,
  MAX_FILE_SIZE: String((maxFileSize ?? Size.gibibytes(1)).toBytes()),
  MAX_ORDER_SIZE: String((maxOrderSize ?? MAX_ORDER_SIZE).toBytes()),
  MAX_ORDERS_PER_FILE: String(maxOrdersPerFile ?? 1_000_000),
  FILE_HISTORY_RETENTION: String((fileHistoryRetention ?? Duration.days(90)).toSeconds()),
});
