import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { EnvName } from './contract';

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

/** Lets a handler send to a queue. */
export function letSend(handler: LambdaFunction, queue: IQueue, env: 'ORDERS_QUEUE_URL' | 'DEAD_LETTER_QUEUE_URL'): void {
  Grant.addToPrincipal({ grantee: handler, actions: ['sqs:SendMessage'], resourceArns: [queue.queueArn] });
  queue.encryptionMasterKey?.grant(handler, 'kms:Decrypt', 'kms:GenerateDataKey');
  setEnv(handler, env, queue.queueUrl);
}

/** Lets a handler do some things with the orders table. */
export function letUseTable(handler: LambdaFunction, table: ITableV2, ...actions: ('dynamodb:PutItem' | 'dynamodb:GetItem')[]): void {
  Grant.addToPrincipal({ grantee: handler, actions, resourceArns: [table.tableArn] });
  if (actions.every((action) => action === 'dynamodb:GetItem')) table.encryptionKey?.grantDecrypt(handler);
  else table.encryptionKey?.grantEncryptDecrypt(handler);
  setEnv(handler, 'ORDERS_TABLE_NAME', table.tableName);
}
