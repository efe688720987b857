import { TableV2, type ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { INCOMING_PREFIX } from './contract';
import { deadLetterQueues, keysOf, lazyArns, stackArns, type OperatedPipeline } from './grant-operate';

/** The construct IDs of the tables besides those of orders and their history that have something about orders. */
const OTHER_TABLES = ['SequenceTable', 'FilesTable', 'DeliveriesTable', 'TasksTable'];

/** Grants a principal what the command `erase` needs, and nothing else. The permissions are listed in `docs/data-protection.md`. */
export function grantErase(pipeline: OperatedPipeline, grantee: IGrantable): Grant {
  const { processor: { ordersTable }, history, files } = pipeline;
  const to = (actions: string[], ...resourceArns: string[]) => Grant.addToPrincipal({ grantee, actions, resourceArns });
  for (const key of keysOf(pipeline, [ordersTable, ...history ? [history.historyTable] : []])) key.grantEncryptDecrypt(grantee);
  return [
    to(['cloudformation:DescribeStacks', 'cloudformation:GetTemplate', 'cloudformation:ListStackResources'], ...stackArns(pipeline)),
    to(['dynamodb:PutItem', 'dynamodb:Scan'], ordersTable.tableArn),
    ...(history ? [to(['dynamodb:PutItem', 'dynamodb:Scan', 'dynamodb:UpdateItem'], history.historyTable.tableArn)] : []),
    to(['dynamodb:Scan', 'dynamodb:UpdateItem'], ...lazyArns(() => otherTables(pipeline).map(({ tableArn }) => tableArn))),
    ...(files ? [
      to(['s3:ListBucketVersions'], files.bucket.bucketArn),
      to(['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:GetObject', 's3:GetObjectVersion'], files.bucket.arnForObjects(`${INCOMING_PREFIX}*`)),
    ] : []),
    to(
      ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
      ...lazyArns(() => deadLetterQueues(pipeline).map(({ queueArn }) => queueArn)),
    ),
  ].reduce((all, each) => all.combine(each));
}

/** Webhooks and tasks can be added until synthesis. */
const otherTables = (pipeline: OperatedPipeline): ITableV2[] =>
  pipeline.node.findAll().filter((each): each is TableV2 => each instanceof TableV2 && OTHER_TABLES.includes(each.node.id));
