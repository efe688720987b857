import { AttributeType, TableV2, type ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Alias } from 'aws-cdk-lib/aws-kms';
import { RecursiveLoop, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Topic, type ITopic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { SNS_SUBSCRIPTIONS_SQS_DECRYPTION_POLICY } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import { validateFileIngestOptions, type BatchFileIngestOptions } from './batch-file-options';
import type { CommonOptions } from './options';
import { acknowledge } from './private/acknowledge';
import { BundledFunction, serviceNameOf } from './private/bundled-function';
import { tenantError } from './private/callers/validate-callers';
import { FILE_KEYS, FILES_BY_STATE } from './private/contract';
import { useBucket } from './private/existing-bucket';
import { fileSettings } from './private/file-settings';
import {
  grantPutFiles, grantPublishAlerts, grantPutEventsToHandler, grantReadFiles, grantReportAccess, grantSendMessages, grantFilesTableAccess,
} from './private/grants';
import { EXTRACT_ORDERS_TIMEOUT, FILE_CONSUMER, VALIDATE_FILE_TIMEOUT } from './private/limits';
import { OrderFilesBucket } from './private/order-files-bucket';
import { pipelineEvents } from './private/pipeline-events';
import { describePart } from './private/pipeline-part';
import { QueueWithDeadLetterQueue } from './private/queue-with-dead-letter-queue';
import { rejectedFilesAlarm } from './private/rejected-files-alarm';
import { tableDefaults } from './private/table-defaults';
import { assertProps } from './private/validate';
import { validateOrdersQueue } from './private/validate-orders-queue';
import { withDefaults } from './private/with-defaults';

/**
 * Properties of `BatchFileIngest`.
 */
export interface BatchFileIngestProps extends CommonOptions, BatchFileIngestOptions {
  /**
   * The bus on which outcomes of files are published.
   */
  readonly eventBus: IEventBus;

  /**
   * The FIFO queue of orders, such as `RealtimeOrderIngest.ordersQueue`.
   */
  readonly ordersQueue: IQueue;
}

/**
 * Receives orders in files: bucket (`incoming/`) → files queue → `validate-file` → valid-files queue → `extract-orders` → orders queue.
 *
 * A file is a JSON array of orders, an object with an array `orders`, one order per line (NDJSON), one order as an object, or CSV (`csv`), in
 * UTF-8, plain or compressed with gzip. Handlers read it as a stream, so memory does not limit its size. `reports/<fileId>.ndjson` has the result for every
 * order, the files table has the state of every file, and the alert topic receives a message for each rejected file and each file with invalid
 * orders.
 */
export class BatchFileIngest extends Construct {
  /** The bucket of files (`incoming/`) and reports (`reports/`): the existing one of the props, or a new one. */
  public readonly bucket: IBucket;

  /** Receives a message for every uploaded file. */
  public readonly filesQueue: Queue;

  /** The dead-letter queue of the files queue. */
  public readonly filesDeadLetterQueue: Queue;

  /** Receives a message for every valid file. */
  public readonly validFilesQueue: Queue;

  /** The dead-letter queue of the valid-files queue: files whose orders are not all in the orders queue. */
  public readonly validFilesDeadLetterQueue: Queue;

  /**
   * The state of every file and the outcomes of its orders. Partition key `fileId`, sort key `part`; the index `byState` lists files by state and
   * `receivedAt`.
   */
  public readonly filesTable: ITableV2;

  /** Receives alerts about rejected files, and files with invalid or rejected orders: the existing topic of the props, or a new one. */
  public readonly alertTopic: ITopic;

  /** Consumes the files queue: validates a whole file and writes the report. */
  public readonly validateFileFunction: LambdaFunction;

  /** Consumes the valid-files queue: sends the orders of a file to the orders queue. */
  public readonly extractOrdersFunction: LambdaFunction;

  constructor(scope: Construct, id: string, props: BatchFileIngestProps) {
    super(scope, id);
    assertProps(this, [...validateFileIngestOptions(this, props), ...validateOrdersQueue(this, props.ordersQueue, 'BatchFileIngest')]);
    const { encryptionKey, removalPolicy } = props;
    // CDK adds the topic to the key policy of a subscribed queue, which causes a dependency cycle when the topic has the same key.
    if (encryptionKey) this.node.setContext(SNS_SUBSCRIPTIONS_SQS_DECRYPTION_POLICY, false);
    const events = pipelineEvents(this, props);
    const queueProps = { fifo: false, encryptionKey, removalPolicy };
    const validating = { ...queueProps, ...withDefaults({ ...FILE_CONSUMER, timeout: VALIDATE_FILE_TIMEOUT }, props.validateFile), batchSize: 1 };
    const extracting = { ...queueProps, ...withDefaults({ ...FILE_CONSUMER, timeout: EXTRACT_ORDERS_TIMEOUT }, props.extractOrders), batchSize: 1 };

    const files = new QueueWithDeadLetterQueue(this, 'Files', validating);
    const validFiles = new QueueWithDeadLetterQueue(this, 'ValidFiles', extracting);
    [this.filesQueue, this.filesDeadLetterQueue] = [files.queue, files.deadLetterQueue];
    [this.validFilesQueue, this.validFilesDeadLetterQueue] = [validFiles.queue, validFiles.deadLetterQueue];
    this.bucket = props.bucket
      ? useBucket(this, props.bucket, files.queue, props.fileSuffixes)
      : new OrderFilesBucket(this, 'Bucket', { ...props, notify: files.queue });
    this.filesTable = this.createTable(props);
    this.alertTopic = props.alertTopic ?? this.createTopic(props);

    this.validateFileFunction = new BundledFunction(this, 'ValidateFile', {
      ...props,
      ...validating,
      handler: 'validate-file',
      description: 'Validates an order file and reports the result for every order',
      environment: fileSettings(props),
    });
    grantFilesTableAccess(this.validateFileFunction, this.filesTable, 'dynamodb:PutItem', 'dynamodb:UpdateItem');
    grantReadFiles(this.validateFileFunction, this.bucket);
    grantReportAccess(this.validateFileFunction, this.bucket, 's3:PutObject', 's3:AbortMultipartUpload');
    grantSendMessages(this.validateFileFunction, this.validFilesQueue, 'VALID_FILES_QUEUE_URL');
    grantPublishAlerts(this.validateFileFunction, this.alertTopic);
    grantPutEventsToHandler(this.validateFileFunction, events);
    grantSendMessages(this.validateFileFunction, this.filesDeadLetterQueue, 'DEAD_LETTER_QUEUE_URL');
    files.addConsumer(this.validateFileFunction);

    this.extractOrdersFunction = new BundledFunction(this, 'ExtractOrders', {
      ...props,
      ...extracting,
      handler: 'extract-orders',
      description: 'Sends the valid orders of a file to the orders queue',
      // It sends itself a message when a file takes longer than one invocation, and only after progress.
      recursiveLoop: RecursiveLoop.ALLOW,
    });
    grantFilesTableAccess(this.extractOrdersFunction, this.filesTable, 'dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:Query');
    grantReadFiles(this.extractOrdersFunction, this.bucket);
    grantReportAccess(this.extractOrdersFunction, this.bucket, 's3:GetObject', 's3:PutObject');
    grantSendMessages(this.extractOrdersFunction, this.validFilesQueue, 'QUEUE_URL');
    grantSendMessages(this.extractOrdersFunction, props.ordersQueue, 'ORDERS_QUEUE_URL');
    grantPublishAlerts(this.extractOrdersFunction, this.alertTopic);
    grantPutEventsToHandler(this.extractOrdersFunction, events);
    grantSendMessages(this.extractOrdersFunction, this.validFilesDeadLetterQueue, 'DEAD_LETTER_QUEUE_URL');
    validFiles.addConsumer(this.extractOrdersFunction);
    this.describe(props);
  }

  /**
   * Grants a principal to upload files under `incoming/`.
   *
   * @param grantee the principal that uploads files.
   * @param tenant  the tenant of the files, in a pipeline with tenants; by default, files of all tenants.
   * @throws Error when it is not the name of a tenant.
   */
  public grantPutFiles(grantee: IGrantable, tenant?: string): Grant {
    if (tenant !== undefined) assertProps(this, [tenantError(tenant)]);
    return grantPutFiles(grantee, this.bucket, tenant);
  }

  private describe(props: BatchFileIngestProps): void {
    const { bucket, validateFileFunction, extractOrdersFunction } = this;
    describePart(this, {
      name: 'Files',
      serviceName: serviceNameOf(this, props),
      consumers: [
        { name: 'files', queue: this.filesQueue, deadLetterQueue: this.filesDeadLetterQueue, function: validateFileFunction },
        { name: 'valid-files', queue: this.validFilesQueue, deadLetterQueue: this.validFilesDeadLetterQueue, function: extractOrdersFunction },
      ],
      tables: [this.filesTable],
      outcomes: [
        { graph: 'Orders by outcome', metric: 'OrderExtracted', label: 'from files' },
        { graph: 'Files', metric: 'FileValidated', label: 'accepted' },
        { graph: 'Files', metric: 'FileRejected', label: 'rejected' },
        { graph: 'Files', metric: 'FileCompleted', label: 'completed' },
        { graph: 'Files', metric: 'FileIgnored', label: 'ignored' },
        { graph: 'Files', metric: 'FileContinued', label: 'continued by another invocation' },
      ],
      alarms: [rejectedFilesAlarm(bucket, validateFileFunction)],
    });
  }

  private createTable(props: BatchFileIngestProps): TableV2 {
    const { indexName, partitionKey, sortKey } = FILES_BY_STATE;
    return new TableV2(this, 'FilesTable', {
      ...tableDefaults({ ...props, warmThroughput: undefined }),
      partitionKey: { name: FILE_KEYS.partitionKey, type: AttributeType.STRING },
      sortKey: { name: FILE_KEYS.sortKey, type: AttributeType.STRING },
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
    for (const address of alertEmails) acknowledge(topic.addSubscription(new EmailSubscription(address)), [EMAIL_WITHOUT_DEAD_LETTER_QUEUE]);
    for (const subscription of alertSubscriptions) topic.addSubscription(subscription);
    return topic;
  }
}

/** Subscriptions of the app have dead-letter queues of the app. */
const EMAIL_WITHOUT_DEAD_LETTER_QUEUE = { id: 'Serverless-SNSRedrivePolicy', reason: 'A lost email loses no information: the event on the bus and the files table have the same content.' };
