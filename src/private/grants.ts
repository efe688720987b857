import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { FILES_BY_STATE, INCOMING_PREFIX, REPORTS_PREFIX, type EnvName } from './contract';

/** Every grant gives the permission and, to a handler, the environment that goes with it: nobody can do half. */
const setEnv = (handler: LambdaFunction, name: EnvName, value: string) => handler.addEnvironment(name, value);

/** Lets anyone publish under one source, and under no other. */
export function grantPublish(grantee: IGrantable, bus: IEventBus, source: string): Grant {
  return Grant.addToPrincipal({
    grantee,
    actions: ['events:PutEvents'],
    resourceArns: [bus.eventBusArn],
    conditions: { StringEquals: { 'events:source': source } },
  });
}

/** Lets a handler publish the pipeline's events. */
export function letPublish(handler: LambdaFunction, bus: IEventBus, source: string): void {
  grantPublish(handler, bus, source);
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
export function letSend(handler: LambdaFunction, queue: IQueue, env: 'ORDERS_QUEUE_URL' | 'VALID_FILES_QUEUE_URL' | 'DEAD_LETTER_QUEUE_URL'): void {
  Grant.addToPrincipal({ grantee: handler, actions: ['sqs:SendMessage'], resourceArns: [queue.queueArn] });
  queue.encryptionMasterKey?.grant(handler, 'kms:Decrypt', 'kms:GenerateDataKey');
  setEnv(handler, env, queue.queueUrl);
}

type TableAction = 'dynamodb:PutItem' | 'dynamodb:GetItem' | 'dynamodb:UpdateItem' | 'dynamodb:Query';
const READING: readonly TableAction[] = ['dynamodb:GetItem', 'dynamodb:Query'];

/** Lets a handler do some things with the orders table. */
export function letUseTable(handler: LambdaFunction, table: ITableV2, ...actions: TableAction[]): void {
  grantTable(handler, table, actions);
  setEnv(handler, 'ORDERS_TABLE_NAME', table.tableName);
}

/** Lets a handler do some things with the files table. Queries are of its index. */
export function letUseFilesTable(handler: LambdaFunction, table: ITableV2, ...actions: TableAction[]): void {
  grantTable(handler, table, actions);
  setEnv(handler, 'FILES_TABLE_NAME', table.tableName);
}

function grantTable(handler: LambdaFunction, table: ITableV2, actions: readonly TableAction[]): void {
  const [queries, others] = [actions.filter((action) => action === 'dynamodb:Query'), actions.filter((action) => action !== 'dynamodb:Query')];
  if (others.length > 0) Grant.addToPrincipal({ grantee: handler, actions: others, resourceArns: [table.tableArn] });
  if (queries.length > 0) Grant.addToPrincipal({ grantee: handler, actions: queries, resourceArns: [`${table.tableArn}/index/${FILES_BY_STATE.indexName}`] });
  if (actions.every((action) => READING.includes(action))) table.encryptionKey?.grantDecrypt(handler);
  else table.encryptionKey?.grantEncryptDecrypt(handler);
}

/** Lets a handler read uploaded files, every version of them, and tell a file that is gone from one it may not read. */
export function letReadFiles(handler: LambdaFunction, bucket: IBucket): void {
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
export function letReport(handler: LambdaFunction, bucket: IBucket, ...actions: ('s3:PutObject' | 's3:AbortMultipartUpload' | 's3:GetObject')[]): void {
  Grant.addToPrincipal({ grantee: handler, actions, resourceArns: [bucket.arnForObjects(`${REPORTS_PREFIX}*`)] });
  bucket.encryptionKey?.grantEncryptDecrypt(handler);
}

/** Lets a handler alert people. */
export function letAlert(handler: LambdaFunction, topic: ITopic, key?: IKey): void {
  Grant.addToPrincipal({ grantee: handler, actions: ['sns:Publish'], resourceArns: [topic.topicArn] });
  key?.grant(handler, 'kms:Decrypt', 'kms:GenerateDataKey');
  setEnv(handler, 'ALERT_TOPIC_ARN', topic.topicArn);
}
