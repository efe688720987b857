import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { FILES_BY_STATE, HISTORY_BY_TIME, INCOMING_PREFIX, REPORTS_PREFIX, type EnvName } from './contract';

/** Every grant gives the permission and, to a handler, the environment that goes with it: nobody can do half. */
const setEnv = (handler: LambdaFunction, name: EnvName, value: string) => handler.addEnvironment(name, value);

/** Lets anyone publish under one source, and under no other. */
export function grantPutEvents(grantee: IGrantable, bus: IEventBus, source: string): Grant {
  return Grant.addToPrincipal({
    grantee,
    actions: ['events:PutEvents'],
    resourceArns: [bus.eventBusArn],
    conditions: { StringEquals: { 'events:source': source } },
  });
}

/** Lets a handler publish the pipeline's events. */
export function grantPutEventsToHandler(handler: LambdaFunction, bus: IEventBus, source: string): void {
  grantPutEvents(handler, bus, source);
  setEnv(handler, 'EVENT_BUS_NAME', bus.eventBusName);
  setEnv(handler, 'EVENT_SOURCE', source);
}

/** Lets anyone drop order files, in parts too. */
export function grantPutFiles(grantee: IGrantable, bucket: IBucket): Grant {
  bucket.encryptionKey?.grant(grantee, 'kms:Decrypt', 'kms:GenerateDataKey');
  return Grant.addToPrincipal({
    grantee,
    actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
    resourceArns: [bucket.arnForObjects(`${INCOMING_PREFIX}*`)],
  });
}

/** Lets a handler send to a queue. */
export function grantSendMessages(handler: LambdaFunction, queue: IQueue, env: 'ORDERS_QUEUE_URL' | 'VALID_FILES_QUEUE_URL' | 'DEAD_LETTER_QUEUE_URL'): void {
  Grant.addToPrincipal({ grantee: handler, actions: ['sqs:SendMessage'], resourceArns: [queue.queueArn] });
  queue.encryptionMasterKey?.grant(handler, 'kms:Decrypt', 'kms:GenerateDataKey');
  setEnv(handler, env, queue.queueUrl);
}

/** Lets a handler look into a dead-letter queue, and put its messages back: into their queue, or to the consumer of a stream. */
export function grantRedrive(handler: LambdaFunction, deadLetterQueue: IQueue, { queue, consumer }: { queue?: IQueue; consumer?: IFunction }): void {
  const removing = queue ?? consumer ? ['sqs:DeleteMessage'] : [];
  Grant.addToPrincipal({
    grantee: handler,
    actions: ['sqs:ReceiveMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes', ...removing],
    resourceArns: [deadLetterQueue.queueArn],
  });
  deadLetterQueue.encryptionMasterKey?.grant(handler, 'kms:Decrypt');
  if (consumer) Grant.addToPrincipal({ grantee: handler, actions: ['lambda:InvokeFunction'], resourceArns: [consumer.functionArn] });
  if (!queue) return;
  Grant.addToPrincipal({ grantee: handler, actions: ['sqs:SendMessage'], resourceArns: [queue.queueArn] });
  queue.encryptionMasterKey?.grant(handler, 'kms:Decrypt', 'kms:GenerateDataKey');
}

type TableAction = 'dynamodb:PutItem' | 'dynamodb:GetItem' | 'dynamodb:UpdateItem' | 'dynamodb:Query';
const READING: readonly TableAction[] = ['dynamodb:GetItem', 'dynamodb:Query'];

/** Lets a handler do some things with the orders table; queries are of the indexes named. */
export function grantOrdersTableAccess(handler: LambdaFunction, table: ITableV2, actions: readonly TableAction[], ...indexes: string[]): void {
  grantTableAccess(handler, table, actions, indexes);
  setEnv(handler, 'ORDERS_TABLE_NAME', table.tableName);
}

/** Lets a handler give commands their places. */
export function grantAssignSequence(handler: LambdaFunction, table: ITableV2): void {
  grantTableAccess(handler, table, ['dynamodb:PutItem', 'dynamodb:Query'], []);
  setEnv(handler, 'SEQUENCE_TABLE_NAME', table.tableName);
}

