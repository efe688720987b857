import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IStream } from 'aws-cdk-lib/aws-kinesis';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { BundledFunction } from './bundled-function';
import type { PipelineEvents } from './claimed-events';
import { FILES_BY_STATE, INCOMING_PREFIX, REPORTS_PREFIX } from './contract';
import { isKeyOfSns } from './is-key-of-sns';
import { setEnv } from './set-env';

/* Grants to handlers set the permissions and the environment variables together, because neither works without the other. */

/** Grants `events:PutEvents` for one source. */
export function grantPutEvents(grantee: IGrantable, bus: IEventBus, source: string): Grant {
  return Grant.addToPrincipal({
    grantee,
    actions: ['events:PutEvents'],
    resourceArns: [bus.eventBusArn],
    conditions: { StringEquals: { 'events:source': source } },
  });
}

/** Grants a handler to publish events of the pipeline. */
export function grantPutEventsToHandler(handler: LambdaFunction, { eventBus, eventSource, pipelineId }: PipelineEvents): void {
  grantPutEvents(handler, eventBus, eventSource);
  setEnv(handler, 'EVENT_BUS_NAME', eventBus.eventBusName);
  setEnv(handler, 'EVENT_SOURCE', eventSource);
  setEnv(handler, 'PIPELINE_ID', pipelineId);
}

/** Grants uploads of order files, including multipart uploads. */
export function grantPutFiles(grantee: IGrantable, bucket: IBucket, tenant?: string): Grant {
  bucket.encryptionKey?.grant(grantee, 'kms:Decrypt', 'kms:GenerateDataKey');
  return Grant.addToPrincipal({
    grantee,
    actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
    resourceArns: [bucket.arnForObjects(`${INCOMING_PREFIX}${tenant === undefined ? '' : `${tenant}/`}*`)],
  });
}

type QueueEnv = 'QUEUE_URL' | 'ORDERS_QUEUE_URL' | 'VALID_FILES_QUEUE_URL' | 'LIVE_UPDATES_QUEUE_URL' | 'DELIVERY_QUEUE_URL'
  | 'DEAD_LETTER_QUEUE_URL';

/** Grants a handler to send messages to a queue. */
export function grantSendMessages(handler: LambdaFunction, queue: IQueue, env: QueueEnv): void {
  Grant.addToPrincipal({ grantee: handler, actions: ['sqs:SendMessage'], resourceArns: [queue.queueArn] });
  queue.encryptionMasterKey?.grant(handler, 'kms:Decrypt', 'kms:GenerateDataKey');
  setEnv(handler, env, queue.queueUrl);
}

/** Grants a handler to receive from a dead-letter queue and to redrive its messages to their source queue, or to the consumer of a stream. */
export function grantRedrive(
  handler: LambdaFunction, deadLetterQueue: IQueue, { sourceQueue, consumer }: { sourceQueue?: IQueue; consumer?: IFunction },
): void {
  const deletion = sourceQueue ?? consumer ? ['sqs:DeleteMessage'] : [];
  Grant.addToPrincipal({
    grantee: handler,
    actions: ['sqs:ReceiveMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes', ...deletion],
    resourceArns: [deadLetterQueue.queueArn],
  });
  deadLetterQueue.encryptionMasterKey?.grant(handler, 'kms:Decrypt');
  if (consumer) Grant.addToPrincipal({ grantee: handler, actions: ['lambda:InvokeFunction'], resourceArns: [consumer.functionArn] });
  if (!sourceQueue) return;
  Grant.addToPrincipal({ grantee: handler, actions: ['sqs:SendMessage'], resourceArns: [sourceQueue.queueArn] });
  sourceQueue.encryptionMasterKey?.grant(handler, 'kms:Decrypt', 'kms:GenerateDataKey');
}

type TableAction =
  'dynamodb:PutItem' | 'dynamodb:PartiQLInsert' | 'dynamodb:GetItem' | 'dynamodb:BatchGetItem' | 'dynamodb:UpdateItem' | 'dynamodb:DeleteItem' | 'dynamodb:Query';
