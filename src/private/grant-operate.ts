import { Lazy, Stack } from 'aws-cdk-lib';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Queue, type IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { REPORTS_PREFIX } from './contract';
import { grantPutEvents, grantPutFiles } from './grants';
import { outermostStackOf } from './pipeline-id';
import type { OrderConsoleAccess } from '../order-console-access';
import type { OrderEventHistory } from '../order-event-history';
import type { OrderRedrive } from '../order-redrive';
import type { RealtimeOrderIngest } from '../realtime-order-ingest';

/** A pipeline, and its parts that operators read and change. */
export interface OperatedPipeline extends Construct {
  readonly ingest: RealtimeOrderIngest;
  readonly processor: { readonly ordersTable: ITableV2 };
  readonly files?: { readonly bucket: IBucket; readonly filesTable: ITableV2 };
  readonly history?: OrderEventHistory;
  readonly redrive?: OrderRedrive;
  readonly events: { readonly eventBus: IEventBus; readonly eventSource: string };
}

/** Grants a principal what the console needs, and nothing else. The permissions are listed in `docs/console.md`. */
export function grantOperate(pipeline: OperatedPipeline, grantee: IGrantable, { allowChanges = false }: OrderConsoleAccess): Grant {
  const grants = [...readGrants(pipeline, grantee), ...(allowChanges ? changeGrants(pipeline, grantee) : [])];
  return grants.reduce((all, each) => all.combine(each));
}

function readGrants(pipeline: OperatedPipeline, grantee: IGrantable): Grant[] {
  const { processor: { ordersTable }, history, files } = pipeline;
  const to = (actions: string[], ...resourceArns: string[]) => Grant.addToPrincipal({ grantee, actions, resourceArns });
  const tables = [ordersTable, ...history ? [history.historyTable] : [], ...files ? [files.filesTable] : []];
  for (const key of keysOf(pipeline, tables)) key.grantDecrypt(grantee);
  return [
    to(['cloudformation:DescribeStacks', 'cloudformation:GetTemplate', 'cloudformation:ListStackResources'], ...stackArns(pipeline)),
    to(['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'], ordersTable.tableArn, `${ordersTable.tableArn}/index/*`),
    ...(history ? historyGrants(history, grantee) : []),
    ...(files ? [
      to(['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'], files.filesTable.tableArn, `${files.filesTable.tableArn}/index/*`),
      to(['s3:GetObject'], files.bucket.arnForObjects(`${REPORTS_PREFIX}*`)),
    ] : []),
    to(['sqs:GetQueueAttributes'], ...lazyArns(() => allQueues(pipeline).map(({ queueArn }) => queueArn))),
    to(['sqs:ReceiveMessage', 'sqs:ChangeMessageVisibility'], ...lazyArns(() => deadLetterQueues(pipeline).map(({ queueArn }) => queueArn))),
    // CloudWatch has no permissions for single metrics.
    to(['cloudwatch:GetMetricData'], '*'),
  ];
}

const historyGrants = ({ historyTable }: OrderEventHistory, grantee: IGrantable): Grant[] => [
  Grant.addToPrincipal({ grantee, actions: ['dynamodb:DescribeTable', 'dynamodb:Query', 'dynamodb:Scan'], resourceArns: [historyTable.tableArn] }),
  Grant.addToPrincipal({
    grantee, actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], resourceArns: [historyTable.tableStreamArn!],
  }),
];

function changeGrants({ redrive, files, ingest, events: { eventBus, eventSource } }: OperatedPipeline, grantee: IGrantable): Grant[] {
  const key = ingest.apiKey;
  return [
    ...(redrive ? [redrive.grantRedrive(grantee)] : []),
    ...(files ? [grantPutFiles(grantee, files.bucket)] : []),
    ...(key ? [Grant.addToPrincipal({ grantee, actions: ['apigateway:GET'], resourceArns: [key.keyArn] })] : []),
    grantPutEvents(grantee, eventBus, eventSource),
  ];
}

/** The stack and, for a pipeline in a nested stack, those nested in it. Their names begin with that of the outermost stack. */
export function stackArns(pipeline: OperatedPipeline): string[] {
  const stack = outermostStackOf(pipeline);
  const arn = (name: string) => stack.formatArn({ service: 'cloudformation', resource: 'stack', resourceName: `${name}/*` });
  return [arn(stack.stackName), ...(isNested(pipeline) ? [arn(`${stack.stackName}-*`)] : [])];
}

const isNested = (pipeline: OperatedPipeline): boolean => outermostStackOf(pipeline) !== Stack.of(pipeline);

/** Workflows and dead-letter queues can be added until synthesis. */
export const lazyArns = (arns: () => string[]): string[] => Lazy.list({ produce: () => [...new Set(arns())] });

export const deadLetterQueues = (pipeline: OperatedPipeline): IQueue[] => [
  ...pipeline.node.findAll().filter((each): each is Queue => each instanceof Queue && each.node.id.endsWith('DeadLetterQueue')),
  ...pipeline.redrive?._deadLetterQueues ?? [],
];

const allQueues = (pipeline: OperatedPipeline): IQueue[] =>
  [...pipeline.node.findAll().filter((each): each is Queue => each instanceof Queue), ...deadLetterQueues(pipeline)];

export function keysOf({ ingest, files }: OperatedPipeline, tables: readonly ITableV2[]): IKey[] {
  const keys = [...tables.map(({ encryptionKey }) => encryptionKey), ingest.ordersQueue.encryptionMasterKey, files?.bucket.encryptionKey];
  return [...new Set(keys.filter((key) => key !== undefined))];
}
