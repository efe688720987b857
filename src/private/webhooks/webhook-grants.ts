import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { DELIVERIES_BY_TIME } from '../contract';
import { grantTableAccess } from '../grants';
import { setEnv } from '../set-env';

/** The tables of webhooks and of their deliveries. */
export interface WebhookTables {
  readonly webhooksTable: ITableV2;
  readonly deliveriesTable: ITableV2;
}

function setTables(handler: LambdaFunction, { webhooksTable, deliveriesTable }: WebhookTables): void {
  setEnv(handler, 'WEBHOOKS_TABLE_NAME', webhooksTable.tableName);
  setEnv(handler, 'DELIVERIES_TABLE_NAME', deliveriesTable.tableName);
}

/** Grants a handler to list webhooks and to create deliveries. */
export function grantCreateDeliveries(handler: LambdaFunction, tables: WebhookTables): void {
  grantTableAccess(handler, tables.webhooksTable, ['dynamodb:Query'], []);
  grantTableAccess(handler, tables.deliveriesTable, ['dynamodb:PutItem'], []);
  setTables(handler, tables);
}

/** Grants a handler to make deliveries: to read and change them, and the state of their webhooks. */
export function grantDeliver(handler: LambdaFunction, tables: WebhookTables): void {
  grantTableAccess(handler, tables.webhooksTable, ['dynamodb:GetItem', 'dynamodb:UpdateItem'], []);
  grantTableAccess(handler, tables.deliveriesTable, ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'], []);
  setTables(handler, tables);
}

/** Grants a handler to manage webhooks, to list deliveries and to repeat them. */
export function grantManageWebhooks(handler: LambdaFunction, tables: WebhookTables): void {
  grantTableAccess(
    handler, tables.webhooksTable, ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'], [],
  );
  grantTableAccess(handler, tables.deliveriesTable, ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], []);
  grantTableAccess(handler, tables.deliveriesTable, ['dynamodb:Query'], [DELIVERIES_BY_TIME.indexName]);
  setTables(handler, tables);
}

/** Grants a handler to read the secrets that sign requests. */
export function grantSigningSecrets(handler: LambdaFunction, signingSecret: ISecret, others: readonly ISecret[]): void {
  for (const secret of [signingSecret, ...others]) secret.grantRead(handler);
  setEnv(handler, 'SIGNING_SECRET_ARN', signingSecret.secretArn);
}