const READ_ACTIONS: readonly TableAction[] = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];

/** Grants a handler actions on the orders table. Queries are limited to the given indexes. */
export function grantOrdersTableAccess(handler: LambdaFunction, table: ITableV2, actions: readonly TableAction[], ...indexes: string[]): void {
  grantTableAccess(handler, table, actions, indexes);
  setEnv(handler, 'ORDERS_TABLE_NAME', table.tableName);
}

/** Grants a handler to assign sequence numbers to commands. */
export function grantAssignSequence(handler: LambdaFunction, table: ITableV2): void {
  grantTableAccess(handler, table, ['dynamodb:PutItem', 'dynamodb:Query'], []);
  setEnv(handler, 'SEQUENCE_TABLE_NAME', table.tableName);
}

/** Grants a handler actions on the files table. Queries are of the outcomes of a file's orders. */
export function grantFilesTableAccess(handler: LambdaFunction, table: ITableV2, ...actions: TableAction[]): void {
  grantTableAccess(handler, table, actions, []);
  setEnv(handler, 'FILES_TABLE_NAME', table.tableName);
}

/** Grants a handler to list files by their state. */
export const grantListFiles = (handler: LambdaFunction, table: ITableV2): void =>
  grantTableAccess(handler, table, ['dynamodb:Query'], [FILES_BY_STATE.indexName]);

/** Grants a handler to record events. */
export function grantRecordEvents(handler: LambdaFunction, table: ITableV2): void {
  grantTableAccess(handler, table, ['dynamodb:PutItem'], []);
  setEnv(handler, 'HISTORY_TABLE_NAME', table.tableName);
}

/** Grants a handler to record the events that it publishes, in batches. `retention` is in seconds. */
export function grantRecordOwnEvents(handler: LambdaFunction, table: ITableV2, retention: string): void {
  grantTableAccess(handler, table, ['dynamodb:PartiQLInsert'], []);
  setEnv(handler, 'HISTORY_TABLE_NAME', table.tableName);
  setEnv(handler, 'HISTORY_RETENTION', retention);
}

/** Grants a handler to put records into a stream. */
export function grantPutRecords(handler: LambdaFunction, stream: IStream): void {
  Grant.addToPrincipal({ grantee: handler, actions: ['kinesis:PutRecord'], resourceArns: [stream.streamArn] });
  stream.encryptionKey?.grant(handler, 'kms:GenerateDataKey');
  setEnv(handler, 'EVENT_STREAM_NAME', stream.streamName);
}

/** Grants a handler to list the events of an order. */
export function grantListEvents(handler: LambdaFunction, table: ITableV2): void {
  grantTableAccess(handler, table, ['dynamodb:Query'], []);
  setEnv(handler, 'HISTORY_TABLE_NAME', table.tableName);
}

/** Grants actions on a table. Queries are limited to the given indexes; without indexes, they are of the table. */
export function grantTableAccess(handler: LambdaFunction, table: ITableV2, actions: readonly TableAction[], indexes: readonly string[]): void {
  const indexActions = actions.filter((action) => action === 'dynamodb:Query' && indexes.length > 0);
  const tableActions = actions.filter((action) => !indexActions.includes(action));
  if (tableActions.length > 0) Grant.addToPrincipal({ grantee: handler, actions: tableActions, resourceArns: [table.tableArn] });
  if (indexActions.length > 0) {
    Grant.addToPrincipal({ grantee: handler, actions: indexActions, resourceArns: indexes.map((index) => `${table.tableArn}/index/${index}`) });
  }
  if (actions.every((action) => READ_ACTIONS.includes(action))) table.encryptionKey?.grantDecrypt(handler);
  else table.encryptionKey?.grantEncryptDecrypt(handler);
}

/** Sets the types of commands that the pipeline executes. Validation rejects others before they get a sequence number. */
export const setAcceptedCommands = (handler: LambdaFunction, commands: readonly string[]): void =>
  (handler as BundledFunction).replaceEnvironment('ACCEPTED_COMMANDS', commands.join(','));