/** Lets a handler do some things with the files table. Queries are of its index. */
export function grantFilesTableAccess(handler: LambdaFunction, table: ITableV2, ...actions: TableAction[]): void {
  grantTableAccess(handler, table, actions, [FILES_BY_STATE.indexName]);
  setEnv(handler, 'FILES_TABLE_NAME', table.tableName);
}

/** Lets a handler write to the history table, or query its index, which holds all of it. */
export function grantHistoryTableAccess(handler: LambdaFunction, table: ITableV2, action: 'dynamodb:PutItem' | 'dynamodb:Query'): void {
  grantTableAccess(handler, table, [action], [HISTORY_BY_TIME.indexName]);
  setEnv(handler, 'HISTORY_TABLE_NAME', table.tableName);
}

/** Queries are of the indexes named, or of the table itself where none is. */
function grantTableAccess(handler: LambdaFunction, table: ITableV2, actions: readonly TableAction[], indexes: readonly string[]): void {
  const ofIndexes = actions.filter((action) => action === 'dynamodb:Query' && indexes.length > 0);
  const ofTable = actions.filter((action) => !ofIndexes.includes(action));
  if (ofTable.length > 0) Grant.addToPrincipal({ grantee: handler, actions: ofTable, resourceArns: [table.tableArn] });
  if (ofIndexes.length > 0) {
    Grant.addToPrincipal({ grantee: handler, actions: ofIndexes, resourceArns: indexes.map((index) => `${table.tableArn}/index/${index}`) });
  }
  if (actions.every((action) => READING.includes(action))) table.encryptionKey?.grantDecrypt(handler);
  else table.encryptionKey?.grantEncryptDecrypt(handler);
}

/** Says which kinds of commands somebody acts on: others are refused before they have a place. */
export const setAcceptedCommands = (handler: LambdaFunction, commands: readonly string[]): unknown => setEnv(handler, 'ACCEPTED_COMMANDS', commands.join(','));

/** Lets a handler call a function of the app's own, and keep what it says with the places of commands. */
export function grantInvokeValidationHook(handler: LambdaFunction, hook: IFunction, table: ITableV2): void {
  grantTableAccess(handler, table, ['dynamodb:UpdateItem'], []);
  Grant.addToPrincipal({ grantee: handler, actions: ['lambda:InvokeFunction'], resourceArns: [hook.functionArn] });
  setEnv(handler, 'VALIDATION_HOOK_NAME', hook.functionArn);
}

/** Lets a handler read uploaded files, every version of them, and tell a file that is gone from one it may not read. */
export function grantReadFiles(handler: LambdaFunction, bucket: IBucket): void {
  Grant.addToPrincipal({
    grantee: handler,
    actions: ['s3:GetObject', 's3:GetObjectVersion'],
    resourceArns: [bucket.arnForObjects(`${INCOMING_PREFIX}*`)],
  });
  Grant.addToPrincipal({
    grantee: handler,
    actions: ['s3:ListBucket'],
    resourceArns: [bucket.bucketArn],
    conditions: { StringLike: { 's3:prefix': [`${INCOMING_PREFIX}*`] } },
  });
  bucket.encryptionKey?.grantDecrypt(handler);
}

/** Lets a handler write reports and read them back. */
export function grantReportAccess(handler: LambdaFunction, bucket: IBucket, ...actions: ('s3:PutObject' | 's3:AbortMultipartUpload' | 's3:GetObject')[]): void {
  Grant.addToPrincipal({ grantee: handler, actions, resourceArns: [bucket.arnForObjects(`${REPORTS_PREFIX}*`)] });
  bucket.encryptionKey?.grantEncryptDecrypt(handler);
}

/** Lets a handler alert people. */
export function grantPublishAlerts(handler: LambdaFunction, topic: ITopic, key?: IKey): void {
  Grant.addToPrincipal({ grantee: handler, actions: ['sns:Publish'], resourceArns: [topic.topicArn] });
  key?.grant(handler, 'kms:Decrypt', 'kms:GenerateDataKey');
  setEnv(handler, 'ALERT_TOPIC_ARN', topic.topicArn);
}
