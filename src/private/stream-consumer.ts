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
  readonly encryptionKey?: IKey;
}

/** Feeds a handler from the stream of the orders table. Trouble is retried for as long as the stream keeps its records, a day. */
export class StreamConsumer extends Construct {
  /** Poison records, whole; and, after a day of trouble, where in the stream the rest was. */
  public readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, { table, handler, encryptionKey }: StreamConsumerProps) {
    super(scope, id);
    this.deadLetterQueue = createDeadLetterQueue(this, 'DeadLetterQueue', { encryptionKey });

    // The L2 event source would let the function list every stream of the account.
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
      batchSize: 100,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      onFailure: new SqsDlq(this.deadLetterQueue),
      // Not every write is news: a command may have been parked, or changed nothing.
      filters: [FilterCriteria.filter({
        eventName: FilterRule.or('INSERT', 'MODIFY'),
        dynamodb: { NewImage: { outcome: { M: { type: { S: FilterRule.exists() } } } } },
      })],
    });
    // Lambda checks these permissions when it makes the mapping.
    mapping.node.addDependency(handler.role!);
  }
}