/** Grants a handler to invoke the app's validation function, and to store its results in the sequence table. */
export function grantInvokeValidationHook(handler: LambdaFunction, hook: IFunction, table: ITableV2): void {
  grantTableAccess(handler, table, ['dynamodb:UpdateItem'], []);
  Grant.addToPrincipal({ grantee: handler, actions: ['lambda:InvokeFunction'], resourceArns: [hook.functionArn] });
  setEnv(handler, 'VALIDATION_HOOK_NAME', hook.functionArn);
}

/** Grants a handler to invoke the app's function that confirms orders. */
export function grantInvokeConfirmationFunction(handler: LambdaFunction, confirmOrders: IFunction): void {
  Grant.addToPrincipal({ grantee: handler, actions: ['lambda:InvokeFunction'], resourceArns: [confirmOrders.functionArn] });
  setEnv(handler, 'CONFIRMATION_FUNCTION_NAME', confirmOrders.functionArn);
}

/** Grants a handler to read all versions of uploaded files, and to list them: a denied read can mean that a file was deleted. */
export function grantReadFiles(handler: LambdaFunction, bucket: IBucket): void {
  Grant.addToPrincipal({
    grantee: handler,
    actions: ['s3:GetObject', 's3:GetObjectVersion'],
    resourceArns: [bucket.arnForObjects(`${INCOMING_PREFIX}*`)],
  });
  Grant.addToPrincipal({
    grantee: handler,
    actions: ['s3:ListBucket', 's3:ListBucketVersions'],
    resourceArns: [bucket.bucketArn],
    conditions: { StringLike: { 's3:prefix': [`${INCOMING_PREFIX}*`] } },
  });
  bucket.encryptionKey?.grantDecrypt(handler);
}

/** Grants a handler to write reports and to read them. */
export function grantReportAccess(handler: LambdaFunction, bucket: IBucket, ...actions: ('s3:PutObject' | 's3:AbortMultipartUpload' | 's3:GetObject')[]): void {
  Grant.addToPrincipal({ grantee: handler, actions, resourceArns: [bucket.arnForObjects(`${REPORTS_PREFIX}*`)] });
  bucket.encryptionKey?.grantEncryptDecrypt(handler);
}

/** Grants a handler to publish alerts. The key `alias/aws/sns` needs no permissions: its policy allows all principals that may use the topic. */
export function grantPublishAlerts(handler: LambdaFunction, topic: ITopic): void {
  Grant.addToPrincipal({ grantee: handler, actions: ['sns:Publish'], resourceArns: [topic.topicArn] });
  const { masterKey } = topic;
  if (masterKey && !isKeyOfSns(masterKey)) masterKey.grant(handler, 'kms:Decrypt', 'kms:GenerateDataKey');
  setEnv(handler, 'ALERT_TOPIC_ARN', topic.topicArn);
}

/** Grants a handler actions on the table of tasks. */
export function grantTasksTableAccess(handler: LambdaFunction, table: ITableV2, ...actions: TableAction[]): void {
  grantTableAccess(handler, table, actions, []);
  setEnv(handler, 'TASKS_TABLE_NAME', table.tableName);
}

/** Grants a handler to continue executions of a state machine, whose data the key encrypts. */
export function grantCompleteTasks(handler: LambdaFunction, { stateMachineArn }: IStateMachine, key?: IKey): void {
  Grant.addToPrincipal({ grantee: handler, actions: ['states:SendTaskSuccess'], resourceArns: [stateMachineArn] });
  key?.grant(handler, 'kms:Decrypt', 'kms:GenerateDataKey');
}

/** Grants a handler to start executions of a state machine, whose data the key encrypts. */
export function grantStartExecution(handler: LambdaFunction, { stateMachineArn }: IStateMachine, key?: IKey): void {
  Grant.addToPrincipal({ grantee: handler, actions: ['states:StartExecution'], resourceArns: [stateMachineArn] });
  key?.grant(handler, 'kms:Decrypt', 'kms:GenerateDataKey');
  setEnv(handler, 'STATE_MACHINE_ARN', stateMachineArn);
}
