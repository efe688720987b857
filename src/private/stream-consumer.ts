import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { createDeadLetterQueue } from './queue-with-dead-letter-queue';

export interface StreamConsumerProps {
  /** A table with a stream. */
  readonly table: ITableV2;
  readonly handler: LambdaFunction;
  /** The pattern of the new image of an item. Other writes do not invoke the handler, such as that of a pending command. */
  readonly newImage: Record<string, unknown>;
  /** The most records of a batch; 100 by default. */
  readonly batchSize?: number;
  /** How long a batch that is not full waits for more records; not at all by default. */
  readonly maxBatchingWindow?: Duration;
  readonly encryptionKey?: IKey;
  readonly removalPolicy?: RemovalPolicy;
}

/** Invokes a handler with the stream of the orders table. Errors are retried for as long as the stream keeps records, 24 hours. */
export class StreamConsumer extends Construct {
  /**
   * Holds whole records that the handler can never process. For records that still fail after 24 hours of retries, it holds only their shard
   * and sequence numbers.
   */
  public readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, props: StreamConsumerProps) {
    super(scope, id);
    const { table, handler, newImage, encryptionKey, removalPolicy } = props;
    this.deadLetterQueue = createDeadLetterQueue(this, 'DeadLetterQueue', { encryptionKey, removalPolicy });

    // The L2 event source grants dynamodb:ListStreams on all streams of the account.
    handler.addToRolePolicy(new PolicyStatement({
      actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      resources: [table.tableStreamArn!],
    }));
    handler.addToRolePolicy(new PolicyStatement({ actions: ['dynamodb:ListStreams'], resources: [`${table.tableArn}/stream/*`] }));
    table.encryptionKey?.grantDecrypt(handler);

    const mapping = new EventSourceMapping(this, 'Mapping', {
      target: handler,
      eventSourceArn: table.tableStreamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: props.batchSize ?? 100,
      maxBatchingWindow: props.maxBatchingWindow,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      onFailure: new SqsDlq(this.deadLetterQueue),
      filters: [FilterCriteria.filter({ eventName: FilterRule.or('INSERT', 'MODIFY'), dynamodb: { NewImage: newImage } })],
    });
    // Lambda validates these permissions when it creates the mapping.
    mapping.node.addDependency(handler.role!);
  }
}
