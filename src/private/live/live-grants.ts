import { Stack } from 'aws-cdk-lib';
import type { WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { acknowledge } from '../acknowledge';
import { setEnv } from '../set-env';

type LiveTableAction = 'GetItem' | 'BatchGetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'Query';

/** Grants a handler actions on the table of live updates. */
export function grantLiveTableAccess(handler: LambdaFunction, table: ITableV2, ...actions: LiveTableAction[]): void {
  Grant.addToPrincipal({ grantee: handler, actions: actions.map((action) => `dynamodb:${action}`), resourceArns: [table.tableArn] });
  table.encryptionKey?.grantEncryptDecrypt(handler);
  setEnv(handler, 'LIVE_TABLE_NAME', table.tableName);
}

/** Grants a handler to send messages to connections, and to close them. */
export function grantManageConnections(handler: LambdaFunction, stage: WebSocketStage): void {
  const resourceArns = ['POST', 'DELETE'].map((method) => arnOf(stage, `${method}/@connections/*`));
  Grant.addToPrincipal({ grantee: handler, actions: ['execute-api:ManageConnections'], resourceArns });
  acknowledgeConnections(handler);
  setEnv(handler, 'CONNECTIONS_URL', stage.callbackUrl);
}

/** `Role.customizeRoles` creates no policy. */
function acknowledgeConnections(handler: LambdaFunction): void {
  const policy = handler.role?.node.tryFindChild('DefaultPolicy');
  if (!policy) return;
  acknowledge(policy, [{
    id: 'AwsSolutions-IAM5',
    reason: 'Connections are opened by clients; access is limited to those of one stage.',
    appliesTo: [{ regex: '/^Resource::.*/(POST|DELETE)/@connections/\\*$/' }],
  }]);
}

/** Grants a principal to open connections with IAM authentication. */
export const grantConnect = (grantee: IGrantable, stage: WebSocketStage): Grant =>
  Grant.addToPrincipal({ grantee, actions: ['execute-api:Invoke'], resourceArns: [arnOf(stage, '$connect')] });

/** Grants a handler to read the values of API keys. */
export function grantReadApiKeys(handler: LambdaFunction, ids: readonly string[]): void {
  const { partition, region } = Stack.of(handler);
  const resourceArns = ids.map((id) => `arn:${partition}:apigateway:${region}::/apikeys/${id}`);
  if (ids.length > 0) Grant.addToPrincipal({ grantee: handler, actions: ['apigateway:GET'], resourceArns });
}

const arnOf = (stage: WebSocketStage, path: string): string =>
  Stack.of(stage).formatArn({ service: 'execute-api', resource: stage.api.apiId, resourceName: `${stage.stageName}/${path}` });
