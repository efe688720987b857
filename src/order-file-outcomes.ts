import { Duration } from 'aws-cdk-lib';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { FilterRule, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { CommonOptions, HandlerOptions } from './options';
import { BundledFunction, serviceNameOf } from './private/bundled-function';
import { FILE_OUTCOME_ATTRIBUTE } from './private/contract';
import { grantFilesTableAccess, grantPublishAlerts, grantPutEventsToHandler, grantSendMessages } from './private/grants';
import { pipelineEvents } from './private/pipeline-events';
import { describePart } from './private/pipeline-part';
import { StreamConsumer } from './private/stream-consumer';
import { delayedOutcomesAlarm, delayedOutcomesGraph } from './private/stream-delay-monitoring';
import { assertProps, type ValidationError } from './private/validate';
import { validateAlertTopic } from './private/validate-alert-topic';
import { validateCommon } from './private/validate-common';
import { validateHandler } from './private/validate-consumer';
import { sameEnvironment, TABLE_ADVICE } from './private/validate-environment';

/**
 * Options of `OrderFileOutcomes`.
 */
export interface OrderFileOutcomesOptions {
  /**
   * Options of `record-file-outcomes`, which consumes the stream of the orders table.
   *
   * @default - see `HandlerOptions`
   */
  readonly recordFileOutcomes?: HandlerOptions;
}

/**
 * Properties of `OrderFileOutcomes`.
 */
export interface OrderFileOutcomesProps extends CommonOptions, OrderFileOutcomesOptions {
  /**
   * The bus on which `OrderFileProcessed` is published.
   */
  readonly eventBus: IEventBus;

  /**
   * The table of orders with its stream, such as `OrderProcessor.ordersTable`.
   */
  readonly ordersTable: ITableV2;

  /**
   * The table of files, such as `BatchFileIngest.filesTable`.
   */
  readonly filesTable: ITableV2;

  /**
   * Receives alerts about rejected orders, such as `BatchFileIngest.alertTopic`: a standard topic in the region of the stack. Import an encrypted
   * topic with its key.
   */
  readonly alertTopic: ITopic;
}

/**
 * Records what became of the orders of files: orders table → stream → `record-file-outcomes` → files table. When the last outcome of a file is
 * known, it publishes `OrderFileProcessed` and, if orders were rejected, an alert.
 *
 * It is the second reader of the table's stream, which is the maximum that DynamoDB recommends.
 */
export class OrderFileOutcomes extends Construct {
  /** Consumes the stream of the orders table: records the outcomes of orders from files. */
  public readonly recordFileOutcomesFunction: LambdaFunction;

  /** The dead-letter queue of the stream consumer: outcomes that could not be recorded. */
  public readonly outcomesDeadLetterQueue: Queue;

  constructor(scope: Construct, id: string, props: OrderFileOutcomesProps) {
    super(scope, id);
    assertProps(this, [
      ...validateFileOutcomesOptions(props),
      ...validateCommon(props),
      props.ordersTable.tableStreamArn
        ? undefined
        : '`ordersTable` must have a stream (NEW_AND_OLD_IMAGES); import it with TableV2.fromTableAttributes and its tableStreamArn',
      ...(['ordersTable', 'filesTable'] as const).map((prop) => sameEnvironment(prop, this, props[prop], 'account and region', TABLE_ADVICE)),
      ...validateAlertTopic(this, props.alertTopic),
    ]);
    const { encryptionKey, removalPolicy } = props;
    this.recordFileOutcomesFunction = new BundledFunction(this, 'RecordFileOutcomes', {
      ...props,
      ...props.recordFileOutcomes,
      handler: 'record-file-outcomes',
      description: 'Records the outcomes of orders from files',
    });
    grantFilesTableAccess(
      this.recordFileOutcomesFunction, props.filesTable, 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Query',
    );
    grantPublishAlerts(this.recordFileOutcomesFunction, props.alertTopic);
    grantPutEventsToHandler(this.recordFileOutcomesFunction, pipelineEvents(this, props));
    const consumer = new StreamConsumer(this, 'FileOutcomes', {
      table: props.ordersTable,
      handler: this.recordFileOutcomesFunction,
      newImage: { [FILE_OUTCOME_ATTRIBUTE]: { M: { fileId: { S: FilterRule.exists() } } } },
      // Each batch writes every chunk of outcomes that it has records of: few large batches write less, and meet fewer conflicts.
      batchSize: 500,
      maxBatchingWindow: Duration.seconds(1),
      encryptionKey,
      removalPolicy,
    });
    this.outcomesDeadLetterQueue = consumer.deadLetterQueue;
    grantSendMessages(this.recordFileOutcomesFunction, this.outcomesDeadLetterQueue, 'DEAD_LETTER_QUEUE_URL');
    this.describe(props);
  }

  private describe(props: OrderFileOutcomesProps): void {
    const { recordFileOutcomesFunction } = this;
    describePart(this, {
      name: 'FileOutcomes',
      serviceName: serviceNameOf(this, props),
      consumers: [{
        name: 'file-outcomes',
        deadLetterQueue: this.outcomesDeadLetterQueue,
        function: recordFileOutcomesFunction,
        deadLetters: 'Outcomes of orders from files could not be recorded, so GET /files/{fileId} counts these orders as pending. The orders themselves are processed',
        resolution: 'Fix the cause, then redrive the dead-letter queue. After 24 hours of retries, a message only has the position of the records in the stream.',
      }],
      outcomes: [
        { graph: ORDERS_GRAPH, metric: 'FileOrderConfirmed', label: 'confirmed' },
        { graph: ORDERS_GRAPH, metric: 'FileOrderChanged', label: 'changed' },
        { graph: ORDERS_GRAPH, metric: 'FileOrderUnchanged', label: 'unchanged' },
        { graph: ORDERS_GRAPH, metric: 'FileOrderRejected', label: 'rejected' },
        { graph: 'Files', metric: 'FileProcessed', label: 'processed' },
      ],
      alarms: [delayedOutcomesAlarm(recordFileOutcomesFunction)],
      graphs: [delayedOutcomesGraph(recordFileOutcomesFunction)],
    });
  }
}

const ORDERS_GRAPH = 'Orders from files by outcome';

/** Validates the options of `OrderFileOutcomes`. */
export const validateFileOutcomesOptions = ({ recordFileOutcomes }: OrderFileOutcomesOptions): ValidationError[] =>
  validateHandler('recordFileOutcomes', recordFileOutcomes);
